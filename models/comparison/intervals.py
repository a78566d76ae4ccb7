"""How often per 1,000 words, with 95 % intervals, and which differences are more than chance.

Bootstrap over sentences (Efron 1979), percentile intervals. Where an article has no such finding, resampling can only
give zero; there the draws come from the exact Poisson upper bound (Garwood 1936): 3.7 findings at 97.5 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, NamedTuple

import numpy as np

from .. import chance
from ..chance import Numbers
from ..comparison_report.rates import RateInterval, RatesApart
from ..report import Voice
from .columns import Column
from .settings import SETTINGS

VOICES: Final[tuple[Voice, ...]] = ("outlet", "quoted")
Group = tuple[str | None, Voice]  # a kind of finding, null for all together, in one voice


class Counted(NamedTuple):
    """One finding as it is counted."""

    kind: str
    voice: Voice
    wording: str  # what is said again in the same wording may count once
    sentence: int


class Difference(NamedTuple):
    """How far two articles' rates of a group are apart."""

    kind: str | None
    apart: dict[str, Any]  # the fields of RatesApart


@dataclass(frozen=True, slots=True)
class Measure:
    """A count per 1,000 words with what resampling makes of it; no draws where there is too little text."""

    count: int
    value: float | None
    draws: Numbers | None
    draws_once: Numbers | None  # the same, what is said again in the same words counted once

    def show(self) -> RateInterval:
        """The rate and its interval."""
        low = high = None
        if self.draws is not None:
            low, high = chance.interval(self.draws)
            low = low if self.count else 0.0
        value = None if self.value is None else round(self.value, 2)
        return RateInterval(count=self.count, per_1000=value, low=low, high=high)


def groups(kinds: Iterable[str]) -> list[Group]:
    """All kinds together, then each kind, in both voices."""
    return [(kind, voice) for kind in (None, *sorted(kinds)) for voice in VOICES]


def words_by_voice(column: Column) -> dict[Voice, Numbers]:
    """Words of each sentence in each voice."""
    counts: dict[Voice, Numbers] = {voice: np.zeros(len(column.sentences)) for voice in VOICES}
    for word in column.words:
        counts["quoted" if word.quoted else "outlet"][word.sentence] += 1
    return counts


def measure(column: Column, found: Iterable[Counted], wanted: Sequence[Group]) -> dict[Group, Measure]:
    """How often does an article have each group of findings per 1,000 words of that voice?"""
    sentences = len(column.sentences)
    words = words_by_voice(column)
    counts = {group: np.zeros(sentences) for group in wanted}
    once = {group: np.zeros(sentences) for group in wanted}
    said: set[tuple[str, Voice]] = set()
    for one in found:
        wording = (one.wording, one.voice)
        for kind in (one.kind, None):
            counts[kind, one.voice][one.sentence] += 1
            once[kind, one.voice][one.sentence] += wording not in said
        said.add(wording)
    enough = sentences >= SETTINGS["rates"]["least_sentences"]
    # Seeded by the text: an article's intervals are the same beside whatever it is set.
    rng = chance.generator(column.text)
    picks = chance.resample(sentences, rng) if enough else None
    floors = rng.exponential(1.0, (len(wanted), chance.RESAMPLES))  # the 97.5 % point is Garwood's bound for no event
    bases = {voice: picks @ words[voice] for voice in VOICES} if picks is not None else {}
    measures: dict[Group, Measure] = {}
    for at, group in enumerate(wanted):
        base = float(words[group[1]].sum())
        count = int(counts[group].sum())
        draws = draws_once = None
        if picks is not None and base and count:
            draws, draws_once = (
                1000 * (picks @ counted[group]) / np.maximum(bases[group[1]], 1.0) for counted in (counts, once)
            )
        elif picks is not None and base:
            draws = draws_once = 1000 * floors[at] / base
        measures[group] = Measure(count, 1000 * count / base if base else None, draws, draws_once)
    return measures


def differences(measures: Sequence[dict[Group, Measure] | None], wanted: Sequence[Group]) -> Iterator[Difference]:
    """How far are every two articles apart, group by group, where there is enough text?"""
    for group in wanted:
        for a, b in combinations(range(len(measures)), 2):
            ones, others = measures[a], measures[b]
            if ones is None or others is None:
                continue
            one, other = ones[group], others[group]
            if one.draws is None or other.draws is None or not one.count + other.count:
                continue
            if one.draws_once is None or other.draws_once is None:
                continue
            low, high = chance.interval(one.draws - other.draws)
            low_once, high_once = chance.interval(one.draws_once - other.draws_once)
            by_chance = low <= 0 <= high or low_once <= 0 <= high_once
            kind, voice = group
            apart = RatesApart(
                a=a,
                b=b,
                voice=voice,
                difference=round((one.value or 0.0) - (other.value or 0.0), 2),
                low=low,
                high=high,
                distinguishable=not by_chance,
            )
            yield Difference(kind, dict(apart))
