"""The columns of a page set for print: a file may draw them line by line, so that its text runs across them.

Told by the places where words are drawn: many lines begin at the same distance from the margin, and hardly any word
stands across that line.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_NEAR = 3.0  # points by which the beginnings of a column's lines may differ
_GUTTER = 30.0  # before a column's edge, where nothing begins but it
_NARROWEST = 90.0
_FEWEST = 4  # lines that begin at an edge
_SHARE = 0.25  # of all lines
_HITS = 0.7  # of the lines that reach as far as an edge begin anew at it
_SWITCHES = 0.3  # from one column to another, by pieces: so often only where a line is drawn across
_PROSE = 18  # characters of a column's line, by the median; a table's cells are shorter
_LETTER = 0.5  # width of a letter, by its height


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words drawn at once, and where: points from the left and from below, and the height of their letters."""

    x: float
    y: float
    size: float
    text: str


def order(pieces: Sequence[Piece]) -> list[str] | None:
    """The lines of a page, column after column; None where it has none, or its file gives them in order itself."""
    shown = [piece for piece in pieces if piece.text.strip()]
    edges = _find_edges(shown)
    if not edges:
        return None
    cells = _join(shown, edges)
    switches = sum(one[0] != two[0] for one, two in pairwise(cells))
    lengths = [[len(text) for at, _, _, text in cells if at == column] for column in range(len(edges) + 1)]
    prose = all(each and statistics.median(each) >= _PROSE for each in lengths)
    if not prose or switches <= max(len(edges) + 2, _SWITCHES * len(cells)):
        return None
    return _set(cells, edges[0] - min(piece.x for piece in shown))


def _find_edges(pieces: Sequence[Piece]) -> list[float]:
    """Where the columns begin, from the second on."""
    if len(pieces) < 2 * _FEWEST:
        return []
    rows: dict[int, list[float]] = {}
    for piece in pieces:
        rows.setdefault(round(piece.y / 2), []).append(piece.x)
    left = min(piece.x for piece in pieces)
    starts = Counter(round(piece.x / _NEAR) * _NEAR for piece in pieces)
    edges: list[float] = []
    for edge, count in sorted(starts.items()):
        if count < max(_FEWEST, _SHARE * len(rows)) or edge < (edges[-1] if edges else left) + _NARROWEST:
            continue
        reached = [min(beyond) for row in rows.values() if (beyond := [x for x in row if x >= edge - _GUTTER])]
        hits = sum(abs(x - edge) <= _NEAR for x in reached)
        before = sum(any(x < edge - _GUTTER for x in row) for row in rows.values())
        if hits >= _HITS * len(reached) and before >= _FEWEST:
            edges.append(edge)
    return edges


def _join(pieces: Sequence[Piece], edges: Sequence[float]) -> list[tuple[int, float, float, str]]:
    """The pieces as they are drawn, those of one line of a column joined: column, y, width, text."""
    cells: list[tuple[int, float, float, str]] = []
    for piece in pieces:
        column = sum(piece.x >= edge - _NEAR for edge in edges)
        width = len(piece.text.strip()) * piece.size * _LETTER
        if cells and cells[-1][0] == column and abs(cells[-1][1] - piece.y) < piece.size / 2:
            _, y, before, text = cells[-1]
            cells[-1] = (column, y, before + width, text + piece.text)
        else:
            cells.append((column, piece.y, width, piece.text))
    return cells


def _set(cells: Sequence[tuple[int, float, float, str]], width: float) -> list[str]:
    """Line under line, column beside column; what is wider than a column parts what stands above from what is below."""
    lines: list[str] = []
    band: list[tuple[int, float, str]] = []

    def flush() -> None:
        lines.extend(" ".join(text.split()) for _, _, text in sorted(band))
        band.clear()

    for column, y, wide, text in sorted(cells, key=lambda cell: (-cell[1], cell[0])):
        if column == 0 and wide > 1.2 * width:
            flush()
            lines.append(" ".join(text.split()))
        else:
            band.append((column, -y, text))
    flush()
    return lines
