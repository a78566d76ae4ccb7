"""What are the reader's device heads worth? For each kind the threshold of best F1 on the coded corpus' tune part.

Nothing of it is in use: no kind but rhetorical questions is right in half of what it shows (docs/experiments.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models import reader
from models.document import Document, read
from research.corpora import read_lines
from research.corpus.measures import to_article
from research.corpus.records import best, find_texts, read_articles, read_marks
from research.judgements import DEVICES, MERGED

_GRID = [round(0.06 + 0.02 * step, 2) for step in range(45)]
_REACH = 0.5  # share of a kind's threshold that a word needs beside those above it
_GAP = 2  # words below that may stand inside

Case = tuple[Document, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Device:
    """Tokens [first, last) that carry a device; `strength` is the highest probability among them."""

    first: int
    last: int
    kind: str
    strength: float


def find(document: Document, kind: str, least: float) -> Iterator[Device]:
    """Every device of a kind that the reader sees, in text order; none crosses a sentence's end."""
    probabilities = document.reading.devices.get(kind)
    if probabilities is None:
        return
    done = 0
    for seed in (int(at) for at in np.flatnonzero(probabilities >= least)):
        if seed < done:
            continue
        sentence = document.sentences[document.tokens[seed].sentence]
        first, last = _reach(probabilities, seed, -1, sentence.first - 1, least), seed
        last = _reach(probabilities, seed, 1, sentence.last, least) + 1
        while first < last and not document.tokens[first].is_word:
            first += 1
        while last > first and not document.tokens[last - 1].is_word:
            last -= 1
        done = max(last, seed + 1)
        if first < last:
            yield Device(first, last, kind, round(float(probabilities[first:last].max()), 4))


def _reach(probabilities: np.ndarray, seed: int, step: int, border: int, least: float) -> int:
    """The last word on this side of the seed that belongs to it."""
    reached, at = seed, seed + step
    while at != border and abs(at - reached) <= _GAP + 1:
        if probabilities[at] >= least * _REACH:
            reached = at
        at += step
    return reached


def tell(data: Path) -> None:
    """Print each kind's threshold, and what it is worth on the tune and measure parts."""
    cases = {part: list(_read(data, part)) for part in ("tune", "measure")}
    for kind in DEVICES:
        scores = [_score(cases["tune"], kind, least) for least in _GRID]
        at = int(np.argmax([score["f1"] for score in scores]))
        print(f"{kind:20}{_GRID[at]:5}", scores[at], _score(cases["measure"], kind, _GRID[at]), flush=True)


def _read(data: Path, part: str) -> Iterator[Case]:
    source = data / "news" / "articles.jsonl.gz"
    facts, marks = read_articles(), read_marks()
    for name, text in find_texts(read_lines(source) if source.exists() else ()).items():
        if facts[name]["part"] == part and name in marks:
            yield reader.read(read(to_article(text, facts[name]))), best(marks[name])["devices"]


def _score(cases: Sequence[Case], kind: str, least: float) -> dict[str, float]:
    """Precision, recall and F1 of one kind: a device is met where words of both overlap."""
    shown = right = marks = met = 0
    for document, coded in cases:
        gold = [(m["start"], m["end"]) for m in coded if MERGED.get(m["kind"], m["kind"]) == kind]
        found = list(find(document, kind, least))
        spans = [(document.tokens[d.first].start, document.tokens[d.last - 1].end) for d in found]
        shown, marks = shown + len(spans), marks + len(gold)
        right += sum(any(a < end and start < b for a, b in gold) for start, end in spans)
        met += sum(any(a < end and start < b for a, b in spans) for start, end in gold)
    precision, recall = right / max(1, shown), met / max(1, marks)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {
        "f1": round(f1, 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "shown": shown,
        "marks": marks,
    }
