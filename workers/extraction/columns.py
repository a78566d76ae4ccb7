"""The columns of a page set for print: a file may draw them line by line, so that its text runs across them.

Told by the page as it looks, in lines of characters: wide gaps at most of its lines, long stretches of words between
them, and a text that goes on over the gap.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence

_GAP = 4  # spaces between two columns; fewer stand between words, too
_WIDER = 2.0  # times the usual gap of its line
_FEWEST = 4  # lines with as many cells as there are columns
_SHARE = 0.4  # of all lines
_PROSE = 18  # characters of a cell, by the median; a table's are shorter
_SPACES = re.compile(r" {2,}")

Cell = tuple[int, str]
"""Where it begins, in characters from the left, and its words."""


def order(plain: str, looks: str) -> list[str] | None:
    """The lines of a page, column after column; None where it has none, or its text gives them in order itself.

    `plain` is the text in the order in which it is drawn, `looks` the page as it looks.
    """
    rows = [_split(line) for line in looks.splitlines() if line.strip()]
    counts = Counter(len(row) for row in rows if len(row) > 1)
    columns, often = counts.most_common(1)[0] if counts else (0, 0)
    whole = [row for row in rows if len(row) == columns]
    if often < max(_FEWEST, _SHARE * len(rows)):
        return None
    if any(statistics.median(len(row[at][1]) for row in whole) < _PROSE for at in range(columns)):
        return None
    drawn = _bare(plain)
    across = sum(_bare(one[1]) + _bare(two[1]) in drawn for one, two, *_ in whole)
    return _set(rows, whole, columns) if 2 * across > len(whole) else None


def _split(line: str) -> list[Cell]:
    """The cells of a line, parted by its wide gaps."""
    gaps = [(found.start(), found.end()) for found in _SPACES.finditer(line.rstrip()) if found.start() > 0]
    usual = statistics.median(end - start for start, end in gaps) if len(gaps) > 2 else 1
    ends = [0]
    for start, end in gaps:
        if end - start >= max(_GAP, _WIDER * usual):
            ends += [start, end]
    ends.append(len(line))
    cells = [(start, " ".join(line[start:end].split())) for start, end in zip(ends[::2], ends[1::2], strict=True)]
    return [cell for cell in cells if cell[1]]


def _set(rows: Sequence[list[Cell]], whole: Sequence[list[Cell]], columns: int) -> list[str]:
    """Line under line, column beside column; what is wider than a column parts what stands above from what is below."""
    starts = [statistics.median(row[at][0] for row in whole) for at in range(columns)]
    lines: list[str] = []
    band: list[list[str]] = [[] for _ in starts]

    def flush() -> None:
        for column in band:
            lines.extend(column)
            column.clear()

    for row in rows:
        if len(row) == 1 and len(row[0][1]) + row[0][0] > starts[1]:
            flush()
            lines.append(row[0][1])
            continue
        for at, (start, text) in enumerate(row):
            near = at if len(row) == columns else min(range(columns), key=lambda one: abs(starts[one] - start))
            band[near].append(text)
    flush()
    return lines


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text)
