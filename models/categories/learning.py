"""Learning a category from codes, and telling honestly how well it does."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .. import reader
from ..document import read
from . import regression
from .codes import CodedText
from .figures import LEAST_CODES, Performance, Point
from .model import CategoryModel, pack
from .regression import Scale, Weights
from .units import Doubles, Kind, Unit, find_units

LEAST_EACH = 5
"""Units of each category that must be coded."""
_FOLDS = 5
_STRENGTH = 300.0  # 1 / weight decay: best of 10, 30, 100, 300 on headlines of the Gun Violence Frame Corpus
_SHARES = (0.2, 0.4, 0.6, 0.8)  # of the codes, for the learning curve
_HALF = 0.5
_DRAWS = 500  # of articles, for the interval


class TooFew(ValueError):
    """There are too few codes to learn from; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A model with its figures, and its probabilities for each unit when it had not seen the unit's article."""

    model: CategoryModel
    unseen: Doubles = field(repr=False)


def look(coded: CodedText, kind: Kind) -> list[Unit]:
    """The units of a coded article, as the reader sees them."""
    document = reader.read(read(coded.article))
    return find_units(document, kind, coded.id, coded.codes)


def learn(units: Sequence[Unit], name: str, kind: Kind, *, seed: int = 1) -> Learned:
    """Learn to tell the categories of these units apart. Raises TooFew.

    Told by cross-validation: five folds of whole articles. Of articles one category is taken
    among all; of sentences, which may have several or none, each is judged by itself.
    """
    exclusive = kind == "article"
    categories = _check(units, exclusive=exclusive)
    truth = np.array([[float(category in unit.labels) for category in categories] for unit in units])
    folds = deal(units, seed)
    unseen = np.zeros_like(truth)
    curve: dict[float, Doubles] = {share: np.zeros_like(truth) for share in _SHARES}
    lot = random.Random(seed)  # noqa: S311 - a lot that can be drawn again, no secret
    sizes: dict[float, list[int]] = {share: [] for share in _SHARES}
    for fold in range(_FOLDS):
        held, rest = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        unseen[held] = _judge(units, truth, rest, held, exclusive=exclusive)
        articles = sorted({units[at].article for at in rest.tolist()})
        lot.shuffle(articles)
        for share in _SHARES:
            few = set(articles[: max(1, round(share * len(articles)))])
            chosen = np.array([at for at in rest.tolist() if units[at].article in few])
            sizes[share].append(len(chosen))
            curve[share][held] = _judge(units, truth, chosen, held, exclusive=exclusive)
    scale = Scale.of(units)
    weights = regression.fit(scale.rows(units), truth, _STRENGTH, exclusive=exclusive)
    points = [
        Point(codes=int(np.mean(sizes[s])), macro_f1=_score(curve[s], truth, exclusive=exclusive)) for s in _SHARES
    ]
    score = _score(unseen, truth, exclusive=exclusive)
    points.append(Point(codes=round(len(units) * (_FOLDS - 1) / _FOLDS), macro_f1=score))
    low, high = _spread(units, unseen, truth, exclusive=exclusive, seed=seed)
    figures = Performance(
        units=len(units),
        articles=len({unit.article for unit in units}),
        macro_f1=score,
        low=low,
        high=high,
        by_category=dict(zip(categories, _f1s(unseen, truth, exclusive=exclusive), strict=True)),
        counts=dict(zip(categories, truth.sum(axis=0).astype(int).tolist(), strict=True)),
        guess=_score(np.tile(truth.mean(axis=0), (len(truth), 1)), truth, exclusive=exclusive),
        curve=points,
        expected=_expect(points, 200),
    )
    return Learned(pack(name, kind, categories, scale, weights, figures, exclusive=exclusive), unseen)


def suggest(model: CategoryModel, units: Sequence[Unit], count: int) -> list[int]:
    """Which of these units to code next: where the model is least sure, and none that is like one already chosen.

    Indices, the first the most worth. Uncertainty is the entropy (Lewis & Gale 1994), spread the cosine to what is
    chosen.
    """
    if not units:
        return []
    shares = np.clip(model.judge(units), 1e-9, 1 - 1e-9)
    doubt = -(shares * np.log(shares) + (0 if model.exclusive else 1) * (1 - shares) * np.log(1 - shares)).sum(axis=1)
    vectors = np.stack([unit.vector for unit in units]) - np.array(model.mean)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    alike = np.zeros(len(units))
    chosen: list[int] = []
    for _ in range(min(count, len(units))):
        worth = doubt * (1 - np.maximum(alike, 0))
        worth[chosen] = -np.inf
        best = int(worth.argmax())
        chosen.append(best)
        alike = np.maximum(alike, vectors @ vectors[best])
    return chosen


