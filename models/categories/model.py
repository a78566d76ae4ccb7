"""A learnt category as a file, and what it says of an article."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field, ValidationError

from ..document import Document
from ..reader.card import read_card
from ..report import OwnCategory, OwnFinding
from .figures import Part, Performance
from .regression import Scale, Weights
from .units import Doubles, Kind, Unit, find_units

_HALF = 0.5


class WrongModel(ValueError):
    """A file holds no category that can be used here; the message says why."""


class CategoryModel(Part):
    """The file of a learnt category: weights over the reader's vectors and over words. Of the articles it holds single
    words and pairs of words, no sentence."""

    format: Literal["parallax-category-1"] = "parallax-category-1"
    name: str = Field(min_length=1, max_length=100)
    unit: Kind
    exclusive: bool
    categories: list[str]
    reader: str = Field(description="SHA-256 of the reader's network: vectors of another one mean something else.")
    figures: Performance
    words: list[str]
    numbers: dict[str, str] = Field(
        description="float32, little-endian, Base64: mean, spread, rarity, vectors, words, shift."
    )

    @cached_property
    def _arrays(self) -> dict[str, Doubles]:
        return {
            name: np.frombuffer(base64.b64decode(held, validate=True), "<f4").astype(np.float64)
            for name, held in self.numbers.items()
        }

    @property
    def mean(self) -> Doubles:
        """The mean vector of what it learnt from."""
        return self._arrays["mean"]

    @cached_property
    def _scale(self) -> Scale:
        held = self._arrays
        return Scale(held["mean"], held["spread"], {word: at for at, word in enumerate(self.words)}, held["rarity"])

    @cached_property
    def _weights(self) -> Weights:
        held, classes = self._arrays, len(self.categories)
        return Weights(held["vectors"].reshape(-1, classes), held["words"].reshape(-1, classes), held["shift"])

    @cached_property
    def version(self) -> str:
        """A hash of all that can change what it says."""
        return hashlib.sha256(self.model_dump_json(exclude={"figures"}).encode()).hexdigest()[:12]

    def judge(self, units: Sequence[Unit]) -> Doubles:
        """Probabilities, units × categories."""
        return self._weights.judge(self._scale.rows(units), exclusive=self.exclusive)


def pack(
    name: str,
    kind: Kind,
    categories: Sequence[str],
    scale: Scale,
    weights: Weights,
    figures: Performance,
    *,
    exclusive: bool,
) -> CategoryModel:
    """Put what was learnt into the shape of its file."""
    arrays = {
        "mean": scale.mean, "spread": scale.spread, "rarity": scale.rarity, "vectors": weights.vectors,
        "words": weights.words, "shift": weights.shift,
    }  # fmt: skip
    return CategoryModel(
        name=name,
        unit=kind,
        exclusive=exclusive,
        categories=list(categories),
        reader=_reader(),
        figures=figures,
        words=list(scale.words),
        numbers={key: base64.b64encode(held.astype("<f4").tobytes()).decode() for key, held in arrays.items()},
    )


def load(path: Path) -> CategoryModel:
    """Read a category's file. Raises WrongModel, OSError."""
    return parse(path.read_bytes(), str(path))


def parse(content: str | bytes, path: str) -> CategoryModel:
    """Read a category; `path` is what it is called where it can't be. Raises WrongModel."""
    try:
        model = CategoryModel.model_validate_json(content)
        widths = {name: len(held) for name, held in model._arrays.items()}
    except (ValidationError, ValueError) as error:
        raise WrongModel(f"{path} holds no category: {str(error).splitlines()[0]}") from None
    if model.reader != _reader():
        raise WrongModel(f"{path} was learnt on another version of the reader; learn it again")
    classes, words = len(model.categories), len(model.words)
    wanted = {"rarity": words, "words": words * classes, "shift": classes, "spread": widths.get("mean", -1)}
    if not classes or any(widths.get(name) != size for name, size in wanted.items()):
        raise WrongModel(f"{path} is cut or was changed: its numbers don't fit its words and categories")
    if widths.get("vectors") != widths["mean"] * classes:
        raise WrongModel(f"{path} is cut or was changed: its numbers don't fit its words and categories")
    return model


def apply(document: Document, models: Iterable[CategoryModel]) -> list[OwnCategory]:
    """What these categories find in an article that the reader has read."""
    return [
        OwnCategory(
            name=model.name,
            version=model.version,
            unit=model.unit,
            findings=find(find_units(document, model.unit), model),
        )
        for model in models
    ]


def find(units: Sequence[Unit], model: CategoryModel) -> list[OwnFinding]:
    """What a category says of these units: of an article the likeliest, of a sentence each that is likely."""
    if not units:
        return []
    found = []
    for unit, shares in zip(units, model.judge(units).tolist(), strict=True):
        best = max(shares)
        found += [
            OwnFinding(start=unit.start, end=unit.end, category=category, probability=round(share, 4))
            for category, share in zip(model.categories, shares, strict=True)
            if (share == best if model.exclusive else share >= _HALF)
        ]
    return found


def _reader() -> str:
    return str(read_card()["files"]["reader.onnx"])
