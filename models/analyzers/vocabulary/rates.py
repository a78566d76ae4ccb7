"""How often does an article use loaded words, and how does that compare with news?"""

from __future__ import annotations

from collections import Counter

from ...classifiers import reference
from ...document import Document
from ...report import Category, Term, VocabularyRates, Voice, VoiceRate


def measure(document: Document, found: list[Term]) -> VocabularyRates:
    """How often does each voice use loaded words, per 1,000 words, and how many news articles do so less?"""
    words = count_words(document)
    counts = Counter(term.voice for term in found)
    total = max(1, sum(words.values()))
    by_category: dict[Category, dict[Voice, float]] = {}
    for (category, voice), count in Counter((term.category, term.voice) for term in found).items():
        by_category.setdefault(category, {"outlet": 0.0, "quoted": 0.0})[voice] = round(1000 * count / total, 3)
    compared = reference.load()
    return VocabularyRates(
        outlet=_rate("outlet", counts, words),
        quoted=_rate("quoted", counts, words),
        by_category=by_category,
        reference=compared.about if compared else "",
        reference_articles=compared.articles if compared else 0,
    )


def count_words(document: Document) -> Counter[Voice]:
    """How many words does each voice have, boilerplate left out?"""
    return Counter(
        document.voice_at(token.start)
        for token in document.tokens
        if token.is_word and document.sentences[token.sentence].part != "boilerplate"
    )


def _rate(voice: Voice, counts: Counter[Voice], words: Counter[Voice]) -> VoiceRate:
    per_1000 = round(1000 * counts[voice] / max(1, words[voice]), 3)
    compared = reference.load()
    percentile = compared.percentile(voice, per_1000) if compared and words[voice] else None
    return VoiceRate(count=counts[voice], per_1000=per_1000, percentile=percentile)
