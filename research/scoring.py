"""How measures are counted: tokens, tallies by group, and a bootstrap over groups for the interval."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models import chance

Counts = NDArray[np.float64]

# A run of letters and digits (inner apostrophes and hyphens kept) or one other sign.
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\S")
_NUMBER = r"-?\d+\.\d+"
_PRINTED = re.compile(
    rf"(?P<name>\S.*?)\s+(?P<value>{_NUMBER})\s+\[\s*(?P<low>{_NUMBER}),\s*(?P<high>{_NUMBER})\]\s+"
    r"(?P<n>\d+) (?P<unit>.+)"
)
_RESAMPLES = 1000
_REDRAWS = 200  # of statistics that must be taken anew each time


def find_tokens(text: str) -> NDArray[np.int64]:
    """Starts and ends (tokens × 2) of the tokens that measures count."""
    return np.array([hit.span() for hit in _TOKEN.finditer(text)], np.int64).reshape(-1, 2)


def mark_tokens(tokens: NDArray[np.int64], spans: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which tokens do the spans touch?"""
    marked = np.zeros(len(tokens), bool)
    for start, end in spans:
        first = np.searchsorted(tokens[:, 1], start, "right")
        last = np.searchsorted(tokens[:, 0], end, "left")
        marked[first:last] = True
    return marked


def count_hits(expected: NDArray[np.bool_], found: NDArray[np.bool_]) -> list[float]:
    """True positives, false positives, false negatives."""
    return [float((expected & found).sum()), float((~expected & found).sum()), float((expected & ~found).sum())]


def f1(counts: Counts) -> Counts:
    """F1 from columns of true positives, false positives, false negatives."""
    tp, fp, fn = counts[..., 0], counts[..., 1], counts[..., 2]
    return np.asarray(2 * tp / np.maximum(2 * tp + fp + fn, 1))


def macro_f1(counts: Counts) -> Counts:
    """Mean F1 over classes from flattened confusion matrices (expected × found)."""
    size = int(np.sqrt(counts.shape[-1]))
    matrix = counts.reshape(*counts.shape[:-1], size, size)
    hits = np.diagonal(matrix, axis1=-2, axis2=-1)
    both = matrix.sum(-1) + matrix.sum(-2)
    return np.asarray((2 * hits / np.maximum(both, 1)).mean(-1))


def ratio(counts: Counts) -> Counts:
    """The first column in shares of the second."""
    return np.asarray(counts[..., 0] / np.maximum(counts[..., 1], 1e-9))


def per_thousand(counts: Counts) -> Counts:
    """The first column for every 1,000 of the second."""
    return 1000 * ratio(counts)


def confuse(expected: int, found: int, size: int) -> list[float]:
    """One judgement as a flattened confusion matrix."""
    cells = [0.0] * (size * size)
    cells[expected * size + found] = 1.0
    return cells


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with its 95 % interval; `n` counts what was judged (`unit`)."""

    name: str
    value: float
    low: float
    high: float
    n: int
    unit: str


@dataclass(slots=True)
class Tally:
    """Counts by group (article, event, sentence); `value` turns sums of counts into the measure."""

    name: str
    value: Callable[[Counts], Counts]
    unit: str
    groups: dict[str, Counts] = field(default_factory=dict)
    n: int = 0

    def add(self, group: str, counts: Sequence[float], n: int = 1) -> None:
        self.groups[group] = self.groups.get(group, np.zeros(len(counts))) + np.array(counts)
        self.n += n

    def measure(self) -> Measure | None:
        """The measure with a percentile bootstrap over groups (Efron 1979); None when nothing was judged."""
        if not self.groups:
            return None
        counts = np.stack(list(self.groups.values()))
        draws = chance.resample(len(counts), np.random.default_rng(0), _RESAMPLES)
        low, high = chance.interval(self.value(draws @ counts), 4)
        return Measure(self.name, round(float(self.value(counts.sum(0))), 4), low, high, self.n, self.unit)


@dataclass(slots=True)
class Drawn:
    """Values by group, for a statistic that counts don't add up to (an alpha, an AUC)."""

    name: str
    value: Callable[[Sequence[Any]], float]
    unit: str
    groups: dict[str, list[Any]] = field(default_factory=dict)

    def measure(self) -> Measure | None:
        """The statistic of all values with a percentile bootstrap over groups; None when nothing was judged."""
        held = list(self.groups.values())
        if not held:
            return None
        chosen = np.random.default_rng(0).integers(len(held), size=(_REDRAWS, len(held)))
        values = [self.value([value for at in draw for value in held[at]]) for draw in chosen]
        low, high = np.nanpercentile(values, (2.5, 97.5))
        whole = [value for group in held for value in group]
        return Measure(
            self.name, round(self.value(whole), 4), round(float(low), 4), round(float(high), 4), len(whole), self.unit
        )


class Tallies:
    """Tallies by name, in the order in which they first counted something."""

    def __init__(self) -> None:
        self._by_name: dict[str, Tally | Drawn] = {}

    def add(
        self, name: str, value: Callable[[Counts], Counts], unit: str, group: str, counts: Sequence[float], n: int = 1
    ) -> None:
        """Count `n` more units of a group under a measure."""
        tally = self._by_name.setdefault(name, Tally(name, value, unit))
        assert isinstance(tally, Tally)  # noqa: S101  # a measure is counted in one way
        tally.add(group, counts, n)

    def draw(
        self, name: str, value: Callable[[Sequence[Any]], float], unit: str, group: str, values: Sequence[Any]
    ) -> None:
        """Add a group's values to a statistic over all of them."""
        drawn = self._by_name.setdefault(name, Drawn(name, value, unit))
        assert isinstance(drawn, Drawn)  # noqa: S101  # as above
        if values:
            drawn.groups.setdefault(group, []).extend(values)

    def join(self, others: Tallies) -> None:
        """Take over what was counted elsewhere, under other measures."""
        self._by_name |= others._by_name

    def measures(self) -> list[Measure]:
        """Every measure that has counted something."""
        return [measure for tally in self._by_name.values() if (measure := tally.measure()) is not None]


def print_measures(measures: Iterable[Measure]) -> None:
    """A table of measures with their intervals, on standard output."""
    print(f"{'measure':32}{'value':>8}   {'95 % interval':20}n")
    for m in measures:
        print(f"{m.name:32}{m.value:8.3f}   [{m.low:7.3f}, {m.high:7.3f}]  {m.n} {m.unit}")


def read_measures(printed: str) -> list[Measure]:
    """The measures of a table that `print_measures` printed; lines that are none are passed by."""
    hits = (_PRINTED.fullmatch(line) for line in printed.splitlines())
    return [
        Measure(hit["name"], float(hit["value"]), float(hit["low"]), float(hit["high"]), int(hit["n"]), hit["unit"])
        for hit in hits
        if hit
    ]


def find_least(strengths: ArrayLike, held: ArrayLike, share: float) -> float:
    """The lowest strength from which on so large a share of what has it held (0..1 each); infinity where none has."""
    order = np.argsort(strengths)[::-1]
    enough = np.flatnonzero(np.cumsum(np.asarray(held)[order]) >= share * np.arange(1, len(order) + 1))
    return float(np.asarray(strengths)[order[enough[-1]]]) if len(enough) else math.inf
