"""Quotation marks that hold a word at arm's length, told from the words of somebody who spoke."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache

import numpy as np

from ... import lexicon
from ...document import Document, Quotation
from ...document.parts import fold
from ...report import Term

RULE = "scare_quotes.marks"
_NOTE = "Quotation marks around a few words that nobody is said to have spoken hold them at arm's length."
_STRENGTH = 0.55
_SPOKEN = 0.5  # reader probability from which a word is a cue or the content of an attribution


@cache
def _words() -> dict[str, tuple[str, ...]]:
    rows = tomllib.loads((lexicon.FOLDER / "quotations.toml").read_text(encoding="utf-8"))
    return {name: tuple(rows[name]) for name in ("distance", "reported", "labels")}


def find(document: Document) -> Iterator[Term]:
    """Which words does the outlet set off in quotation marks of its own?"""
    said = {
        fold(document.text[quotation.start + 1 : quotation.end - 1])
        for quotation in document.quotations
        if quotation.kind == "speech"
    }
    for quotation in document.quotations:
        # Headlines set real quotations in such marks too.
        if quotation.kind != "scare" or quotation.depth or quotation.start < document.title_end:
            continue
        if document.is_boilerplate(quotation.start) or _is_spoken(document, quotation, said):
            continue
        words = [document.tokens[at] for at in document.tokens_in(quotation.start, quotation.end)]
        words = [word for word in words if word.is_word]
        if words:
            start, end = words[0].start, words[-1].end
            yield Term(
                start=start,
                end=end,
                text=document.text[start:end],
                rule=RULE,
                category="scare_quotes",
                tone="negative",
                strength=_STRENGTH,
                voice="outlet",
                target=None,
                alternatives=[],
                note=_NOTE,
            )


def _is_spoken(document: Document, quotation: Quotation, said: set[str]) -> bool:
    """Is this a piece of speech: words of saying near, other quotations beside, the same words quoted elsewhere?"""
    inside = document.tokens_in(quotation.start, quotation.end)
    sentence = document.sentences[document.tokens[inside.start].sentence]
    words = document.folded[sentence.first : sentence.last]
    if inside.start > sentence.first and words[inside.start - 1 - sentence.first] in _words()["distance"]:
        return False
    others = any(
        other.start != quotation.start
        and other.kind == "speech"
        and other.start < sentence.end
        and sentence.start < other.end
        for other in document.quotations
    )
    after = words[inside.stop - sentence.first] if inside.stop < sentence.last else ""
    if others or after in _words()["labels"] or any(word.startswith(_words()["reported"]) for word in words):
        return True
    own = fold(document.text[quotation.start + 1 : quotation.end - 1])
    if any(own in other for other in said):
        return True
    reading = document.reading
    return reading is not None and (
        float(np.max(reading.cue[sentence.first : sentence.last])) >= _SPOKEN
        or float(np.mean(reading.content[inside.start : inside.stop])) >= _SPOKEN
    )
