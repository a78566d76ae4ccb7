"""Put the corpus' marks and its texts together, for whoever has the texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from research.corpora import read_lines
from research.corpus.records import find_texts, read_articles, read_marks


def join(source: Path, output: TextIO) -> int:
    """Write an article a line with its text and every coder's marks, each with its words; returns how many lack a text.

    `source`: JSON Lines (or .gz) with id, title and text, as Article-Bias-Prediction has them.
    """
    texts, missing = find_texts(read_lines(source)), 0
    marks = read_marks()
    for name, facts in read_articles().items():
        if name not in texts:
            missing += 1
            continue
        coded = {coder: _with_words(row, texts[name]) for coder, row in marks[name].items()}
        output.write(json.dumps(facts | {"text": texts[name], "coders": coded}, ensure_ascii=False) + "\n")
    return missing


def _with_words(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    marked = {
        layer: [mark | {"text": text[mark["start"] : mark["end"]]} for mark in row[layer]]
        for layer in ("loaded", "devices")
    }
    return dict(row) | marked
