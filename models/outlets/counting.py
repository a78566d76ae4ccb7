"""Counting one report for its outlet."""

from __future__ import annotations

from collections import Counter

from ..comparison.columns import Column
from ..report import Category, SourceType, Stance, Voice
from .records import Counts, Heard

_MOST_SPEAKERS = 50  # of one article, those with most words


def count(column: Column) -> Counts | None:
    """How many words, loaded words, verbs and sources does this report have? None where it has no rates (too short)."""
    report = column.report
    if report.vocabulary.rates is None:
        return None
    words: Counter[Voice] = Counter({"outlet": 0, "quoted": 0})
    words.update("quoted" if word.quoted else "outlet" for word in column.words)
    terms: dict[Category, dict[Voice, int]] = {}
    for term in report.vocabulary.shown:
        terms.setdefault(term.category, {"outlet": 0, "quoted": 0})[term.voice] += 1
    verbs: dict[Stance, Counter[str]] = {}
    for item in report.attribution.items:
        if item.cue:
            verbs.setdefault(item.cue.stance, Counter())[item.cue.lemma] += 1
    sources: dict[SourceType, Heard] = {}
    speakers: Counter[str] = Counter()
    for source in report.attribution.sources:
        before = sources.get(source.source_type, Heard(articles=1, statements=0, words=0))
        sources[source.source_type] = Heard(
            articles=1, statements=before.statements + source.count, words=before.words + source.words
        )
        if source.speaker is not None:
            speakers[source.name] += source.words
    return Counts(
        words=dict(words),
        terms=terms,
        verbs=verbs,
        sources=sources,
        speakers=dict(speakers.most_common(_MOST_SPEAKERS)),
    )
