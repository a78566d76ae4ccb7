"""Loaded words per 1,000 words with 95 % intervals, and which differences are more than chance.

Bootstrap over sentences (Efron 1979), percentile intervals. Where an article has no such term, resampling can only
give zero; there the draws come from the exact Poisson upper bound (Garwood 1936): 3.7 terms at 97.5 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from .. import chance
from ..chance import Numbers
from ..comparison_report import ComparedVocabulary, LoadedWording, RateDifference, RateInterval, VocabularyOfArticle
from ..report import Category, Term, Voice
from .columns import Column
from .settings import SETTINGS

VOICES: Final[tuple[Voice, ...]] = ("outlet", "quoted")
_Group = tuple[Category | None, Voice]


@dataclass(frozen=True, slots=True)
class _Rate:
    """A count per 1,000 words with what resampling makes of it; no draws where there is too little text."""

    count: int
    value: float | None
    draws: Numbers | None
    draws_once: Numbers | None  # the same, what is said again in the same words counted once


def compare(columns: Sequence[Column]) -> ComparedVocabulary:
    """How loaded is each article's wording, by category and voice, and can the articles be told apart by it?"""
    categories = sorted({term.category for column in columns for term in column.report.vocabulary.shown})
    groups: list[_Group] = [(category, voice) for category in (None, *categories) for voice in VOICES]
    rates = [_rates(column, groups) for column in columns]
    return ComparedVocabulary(
        by_article=[_show(column, own, categories) for column, own in zip(columns, rates, strict=True)],
        differences=list(_differences(rates, groups)),
    )


def words_by_voice(column: Column) -> dict[Voice, Numbers]:
    """Words of each sentence in each voice."""
    counts: dict[Voice, Numbers] = {voice: np.zeros(len(column.sentences)) for voice in VOICES}
    for word in column.words:
        counts["quoted" if word.quoted else "outlet"][word.sentence] += 1
    return counts


def _rates(column: Column, groups: Sequence[_Group]) -> dict[_Group, _Rate]:
    sentences = len(column.sentences)
    words = words_by_voice(column)
    counts = {group: np.zeros(sentences) for group in groups}
    once = {group: np.zeros(sentences) for group in groups}
    said: set[tuple[str, Voice]] = set()
    for term, at in _terms(column):
        wording = (term.text.casefold(), term.voice)
        for category in (term.category, None):
            counts[category, term.voice][at] += 1
            once[category, term.voice][at] += wording not in said
        said.add(wording)
    enough = sentences >= SETTINGS["rates"]["least_sentences"]
    # Seeded by the text: an article's intervals are the same beside whatever it is set.
    rng = chance.generator(column.text)
    picks = chance.resample(sentences, rng) if enough else None
    floors = rng.exponential(1.0, (len(groups), chance.RESAMPLES))  # the 97.5 % point is Garwood's bound for no event
    bases = {voice: picks @ words[voice] for voice in VOICES} if picks is not None else {}
    found: dict[_Group, _Rate] = {}
    for at, group in enumerate(groups):
        base = float(words[group[1]].sum())
        count = int(counts[group].sum())
        draws = draws_once = None
        if picks is not None and base and count:
            draws, draws_once = (
                1000 * (picks @ counted[group]) / np.maximum(bases[group[1]], 1.0) for counted in (counts, once)
            )
        elif picks is not None and base:
            draws = draws_once = 1000 * floors[at] / base
        found[group] = _Rate(count, 1000 * count / base if base else None, draws, draws_once)
    return found


def _terms(column: Column) -> Iterator[tuple[Term, int]]:
    """The loaded words outside boilerplate, each with its sentence."""
    for term in column.report.vocabulary.shown:
        at = column.sentence_at(term.start)
        if at is not None:
            yield term, at


def _wordings(column: Column) -> list[LoadedWording]:
    groups: dict[tuple[str, Voice], list[Term]] = {}
    for term, _ in _terms(column):
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


def _show(column: Column, rates: dict[_Group, _Rate], categories: Sequence[Category]) -> VocabularyOfArticle:
    words = words_by_voice(column)
    return VocabularyOfArticle(
        words={voice: int(words[voice].sum()) for voice in VOICES},
        total={voice: _interval(rates[None, voice]) for voice in VOICES},
        by_category={
            category: {voice: _interval(rates[category, voice]) for voice in VOICES} for category in categories
        },
        wordings=_wordings(column),
    )


def _interval(rate: _Rate) -> RateInterval:
    low = high = None
    if rate.draws is not None:
        low, high = chance.interval(rate.draws)
        low = low if rate.count else 0.0
    value = None if rate.value is None else round(rate.value, 2)
    return RateInterval(count=rate.count, per_1000=value, low=low, high=high)


def _differences(rates: Sequence[dict[_Group, _Rate]], groups: Iterable[_Group]) -> Iterable[RateDifference]:
    for group in groups:
        for a, b in combinations(range(len(rates)), 2):
            one, other = rates[a][group], rates[b][group]
            if one.draws is None or other.draws is None or not one.count + other.count:
                continue
            if one.draws_once is None or other.draws_once is None:
                continue
            low, high = chance.interval(one.draws - other.draws)
            low_once, high_once = chance.interval(one.draws_once - other.draws_once)
            yield RateDifference(
                a=a,
                b=b,
                voice=group[1],
                category=group[0],
                difference=round((one.value or 0.0) - (other.value or 0.0), 2),
                low=low,
                high=high,
                distinguishable=not (low <= 0 <= high or low_once <= 0 <= high_once),
            )
