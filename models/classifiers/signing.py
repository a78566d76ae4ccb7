"""Would an editor sign a loaded word as a report tells it: that it is loaded, of this kind, and in this voice?

A term's strength says how likely a coder marks the words. Of those that are loaded one in ten is told as another kind
than a reader would choose, and one in thirty in a wrong voice; how sure both are is known. A logistic regression over
the three and the category (`research.training.signing`), learned from readers who judged words without seeing what
was told of them; numbers and card in signing.json.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..report import Category
from . import stored
from .categories import CATEGORIES

FILE = Path(__file__).parent / "signing.json"
FEATURES = ("strength", "kind", "voice", *CATEGORIES)
_EDGE = 0.02
# What is less surely the outlet's may be somebody else's: of 26 words with a voice less sure than 0.85 readers held 18.
_OUTLETS = 0.82


class Model(stored.Stored):
    """The numbers of the decision, with where they come from."""

    weights: tuple[float, ...]
    intercept: float
    shown_from: float  # probability from which a word that a list has is in the default view


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of a word, each with how likely it is."""

    strength: float
    category: Category
    kind: float  # of being of that category
    voice: float  # of being whose it is told to be
    is_outlets: bool


@cache
def load() -> Model:
    """Read the model; refuses one whose features are not those of this code."""
    return stored.load(Model, FILE, FEATURES)


def describe(told: Told) -> list[float]:
    """A row of FEATURES: logit of the strength, logarithms of how sure kind and voice are, and which category it is."""
    loaded, kind, voice = (min(max(share, _EDGE), 1 - _EDGE) for share in (told.strength, told.kind, told.voice))
    sure = (math.log(loaded / (1 - loaded)), math.log(kind), math.log(voice))
    return [*sure, *(float(told.category == name) for name in CATEGORIES)]


def weigh(row: Sequence[float], model: Model | None = None) -> float:
    """How likely would an editor sign it? 0 to 1."""
    model = model or load()
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(model.weights, row, strict=True)) - model.intercept))


def is_shown(told: Told) -> bool:
    """Is that enough for the default view?"""
    doubtful = told.is_outlets and told.voice < _OUTLETS
    return not doubtful and weigh(describe(told)) >= load().shown_from
