"""How far do two coders agree? Matched marks, and Krippendorff's alpha for levels and over characters.

Alpha is 1 - observed / expected disagreement, by a coincidence matrix (Krippendorff 2011, "Computing Krippendorff's
alpha-reliability"); over characters it is the same with every character of the text as a unit, the alpha of
unitizing in its nominal form (Krippendorff, Mathet, Bouvry & Widlöcher 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Mark = Mapping[str, Any]
Span = tuple[int, int]

# Categories that two careful readers may choose between for the same word without disagreeing on what they saw.
GROUPS: Mapping[str, str] = {
    "label": "judgement",
    "verdict": "judgement",
    "contempt": "judgement",
    "praise": "judgement",
    "fear": "force",
    "violence": "force",
    "exaggeration": "force",
    "contested": "naming",
    "euphemism": "naming",
    "doubt": "doubt",
}


def match(
    ours: Sequence[Mark],
    theirs: Sequence[Mark],
    agree: Callable[[Mark, Mark], bool],
    spans: Callable[[Mark], list[Span]],
) -> list[tuple[int, int]]:
    """Which marks of two coders are the same mark? Pairs of indices, each mark used once, largest overlap first.

    Two marks meet where their spans share a character and `agree` says that they say the same.
    """
    meeting = [
        (shared, i, j)
        for i, our in enumerate(ours)
        for j, their in enumerate(theirs)
        if (shared := overlap(spans(our), spans(their))) and agree(our, their)
    ]
    pairs: list[tuple[int, int]] = []
    used_ours, used_theirs = set[int](), set[int]()
    for _, i, j in sorted(meeting, key=lambda each: (-each[0], each[1], each[2])):
        if i not in used_ours and j not in used_theirs:
            pairs.append((i, j))
            used_ours.add(i)
            used_theirs.add(j)
    return pairs


def overlap(ours: Iterable[Span], theirs: Sequence[Span]) -> int:
    """How many characters do two sets of spans share?"""
    return sum(max(0, min(end, e) - max(start, s)) for start, end in ours for s, e in theirs)


def alpha(
    pairs: Sequence[tuple[Hashable, Hashable]],
    level: Literal["nominal", "ordinal"] = "nominal",
    weights: Sequence[float] | None = None,
) -> float:
    """Krippendorff's alpha for two coders: 1 perfect, 0 chance; NaN where all values are one.

    `pairs` holds the values of both coders a unit (numbers where ordinal), `weights` how often each pair stands.
    """
    values = sorted({value for pair in pairs for value in pair})  # type: ignore[type-var]  # one kind of value a call
    index = {value: at for at, value in enumerate(values)}
    coincidences = np.zeros((len(values), len(values)))
    for (ours, theirs), weight in zip(pairs, weights or [1.0] * len(pairs), strict=True):
        coincidences[index[ours], index[theirs]] += weight
        coincidences[index[theirs], index[ours]] += weight
    totals = coincidences.sum(0)
    distance = _ordinal(totals) if level == "ordinal" else 1.0 - np.eye(len(values))
    expected = float((np.outer(totals, totals) * distance).sum())
    if not expected:
        return float("nan")
    return float(1 - (totals.sum() - 1) * (coincidences * distance).sum() / expected)


def _ordinal(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared distances of ranks: all values between two, and half of the two themselves."""
    size = len(totals)
    distance = np.zeros((size, size))
    for low in range(size):
        for high in range(low + 1, size):
            ranks = totals[low : high + 1].sum() - (totals[low] + totals[high]) / 2
            distance[low, high] = distance[high, low] = ranks**2
    return distance


def alpha_over_characters(texts: Iterable[tuple[int, Iterable[Span], Iterable[Span]]]) -> float:
    """Alpha for marked or not over every character of (length, one coder's spans, the other's) a text."""
    counts = np.zeros((2, 2))
    for length, ours, theirs in texts:
        covered = [np.zeros(length, bool), np.zeros(length, bool)]
        for flags, spans in zip(covered, (ours, theirs), strict=True):
            for start, end in spans:
                flags[start:end] = True
        for a in (False, True):
            for b in (False, True):
                counts[int(a), int(b)] += float(((covered[0] == a) & (covered[1] == b)).sum())
    cells = [(a, b) for a in (0, 1) for b in (0, 1) if counts[a, b]]
    return alpha(cells, weights=[float(counts[cell]) for cell in cells])
