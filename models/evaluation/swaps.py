"""Pairs of sentences that differ in one name: what they show must not differ."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from models.article import Article


def read_swaps() -> Iterator[tuple[str, Article, Article]]:
    """Name, one article and its counterpart, for every sentence and pair of names."""
    table = tomllib.loads((Path(__file__).parent / "swaps.toml").read_text(encoding="utf-8"))
    for group in table["sets"]:
        for number, sentence in enumerate(group["sentences"]):
            for one, other in group["names"]:
                name = f"{group['group']} {number} {one}/{other}"
                yield name, Article(text=_fill(sentence, one)), Article(text=_fill(sentence, other))


def _fill(sentence: str, name: str) -> str:
    text = sentence.replace("{}", name)
    return text[0].upper() + text[1:]
