"""Descriptions that decide a role by themselves, before what was learned: a ruling's groups of words, one of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ...document import Document
from ...report import CastRole
from .descriptions import Description
from .lists import Ruling, load

_INDEFINITE = ("a", "an")
_MORE = 10  # words of it, at most


def decide(
    document: Document, told: Iterable[Description], *, named: bool
) -> tuple[CastRole, tuple[int, int] | None] | None:
    """The role that a ruling gives, and the tokens that show it; None where none of them holds."""
    for one in told:
        words = [document.folded[at].removesuffix(".") for at in range(one.first, _end(document, one))]
        for ruling in load().rulings:
            if ruling.named not in (None, named) or one.place not in ruling.places:
                continue
            if (at := _met(ruling, words)) is not None:
                return ruling.role, (one.first + at, one.first + at + 1)
    return None


def _end(document: Document, told: Description) -> int:
    """One past the description, with what is said of the body that it ends with: founder of Clean Water, [a group]."""
    last, tokens = told.last, document.tokens
    if told.place != "after" or last + 1 >= len(tokens) or tokens[last].text != "," or not _is_name(document, last - 1):
        return last
    if document.folded[last + 1] not in _INDEFINITE:
        return last
    sentence = document.sentences[tokens[last].sentence]
    stops = (at for at in range(last + 1, sentence.last) if not tokens[at].is_word)
    return min(next(stops, sentence.last), last + _MORE)


def _is_name(document: Document, at: int) -> bool:
    return document.tokens[at].text[0].isupper()


def _met(ruling: Ruling, words: Sequence[str]) -> int | None:
    """Where the first group's word stands, if every group has one among these words, and nothing speaks against it."""
    said = {*words, *(" ".join(pair) for pair in pairwise(words))}
    if said & ruling.without or not all(said & group for group in ruling.groups):
        return None
    if ruling.longest and len(words) > ruling.longest:
        return None
    return next((at for at, word in enumerate(words) if word in ruling.groups[0]), None)
