"""Do two reports tell the same event? A logistic regression over five named features, learnt on BASIL.

`research.training.stories` learns the weights; the card beside them says on what, and how well they do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from .profiles import Profile, Weights

PATH = Path(__file__).parent.parent / "classifiers" / "stories.json"
FEATURES = ("title", "lead", "body", "names", "days")
MOST_DAYS = 60
_DAYS_UNKNOWN = 5.0  # about what is left open when one of two reports has no date


class Decision(BaseModel):
    """The learnt weights by feature, and the probability from which a report joins a story."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    card: dict[str, Any]
    weights: dict[str, float]
    intercept: float
    joins: float


@cache
def load() -> Decision:
    """The committed decision, read once a process. Raises ValueError where it was learnt for other features."""
    decision = Decision.model_validate_json(PATH.read_text(encoding="utf-8"))
    if tuple(decision.weights) != FEATURES:
        raise ValueError(f"{PATH.name} was learnt for other features; run research.training.stories again")
    return decision


def measure(one: Profile, other: Profile) -> dict[str, float]:
    """How near are two reports, feature by feature? Square roots of cosines (0..1), and log(1 + days between them)."""
    days = _DAYS_UNKNOWN if one.day is None or other.day is None else min(MOST_DAYS, abs(one.day - other.day))
    return {
        "title": math.sqrt(cosine(one.title, other.title)),
        "lead": math.sqrt(cosine(one.lead, other.lead)),
        "body": math.sqrt(cosine(one.body, other.body)),
        "names": math.sqrt(cosine(one.names, other.names)),
        "days": math.log1p(days),
    }


def judge(one: Profile, other: Profile, decision: Decision | None = None) -> float:
    """How likely do two reports tell the same event (0..1)? By the committed decision, or another one."""
    decision = decision or load()
    features = measure(one, other)
    logit = decision.intercept + sum(decision.weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-logit))


def cosine(one: Mapping[str, float], other: Weights) -> float:
    """Cosine of two bags of length 1 (0..1)."""
    if len(one) > len(other):
        one, other = other, dict(one)
    return min(1.0, sum(weight * other[term] for term, weight in one.items() if term in other))
