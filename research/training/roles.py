"""Training what tells a sentence's role in the news."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.preprocessing import StandardScaler

from models import reader
from models.article import Article
from models.classifiers import roles
from models.document import read
from research.corpora import Sample, find_part
from research.judgements import read_structure

Doubles = NDArray[np.float64]
_STRENGTHS = (0.0003, 0.001, 0.003, 0.01, 0.03)


@dataclass(frozen=True, slots=True)
class Described:
    """One article: features of its judged sentences, and their roles as annotated."""

    part: str
    rows: Doubles
    labels: NDArray[np.int64]


def train_roles(data: Path) -> None:
    """Learn from NewsDiscourse and write roles.json; nothing where it is not in `data`."""
    if (data / "structure").exists():
        roles.FILE.write_text(json.dumps(train(collect(data))) + "\n", encoding="utf-8")


def collect(data: Path, jobs: int = 2) -> list[Described]:
    """Every article of NewsDiscourse as the reader sees it."""
    with get_context("spawn").Pool(jobs) as pool:
        return pool.map(_describe, list(read_structure(data)), chunksize=16)


def _describe(sample: Sample) -> Described:
    article = Article(title=sample.about["title"] or None, text=sample.text)
    document = reader.read(read(article))
    rows, told = roles.describe(document)
    shift = len(article.full_text) - len(sample.text)
    labels = []
    for at in told:
        sentence = document.sentences[at]
        shared = [min(sentence.end, a.end + shift) - max(sentence.start, a.start + shift) for a in sample.answers]
        best = int(np.argmax(shared))
        labels.append(int(np.argmax(sample.answers[best].values)) if shared[best] > 0 else -1)
    return Described(find_part(sample), rows, np.array(labels, np.int64))


def train(described: list[Described]) -> dict[str, object]:
    """Fit on the train part, choose the regularization on the tune part, tell the measure part."""
    parts = {part: _stack(d for d in described if d.part == part) for part in ("train", "tune", "measure")}
    scaler = StandardScaler().fit(parts["train"][0])
    best: tuple[float, LogisticRegression, float] | None = None
    for strength in _STRENGTHS:
        for balanced in (0.0, 0.5, 1.0):
            counts = np.bincount(parts["train"][1], minlength=len(roles.ROLES))
            weights = (1 / counts**balanced)[parts["train"][1]]
            model = LogisticRegression(C=strength, max_iter=2000)
            model.fit(scaler.transform(parts["train"][0]), parts["train"][1], weights / weights.mean())
            score = _score(model, scaler, *parts["tune"])
            told = _score(model, scaler, *parts["measure"])
            print(f"C={strength} balanced={balanced}: tune {score:.4f}, measure {told:.4f}", flush=True)
            if best is None or score > best[0]:
                best = (score, model, told)
    assert best is not None  # noqa: S101  # there are strengths
    weights = best[1].coef_.T / scaler.scale_[:, None]
    intercept = best[1].intercept_ - scaler.mean_ @ weights
    return {
        "weights": [[round(float(one), 6) for one in row] for row in weights],
        "intercept": [round(float(one), 6) for one in intercept],
        "card": {
            "question": "What does a sentence do around the main event of its article?",
            "data": "NewsDiscourse (Choubey et al. 2020), no licence stated: research",
            "split": "by hash of the article: train, tune, measure",
            "tune.macro_f1": round(best[0], 4),
            "measure.macro_f1": round(best[2], 4),
            "sentences": {part: len(labels) for part, (_, labels) in parts.items()},
        },
    }


def _stack(described: Iterator[Described]) -> tuple[Doubles, NDArray[np.int64]]:
    chosen = list(described)
    rows, labels = np.concatenate([d.rows for d in chosen]), np.concatenate([d.labels for d in chosen])
    return rows[labels >= 0], labels[labels >= 0]


def _score(model: LogisticRegression, scaler: StandardScaler, rows: Doubles, labels: NDArray[np.int64]) -> float:
    return float(f1_score(labels, model.predict(scaler.transform(rows)), average="macro"))
