"""Where does one mark end and the next begin? Splits a text at every boundary, so that overlapping marks all show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple, Protocol

Shape = Literal["line", "bar", "gutter", "point"]


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def name_place(stretch: _Stretch) -> str:
    """The anchor of a stretch of text that some sentence of the page leads to, and that has no note."""
    return f"s{stretch.start}-{stretch.end}"


class Mark(NamedTuple):
    """A stretch of text that belongs to a numbered note.

    `shape` says how it shows: a line under the words, a bar at the left of their lines, a bar in the gutter,
    or only a sign after the last word. The mark with `numbered` carries the note's number.
    """

    start: int
    end: int
    note: int
    shape: Shape
    style: str = ""
    numbered: bool = False


class Segment(NamedTuple):
    """A run of text under one and the same set of marks, outermost first."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    opening: tuple[Mark, ...]  # those whose first piece this is
    closing: tuple[Mark, ...]  # those whose last piece this is


class Run(NamedTuple):
    """Neighbouring segments inside the same bars."""

    bars: tuple[Mark, ...]
    segments: tuple[Segment, ...]


class Block(NamedTuple):
    """One line of the text: a headline or a paragraph."""

    start: int
    end: int
    runs: tuple[Run, ...]


def split(text: str, marks: Iterable[Mark]) -> list[Block]:
    """Cut a text into blocks, runs and segments. Everything but white space between blocks is kept, in order."""
    ranges = _lines(text)
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    pieces = _pieces(ranges, sorted(inside, key=lambda mark: (mark.start, -mark.end)))
    first: dict[Mark, int] = {}
    last: dict[Mark, int] = {}
    for at, (_, _, _, covering) in enumerate(pieces):
        for mark in covering:
            first.setdefault(mark, at)
            last[mark] = at
    blocks: list[list[Segment]] = [[] for _ in ranges]
    for at, (block, start, end, covering) in enumerate(pieces):
        blocks[block].append(
            Segment(
                start,
                end,
                text[start:end],
                covering,
                tuple(mark for mark in covering if first[mark] == at),
                tuple(mark for mark in covering if last[mark] == at),
            )
        )
    return [Block(start, end, _runs(blocks[at])) for at, (start, end) in enumerate(ranges)]


def _lines(text: str) -> list[tuple[int, int]]:
    """Start and end of every line that holds more than white space."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _pieces(ranges: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> list[tuple[int, int, int, tuple[Mark, ...]]]:
    """(block, start, end, covering marks) for every smallest stretch inside a block. `marks` in order of start."""
    edges = {edge for bounds in ranges for edge in bounds} | {edge for mark in marks for edge in (mark.start, mark.end)}
    pieces, active, coming, block = [], list[Mark](), 0, 0
    for start, end in pairwise(sorted(edges)):
        active = [mark for mark in active if mark.end > start]
        while coming < len(marks) and marks[coming].start <= start:
            active.append(marks[coming])
            coming += 1
        while block < len(ranges) and ranges[block][1] <= start:
            block += 1
        if block < len(ranges) and ranges[block][0] <= start:
            pieces.append((block, start, end, tuple(active)))
    return pieces


def _runs(segments: Sequence[Segment]) -> tuple[Run, ...]:
    def bars(segment: Segment) -> tuple[Mark, ...]:
        return tuple(mark for mark in segment.marks if mark.shape == "bar")

    return tuple(Run(key, tuple(group)) for key, group in groupby(segments, bars))
