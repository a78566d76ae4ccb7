"""How does an article portray somebody? One figure over what its words, labels and sentences do with them.

A ridge regression (Hoerl & Kennard 1970) over the named features below, toward what coders felt of whole articles:
trained by `research.training.portrayals`; numbers and card in portrayal.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "portrayal.json"

FEATURES = (
    "lean",  # mean over sentences of the outlet's own voice: positive less negative polarity toward the name
    "lean_least",
    "lean_most",
    "lean_biased",  # the mean weighted by the square of each sentence's bias, with a neutral prior
    "lean_quoted",  # the same mean in quoted voice
    "feeling",  # mean over paragraphs: the author's feeling toward the name
    "feeling_least",
    "feeling_most",
    "feeling_first",
    "feeling_last",
    "labels_negative",  # a mention
    "labels_positive",
    "words_negative",  # loaded words about them in the outlet's own voice, a mention
    "words_positive",
    "words_negative_quoted",
    "words_positive_quoted",
    "speaks",  # shares of mentions
    "acts",
    "acted_on",
    "mentions",  # logarithm
    "share",  # of the article's name mentions
    "headline",  # named there
    "tone",  # TextBlob's, of the sentences that name them
    "bias",  # mean of the article's sentences
    "opinion",  # and how much of it is opinion
    "person",
    "organization",
)


@dataclass(frozen=True, slots=True)
class Portrayal:
    """From -1, badly, to 1, well, with the interval in which four of five coders' judgements lay."""

    value: float
    low: float
    high: float


def judge(evidence: Mapping[str, float]) -> Portrayal:
    """The portrayal that coders would find, from evidence by feature."""
    model = _load()
    row = np.array([evidence[name] for name in FEATURES])
    value = float(row @ model.weights + model.intercept)
    spread = model.spread
    low, value, high = (round(max(-1.0, min(1.0, one)), 4) for one in (value - spread, value, value + spread))
    return Portrayal(value, low, high)


@dataclass(frozen=True, slots=True)
class _Model:
    weights: NDArray[np.float64]
    intercept: float
    spread: float


@cache
def _load() -> _Model:
    model: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    features: Sequence[str] = model["features"]
    if tuple(features) != FEATURES:
        raise ValueError(f"{FILE.name} was trained for other features; train it again")
    return _Model(np.array(model["weights"]), model["intercept"], model["spread"])
