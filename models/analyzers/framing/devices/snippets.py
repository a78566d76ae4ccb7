"""Quotation marks that hold a word at arm's length, told from the words of somebody who spoke."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from functools import cache
from itertools import accumulate

import numpy as np

from .... import lexicon
from ....document import Document, Quotation
from ....document.parts import Sentence, fold

_SPOKEN = 0.5  # reader probability from which a word is a cue or the content of an attribution


@cache
def _words() -> dict[str, tuple[str, ...]]:
    rows = tomllib.loads((lexicon.FOLDER / "quotations.toml").read_text(encoding="utf-8"))
    return {name: tuple(rows[name]) for name in ("distance", "reported", "labels")}


class Speech:
    """What of a document is somebody's speech? What is known of a sentence, or of all of it, is found out once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        spoken = [quotation for quotation in document.quotations if quotation.kind == "speech"]
        self._said = "\0".join({fold(document.text[one.start + 1 : one.end - 1]) for one in spoken})
        self._starts = [one.start for one in spoken]
        self._ends = list(accumulate((one.end for one in spoken), max))
        self._reported: dict[int, bool] = {}

    def holds(self, quotation: Quotation) -> bool:
        """Is this a piece of speech: words of saying near, other quotations beside, the same words quoted elsewhere?"""
        document = self._document
        inside = document.tokens_in(quotation.start, quotation.end)
        number = document.tokens[inside.start].sentence
        sentence, folded = document.sentences[number], document.folded
        if inside.start > sentence.first and folded[inside.start - 1] in _words()["distance"]:
            return False
        if inside.stop < sentence.last and folded[inside.stop] in _words()["labels"]:
            return True
        if number not in self._reported:
            self._reported[number] = self._is_reported(sentence)
        if self._reported[number] or fold(document.text[quotation.start + 1 : quotation.end - 1]) in self._said:
            return True
        return float(np.mean(document.reading.content[inside.start : inside.stop])) >= _SPOKEN

    def _is_reported(self, sentence: Sentence) -> bool:
        """Does this sentence hold a word of saying, or a quotation of what somebody said?"""
        before = bisect_left(self._starts, sentence.end)
        if before and self._ends[before - 1] > sentence.start:
            return True
        words = self._document.folded[sentence.first : sentence.last]
        cue = self._document.reading.cue[sentence.first : sentence.last]
        return any(word.startswith(_words()["reported"]) for word in words) or float(np.max(cue)) >= _SPOKEN
