"""Whose is a loaded word: the outlet's, or that of somebody whose words are told?

A logistic regression (`research.training.word_voices`) over what the rules say of the word's place, what the reader
says of it, and its vectors; learned from coders' marks and from readers' verdicts. Its numbers stand in
word_voices.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import stored, terms

FILE = Path(__file__).parent / "word_voices.json"
Rows = NDArray[np.float64]

# Of what the terms' decision looks at, what says nothing of whose the words are.
_ASIDE = frozenset(
    (
        "accepted", "word", "size", "density", "article_opinion", "article_subjective", "article_bias", "uses",
        "common", "prior",
    )
)  # fmt: skip
_KEPT = [at for at, name in enumerate(terms.FEATURES) if name not in _ASIDE]


@dataclass(frozen=True, slots=True)
class Place:
    """What the rules say of where a word stands."""

    ruled: bool  # somebody else's, by the rules together
    inside: bool  # of somebody's quotation, turn or block
    mentioned: bool  # they called him a [moron]
    reported: bool  # they say that the plan is [shoddy]
    colon: bool  # the paragraph before ends with one
    content: float  # probability that it belongs to what is said, by the coded head


FEATURES = (*Place.__dataclass_fields__, *(terms.FEATURES[at] for at in _KEPT))


class Model(stored.Stored):
    """The numbers, with where they come from."""

    weights: tuple[float, ...]
    vectors: tuple[float, ...]  # over the reader's mean vectors of the words and of their head
    intercept: float
    quoted_from: float  # probability from which a word is somebody else's where no rule says so


@cache
def load() -> Model:
    """Read the model; refuses one whose features are not those of this code."""
    return stored.load(Model, FILE, FEATURES)


def describe(places: Sequence[Place], described: Rows) -> Rows:
    """What is known of each word: rows of FEATURES and the vectors; `described` as `terms.describe` gives it."""
    told = np.array([astuple(place) for place in places], np.float64).reshape(
        len(places), len(Place.__dataclass_fields__)
    )
    size = len(terms.FEATURES)
    return np.hstack([told, described[:, :size][:, _KEPT], described[:, size:]])


def weigh(rows: Rows, model: Model | None = None) -> list[float]:
    """How likely is each word somebody else's than the outlet's? 0 to 1."""
    model = model or load()
    named, vectors = rows[:, : len(FEATURES)], rows[:, len(FEATURES) :]
    logits = named @ np.array(model.weights) + model.intercept
    if vectors.shape[1] == len(model.vectors):  # else nothing was read
        logits += vectors @ np.array(model.vectors)
    shares: list[float] = (1 / (1 + np.exp(-logits))).tolist()
    return shares
