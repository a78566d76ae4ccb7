"""A learned decision as its file keeps it: numbers of use only to the code whose features they weigh."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict


class Stored(BaseModel):
    """The features that were learned from, by name and in order, and where the numbers come from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: tuple[str, ...]
    card: dict[str, object]


Model = TypeVar("Model", bound=Stored)


def load(model: type[Model], file: Path, features: Sequence[str]) -> Model:
    """Read a decision; refuses one that was learned from other features (ValueError)."""
    found = model.model_validate_json(file.read_text(encoding="utf-8"))
    if found.features != tuple(features):
        raise ValueError(f"{file.name} was trained for other features; train it again")
    return found
