"""What is a sentence's `bias` worth at each threshold, and for whom? models/reader/decisions.json.

Measured on the part of BABE that nothing was trained on, with the reader as it is committed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from models import reader
from models.document import read
from models.reader.card import HOME
from research.corpora import Sample, find_part, read_babe
from research.scoring import Tallies, ratio
from research.training.tuning import to_article

FILE = HOME / "decisions.json"
_THRESHOLDS = tuple(round(0.1 * i, 1) for i in range(1, 10))
_DECIDED = 0.5  # what reports and pages call biased
_FEWEST = 15  # sentences that a topic needs for a line of its own


def measure_decisions(data: Path) -> dict[str, Any] | None:
    """Judge BABE's sentences and write the tables; None without BABE."""
    if not (data / "babe" / "train.jsonl").exists():
        return None
    held = [sample for sample in read_babe(data) if find_part(sample) == "measure"]
    result = tabulate(held, [judge(sample) for sample in held])
    FILE.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return result


def judge(sample: Sample) -> float:
    """The bias of the sample's most biased sentence."""
    reading = reader.read(read(to_article(sample))).reading
    return float(np.nan_to_num(reading.bias).max(initial=0))


def tabulate(samples: Sequence[Sample], biases: Sequence[float]) -> dict[str, Any]:
    """Precision, recall and false-positive rate at every threshold; confusion by leaning and by topic."""
    pairs = [(sample, bias, bool(sample.judged[0].bias)) for sample, bias in zip(samples, biases, strict=True)]
    thresholds = []
    for threshold in _THRESHOLDS:
        tallies = Tallies()
        for sample, bias, biased in pairs:
            found = bias >= threshold
            add_decision(tallies, sample.group, found=found, true=biased)
        thresholds.append({"threshold": threshold} | {m.name: asdict(m) for m in tallies.measures()})
    confusion: dict[str, dict[str, dict[str, int]]] = {"leaning": {}, "topic": {}}
    for by, rows in confusion.items():
        for value in sorted({sample.about[by] for sample in samples if sample.about[by]}):
            own = [(bias >= _DECIDED, biased) for sample, bias, biased in pairs if sample.about[by] == value]
            if len(own) >= _FEWEST:
                rows[value] = {
                    "biased, found": own.count((True, True)),
                    "biased, missed": own.count((False, True)),
                    "unbiased, called biased": own.count((True, False)),
                    "unbiased, left alone": own.count((False, False)),
                }
    return {
        "question": "What is a sentence's bias worth at each threshold?",
        "measured_on": f"{len(samples)} sentences of BABE (Spinde et al. 2021) that nothing was trained on",
        "thresholds": thresholds,
        "confusion": confusion,
    }


def add_decision(tallies: Tallies, group: str, *, found: bool, true: bool, n: float = 1.0) -> None:
    """Count `n` decisions for precision, recall and the false-positive rate."""
    if found:
        tallies.add("precision", ratio, "decisions", group, [n * true, n], round(n))
    if true:
        tallies.add("recall", ratio, "decisions", group, [n * found, n], round(n))
    else:
        tallies.add("false_positive_rate", ratio, "decisions", group, [n * found, n], round(n))
