"""Sentence ends after abbreviations, initials and names with marks: what follows decides."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from .name_lists import fold, lists

PATH = Path(__file__).parent.parent / "lexicons" / "sentence_ends.toml"
# Where a sentence may end that sentencex takes for going on.
_STOP = re.compile(r"[.!?]\s+(?=[\"“‘'(\[]*(?:[«‹][ \u00a0\u202f]?)?[A-Z])")
_LONGEST = 40  # characters before a stop that are looked at
_LAST_WORD = re.compile(r"[^\s\"“”‘(\[—–]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\.")  # B., U.S., D.C.
_PARTISAN = re.compile(r"\b[A-Z]-[A-Z][\w.]*\.$")  # D-N.Y., said
_ADDRESS = re.compile(r"https?:|www\.|pic\.|\w+\.(?:com|org)\b")  # stands behind a sentence, in lower case
_NEXT = re.compile(r"([\"“‘'(\[«‹]*)[ \u00a0\u202f]?([^\W_][\w.’'-]*)(?:\s+(\S))?")
_CLOCK = re.compile(
    r"\W*(?:at|by|around|before|after|from|until|about|since)\s+(?:about\s+)?\d[\d:.]*\s*[ap]\.m\.", re.IGNORECASE
)
_QUOTES = ('"', "“", "‘", "'", "«", "‹")
_ROMAN = re.compile(r"[IVXLC]+\b|\d")


class StopEntry(BaseModel):
    """One kind of word that a stop, or a mark of its own, follows without always ending a sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...] = Field(min_length=1)
    end: Literal["never", "opener", "plain", "capital"]
    unless: tuple[str, ...] = ()
    numbers: bool = False
    examples: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Kinds:
    by_last: dict[str, tuple[tuple[str, StopEntry], ...]]  # last word of an entry -> its words, and the entry
    names: frozenset[str]


@cache
def load() -> tuple[StopEntry, ...]:
    """Read and validate the kinds; once a process."""
    return tuple(StopEntry.model_validate(row) for row in tomllib.loads(PATH.read_text(encoding="utf-8"))["kind"])


@cache
def _kinds() -> _Kinds:
    by_last: dict[str, list[tuple[str, StopEntry]]] = {}
    for entry in load():
        for words in entry.words:
            by_last.setdefault(words.rsplit(" ", 1)[-1], []).append((words, entry))
    names = tomllib.loads(PATH.read_text(encoding="utf-8"))["names"]
    return _Kinds({word: tuple(rows) for word, rows in by_last.items()}, frozenset(names))


def candidates(text: str, start: int, end: int) -> Iterator[int]:
    """Where may a sentence end in text[start:end]? Behind the white space that follows a stop, before a capital."""
    return (match.end() for match in _STOP.finditer(text, start, end))


def judge(text: str, start: int, place: int, end: int) -> bool | None:
    """Does a sentence of text[start:end] end at `place`, in white space or at its edge? None where nothing is known."""
    stop = place
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    while place < end and text[place].isspace():
        place += 1
    following, ended = text[place : place + 1], text[stop - 1] == "."
    if following in (",", ";") or (not ended and following.islower() and not _ADDRESS.match(text, place, end)):
        return False  # said the firm Halden Inc., the magazine Which? tested, as Holm et al. [2004], vol. 3, say
    found = _LAST_WORD.search(text, max(start, stop - _LONGEST), stop)
    if found is None or text[stop - 1] not in ".!?":
        return None
    if _PARTISAN.search(found.group()):
        return False
    follows = _NEXT.match(text, place, end)
    if follows is None:
        return None
    last = found.group() if _INITIALS.fullmatch(found.group()) else found.group().rpartition("-")[2]  # then-Sen. Moor
    entry = None if len(last) == len("P.") and last[0].isupper() else _find(text, start, stop, last)
    if entry is not None:
        return _ends(entry, last, text, start, stop, follows)
    if _INITIALS.fullmatch(last) and last[0].isupper():
        return _opens(follows)  # the U.S. Senate, plan B. Nobody
    return None


def _find(text: str, start: int, stop: int, last: str) -> StopEntry | None:
    word = fold(last) if last.endswith(".") else last.casefold().replace("’", "'")
    for words, entry in _kinds().by_last.get(word, ()):
        before = text[max(start, stop - len(last) + len(word) - len(words)) : stop].casefold().replace("’", "'")
        marked = not words.endswith(("!", "?")) or last[0].isupper()
        if marked and before.rstrip(".").endswith(words):
            return entry
    return None


def _ends(entry: StopEntry, last: str, text: str, start: int, stop: int, follows: re.Match[str]) -> bool | None:
    before, word, further = follows.groups()
    if entry.numbers:
        if _ROMAN.match(word):
            return False
        return (_opens(follows) or last.islower()) if word[0].isupper() else None
    if entry.end == "never":
        return False
    if entry.end == "capital":
        if _CLOCK.fullmatch(text, start, stop):
            return False  # At 6 p.m. Ann Moore left
        return word[0].isupper() and fold(word) not in entry.unless
    if _opens(follows):
        return True
    if entry.end == "opener" or not word[0].isupper():
        return False
    return before in _QUOTES or (before == "" and (further or "").islower())


def _opens(follows: re.Match[str]) -> bool:
    """Does what follows begin with a word that opens sentences: The, Nobody, He's?"""
    word = follows[2]
    if not word[0].isupper() or _INITIALS.fullmatch(word):  # J. A. Lee
        return False
    whole = fold(word)
    plain = whole.split("'", 1)[0]
    if plain in _kinds().names:
        return False
    return whole in lists().small or plain in lists().small
