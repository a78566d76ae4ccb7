"""Teaching the reader's heads of opinion and subjectivity once more, over its vectors as they are.

The vectors know the few thousand sentences that they were trained on too well to weigh them. So these two linear heads
are fitted again to the sentences of articles that coders told in outline: only their columns in reader.onnx change.
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
Told = tuple[Doubles, Doubles, Doubles, list[tuple[int, int]]]  # vectors, both heads' probabilities, places
_REGULARIZED = 0.3
_VECTORS = 0.3  # what a standardized column counts
_FOLDS = 5
_LETTERS = {"f": "fact", "o": "opinion", "q": "quote", "x": "other"}
_OPINION, _OTHER = OPINIONS.index("opinion"), OPINIONS.index("other")


def train_opinions(data: Path) -> None:
    """Learn from the outlines and rewrite the two heads of reader.onnx; nothing where their texts are not in `data`."""
    if (data / "news").exists():
        write(collect_outlines(data, tell))


def tell(document: Document) -> Told:
    """Of each sentence that the reader judges its vector, how likely it is opinion and subjective, and its place."""
    reading = document.reading
    told = [at for at, row in enumerate(reading.vectors) if not np.isnan(row[0])]
    places = [(document.sentences[at].start, document.sentences[at].end) for at in told]
    width = reading.vectors.shape[1] if told else 0
    return reading.vectors[told].reshape(-1, width), reading.opinion[told], reading.subjective[told], places


def write(outlines: Sequence[Coded[Told]]) -> dict[str, Any]:
    """Fit both heads, write them into reader.onnx and its card, and return what the card says of them."""
    rows, kinds, stands, before, articles = _stack(outlines)
    chosen = kinds != _OTHER
    opinion, subjective = _fit(rows, kinds), _fit(rows[chosen], stands[chosen])
    _replace({"opinion": opinion, "subjective": subjective})
    folds = np.array([zlib.crc32(name.encode()) % _FOLDS for name in articles])
    disputed = kinds <= _OPINION  # fact or opinion
    found = [_weigh_apart(rows, kinds, folds)[:, _OPINION], _weigh_apart(rows, stands, folds, chosen)[:, 0]]
    asked = [(disputed, kinds == _OPINION), (chosen, stands > 0)]
    about: dict[str, Any] = {
        "data": "sentences of news articles told in outline (research/corpus); the vectors stay as they were",
        "articles": len(outlines),
        "sentences": len(rows),
        "folds": {
            name: {
                "auc": round(float(roc_auc_score(true[those], new[those])), 4),
                "auc_before": round(float(roc_auc_score(true[those], old[those])), 4),
            }
            for name, (those, true), new, old in zip(("opinion", "subjective"), asked, found, before.T, strict=True)
        },
    }
    card = json.loads((HOME / "card.json").read_text(encoding="utf-8"))
    card["opinions"] = about
    card["files"]["reader.onnx"] = hashlib.sha256((WEIGHTS / "reader.onnx").read_bytes()).hexdigest()
    (HOME / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return about


def _stack(outlines: Sequence[Coded[Told]]) -> tuple[Doubles, NDArray[np.int64], NDArray[np.int64], Doubles, list[str]]:
    """Rows, each one's kind, whether its author takes a stand, what the heads said of it, and its article."""
    rows, kinds, stands, before, articles = [], [], [], [], []
    for one in outlines:
        said = {(start, end): letter for start, end, letter in one.marks["sentences"]}
        for vector, opinion, subjective, place in zip(*one.told, strict=True):
            if place in said:
                rows.append(vector)
                kinds.append(OPINIONS.index(_LETTERS[said[place][0]]))
                stands.append(int(said[place].endswith("*")))
                before.append((opinion, subjective))
                articles.append(one.name)
    return np.array(rows), np.array(kinds), np.array(stands), np.array(before), articles


def _fit(rows: Doubles, labels: NDArray[np.int64]) -> tuple[Doubles, Doubles]:
    """Weights (width × classes) and intercepts over the vectors as they come; one column where it is yes or no."""
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_REGULARIZED, max_iter=2000).fit(scaler.transform(rows) * _VECTORS, labels)
    weights = model.coef_.T * _VECTORS / scaler.scale_[:, None]
    return weights, model.intercept_ - scaler.mean_ @ weights


def _weigh_apart(
    rows: Doubles, labels: NDArray[np.int64], folds: NDArray[np.int64], chosen: NDArray[np.bool_] | None = None
) -> Doubles:
    """Logits of each sentence by what was learned from other articles; of classes, less those of the others."""
    chosen = np.ones(len(rows), bool) if chosen is None else chosen
    found = np.zeros((len(rows), len(OPINIONS)))
    for fold in range(_FOLDS):
        weights, intercept = _fit(rows[chosen & (folds != fold)], labels[chosen & (folds != fold)])
        logits = rows[folds == fold] @ weights + intercept
        shares = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True) if logits.shape[1] > 1 else logits
        found[folds == fold, : shares.shape[1]] = shares
    return found


def _replace(heads: dict[str, tuple[Doubles, Doubles]]) -> None:
    import onnx
    from onnx import numpy_helper

    model = onnx.load(WEIGHTS / "reader.onnx")
    held = {one.name: one for one in model.graph.initializer}
    judge = {name: numpy_helper.to_array(held[name]).copy() for name in ("judge.weight", "judge.bias")}
    column = len(HEADS) + len(CODED) + 1  # after the tokens' heads and the share of bias
    for name, classes in SENTENCE_HEADS.items():
        if name in heads:
            weights, intercept = heads[name]
            judge["judge.weight"][:, column : column + classes] = weights
            judge["judge.bias"][column : column + classes] = intercept
        column += classes
    for name, values in judge.items():
        held[name].CopyFrom(numpy_helper.from_array(values.astype(np.float32), name))
    (WEIGHTS / "reader.onnx").write_bytes(model.SerializeToString(deterministic=True))
