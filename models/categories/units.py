"""What is coded: whole articles or their sentences, as the reader sees them and by their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..document import Document

Doubles = NDArray[np.float64]
Kind = Literal["article", "sentence"]


@dataclass(frozen=True, slots=True)
class Codes:
    """What was coded in one article: one category of the whole, or the places [start, end) of some."""

    category: str | None = None
    marks: Sequence[tuple[int, int, str]] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """An article or a sentence: where it is, what the reader makes of it, its words, and how it was coded."""

    article: str
    start: int
    end: int
    vector: Doubles
    words: Mapping[str, int]
    labels: frozenset[str] = frozenset()


def find_units(document: Document, kind: Kind, article: str = "", codes: Codes | None = None) -> list[Unit]:
    """The article, or every sentence of it that the reader judges, with the categories of `codes` that touch it."""
    codes = codes or Codes()
    told = [at for at, row in enumerate(document.reading.vectors) if len(row) > 1 and not np.isnan(row[0])]
    if kind == "article":
        vectors = document.reading.vectors[told] if told else np.zeros((1, document.reading.vectors.shape[1]))
        words = _count(document, told)
        labels = frozenset([codes.category] if codes.category is not None else [mark[2] for mark in codes.marks])
        return [Unit(article, 0, len(document.text), vectors.mean(axis=0), words, labels)]
    units = []
    for at in told:
        sentence = document.sentences[at]
        labels = frozenset(name for start, end, name in codes.marks if start < sentence.end and sentence.start < end)
        vector = document.reading.vectors[at]
        units.append(Unit(article, sentence.start, sentence.end, vector, _count(document, [at]), labels))
    return units


def _count(document: Document, sentences: Iterable[int]) -> dict[str, int]:
    """How often each word, and each pair of words side by side, stands in these sentences."""
    counts: dict[str, int] = {}
    for at in sentences:
        sentence = document.sentences[at]
        words = [document.folded[i] for i in range(sentence.first, sentence.last) if document.tokens[i].is_word]
        for term in [*words, *(f"{a} {b}" for a, b in pairwise(words))]:
            counts[term] = counts.get(term, 0) + 1
    return counts
