"""In which frames does each article tell the story?"""

from __future__ import annotations

from collections.abc import Sequence

from ..comparison_report.framing import ComparedFrame, FrameInArticle
from ..report import Frame
from .columns import Column
from .settings import SETTINGS


def compare(columns: Sequence[Column]) -> list[ComparedFrame]:
    """Which frames is at least one article told in, how far, by which sentences? Those that set them apart first."""
    told = [{frame.name: frame for frame in _frames(column)} for column in columns]
    if sum(bool(own) for own in told) < 2:
        return []
    names = dict.fromkeys(name for own in told for name, frame in own.items() if frame.level)
    rows = [
        ComparedFrame(
            name=name,
            distinguishable=_are_apart([own.get(name) for own in told]),
            by_article=[
                _show(column, own[name]) if name in own else None for column, own in zip(columns, told, strict=True)
            ],
        )
        for name in names
    ]
    return sorted(rows, key=lambda row: (not row.distinguishable, -sum(cell.level for cell in row.by_article if cell)))


def _frames(column: Column) -> list[Frame]:
    return column.report.framing.frames if column.report.framing else []


def _are_apart(cells: Sequence[Frame | None]) -> bool:
    """Is one article surely told in it, and another surely not?"""
    choice = SETTINGS["frames"]
    shares = [cell.probability for cell in cells if cell]
    levels = [cell.level for cell in cells if cell]
    return min(levels) == 0 and min(shares) <= choice["absent"] and max(shares) >= choice["present"]


def _show(column: Column, frame: Frame) -> FrameInArticle:
    evidence = [column.span(span.start, span.end) for span in frame.evidence]
    return FrameInArticle(level=frame.level, probability=frame.probability, evidence=evidence)