def _check(units: Sequence[Unit], *, exclusive: bool) -> list[str]:
    """The categories, each with enough codes."""
    counts = Counter(label for unit in units for label in unit.labels)
    if len(units) < LEAST_CODES:
        raise TooFew(f"{len(units)} are coded; {LEAST_CODES} are needed")
    kept = sorted(label for label, count in counts.items() if count >= LEAST_EACH)
    if len(kept) < (2 if exclusive else 1):
        raise TooFew(f"a category needs {LEAST_EACH} codes; these have fewer: {', '.join(sorted(counts)) or 'none'}")
    if exclusive and (few := sorted(set(counts) - set(kept))):
        raise TooFew(f"a category needs {LEAST_EACH} codes; these have fewer: {', '.join(few)}")
    if (articles := len({unit.article for unit in units})) < _FOLDS:
        raise TooFew(f"{articles} articles are coded; {_FOLDS} are needed, to try it on articles that it has not seen")
    return kept


def deal(units: Sequence[Unit], seed: int) -> NDArray[np.int64]:
    """Each unit's fold; an article's are in one, and each fold has about as many of every category."""
    held: dict[str, list[int]] = {}
    for at, unit in enumerate(units):
        held.setdefault(unit.article, []).append(at)
    names = sorted(held)
    random.Random(seed).shuffle(names)  # noqa: S311 - as above
    names.sort(key=lambda name: sorted(label for at in held[name] for label in units[at].labels)[:1])
    folds = np.zeros(len(units), np.int64)
    for place, name in enumerate(names):
        folds[held[name]] = place % _FOLDS
    return folds


def _judge(
    units: Sequence[Unit],
    truth: Doubles,
    learnt: NDArray[np.int64],
    held: NDArray[np.int64],
    *,
    exclusive: bool,
) -> Doubles:
    known = [units[at] for at in learnt]
    scale = Scale.of(known)
    weights: Weights = regression.fit(scale.rows(known), truth[learnt], _STRENGTH, exclusive=exclusive)
    return weights.judge(scale.rows([units[at] for at in held]), exclusive=exclusive)


def _score(judged: Doubles, truth: Doubles, *, exclusive: bool) -> float:
    """Macro-F1 over the categories."""
    return round(float(np.mean(_f1s(judged, truth, exclusive=exclusive))), 4)


def _f1s(judged: Doubles, truth: Doubles, *, exclusive: bool) -> list[float]:
    said = np.eye(truth.shape[1])[judged.argmax(axis=1)] if exclusive else (judged >= _HALF).astype(np.float64)
    both, ours, theirs = (said * truth).sum(axis=0), said.sum(axis=0), truth.sum(axis=0)
    return [round(float(2 * b / (o + t)), 4) if o + t else 0.0 for b, o, t in zip(both, ours, theirs, strict=True)]


def _spread(
    units: Sequence[Unit], judged: Doubles, truth: Doubles, *, exclusive: bool, seed: int
) -> tuple[float, float]:
    """The middle 95 % of macro-F1 over articles drawn anew."""
    held: dict[str, list[int]] = {}
    for at, unit in enumerate(units):
        held.setdefault(unit.article, []).append(at)
    groups = [np.array(rows) for rows in held.values()]
    scores = list(_draw(groups, judged, truth, exclusive=exclusive, seed=seed))
    return round(float(np.percentile(scores, 2.5)), 4), round(float(np.percentile(scores, 97.5)), 4)


def _draw(
    groups: Sequence[NDArray[np.int64]], judged: Doubles, truth: Doubles, *, exclusive: bool, seed: int
) -> Iterator[float]:
    chance = np.random.default_rng(seed)
    for _ in range(_DRAWS):
        rows = np.concatenate([groups[at] for at in chance.integers(0, len(groups), len(groups))])
        yield _score(judged[rows], truth[rows], exclusive=exclusive)


def _expect(points: Sequence[Point], more: int) -> float:
    """Macro-F1 with so many codes more, if the curve goes on as it does: a − b / √n through its points, by least
    squares; never below what is reached, never above 1."""
    codes = np.array([point.codes for point in points], np.float64)
    scores = np.array([point.macro_f1 for point in points])
    rows = np.column_stack([np.ones(len(codes)), -1 / np.sqrt(np.maximum(codes, 1))])
    best, slope = np.linalg.lstsq(rows, scores, rcond=None)[0]
    reached = float(scores[-1])
    return round(min(1.0, max(reached, float(best - max(slope, 0) / np.sqrt(codes[-1] + more)))), 4)
