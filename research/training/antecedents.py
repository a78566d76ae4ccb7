"""Train whom "he" and "she" mean: weights of what speaks for each candidate, `models/classifiers/antecedents.json`.

Learns from the coded corpus: where a coder's source is one of these pronouns, its speaker says whom it means. A
conditional logistic regression: of those who may be meant the right one should be the likeliest.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.document import Document, antecedents
from models.document.antecedents import Features, Scene, Weights
from research.corpus.layers import Coded, same_name
from research.training.coded import TAUGHT, read_coded

LIMIT = 0.55  # on articles that it did not learn from, 96 of 100 pronouns with somebody so likely were his
_REGULARIZED = 1.0
_ROUNDS = 2  # whom a pronoun means depends on whom the ones before it mean
# As good as any, to begin with.
_START = {"subject before": 1.5, "told last": 1.0, "away 0": 1.0, "away 1": 1.0}


@dataclass(frozen=True, slots=True)
class Case:
    """A pronoun that a coder has for a source: what speaks for each candidate, and which of them is right."""

    features: Sequence[Features]
    right: Sequence[bool]


def train_antecedents(data: Path) -> None:
    """Learn the weights, and write them."""
    articles = [(one.document, one.gold) for one in read_coded(data, TAUGHT)]
    weights: Mapping[str, float] = _START
    for _ in range(_ROUNDS):
        model = Weights(dict(weights), LIMIT)
        weights = fit([case for document, gold in articles for case in collect(document, gold, model)])
    content = {"limit": LIMIT, "weights": weights}
    antecedents.PATH.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def collect(document: Document, gold: Coded, model: Weights) -> Iterator[Case]:
    """The pronouns of one article that a coder resolved; what stands before is read with `model`."""
    told = {mark["source"][0]: mark["speaker"] for mark in gold["statements"] if mark["source"] and mark["speaker"]}
    scene = Scene(document, anew=True)
    for at in scene.pronouns:
        found = scene.people(at)
        meant = antecedents.choose(found, model)
        if speaker := told.get(document.tokens[at].start):
            right = [same_name(scene.name(who), speaker) for who, _ in found]
            yield Case([features for _, features in found], right)
            meant = next((who for (who, _), holds in zip(found, right, strict=True) if holds and who >= 0), meant)
        scene.join(at, meant)


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """The weight of each feature, by its name; cases in which all candidates or none are right say nothing."""
    names = sorted({name for case in cases for features in case.features for name in features})
    place = {name: at for at, name in enumerate(names)}
    rows = []
    for case in cases:
        if any(case.right) and not all(case.right):
            matrix = np.zeros((len(case.features), len(names)))
            for at, features in enumerate(case.features):
                for name, value in features.items():
                    matrix[at, place[name]] = value
            rows.append((matrix, np.array(case.right, float)))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = _REGULARIZED * float(weights @ weights) / 2, _REGULARIZED * weights
        for matrix, right in rows:
            sums = matrix @ weights
            shares = np.exp(sums - sums.max())
            shares /= shares.sum()
            ours = shares * right
            total -= math.log(ours.sum())
            slope = slope + matrix.T @ (shares - ours / ours.sum())
        return total, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(weight), 3) for name, weight in zip(names, found.x, strict=True)}


if __name__ == "__main__":
    train_antecedents(Path(sys.argv[1]))
