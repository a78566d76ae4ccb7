"""What did a class mark, how many of it, and does Parallax mark it too? Passages, each with all that was said of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from ..codebook import Codebook
from .entries import Coding, Mark
from .results import compare, f1


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that somebody marks; `start` to `end` holds all marks that overlap."""

    layer: str
    start: int
    end: int
    coders: tuple[str, ...]
    """Who marks any of it, in the order of their marks."""
    categories: tuple[tuple[str, int], ...]
    """What they call it, and how many do, the most common first."""
    reasons: tuple[tuple[str, str], ...]
    """Who says why."""
    tool: str | None
    """What Parallax calls it; None where it marks nothing there."""

    @property
    def side(self) -> str:
        """Who marks it: both, class or tool."""
        return "both" if self.coders and self.tool else "class" if self.coders else "tool"


def find(codings: Mapping[str, Coding], tool: Coding, codebook: Codebook) -> list[Passage]:
    """Every passage that somebody marks, in the order of the text."""
    found = []
    for layer in codebook.layers:
        told = [(mark, coder) for coder, coding in codings.items() for mark in coding.marks if mark.layer == layer.id]
        told += [(mark, "") for mark in tool.marks if mark.layer == layer.id]
        found += [_sum_up(layer.id, together) for together in cluster(told)]
    return sorted(found, key=lambda passage: (passage.start, passage.end))


def cluster(told: Sequence[tuple[Mark, str]]) -> Iterator[list[tuple[Mark, str]]]:
    """Marks (with whose they are) that overlap, directly or by others between, together."""
    ordered = sorted(told, key=lambda each: (each[0].start, each[0].end))
    borders, reach = [0], 0
    for at, (mark, _) in enumerate(ordered):
        if at and mark.start >= reach:
            borders.append(at)
        reach = max(reach, mark.end)
    for first, last in pairwise([*borders, len(ordered)]):
        if first < last:
            yield ordered[first:last]


def _sum_up(layer: str, together: list[tuple[Mark, str]]) -> Passage:
    people = [(mark, coder) for mark, coder in together if coder]
    said = dict.fromkeys((coder, mark.category) for mark, coder in people)
    return Passage(
        layer=layer,
        start=together[0][0].start,
        end=max(mark.end for mark, _ in together),
        coders=tuple(dict.fromkeys(coder for _, coder in people)),
        categories=tuple(Counter(category for _, category in said).most_common()),
        reasons=tuple((coder, mark.reason) for mark, coder in people if mark.reason),
        tool=next((mark.category for mark, coder in together if not coder), None),
    )


def agree(codings: Mapping[str, Coding], codebook: Codebook) -> float | None:
    """Take any two: which share of their marks do both have (F1)? None where there are no two, or no marks."""
    counts = np.zeros(3)
    for layer in codebook.layers:
        marked = [[mark for mark in one.marks if mark.layer == layer.id] for one in codings.values()]
        counts += compare(list(combinations(marked, 2)), codebook.groups(layer.id))
    share = float(f1(counts))
    return None if math.isnan(share) else share
