"""Fit calibration and choose thresholds, on the tune part only, with the quantized encoder as it will run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.article import Article
from models.document import Document
from models.document import read as read_document
from models.reader.encoder import Encoder
from models.reader.reading import judge_sentences, judge_targets, judge_tokens, read_pieces
from research.corpora import Sample
from research.scoring import count_hits, f1, find_tokens, mark_tokens
from research.training.calibration import HEADS, Calibration
from research.training.recipe import TOKEN_HEADS

Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]

_GRID = np.round(np.arange(0.04, 0.8, 0.01), 2)
_LOADED = ("loaded_babe", "loaded_ptc", "loaded_any", "loaded_basil")
_MIXTURES: tuple[tuple[float, ...], ...] = (  # of _LOADED
    (1 / 3, 1 / 3, 1 / 3, 0),
    (1 / 2, 1 / 2, 0, 0),
    (0, 0, 1, 0),
    (0.35, 0.65, 0, 0),
    (0.65, 0.35, 0, 0),
    (0.3, 0.3, 0.3, 0.1),
    (0.4, 0.4, 0, 0.2),
)


@dataclass(frozen=True, slots=True)
class Read:
    """A sample as the document that the pipeline would make of it."""

    sample: Sample
    document: Document


def read_documents(samples: Iterable[Sample]) -> list[Read]:
    """Read each sample as an article, its targets asked for."""
    return [Read(s, read_document(to_article(s))) for s in samples]


def to_article(sample: Sample) -> Article:
    """A sample as somebody would submit it: control characters, which articles refuse, become spaces."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]", " ", sample.text)
    return Article(text=text, targets=[(t.start, t.end) for t in sample.targets])


def tune(reads: Sequence[Read], raw: Encoder) -> tuple[Calibration, dict[str, float]]:
    """Calibration and thresholds for a raw encoder: one whose token columns are TOKEN_HEADS, uncalibrated."""
    logits = {id(r): judge_tokens(r.document, read_pieces(r.document, raw)) for r in reads}

    def gather(corpus: str, label: str) -> list[tuple[Read, Doubles, Bools]]:
        """Logits (all heads) and labels by token of the documents where `label` is annotated."""
        return [
            (r, logits[id(r)], _label_tokens(r, label))
            for r in reads
            if r.sample.corpus == corpus and label in r.sample.spans
        ]

    lines, thresholds = {}, {}
    for head in HEADS[1:]:
        found = gather("polnear/dev", head)
        column = TOKEN_HEADS.index(head)
        lines[head] = _fit_line([x[:, column] for _, x, _ in found], [y for _, _, y in found])
        thresholds[head] = _choose_threshold([(r, _apply(lines[head], x[:, column]), head) for r, x, _ in found])

    babe, ptc = gather("babe", "loaded_babe"), gather("ptc", "loaded_ptc")
    columns = [TOKEN_HEADS.index(head) for head in _LOADED]
    best = (-1.0, _MIXTURES[0], (1.0, 0.0), 0.5)
    for mixture in _MIXTURES:
        mixed = [(r, x[:, columns] @ np.array(mixture), y) for r, x, y in babe + ptc]
        even = [1 / sum(len(y) for _, _, y in part) for part in (babe, ptc) for _ in part]
        line = _fit_line([x for _, x, _ in mixed], [y for _, _, y in mixed], even)
        judged = [(r, _apply(line, x), f"loaded_{r.sample.corpus}") for r, x, _ in mixed]
        scores = (_score(judged[: len(babe)]) + _score(judged[len(babe) :])) / 2
        print("mixture", mixture, "F1", float(scores.max().round(4)), "at", float(_GRID[scores.argmax()]), flush=True)
        best = max(best, (float(scores.max()), mixture, line, float(_GRID[scores.argmax()])))
    lines["loaded"], thresholds["loaded"] = best[2], best[3]

    lines["bias"], slope = _fit_bias(reads, raw), _fit_polarity(reads, raw)
    thresholds["bias"] = 0.5
    shares = {head: share for head, share in zip(_LOADED, best[1], strict=True) if share}
    return Calibration(shares, lines, slope), {h: thresholds[h] for h in (*HEADS, "bias")}


def _label_tokens(read: Read, label: str) -> Bools:
    tokens = np.array([(t.start, t.end) for t in read.document.tokens], np.int64).reshape(-1, 2)
    return mark_tokens(tokens, read.sample.spans[label])


def _fit_line(
    logits: Sequence[Doubles], labels: Sequence[Bools], weights: Sequence[float] | None = None
) -> tuple[float, float]:
    """Platt's line for tokens; `weights` by document."""
    x, y = np.concatenate(logits), np.concatenate(labels)
    w = np.repeat(weights if weights is not None else [1.0] * len(logits), [len(v) for v in logits])
    seen = ~np.isnan(x)
    w = w[seen] / w[seen].mean()
    return _regress(x[seen], y[seen], w)


def _apply(line: tuple[float, float], logits: Doubles) -> Doubles:
    return np.nan_to_num(1 / (1 + np.exp(-(line[0] * logits + line[1]))))


def _score(judged: Sequence[tuple[Read, Doubles, str]]) -> Doubles:
    """F1 over the tokens that measures count, at each threshold of the grid."""
    counts = np.zeros((len(_GRID), 3))
    for read, probabilities, label in judged:
        tokens = find_tokens(read.document.text)
        expected = mark_tokens(tokens, read.sample.spans[label])
        for i, threshold in enumerate(_GRID):
            above = np.flatnonzero(probabilities >= threshold)
            spans = [(read.document.tokens[at].start, read.document.tokens[at].end) for at in above]
            counts[i] += count_hits(expected, mark_tokens(tokens, spans))
    return f1(counts)


def _choose_threshold(judged: Sequence[tuple[Read, Doubles, str]]) -> float:
    return float(_GRID[_score(judged).argmax()])


def _fit_bias(reads: Sequence[Read], raw: Encoder) -> tuple[float, float]:
    logits, labels = [], []
    for r in reads:
        if r.sample.corpus == "babe":
            sentences, _ = judge_sentences(r.document, read_pieces(r.document, raw), raw.intercept)
            logits.append(np.nanmax(sentences))  # as measured: the text's most biased sentence
            labels.append(bool(r.sample.judged[0].bias))
    return _regress(np.array(logits), np.array(labels))


def _regress(
    logits: NDArray[np.float64], labels: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression  # seconds, which those that only read samples need not wait

    model = LogisticRegression(C=100.0).fit(logits[:, None], labels, weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _fit_polarity(reads: Sequence[Read], raw: Encoder) -> float:
    logits, classes = [], []
    for r in reads:
        if r.sample.corpus == "newsmtsc":
            judged = judge_targets(r.document, read_pieces(r.document, raw), raw)
            for target in r.sample.targets:
                logits.append(np.log(np.maximum(judged[target.start, target.end], 1e-4)))
                classes.append(target.polarity + 1)
    x, rows = np.array(logits), np.arange(len(classes))

    def loss(slope: float) -> float:
        scaled = slope * x
        return float((np.log(np.exp(scaled).sum(1)) - scaled[rows, classes]).mean())

    return min((float(slope) for slope in np.round(np.arange(0.3, 2.0, 0.05), 2)), key=loss)
