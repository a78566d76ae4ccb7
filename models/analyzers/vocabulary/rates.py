"""How often does an article use loaded words, and how does that compare with news?"""

from __future__ import annotations

from collections import Counter

from ...classifiers import reference
from ...document import Document
from ...report import Category, Genre, Term, VocabularyRates, Voice, VoiceRate


def measure(document: Document, found: list[Term], genre: Genre | None = None) -> VocabularyRates:
    """How often does each voice use loaded words, per 1,000 words, and how many articles of its genre do so less?

    Where the genre is not known, or the reference has too few of it: how many of all its articles.
    """
    words = count_words(document)
    counts = Counter(term.voice for term in found)
    total = max(1, sum(words.values()))
    by_category: dict[Category, dict[Voice, float]] = {}
    for (category, voice), count in Counter((term.category, term.voice) for term in found).items():
        by_category.setdefault(category, {"outlet": 0.0, "quoted": 0.0})[voice] = round(1000 * count / total, 3)
    known = reference.load()
    group = known.group(genre) if known else None

    def rate(voice: Voice) -> VoiceRate:
        per_1000 = round(1000 * counts[voice] / max(1, words[voice]), 3)
        percentile = group.percentile(voice, per_1000) if group and words[voice] else None
        return VoiceRate(count=counts[voice], words=words[voice], per_1000=per_1000, percentile=percentile)

    return VocabularyRates(
        outlet=rate("outlet"),
        quoted=rate("quoted"),
        by_category=by_category,
        reference=known.tell(genre) if known else "",
        reference_articles=group.articles if group else 0,
    )


def count_words(document: Document) -> Counter[Voice]:
    """How many words does each voice have, boilerplate left out?"""
    return Counter(
        document.voice_at(token.start)
        for token in document.tokens
        if token.is_word and document.sentences[token.sentence].part != "boilerplate"
    )
