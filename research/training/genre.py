"""Training what tells an article's genre, on what coders and blind readers called it.

Readers were shown the genre of an older engine and said where it was wrong: their articles teach, and are no measure.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from models.classifiers import genre
from research.training.coded import Coded, collect, collect_outlines, read_judged

Doubles = NDArray[np.float64]
Told = tuple[Doubles, int]  # an article's features and its genre's place among all
_STRENGTHS = (0.01, 0.03, 0.1, 0.3)
_VECTORS = (0.2, 0.3, 0.5)  # how much a column of the reader's vector weighs beside a named figure
_FOLDS = 5
_OUTLINED = 0.3  # what an article told in outline weighs beside one coded whole: at 1 it helps less


def train_genre(data: Path) -> None:
    """Learn from the coded corpus and write genre.json; nothing where its texts are not in `data`."""
    if (data / "news").exists():
        outlined = collect_outlines(data, genre.describe)
        model = train(collect(data, genre.describe), outlined, [*read_readers(data)])
        genre.FILE.write_text(json.dumps(model) + "\n", encoding="utf-8")


def read_readers(data: Path) -> Iterator[Told]:
    """The features of every article whose genre a blind reader judged, with the genre that held or would be right."""
    for _, document, (row, *_) in read_judged(data, "genre"):
        told = genre.describe(document)
        if told is not None:
            yield told, genre.GENRES.index(row["right"] if row["fault"] else row["genre"])


def train(
    coded: Sequence[Coded[Doubles | None]], outlined: Sequence[Coded[Doubles | None]], readers: Sequence[Told]
) -> dict[str, Any]:
    """Fit on the train part, outlines and readers' articles; settings by folds of the first and the last, in which
    outlines teach and are not asked. Told on the tune part."""
    parts = {part: _tell(one for one in coded if one.part == part) for part in ("train", "tune")}
    asked, further = [*parts["train"], *readers], _tell(outlined)
    rows, labels = _stack([*asked, *further])
    center, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    counted = np.where(np.arange(len(rows)) < len(asked), 1.0, _OUTLINED)
    named = len(genre.names())
    best: tuple[float, float, float] = (-1.0, 0.0, 0.0)
    for vectors in _VECTORS:
        weighed = _weigh((rows - center) / scale, vectors)
        for strength in _STRENGTHS:
            score = _fold(weighed, labels, counted, len(asked), strength)
            print(f"vectors={vectors} C={strength}: {score:.4f} over the folds", flush=True)
            best = max(best, (score, vectors, strength))
    score, vectors, strength = best
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit(_weigh((rows - center) / scale, vectors), labels, counted)
    shown, expected = _stack(parts["tune"])
    right = model.predict(_weigh((shown - center) / scale, vectors)) == expected
    weights = model.coef_.T / scale[:, None]
    weights[named:] *= vectors
    return {
        "genres": [genre.GENRES[at] for at in model.classes_],
        "features": genre.names(),
        "weights": [[round(float(one), 5) for one in row] for row in weights],
        "intercept": [round(float(one), 5) for one in model.intercept_ - center @ weights],
        "card": {
            "question": "What kind of text is it, by the codebook: news, explainer, analysis, opinion …?",
            "data": "our own corpus' train part and articles told in outline (research/corpus), and articles whose "
            "genre blind readers judged",
            "not_for": "reviews and satire: two reviews and one satire were there to learn from",
            "articles": {
                "train": len(parts["train"]),
                "outlined": len(further),
                "readers": len(readers),
                "tune": len(parts["tune"]),
            },
            "folds.accuracy": round(score, 4),
            "tune.accuracy": round(float(right.mean()), 4),
            "settings": {"vectors": vectors, "C": strength},
        },
    }


def _fold(rows: Doubles, labels: NDArray[np.int64], counted: Doubles, asked: int, strength: float) -> float:
    """How many of the first `asked` are right by what was learned from the others of them and from all further ones."""
    right = 0
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    further = np.arange(asked, len(rows))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The least populated class")  # a review and a satire
        for inside, outside in folds.split(rows[:asked], labels[:asked]):
            taught = np.concatenate([inside, further])
            model = LogisticRegression(C=strength, max_iter=3000).fit(rows[taught], labels[taught], counted[taught])
            right += int((model.predict(rows[outside]) == labels[outside]).sum())
    return right / asked


def _weigh(rows: Doubles, vectors: float) -> Doubles:
    named = len(genre.names())
    return np.hstack([rows[:, :named], rows[:, named:] * vectors])


def _tell(coded: Iterable[Coded[Doubles | None]]) -> list[Told]:
    return [(one.told, genre.GENRES.index(one.marks["genre"])) for one in coded if one.told is not None]


def _stack(told: Sequence[Told]) -> tuple[Doubles, NDArray[np.int64]]:
    return np.array([row for row, _ in told]), np.array([label for _, label in told], np.int64)
