"""What is more than chance: 95 % intervals by bootstrap (Efron 1979); a difference counts where it leaves out zero."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
ENDS: Final = (2.5, 97.5)
RESAMPLES: Final = 1000
_SEED = 20261123


def generator(text: str, *more: int) -> np.random.Generator:
    """Chance that is the same for the same text, beside whatever it is set."""
    return np.random.default_rng([_SEED, zlib.crc32(text.encode()), *more])


def resample(units: int, rng: np.random.Generator, times: int = RESAMPLES) -> NDArray[np.int64]:
    """How often does each unit stand in each resample? `times` × `units`; each resample holds as many as there are."""
    return rng.multinomial(units, np.full(units, 1 / units), times)


def means(values: Sequence[float], rng: np.random.Generator) -> Numbers:
    """Means of the values as resampling draws them."""
    picks = rng.integers(0, len(values), (RESAMPLES, len(values)))
    drawn: Numbers = np.asarray(values, dtype=np.float64)[picks].mean(axis=1)
    return drawn


def interval(draws: Numbers, digits: int = 2) -> tuple[float, float]:
    """The ends between which 95 % of the draws lie."""
    low, high = (round(float(end), digits) for end in np.percentile(draws, ENDS))
    return low, high
