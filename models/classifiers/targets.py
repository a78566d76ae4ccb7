"""Whom is a loaded word about? A choice among all that its sentence and the article offer, and nobody.

A conditional logit (McFadden 1974) over named features (`analyzers.vocabulary.aims`), learned from coders' and readers'
answers (`research.training.targets`); its weights stand in targets.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).parent / "targets.json"


class Model(BaseModel):
    """A weight for each feature that says something."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: dict[str, float]
    given_from: float  # probability from which somebody is named
    card: dict[str, object]


@cache
def load() -> Model:
    """Read the weights."""
    return Model.model_validate_json(FILE.read_text(encoding="utf-8"))


def weigh(offered: Sequence[Sequence[str]]) -> list[float]:
    """How likely is each of those offered, by its features? They add up to 1."""
    weights = load().weights
    scores = np.array([sum(weights.get(feature, 0.0) for feature in features) for features in offered])
    powers = np.exp(scores - scores.max())
    shares: list[float] = (powers / powers.sum()).tolist()
    return shares
