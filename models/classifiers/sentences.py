"""Would a careful reader mark anything in this sentence of the outlet's own? One calibrated decision.

Logistic regression over what the reader says of the sentence and its words, learned from articles coded by the codebook
(`research.training.sentences`); numbers and card stand in sentences.json. Quotations and what has fewer than six words
are not judged: the first are not the outlet's, and fragments scored highest.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from . import stored

Doubles = NDArray[np.float64]

FILE = Path(__file__).parent / "sentences.json"
FEATURES = (
    "marked",  # the reader's own judgement: is there a sure mark?
    "bias",
    "opinion",
    "subjective",
    "loaded_most",  # the highest and the second highest of its words in the outlet's voice, by the codebook's head
    "loaded_next",
    "crowd_most",  # and by the head that learned from crowds
    "device_most",  # the highest of all devices' heads
    "device_next",
    "content",  # mean probability of standing in somebody's statement
    "quoted",  # share of its words in quotations
    "headline",
    "words",  # logarithm
    "around",  # mean of `marked` over the two sentences on either side
)
FEWEST_WORDS = 6
_OWN = 0.5  # share of a sentence's words that must be the outlet's
_EDGE = 6.0


class Model(stored.Stored):
    """The numbers of the decision, with where they come from."""

    weights: tuple[float, ...]
    intercept: float
    shown_from: float


@cache
def load() -> Model:
    """Read the model; refuses one whose features are not those of this code."""
    return stored.load(Model, FILE, FEATURES)


def judge(document: Document) -> list[tuple[float, bool] | None]:
    """For each sentence how sure a careful reader would mark something in it, 0..1, and whether that is enough to say
    so; None for one that is not judged."""
    found: list[tuple[float, bool] | None] = [None] * len(document.sentences)
    rows, told = describe(document)
    if told:
        model = load()
        strengths = 1 / (1 + np.exp(-(rows @ np.array(model.weights) + model.intercept)))
        for at, strength in zip(told, strengths.tolist(), strict=True):
            found[at] = round(strength, 4), strength >= model.shown_from
    return found


def describe(document: Document) -> tuple[Doubles, list[int]]:
    """A row of features for every sentence that is judged, and which sentences those are."""
    reading = document.reading
    own = np.array([document.voice_at(token.start) == "outlet" and token.is_word for token in document.tokens], bool)
    marked = (
        reading.answers["marked"][:, 0] if "marked" in reading.answers else np.full(len(document.sentences), np.nan)
    )
    coded = _logits(reading.coded.get("loaded", reading.loaded))
    crowd = _logits(reading.loaded)
    devices = _logits(np.max(list(reading.devices.values()), axis=0)) if reading.devices else np.full(len(own), -_EDGE)
    rows, told = [], []
    for at, sentence in enumerate(document.sentences):
        inside = slice(sentence.first, sentence.last)
        words = sum(token.is_word for token in document.tokens[inside])
        ours = own[inside]
        share = ours.sum() / max(1, words)
        if sentence.part == "boilerplate" or math.isnan(reading.bias[at]) or words < FEWEST_WORDS or share < _OWN:
            continue
        around = marked[[k for k in (at - 2, at - 1, at + 1, at + 2) if 0 <= k < len(marked)]]
        around = around[~np.isnan(around)]
        rows.append(
            [
                _bound(marked[at]),
                *(_logits(np.array([reading.bias[at], reading.opinion[at], reading.subjective[at]]))),
                *_highest(coded[inside][ours]),
                _highest(crowd[inside][ours])[0],
                *_highest(devices[inside][ours]),
                float(reading.content[inside][ours].mean()),
                1 - share,
                float(sentence.part == "headline"),
                math.log(words),
                _bound(around.mean()) if len(around) else 0.0,
            ]
        )
        told.append(at)
    return np.array(rows, np.float64).reshape(len(rows), len(FEATURES)), told


def _highest(logits: Doubles) -> tuple[float, float]:
    first, second = sorted(logits.tolist(), reverse=True)[:2] if len(logits) > 1 else (float(logits[0]), -_EDGE)
    return first, second


def _bound(logit: float) -> float:
    return max(-_EDGE, min(_EDGE, 0.0 if math.isnan(logit) else float(logit)))


def _logits(probabilities: NDArray[np.floating]) -> Doubles:
    p = np.clip(probabilities.astype(np.float64), 1e-9, 1 - 1e-9)
    logits: Doubles = np.clip(np.log(p / (1 - p)), -_EDGE, _EDGE)
    return logits
