"""In which way is a word loaded: a label, a verdict, contempt …? One decision over what the lists and the reader know.

A multinomial logistic regression learned from articles coded by the codebook (`research.training.categories`) over the
features named here and the reader's mean vectors of the phrase and of its head; its numbers stand in categories.json.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from ..report import Category
from . import stored

FILE = Path(__file__).parent / "categories.json"

CATEGORIES: tuple[Category, ...] = (
    "label", "verdict", "contempt", "praise", "fear", "violence", "exaggeration", "euphemism", "contested", "doubt",
)  # fmt: skip
RELATIONS = (
    "amod", "advmod", "obj", "nsubj", "obl", "nmod", "root", "conj", "ccomp", "xcomp", "advcl", "acl", "acl:relcl",
    "compound", "appos", "parataxis", "nsubj:pass",
)  # fmt: skip
PARTS = ("NOUN", "VERB", "ADJ", "ADV", "PROPN")
FEATURES = (
    "listed",
    *(f"told_{name}" for name in CATEGORIES),  # by the list, or by its kin
    *(f"listed_{name}" for name in CATEGORIES),
    *(f"coded_{name}" for name in CATEGORIES),  # log of the share of coders' judgements of its entry elsewhere
    *RELATIONS,  # of its head
    *PARTS,
    "length",
    "quoted",
)
_LIKE_ITS_LIST = 2.0  # so many judgements is the list's own word worth
_UNLIKE = 0.05  # and so many each other category
_BATCH = 200  # words that are weighed at once
_Floats = NDArray[np.float64]


class Model(stored.Stored):
    """The numbers of the decision: a row a category, over FEATURES, the phrase's vector and its head's."""

    weights: tuple[tuple[float, ...], ...]
    phrase: tuple[tuple[float, ...], ...]
    head: tuple[tuple[float, ...], ...]
    intercepts: tuple[float, ...]
    counts: dict[str, tuple[int, ...]]  # of each entry: how often coders chose each category


@dataclass(frozen=True, slots=True)
class Told:
    """A loaded word before its kind is weighed: tokens [first, last), what its list or its kin say, its entry."""

    first: int
    last: int
    category: Category
    entry: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """The category, and how sure it is."""

    category: Category
    probability: float


@cache
def load() -> Model:
    """Read the model; refuses one whose features are not those of this code."""
    return stored.load(Model, FILE, FEATURES)


@cache
def _matrix() -> tuple[_Floats, _Floats]:
    model = load()
    rows = [(*w, *p, *h) for w, p, h in zip(model.weights, model.phrase, model.head, strict=True)]
    return np.asarray(rows).T, np.asarray(model.intercepts)


def describe(document: Document, words: Sequence[Told], counts: dict[str, tuple[int, ...]] | None = None) -> _Floats:
    """What is known of each: rows of FEATURES, the phrase's vector and its head's (0 where the reader saw nothing)."""
    counts = load().counts if counts is None else counts
    syntax, tokens = document.reading.syntax, document.tokens
    rows = []
    for told in words:
        head = syntax.head_of(told.first, told.last)
        listed = told.entry is not None
        named = [float(told.category == name) for name in CATEGORIES]
        rows.append(
            [
                float(listed),
                *named,
                *(value * listed for value in named),
                *judge_entry(counts.get(told.entry or ""), told.category if listed else None),
                *(float(syntax.relations[head] == name) for name in RELATIONS),
                *(float(syntax.upos[head] == name) for name in PARTS),
                math.log(told.last - told.first),
                float(document.voice_at(tokens[told.first].start) == "quoted"),
                *document.reading.mean(tokens[told.first].start, tokens[told.last - 1].end),
                *document.reading.mean(tokens[head].start, tokens[head].end),
            ]
        )
    return np.asarray(rows)


def judge_entry(counts: Sequence[int] | None, own: Category | None) -> list[float]:
    """How coders judge an entry: log shares of the categories less that of chance; zeros of a word of no list."""
    if own is None:
        return [0.0] * len(CATEGORIES)
    found = counts or [0] * len(CATEGORIES)
    total = sum(found) + _LIKE_ITS_LIST + _UNLIKE * len(CATEGORIES)
    return [
        math.log((count + _LIKE_ITS_LIST * (name == own) + _UNLIKE) / total * len(CATEGORIES))
        for name, count in zip(CATEGORIES, found, strict=True)
    ]


def judge(document: Document, words: Sequence[Told]) -> list[Kind]:
    """Of which kind is each loaded word, and how sure is it?"""
    if not words:
        return []
    weights, intercepts = _matrix()
    kinds: list[Kind] = []
    for first in range(0, len(words), _BATCH):
        some = words[first : first + _BATCH]
        rows = describe(document, some)
        if rows.shape[1] != len(weights):  # nothing was read: what lists say stands
            return [Kind(told.category, 0.5) for told in words]
        kinds += weigh(rows @ weights + intercepts)
    return kinds


def weigh(logits: _Floats) -> list[Kind]:
    """The likeliest category of each row of logits."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return [
        Kind(CATEGORIES[best], round(float(row[best]), 4))
        for best, row in zip(shares.argmax(axis=1).tolist(), shares, strict=True)
    ]
