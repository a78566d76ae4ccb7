"""Loaded words per 1,000 words, article by article, and which differences are more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from ..comparison_report.wording import ComparedVocabulary, LoadedWording, RateDifference, VocabularyOfArticle
from ..report import Category, Term, Voice
from . import intervals
from .columns import Column
from .intervals import VOICES, Counted, Group, Measure


def compare(columns: Sequence[Column]) -> ComparedVocabulary:
    """How loaded is each article's wording, by category and voice, and can the articles be told apart by it?"""
    terms = [list(_terms(column)) for column in columns]
    categories = sorted({term.category for own in terms for term, _ in own})
    groups = intervals.groups(categories)
    measures = [
        intervals.measure(
            column, (Counted(term.category, term.voice, term.text.casefold(), at) for term, at in own), groups
        )
        for column, own in zip(columns, terms, strict=True)
    ]
    return ComparedVocabulary(
        by_article=[
            _show(column, [term for term, _ in own], measured, categories)
            for column, own, measured in zip(columns, terms, measures, strict=True)
        ],
        differences=[
            RateDifference(category=cast("Category | None", one.kind), **one.apart)
            for one in intervals.differences(measures, groups)
        ],
    )


def _terms(column: Column) -> Iterator[tuple[Term, int]]:
    """The loaded words that are shown, outside boilerplate, each with its sentence."""
    for term in column.report.vocabulary.shown:
        at = column.sentence_at(term.start)
        if at is not None:
            yield term, at


def _wordings(column: Column, terms: Sequence[Term]) -> list[LoadedWording]:
    groups: dict[tuple[str, Voice], list[Term]] = {}
    for term in terms:
        groups.setdefault((term.text.casefold(), term.voice), []).append(term)
    found = [
        LoadedWording(
            text=first.text,
            category=first.category,
            tone=first.tone,
            voice=first.voice,
            count=1 + len(more),
            span=column.span(first.start, first.end),
        )
        for first, *more in groups.values()
    ]
    return sorted(found, key=lambda wording: (-wording.count, wording.span.start))


def _show(
    column: Column, terms: Sequence[Term], measures: dict[Group, Measure], categories: Sequence[Category]
) -> VocabularyOfArticle:
    words = intervals.words_by_voice(column)
    return VocabularyOfArticle(
        words={voice: int(words[voice].sum()) for voice in VOICES},
        total={voice: measures[None, voice].show() for voice in VOICES},
        by_category={
            category: {voice: measures[category, voice].show() for voice in VOICES} for category in categories
        },
        wordings=_wordings(column, terms),
    )
