"""What two articles cannot both be right about: the same fact with another number, another outcome, or a negation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from ..comparison_report.events import ClaimInArticle, Contradiction, ContradictionKind
from ..report import Span
from . import speech, vectors
from .claims import Reading
from .columns import Column, voice_of
from .naming import Figure
from .opposition import Clash, oppose
from .settings import SETTINGS

Pair = tuple[int, int]  # two articles, the first one first


class Side(NamedTuple):
    """What one article says in a contradiction."""

    reading: Reading
    words: tuple[Span, ...]


def find(readings: Sequence[Sequence[Reading]], figures: Sequence[Figure], pairs: Iterable[Pair]) -> list[Clash]:
    """Where do two sentences of two articles tell one fact, and one of them the opposite or another number?

    `readings` by article; `pairs` are the articles that may tell one event.
    """
    every = [reading for own in readings for reading in own]
    if not every:
        return []
    alike = vectors.about([reading.bag for reading in every])
    heads = np.array([_is_headline(reading) for reading in every], dtype=bool)
    alike[np.not_equal.outer(heads, heads)] = 0.0
    ends = np.cumsum([0, *map(len, readings)])
    return [
        clash
        for a, b in pairs
        for row, column in _near(alike[ends[a] : ends[a + 1], ends[b] : ends[b + 1]])
        for clash in oppose(readings[a][row], readings[b][column], figures)
    ]


def compare(
    columns: Sequence[Column], clashes: Sequence[Clash], figures: Sequence[Figure], versions: set[Pair]
) -> list[Contradiction]:
    """The contradictions, each with all articles that take a side; what two people say against each other is none."""
    groups: list[dict[int, Side]] = []
    kinds: list[ContradictionKind] = []
    for clash in sorted((c for c in clashes if not c.disputed), key=lambda c: (c.one.column.index, c.one.sentence)):
        sides = {
            reading.column.index: Side(reading, words)
            for reading, words in zip(clash.readings, clash.words, strict=True)
        }
        home = next((at for at, group in enumerate(groups) if kinds[at] == clash.kind and _joins(group, sides)), None)
        if home is None:
            groups.append(sides)
            kinds.append(clash.kind)
        else:
            groups[home] |= sides
    rows = list(zip(kinds, groups, strict=True))
    rows = [row for at, row in enumerate(rows) if not any(_repeats(row, earlier) for earlier in rows[:at])]
    return [_show(columns, kind, group, figures, versions) for kind, group in rows]


def _joins(group: Mapping[int, Side], sides: Mapping[int, Side]) -> bool:
    """Is it the same sentence of one article against another article's?"""
    shared = group.keys() & sides.keys()
    return bool(shared) and all(group[at] == sides[at] for at in shared)


def _repeats(
    row: tuple[ContradictionKind, Mapping[int, Side]], earlier: tuple[ContradictionKind, Mapping[int, Side]]
) -> bool:
    """Does a contradiction only say again, in text or headline, by which words the same articles differ?"""
    if row[0] != earlier[0] or not row[1].keys() <= earlier[1].keys():
        return False
    return all(_values(side) == _values(earlier[1][at]) for at, side in row[1].items())


def _values(side: Side) -> set[str]:
    return {word.text.casefold() for word in side.words}


def _show(
    columns: Sequence[Column],
    kind: ContradictionKind,
    group: Mapping[int, Side],
    figures: Sequence[Figure],
    versions: set[Pair],
) -> Contradiction:
    shown: list[ClaimInArticle | None] = []
    for column in columns:
        side = group.get(column.index)
        if side is None:
            shown.append(None)
            continue
        place = column.sentences[side.reading.sentence]
        at = next(i for i, word in enumerate(side.reading.words) if word.end > side.words[0].start)
        said = speech.find(side.reading, at, figures)
        shown.append(
            ClaimInArticle(
                span=column.span(place.start, place.end),
                differing=list(side.words),
                voice=voice_of(side.reading.words),
                speaker=said.text if said else None,
            )
        )
    return Contradiction(
        kind=kind,
        between_versions=all(pair in versions for pair in combinations(sorted(group), 2)),
        by_article=shown,
    )


def _near(alike: vectors.Matrix) -> Iterator[tuple[int, int]]:
    """Which sentences of two articles are about the same: each with what comes nearest to it, headlines apart."""
    if not alike.size:
        return
    choice = SETTINGS["contradictions"]
    nearest = np.minimum(alike.max(axis=1)[:, None], alike.max(axis=0)[None, :])
    for row, column in np.argwhere((alike >= choice["alike"]) & (alike >= choice["nearest"] * nearest)):
        yield int(row), int(column)


def _is_headline(reading: Reading) -> bool:
    return reading.column.sentences[reading.sentence].part == "headline"
