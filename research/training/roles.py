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
from models.document import Document, read
from research.corpora import Sample, find_part
from research.corpus.records import ROLES
from research.judgements import read_structure
from research.training.coded import Coded, collect_outlines

Doubles = NDArray[np.float64]
_SAID = 3  # place of the role in what is said of a sentence
_STRENGTHS = (0.0003, 0.001, 0.003, 0.01, 0.03)
_READERS = 0.25  # what a sentence counts whose role a reader told by NewsDiscourse's examples


@dataclass(frozen=True, slots=True)
class Described:
    """One article: features of its judged sentences, and their roles as annotated."""

    part: str
    rows: Doubles
    labels: NDArray[np.int64]


def train_roles(data: Path) -> None:
    """Learn from NewsDiscourse and from readers, and write roles.json; nothing where the first is not in `data`."""
    if (data / "structure").exists():
        told = train(collect(data), collect_readers(data))
        roles.FILE.write_text(json.dumps(told) + "\n", encoding="utf-8")


def collect(data: Path, jobs: int = 2) -> list[Described]:
    """Every article of NewsDiscourse as the reader sees it."""
    with get_context("spawn").Pool(jobs) as pool:
        return pool.map(_describe, list(read_structure(data)), chunksize=16)


def collect_readers(data: Path) -> list[Described]:
    """Every article of which a reader told the sentences' roles, as the reader sees it."""
    return [
        _label(one)
        for one in collect_outlines(data, _tell)
        if any(len(said) > _SAID for said in one.marks["sentences"])
    ]


def _tell(document: Document) -> tuple[Doubles, list[tuple[int, int]]]:
    rows, told = roles.describe(document)
    return rows, [(document.sentences[at].start, document.sentences[at].end) for at in told]


def _label(outline: Coded[tuple[Doubles, list[tuple[int, int]]]]) -> Described:
    letters = {(said[0], said[1]): said[_SAID] for said in outline.marks["sentences"] if len(said) > _SAID}
    rows, places = outline.told
    found = [roles.ROLES.index(ROLES[letters[place]]) if place in letters else -1 for place in places]
    return Described("readers", rows, np.array(found, np.int64))


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


def train(described: list[Described], readers: list[Described]) -> dict[str, object]:
    """Fit on the train part and on readers, choose the regularization on the tune part, tell the measure part."""
    parts = {part: _stack(d for d in described if d.part == part) for part in ("train", "tune", "measure")}
    more, said = _stack(iter(readers))
    scaler = StandardScaler().fit(parts["train"][0])
    rows, labels = np.concatenate([parts["train"][0], more]), np.concatenate([parts["train"][1], said])
    counted = np.concatenate([np.ones(len(parts["train"][1])), np.full(len(said), _READERS)])
    counts = np.bincount(labels, counted, minlength=len(roles.ROLES))
    best: tuple[float, LogisticRegression, float] | None = None
    for strength in _STRENGTHS:
        for balanced in (0.0, 0.5, 1.0):
            weights = counted * (1 / counts**balanced)[labels]
            model = LogisticRegression(C=strength, max_iter=2000)
            model.fit(scaler.transform(rows), labels, weights / weights.mean())
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
            "data": "NewsDiscourse (Choubey et al. 2020), no licence stated: research; articles told in outline whose "
            "roles a reader told by its examples",
            "split": "by hash of the article: train, tune, measure",
            "tune.macro_f1": round(best[0], 4),
            "measure.macro_f1": round(best[2], 4),
            "sentences": {part: len(labels) for part, (_, labels) in parts.items()} | {"readers": len(said)},
        },
    }


def _stack(described: Iterator[Described]) -> tuple[Doubles, NDArray[np.int64]]:
    chosen = list(described)
    rows, labels = np.concatenate([d.rows for d in chosen]), np.concatenate([d.labels for d in chosen])
    return rows[labels >= 0], labels[labels >= 0]


def _score(model: LogisticRegression, scaler: StandardScaler, rows: Doubles, labels: NDArray[np.int64]) -> float:
    return float(f1_score(labels, model.predict(scaler.transform(rows)), average="macro"))
