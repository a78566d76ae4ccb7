"""Is this word or phrase loaded here? One calibrated decision over a few named features.

A logistic regression, trained by `research.training.vocabulary`; its numbers and its card stand in terms.json.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from ..document import Document
from . import background

FILE = Path(__file__).parent / "terms.json"

# What is known of a candidate. "listed": a lexicon has it; the others are logits of probabilities, lengths or flags.
FEATURES = (
    "listed",
    "prior",  # the lexicon's own strength; 0 where no list has it
    "reader_mean",  # over the span's words
    "reader_max",
    "reader_listed",  # the mean once more, for listed terms alone: the list and the reader correct each other
    "neighbours",  # highest logit of the reader among the three words on either side
    "bias",  # of the sentence
    "length",  # logarithm of the number of words
    "quoted",
    "headline",
    "name",  # the reader's highest probability of being part of a name
    "common",  # logarithm of the uses of its rarest word in a million words of news
)
_EDGE = 6.0  # logits beyond this say no more


class Model(BaseModel):
    """The numbers of the decision, with where they come from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: tuple[str, ...]
    weights: tuple[float, ...]
    intercept: float
    seed: float  # reader probability from which an unlisted word starts a term
    reach: float  # and from which its neighbours belong to it
    doubt: float  # how much the reader's logit moves the lexicon's own, when a listed term is weighed
    listed_from: float  # the sum from which a listed term counts: an editor signed it, so the reader must be sure
    found_from: float  # strength from which a term counts that the reader alone found
    card: dict[str, object]


@dataclass(frozen=True, slots=True)
class Decision:
    """`strength` is the calibrated probability; `holds` says whether it is enough."""

    strength: float
    holds: bool


@cache
def load() -> Model:
    """Read the model; refuses one whose features are not those of this code."""
    model = Model.model_validate_json(FILE.read_text(encoding="utf-8"))
    if model.features != FEATURES or len(model.weights) != len(FEATURES):
        raise ValueError(f"{FILE.name} was trained for other features; train it again")
    return model


def describe(document: Document, candidates: Sequence[tuple[int, int, float | None]]) -> list[list[float]]:
    """What is known of each candidate (first token, one past the last, strength in the lexicon): a row of features."""
    reading = document.reading
    loaded = _logits(reading.loaded)
    biases = _logits(np.nan_to_num(reading.bias, nan=0.5))
    named = np.maximum(np.maximum(reading.person, reading.organization), reading.place).tolist()
    rows = []
    for first, last, prior in candidates:
        at = document.tokens[first].sentence
        sentence = document.sentences[at]
        inside = loaded[first:last]
        around = loaded[max(sentence.first, first - 3) : first] + loaded[last : min(sentence.last, last + 3)]
        mean = sum(inside) / len(inside)
        listed = prior is not None
        rows.append(
            [
                float(listed),
                _logits(np.array([prior]))[0] if listed else 0.0,
                mean,
                max(inside),
                mean if listed else 0.0,
                max(around, default=-_EDGE),
                biases[at],
                math.log(last - first),
                float(document.voice_at(document.tokens[first].start) == "quoted"),
                float(sentence.part == "headline"),
                max(named[first:last]),
                min(_commonness(token.text) for token in document.tokens[first:last] if token.is_word),
            ]
        )
    return rows


def decide(described: Sequence[Sequence[float]], model: Model | None = None) -> list[Decision]:
    """How sure is each candidate loaded, and is that enough to say so?"""
    model = model or load()
    if not described:
        return []
    rows = np.asarray(described)
    strengths = 1 / (1 + np.exp(-(rows @ np.asarray(model.weights) + model.intercept)))
    return [
        Decision(round(float(p), 4), _holds(float(p), row, model))
        for p, row in zip(strengths, rows.tolist(), strict=True)
    ]


def _holds(strength: float, row: Sequence[float], model: Model) -> bool:
    listed, prior, reader_mean = row[:3]
    return prior + model.doubt * reader_mean >= model.listed_from if listed else strength >= model.found_from


def _commonness(word: str) -> float:
    return math.log(1e6 * background.load().share(word.casefold().replace("’", "'")))


def _logits(probabilities: NDArray[np.floating]) -> list[float]:
    p = np.clip(probabilities.astype(np.float64), 1e-9, 1 - 1e-9)
    logits: list[float] = np.clip(np.log(p / (1 - p)), -_EDGE, _EDGE).tolist()
    return logits
