"""Would a careful reader mark these words as a device of framing? One calibrated decision a kind over named features.

Logistic regressions learned from articles coded by the codebook (`research.training.devices`); their numbers and their
card stand in devices.json. What a few patterns find holds nearly wherever they fire: device_rules.toml says which.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ..document import Document
from .device_features import Described, Known, features

__all__ = ["FILE", "Decider", "Decision", "Known", "Model", "affirm", "decide", "load", "load_signed", "shown_kinds"]

FILE = Path(__file__).parent / "devices.json"
RULES = Path(__file__).parent / "device_rules.toml"
_LEAST_READ = 10  # places, before an entry may show by itself what it finds
_LEAST_SIGNED = 0.8  # of them


class Decider(BaseModel):
    """The numbers of one kind's decision."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: tuple[float, ...]
    intercept: float
    rules: dict[str, float]  # the feature of that name, by entry and by entry with its first words
    words: dict[str, float]
    unmet: float  # and of all others
    shown_from: float  # strength from which it belongs to the default view; above 1 where the kind is not sure enough


class Model(BaseModel):
    """Every kind's decision, with where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: dict[str, tuple[str, ...]]
    kinds: dict[str, Decider]
    told_from: float  # strength from which a device is in the report at all
    card: dict[str, object]


@dataclass(frozen=True, slots=True)
class Decision:
    """`strength` is the calibrated probability; `shown`: is it enough for the default view?"""

    strength: float
    shown: bool


@cache
def load() -> Model:
    """Read the model; refuses one whose features are not those of this code."""
    model = Model.model_validate_json(FILE.read_text(encoding="utf-8"))
    for kind, decider in model.kinds.items():
        if model.features[kind] != features(kind) or len(decider.weights) != len(features(kind)):
            raise ValueError(f"{FILE.name} was trained for other features; train it again")
    return model


@cache
def load_signed() -> Mapping[str, float]:
    """Entries that hold nearly wherever they fire, by id: the share of places read that a strict reader signed.

    Refuses an entry of which too few were read, or too few held.
    """
    rows = tomllib.loads(RULES.read_text(encoding="utf-8"))
    for rule, (signed, read) in rows.items():
        if read < _LEAST_READ or signed < _LEAST_SIGNED * read:
            raise ValueError(f"{rule}: {signed} of {read} are too few to show by itself what it finds")
    return {rule: round(signed / read, 4) for rule, (signed, read) in rows.items()}


def shown_kinds() -> list[str]:
    """Which kinds does a report ever show: as its decision is sure enough, or by an entry that holds by itself?"""
    signed = {rule.partition(".")[0] for rule in load_signed()}
    return [kind for kind, decider in load().kinds.items() if decider.shown_from <= 1 or kind in signed]


def affirm(rule: str, strength: float, shown_from: float) -> Decision:
    """The decision at this strength; what an entry finds that holds by itself is shown, and is as sure as that."""
    signed = load_signed().get(rule)
    return Decision(strength, strength >= shown_from) if signed is None else Decision(max(strength, signed), shown=True)


def decide(document: Document, candidates: Sequence[Known], told: Sequence[bool]) -> list[Decision]:
    """How likely would a careful reader mark each candidate, and is that enough to show it?

    `told`: by token, whether somebody named is said to say it.
    """
    model = load()
    scene = Described(document, told)
    decisions = []
    for known in candidates:
        decider = model.kinds.get(known.kind)
        if decider is None:
            decisions.append(affirm(known.rule, 0.0, 1.0))
            continue
        row = scene.describe(known, decider.rules, decider.words, decider.unmet)
        score = decider.intercept + sum(weight * value for weight, value in zip(decider.weights, row, strict=True))
        strength = round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 4)
        decisions.append(affirm(known.rule, strength, decider.shown_from))
    return decisions
