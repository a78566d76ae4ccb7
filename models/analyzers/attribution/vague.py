"""Vague markers: words that hand something on and name nobody ("many believe", "it is said", "reportedly")."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ...document.parts import Document
from ...report import VagueMarker
from . import cues
from .grammar import BETWEEN, Lines

PATH = Path(__file__).parents[2] / "lexicons" / "vague.toml"
_MOST_BETWEEN = 3


class MarkerEntry(BaseModel):
    """One kind of marker and the patterns that find it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["vague_source", "passive", "adverb"]
    patterns: tuple[str, ...] = Field(min_length=1)
    matches: tuple[str, ...] = Field(min_length=1)
    ignores: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Step:
    words: frozenset[str]
    cue: bool = False
    ahead: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Markers:
    """The entries of vague sources, with the patterns that begin with each word."""

    entries: tuple[MarkerEntry, ...]
    _by_first: dict[str, tuple[tuple[MarkerEntry, tuple[_Step, ...]], ...]]

    def starting(self, word: str) -> tuple[tuple[MarkerEntry, tuple[_Step, ...]], ...]:
        """The entries with a pattern that may begin with this folded word, and its steps; empty: none."""
        return self._by_first.get(word, ())


@cache
def load() -> Markers:
    """Read and validate the markers; once a process."""
    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    sets = {name: frozenset(words) for name, words in tables["sets"].items()}
    entries = tuple(MarkerEntry.model_validate(row) for row in tables["marker"])
    by_first: dict[str, list[tuple[MarkerEntry, tuple[_Step, ...]]]] = {}
    for entry in entries:
        for pattern in entry.patterns:
            steps = tuple(_step(piece, sets) for piece in pattern.split())
            for word in steps[0].words:
                by_first.setdefault(word, []).append((entry, steps))
    return Markers(entries, {word: tuple(rows) for word, rows in by_first.items()})


def _step(piece: str, sets: dict[str, frozenset[str]]) -> _Step:
    optional = piece.endswith("?")
    piece = piece.removesuffix("?")
    if piece.lstrip("~") == "{cue}":
        return _Step(frozenset(), cue=True, ahead=piece.startswith("~"), optional=optional)
    words = sets[piece[1:-1]] if piece.startswith("{") else frozenset((piece,))
    return _Step(words, optional=optional)


def find(document: Document, lines: Lines) -> Iterator[VagueMarker]:
    """Which words hand something on without naming anybody? In text order, none overlapping."""
    markers = load()
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            continue
        at = sentence.first
        while at < sentence.last:
            best: tuple[int, MarkerEntry] | None = None
            for entry, steps in markers.starting(lines.words[at]):
                last = _follow(lines, steps, at, sentence.last)
                if last is not None and (best is None or last > best[0]):
                    best = (last, entry)
            if best is None:
                at += 1
                continue
            start, end = lines.tokens[at].start, lines.tokens[best[0] - 1].end
            yield VagueMarker(start=start, end=end, text=document.text[start:end], kind=best[1].kind)
            at = best[0]


def _follow(lines: Lines, steps: tuple[_Step, ...], at: int, end: int) -> int | None:
    """Where do the steps end that begin at words[at]; None when they don't fit."""
    for step in steps:
        if step.ahead:
            return at if _reports_soon(lines, at, end) else None
        if step.cue:
            found = _report(lines, at, end)
            if found is None:
                return None
            at = found
        elif at < end and lines.words[at] in step.words:
            at += 1
        elif not step.optional:
            return None
    return at


def _report(lines: Lines, at: int, end: int) -> int | None:
    """Where does the verb of speech or thought end that begins at words[at]?"""
    found = cues.load().at(lines.words, at, end) if at < end else None
    if found is None or not {"that", "clause"} & set(found[1].takes):
        return None
    return None if lines.tokens[at].tag == "VBG" else found[0]


def _reports_soon(lines: Lines, at: int, end: int) -> bool:
    for later in range(at, min(end, at + _MOST_BETWEEN + 1)):
        if _report(lines, later, end) is not None:
            return True
        if lines.words[later] not in BETWEEN:
            return False
    return False
