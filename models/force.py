"""Force that is meant as it is said: done or suffered by things that can be seen and touched (lexicons/things.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from .document.parts import Document

PATH = Path(__file__).parent / "lexicons" / "things.toml"
_BEFORE, _BEHIND = 4, 6  # words that count as what does or suffers something
_MATTERS = ("over", "about", "for", "on", "as", "because", "after", "when", "while", "that")  # what it is about follows


def is_literal(document: Document, first: int, last: int) -> bool:
    """Is this force that a thing does or suffers: the dog savaged a child, he slammed the lid?"""
    sentence = document.sentences[document.tokens[first].sentence]
    end = min(sentence.last, last + _BEHIND)
    matter = next(
        (at for at in range(last + 1, end) if document.folded[at] in _MATTERS), end
    )  # skewered it | over cars
    around = [*range(max(sentence.first, first - _BEFORE), first), *range(last, matter)]
    return any(is_thing(document, at) for at in around)


def is_thing(document: Document, at: int) -> bool:
    """Is this word a thing that can be seen and touched? Capitals inside a sentence make it a name."""
    token, word = document.tokens[at], document.folded[at]
    if not (token.text.islower() or at == document.sentences[token.sentence].first):
        return False
    return word in _things() or (
        word.endswith("s") and (word[:-1] in _things() or word.removesuffix("es") in _things())
    )


@cache
def _things() -> frozenset[str]:
    groups = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return frozenset(word for words in groups.values() for word in words)
