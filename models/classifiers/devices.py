"""Which words carry a framing device? Runs of words in which the reader sees one, by kind, above that kind's threshold.

Kinds are the codebook's; thresholds were chosen on the tune part of the coded corpus (`research.training.devices`),
with what each kind is worth there and on the measure part: devices.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ..document import Document

FILE = Path(__file__).parent / "devices.json"
_REACH = 0.5  # share of a kind's threshold that a word needs beside those above it
_GAP = 2  # words below that may stand inside


@dataclass(frozen=True, slots=True)
class Device:
    """Tokens [first, last) that carry a device; `strength` is the highest probability among them."""

    first: int
    last: int
    kind: str
    strength: float


def find(document: Document, thresholds: dict[str, float] | None = None) -> list[Device]:
    """Every device that the reader sees, in text order; none crosses a sentence's end."""
    thresholds = load() if thresholds is None else thresholds
    found = [device for kind, least in thresholds.items() for device in _find_kind(document, kind, least)]
    return sorted(found, key=lambda device: (device.first, device.last, device.kind))


def _find_kind(document: Document, kind: str, least: float) -> Iterator[Device]:
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


@cache
def load() -> dict[str, float]:
    """Thresholds by kind, of the kinds that are worth showing."""
    model: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return dict(model["thresholds"])
