"""From which probability on is a device one? A threshold a kind, on the tune part of the coded corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models import reader
from models.classifiers import devices
from models.document import Document, read
from research.corpora import read_lines
from research.corpus.measures import to_article
from research.corpus.records import best, find_texts, read_articles, read_marks
from research.judgements import DEVICES, MERGED

_GRID = [round(0.06 + 0.02 * step, 2) for step in range(45)]

Case = tuple[Document, Sequence[Mapping[str, Any]]]


def train_devices(data: Path) -> None:
    """Choose each kind's threshold where its F1 is best, and say what it is worth on both parts."""
    cases = {part: list(_read(data, part)) for part in ("tune", "measure")}
    chosen, worth = {}, {}
    for kind in DEVICES:
        scores = [_score(cases["tune"], kind, least) for least in _GRID]
        at = int(np.argmax([score["f1"] for score in scores]))
        chosen[kind] = _GRID[at]
        worth[kind] = {"tune": scores[at], "measure": _score(cases["measure"], kind, _GRID[at])}
        print(kind, chosen[kind], worth[kind], flush=True)
    model = {
        "thresholds": chosen,
        "card": {"data": "the coded corpus (research/corpus), settled marks where there are", "worth": worth},
    }
    devices.FILE.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    devices.load.cache_clear()


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
        found = devices.find(document, {kind: least})
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
