"""Train the pair model of attribution on PolNeAR, as the reader reads it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from models import reader
from models.document import Document
from models.document import read as read_document
from research.corpora import find_part, read_polnear
from research.training import attribution
from research.training.attribution import Annotated
from research.training.tuning import to_article


def train_pairs(data: Path) -> None:
    """Learn which source and content belong to a cue from PolNeAR's training articles."""
    attribution.train(partial(_read, data), {"data": "PolNeAR 1.0 (Newell et al. 2018), its train.jsonl"})


def _read(data: Path) -> Iterator[tuple[Document, list[Annotated]]]:
    for sample in read_polnear(data):
        if find_part(sample) == "train":
            annotated = [
                Annotated(*([(start, end) for start, end in item[role]] for role in ("source", "cue", "content")))
                for item in sample.attributions
            ]
            yield reader.read(read_document(to_article(sample))), annotated
