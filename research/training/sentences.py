"""Training what tells whether a careful reader would mark anything in a sentence, on what coders marked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from models.classifiers import sentences
from models.document import Document
from research.training.coded import Coded, collect

Doubles = NDArray[np.float64]
Told = tuple[Doubles, list[tuple[int, int]]]
_STRENGTHS = (0.01, 0.1, 1.0)
_WANTED = 0.8  # share of the sentences shown in which coders have a mark, on the tune part


def train_sentences(data: Path) -> None:
    """Learn from the coded corpus and write sentences.json; nothing where its texts are not in `data`."""
    if (data / "news").exists():
        sentences.FILE.write_text(json.dumps(train(collect(data, tell)), indent=1) + "\n", encoding="utf-8")


def tell(document: Document) -> Told:
    """The features of an article's judged sentences, and where each stands."""
    rows, told = sentences.describe(document)
    return rows, [(document.sentences[at].start, document.sentences[at].end) for at in told]


def train(coded: Sequence[Coded[Told]]) -> dict[str, Any]:
    """Fit on the train part; regularization and threshold by the tune part."""
    rows, labels = _stack([one for one in coded if one.part == "train"])
    shown, expected = _stack([one for one in coded if one.part == "tune"])
    center, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    fits = [LogisticRegression(C=c, max_iter=2000).fit((rows - center) / scale, labels) for c in _STRENGTHS]
    scores = [model.decision_function((shown - center) / scale) for model in fits]
    best = int(np.argmax([roc_auc_score(expected, score) for score in scores]))
    found = 1 / (1 + np.exp(-scores[best]))
    threshold = _choose(found, expected)
    weights = fits[best].coef_[0] / scale
    above = found >= threshold
    return {
        "features": sentences.FEATURES,
        "weights": [round(float(one), 5) for one in weights],
        "intercept": round(float(fits[best].intercept_[0] - center @ weights), 5),
        "shown_from": threshold,
        "card": {
            "question": "Would a careful reader of the codebook mark anything of the outlet's own in this sentence?",
            "data": "our own corpus' train part (research/corpus); a loaded word or a device in the outlet's voice",
            "not_for": "quotations, fragments of fewer than six words",
            "sentences": {"train": len(labels), "tune": len(expected)},
            "marked": {"train": int(labels.sum()), "tune": int(expected.sum())},
            "tune.auc": round(float(roc_auc_score(expected, found)), 4),
            "tune.precision_shown": round(float(expected[above].mean()), 4),
            "tune.recall_shown": round(float(expected[above].sum() / expected.sum()), 4),
            "tune.shown": int(above.sum()),
        },
    }


def _choose(found: Doubles, expected: NDArray[np.bool_]) -> float:
    """The lowest threshold above which as many hold as is wanted."""
    for threshold in np.arange(0.3, 0.95, 0.02):
        above = found >= threshold
        if above.any() and expected[above].mean() >= _WANTED:
            return round(float(threshold), 2)
    return 0.95


def _stack(coded: Sequence[Coded[Told]]) -> tuple[Doubles, NDArray[np.bool_]]:
    rows, labels = [], []
    for one in coded:
        marks = [mark for mark in (*one.marks["loaded"], *one.marks["devices"]) if mark["voice"] == "outlet"]
        for row, (start, end) in zip(*one.told, strict=True):
            rows.append(row)
            labels.append(any(mark["start"] < end and start < mark["end"] for mark in marks))
    return np.array(rows), np.array(labels, bool)
