"""How far do coders agree? Matched marks, Krippendorff's alpha for levels, characters and units, and Cohen's kappa.

Alpha is 1 - observed / expected disagreement: over values by a coincidence matrix (Krippendorff 2011, "Computing
Krippendorff's alpha-reliability"); over characters it is the same with every character of the text as a unit, the alpha
of unitizing in its nominal form (Krippendorff, Mathet, Bouvry & Widlöcher 2016); over whole marks it is the alpha of
unitizing of 2004 (Krippendorff, "Content Analysis", 2nd edition, pp. 251-256), which weighs how far borders lie apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Mark = Mapping[str, Any]
Span = tuple[int, int]
Value = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Makes a measure of summed counts, a row each."""
_M = TypeVar("_M")


class Continuum(NamedTuple):
    """One category in one text: how long the text is, and each coder's spans in order, none over another."""

    length: int
    coders: Sequence[Sequence[Span]]


def match(
    ours: Sequence[_M],
    theirs: Sequence[_M],
    agree: Callable[[_M, _M], bool],
    spans: Callable[[_M], list[Span]],
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
    units: Sequence[Sequence[Hashable]],
    level: Literal["nominal", "ordinal"] = "nominal",
    weights: Sequence[float] | None = None,
) -> float:
    """Krippendorff's alpha: 1 perfect, 0 chance, down to -1; NaN where all values are one, or no unit has two.

    `units` holds the values that coders gave to each unit (numbers where ordinal), missing ones left out and as many as
    there are; `weights` how often each unit stands.
    """
    values = sorted({value for unit in units for value in unit})  # type: ignore[type-var]  # one kind of value a call
    index = {value: at for at, value in enumerate(values)}
    coincidences = np.zeros((len(values), len(values)))
    for unit, weight in zip(units, weights or [1.0] * len(units), strict=True):
        for one, other in permutations(unit, 2):
            coincidences[index[one], index[other]] += weight / (len(unit) - 1)
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


def alpha_over_characters(texts: Iterable[tuple[int, Sequence[Iterable[Span]]]]) -> float:
    """Alpha for marked or not over every character; a text is its length and each coder's spans."""
    counts = Counter[tuple[int, ...]]()
    for length, coders in texts:
        spans = [list(marked) for marked in coders]
        edges = {0, length} | {min(edge, length) for marked in spans for span in marked for edge in span}
        for start, end in pairwise(sorted(edges)):
            values = sorted(int(any(s <= start < e for s, e in marked)) for marked in spans)
            counts[tuple(values)] += end - start
    return alpha(list(counts), weights=[float(count) for count in counts.values()])


def alpha_of_units(continua: Iterable[Continuum]) -> float:
    """Alpha of unitizing over marks: 1 where all borders agree, 0 by chance; NaN where nothing is marked.

    Disagreement is the squared distance of borders of marks that overlap, and the squared length of one that stands in
    another coder's gap; observed and expected are summed over continua, as Krippendorff sums them over categories.
    """
    observed = expected = 0.0
    for continuum in continua:
        if len(continuum.coders) > 1 and continuum.length:
            observed += _observe(continuum)
            expected += _expect(continuum)
    return float("nan") if not expected else 1 - observed / expected


def merge(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _observe(continuum: Continuum) -> float:
    length, coders = continuum
    apart = 0
    for ours, theirs in permutations(coders, 2):
        for start, end in ours:
            meeting = [(s, e) for s, e in theirs if s < end and start < e]
            apart += sum((start - s) ** 2 + (end - e) ** 2 for s, e in meeting)
            apart += 0 if meeting else 2 * (end - start) ** 2  # seen once from the mark, once from the gap
    return apart / (len(coders) * (len(coders) - 1) * length**2)


def _expect(continuum: Continuum) -> float:
    length, coders = continuum
    gaps = [gap for marked in coders for gap in _gaps(length, marked)]
    sizes = [end - start for marked in coders for start, end in marked]
    total = 0.0
    for size in sizes:
        total += (len(sizes) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        total += size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
    room = len(coders) * length
    chances = room * (room - 1) - sum(size * (size - 1) for size in sizes)
    return 2 / length * total / chances if chances else 0.0


def _gaps(length: int, marked: Sequence[Span]) -> list[int]:
    """Lengths of what lies before, between and after the marks."""
    edges = [0, *(edge for span in marked for edge in span), length]
    return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Cohen's kappa of two coders' categories: 1 perfect, 0 chance; NaN where both use a single one, or for no pair."""
    if not pairs:
        return float("nan")
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    same = sum(one == other for one, other in pairs) / len(pairs)
    chance = sum(count * theirs[value] for value, count in ours.items()) / len(pairs) ** 2
    return float("nan") if chance == 1 else (same - chance) / (1 - chance)


def interval(counts: NDArray[np.float64], value: Value, draws: int = 1_000) -> tuple[float, float]:
    """The 95 % interval of a measure by drawing whole articles anew (bootstrap, seeded): a row of counts an article.

    `value` makes measures of summed counts (draws × columns). NaN for fewer than two articles.
    """
    if len(counts) < 2:
        return float("nan"), float("nan")
    rng = np.random.default_rng(0)
    often = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=draws)
    found = value(often @ counts)
    low, high = np.nanpercentile(found, [2.5, 97.5]) if not np.isnan(found).all() else (np.nan, np.nan)
    return float(low), float(high)
