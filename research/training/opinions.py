"""Teaching the reader's head of opinion once more, over its vectors as they are.

The vectors know the few hundred sentences that they were trained on too well to weigh them (AUC .98 there, .89 on
others). So this linear head is fitted again to the sentences of articles that coders told in outline: only its columns
in reader.onnx change.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from models.document import Document
from models.reader.card import HOME, WEIGHTS
from research.judgements import OPINIONS
from research.training.calibration import CODED, HEADS
from research.training.coded import Coded, collect_outlines
from research.training.recipe import SENTENCE_HEADS

Doubles = NDArray[np.float64]
Places = NDArray[np.int64]
Told = tuple[Doubles, Doubles, list[tuple[int, int]]]  # vectors, the head's probabilities, places
_REGULARIZED = 0.3
_VECTORS = 0.3  # what a standardized column counts
_FOLDS = 5
_LETTERS = {"f": "fact", "o": "opinion", "q": "quote", "x": "other"}
_OPINION = OPINIONS.index("opinion")


def train_opinions(data: Path) -> None:
    """Learn from the outlines and rewrite the head in reader.onnx; nothing where their texts are not in `data`."""
    if (data / "news").exists():
        write(collect_outlines(data, tell))


def tell(document: Document) -> Told:
    """Of each sentence that the reader judges its vector, how likely it is opinion, and its place."""
    reading = document.reading
    told = [at for at, row in enumerate(reading.vectors) if not np.isnan(row[0])]
    places = [(document.sentences[at].start, document.sentences[at].end) for at in told]
    width = reading.vectors.shape[1] if told else 0
    return reading.vectors[told].reshape(-1, width), reading.opinion[told], places


def write(outlines: Sequence[Coded[Told]]) -> dict[str, Any]:
    """Fit the head, write it into reader.onnx and the card, and return what the card says of it."""
    rows, kinds, before, articles = _stack(outlines)
    _replace(*_fit(rows, kinds))
    found = _weigh_apart(rows, kinds, np.array([zlib.crc32(name.encode()) % _FOLDS for name in articles]))
    disputed = kinds <= _OPINION  # fact or opinion
    about: dict[str, Any] = {
        "data": "sentences of news articles told in outline (research/corpus); the vectors stay as they were",
        "articles": len(outlines),
        "sentences": len(rows),
        "folds.auc": _area(kinds[disputed], found[disputed, _OPINION]),
        "folds.right_of_four": round(float((found.argmax(axis=1) == kinds).mean()), 4),
        "before.auc": _area(kinds[disputed], before[disputed]),
    }
    card = json.loads((HOME / "card.json").read_text(encoding="utf-8"))
    card["opinion"] = about
    card["files"]["reader.onnx"] = hashlib.sha256((WEIGHTS / "reader.onnx").read_bytes()).hexdigest()
    (HOME / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return about


def _area(kinds: Places, found: Doubles) -> float:
    return round(float(roc_auc_score(kinds == _OPINION, found)), 4)


def _stack(outlines: Sequence[Coded[Told]]) -> tuple[Doubles, Places, Doubles, list[str]]:
    """Rows, each one's kind, how likely it was opinion by the head as it is, and its article."""
    rows, kinds, before, articles = [], [], [], []
    for one in outlines:
        said = {(start, end): letter for start, end, letter, *_ in one.marks["sentences"]}
        for vector, opinion, place in zip(*one.told, strict=True):
            if place in said:
                rows.append(vector)
                kinds.append(OPINIONS.index(_LETTERS[said[place][0]]))
                before.append(opinion)
                articles.append(one.name)
    return np.array(rows), np.array(kinds), np.array(before), articles


def _fit(rows: Doubles, kinds: Places) -> tuple[Doubles, Doubles]:
    """Weights (width × kinds) and intercepts over the vectors as they come."""
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_REGULARIZED, max_iter=2000).fit(scaler.transform(rows) * _VECTORS, kinds)
    weights = model.coef_.T * _VECTORS / scaler.scale_[:, None]
    return weights, model.intercept_ - scaler.mean_ @ weights


def _weigh_apart(rows: Doubles, kinds: Places, folds: Places) -> Doubles:
    """Log probabilities of each sentence's kinds by what was learned from other articles."""
    found = np.zeros((len(rows), len(OPINIONS)))
    for fold in range(_FOLDS):
        weights, intercept = _fit(rows[folds != fold], kinds[folds != fold])
        logits = rows[folds == fold] @ weights + intercept
        found[folds == fold] = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    return found


def _replace(weights: Doubles, intercept: Doubles) -> None:
    """Put the head's columns into reader.onnx, the others as they are."""
    import onnx
    from onnx import numpy_helper

    first = len(HEADS) + len(CODED) + 1  # after the tokens' heads and the share of bias
    for name, classes in SENTENCE_HEADS.items():
        if name == "opinion":
            break
        first += classes
    model = onnx.load(WEIGHTS / "reader.onnx")
    held = {one.name: one for one in model.graph.initializer}
    for name, values in (("judge.weight", weights), ("judge.bias", intercept)):
        judge = numpy_helper.to_array(held[name]).copy()
        judge[..., first : first + len(OPINIONS)] = values
        held[name].CopyFrom(numpy_helper.from_array(judge, name))
    (WEIGHTS / "reader.onnx").write_bytes(model.SerializeToString(deterministic=True))
