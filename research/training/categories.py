"""Training the choice of a loaded word's category: `models/classifiers/categories.json`.

Each candidate that meets a coder's mark learns that mark's category. A regularized multinomial regression; the vectors
are turned to their main directions first, and the turn is folded into the weights that are kept.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from models.classifiers import categories
from models.classifiers.categories import CATEGORIES, FEATURES, Kind
from models.report import Category

Rows = NDArray[np.float64]
Counts = dict[str, tuple[int, ...]]

_DIRECTIONS = 64  # of each vector
_REGULARIZED = 0.05
_CODED = FEATURES.index(f"coded_{CATEGORIES[0]}")
_FOLDS = 5
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """One article's candidates: features, entries with the category of their list, and what coders said (or None)."""

    rows: Rows
    entries: Sequence[str | None]
    told: Sequence[Category]
    gold: Sequence[Category | None]


@dataclass(frozen=True, slots=True)
class Learned:
    weights: Rows  # features × categories, of the vectors too
    intercepts: NDArray[np.float64]
    counts: Counts

    def judge(self, article: Marked) -> list[Kind]:
        """The category of each candidate, with what coders say of its entry in the articles that were learned from."""
        if not len(article.rows):
            return []
        return categories.weigh(_know(article, self.counts) @ self.weights + self.intercepts)


def count(articles: Sequence[Marked]) -> Counts:
    """How often coders chose each category for each entry."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for entry, gold in zip(article.entries, article.gold, strict=True):
            if entry and gold:
                found[entry][gold] += 1
    return {entry: tuple(found[entry][name] for name in CATEGORIES) for entry in sorted(found)}


def learn(articles: Sequence[Marked]) -> Learned:
    """Fit on these articles; an article's own judgements of its entries are left out of its features."""
    counts = count(articles)
    rows, gold = [], []
    for article in articles:
        known = _know(article, _less(counts, count([article])))
        for row, category in zip(known, article.gold, strict=True):
            if category:
                rows.append(row)
                gold.append(CATEGORIES.index(category))
    found = np.asarray(rows)
    plain, vectors = len(FEATURES), (found.shape[1] - len(FEATURES)) // 2
    turns = [PCA(_DIRECTIONS, random_state=0).fit(found[:, plain + at * vectors :][:, :vectors]) for at in (0, 1)]
    turn = np.zeros((found.shape[1], plain + 2 * _DIRECTIONS))
    turn[:plain, :plain] = np.eye(plain)
    for at, pca in enumerate(turns):
        places = slice(plain + at * vectors, plain + (at + 1) * vectors)
        turn[places, plain + at * _DIRECTIONS : plain + (at + 1) * _DIRECTIONS] = pca.components_.T
    scaler = StandardScaler().fit(found @ turn)
    model = LogisticRegression(C=_REGULARIZED, max_iter=1000).fit(scaler.transform(found @ turn), gold)
    inner = model.coef_.T / scaler.scale_[:, None]
    weights = np.zeros((found.shape[1], len(CATEGORIES)))
    intercepts = np.full(len(CATEGORIES), -30.0)  # of a category that no coder chose
    weights[:, model.classes_] = turn @ inner
    intercepts[model.classes_] = model.intercept_ - scaler.mean_ @ inner
    return Learned(weights, intercepts, counts)


def judge_apart(articles: Sequence[Marked]) -> list[list[Kind]]:
    """The category of every candidate by a model that has not seen its article."""
    judged: dict[int, list[Kind]] = {}
    for fold in range(_FOLDS):
        learned = learn([article for at, article in enumerate(articles) if at % _FOLDS != fold])
        judged |= {at: learned.judge(articles[at]) for at in range(fold, len(articles), _FOLDS)}
    return [judged[at] for at in range(len(articles))]


def write(learned: Learned, card: dict[str, object]) -> None:
    """Keep the numbers in categories.json."""
    plain = len(FEATURES)
    vectors = (len(learned.weights) - plain) // 2

    def rows(first: int, last: int) -> list[list[float]]:
        kept: list[list[float]] = np.round(learned.weights[first:last].T, _DIGITS).tolist()
        return kept

    told = {
        "features": FEATURES,
        "weights": rows(0, plain),
        "phrase": rows(plain, plain + vectors),
        "head": rows(plain + vectors, plain + 2 * vectors),
        "intercepts": np.round(learned.intercepts, _DIGITS).tolist(),
        "counts": learned.counts,
        "card": card,
    }
    lines = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.items())
    categories.FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    categories.load.cache_clear()


def _less(counts: Mapping[str, Sequence[int]], own: Counts) -> Counts:
    return {entry: tuple(np.subtract(counts[entry], found).tolist()) for entry, found in own.items()} | {
        entry: tuple(found) for entry, found in counts.items() if entry not in own
    }


def _know(article: Marked, counts: Counts) -> Rows:
    """The rows with what coders say of each entry."""
    rows = article.rows.copy()
    for at, (entry, told) in enumerate(zip(article.entries, article.told, strict=True)):
        judged = categories.judge_entry(counts.get(entry or ""), told if entry else None)
        rows[at, _CODED : _CODED + len(CATEGORIES)] = judged
    return rows
