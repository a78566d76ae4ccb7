"""An outlet over time and a source audit as drawings and tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app

from models.outlets.audit import Audit
from models.outlets.months import MonthFigures, OverTime
from models.outlets.records import Interval
from models.rows import defuse
from service.texts import TEXTS, say

MOST_DRAWN = 36  # months
MONTH_COLUMNS = ("month", "articles", "measure", "kind", "count", "value", "low", "high", "reference")
AUDIT_COLUMNS = (
    "source", "kind", "role", "side", "gender", "articles", "statements", "words", "words_quoted", "first_at",
)  # fmt: skip
_MEASURES = ("loaded", "frames", "devices", "roles", "sides")
_RATES = ("loaded", "devices")  # per 1,000 words; the others are shares
_BY = ("type", "role", "side", "gender")


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of finding over the months that are drawn; None where a month has too few articles, or none."""

    name: str
    points: tuple[Interval | None, ...]
    whole: Interval
    top: float  # the height of the drawing
    reference: float | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: its kinds, each a small drawing, and a table that says the same."""

    id: str
    share: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the page shows of an outlet over time."""

    over: OverTime
    months: tuple[tuple[str, int], ...]  # those that are drawn, without a gap, and how many articles each has
    panels: tuple[Panel, ...]


def draw(over: OverTime) -> Drawn | None:
    """The last months up to the newest, those without articles among them; None where no month has a figure."""
    if over.whole is None or not any(month.figures for month in over.months):
        return None
    known = {month.month: month for month in over.months}
    axis = list(_walk(over.months[0].month, over.months[-1].month))[-MOST_DRAWN:]
    drawn = [known[month].figures if month in known else None for month in axis]
    panels = (Panel(name, name not in _RATES, _draw_lines(name, over.whole, drawn)) for name in _MEASURES)
    return Drawn(
        over,
        tuple((month, known[month].articles if month in known else 0) for month in axis),
        tuple(panel for panel in panels if panel.lines),
    )


def _walk(first: str, last: str) -> Iterator[str]:
    """Every month from the first to the last, both included."""
    year, month = int(first[:4]), int(first[5:])
    while (name := f"{year:04}-{month:02}") <= last:
        yield name
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _draw_lines(measure: str, whole: MonthFigures, drawn: Sequence[MonthFigures | None]) -> tuple[Line, ...]:
    kinds = _kinds(whole, measure)
    points = {kind: tuple(_kinds(one, measure)[kind] if one else None for one in drawn) for kind in kinds}
    # One measure has one scale, so that its drawings can be set against each other.
    seen = [point.high for row in points.values() for point in row if point]
    seen += [getattr(found, "reference", None) or 0.0 for found in kinds.values()]
    top = max([0.0, *seen]) or 1.0
    return tuple(
        Line(name_kind(measure, kind), points[kind], found, top, getattr(found, "reference", None))
        for kind, found in kinds.items()
    )


def _kinds(figures: MonthFigures, measure: str) -> Mapping[str, Interval]:
    return {"": figures.loaded} if measure == "loaded" else getattr(figures, measure)


def name_kind(measure: str, kind: str) -> str:
    """What a kind is called on the page; a side, in the articles' words."""
    match measure:
        case "loaded":
            return say("over_time.loaded")
        case "devices":
            return str(TEXTS["device"][kind]["name"])
        case "frames" | "roles" | "role" | "type" | "gender":
            table = {"frames": "frame", "roles": "cast", "role": "cast", "type": "source_type", "gender": "gender"}
            return str(TEXTS[table[measure]][kind])
    return kind


def list_rows(over: OverTime) -> Iterator[Sequence[Any]]:
    """Every figure of every month; a month with too few articles has one row without figures."""
    for month in over.months:
        if month.figures is None:
            yield month.month, month.articles, "", "", None, None, None, None, None
            continue
        for measure in _MEASURES:
            for kind, found in _kinds(month.figures, measure).items():
                expected = getattr(found, "reference", None)
                figures = (found.count, found.value, found.low, found.high, expected)
                yield month.month, month.articles, measure, kind, *figures


def list_shares(audit: Audit) -> list[tuple[str, list[tuple[str, Interval]]]]:
    """The shares by what sources are, each with the kinds as the page calls them."""
    found = ((by, getattr(audit, f"by_{by}")) for by in _BY)
    return [(by, [(name_kind(by, kind), share) for kind, share in shares.items()]) for by, shares in found if shares]


def list_sources(audit: Audit) -> Iterator[Sequence[Any]]:
    """Every source of an audit as a row."""
    for one in audit.sources:
        heard = (one.articles, one.statements, one.words, one.quoted, one.first)
        yield one.name, one.source_type, one.role, one.side, one.gender, *heard


def answer_csv(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A table to download (RFC 4180); cells that a spreadsheet would run are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([defuse(cell) for cell in row] for row in rows)
    answer = current_app.response_class(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="parallax-{name}"'
    return answer
