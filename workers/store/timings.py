"""Timings: how long each part of an article's way took, counted over all workers since this store began."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from workers.store.connection import key, reach

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, math.inf)
"""Upper bounds in seconds, as Prometheus counts them."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is known of one stage."""

    name: str
    seconds: float
    """All of them together."""
    within: tuple[tuple[float, int], ...]
    """How many took at most so many seconds, by bound; the last one is all of them."""


def tally(spent: Mapping[str, float]) -> dict[str, float]:
    """Give what one article adds to the hash of stages."""
    added: dict[str, float] = {}
    for name, seconds in spent.items():
        added[f"{name}:seconds"] = round(seconds, 6)
        added[f"{name}:{bisect_left(BOUNDS, seconds)}"] = 1
    return added


def stages() -> list[Stage]:
    """Give every stage that an article went through."""
    with reach() as client:
        counted = cast(dict[bytes, bytes], client.hgetall(key("stages")))
    found = {name.decode(): float(value) for name, value in counted.items()}
    names = sorted({name.partition(":")[0] for name in found})
    return [
        Stage(
            name,
            found.get(f"{name}:seconds", 0.0),
            tuple(zip(BOUNDS, accumulate(int(found.get(f"{name}:{at}", 0)) for at in range(len(BOUNDS))), strict=True)),
        )
        for name in names
    ]
