"""One line of a batch: its article, or what is wrong with it, as the store keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.importers import Record
from models.refusals import FieldError, Invalid
from workers.extraction.source import recognise
from workers.store import LineError, Submitted


@dataclass(frozen=True, slots=True)
class Line:
    """One article of a batch, or something with one in it, or why it is none."""

    number: int
    article: Submitted | None
    errors: tuple[LineError, ...] = ()


def validate(number: int, fields: Any) -> Line:
    """What these fields are, as when they are sent alone."""
    try:
        return _take(number, recognise(fields))
    except Invalid as invalid:
        return reject(number, invalid.errors)


def refuse(number: int, code: str, message: str, file: str | None = None, field: str = "") -> Line:
    """A line that can't be read at all."""
    return Line(number, None, (LineError(line=number, file=file, field=field, code=code, message=message),))


def reject(number: int, errors: Iterable[FieldError]) -> Line:
    """A line with these errors. Batches have always told the kind as `code`."""
    told = (
        LineError(line=number, field=one.field, code=one.kind, kind=one.kind, message=one.message) for one in errors
    )
    return Line(number, None, tuple(told))


def enter(record: Record) -> Line:
    """A record as a line of a batch, with its errors as they are listed."""
    return _take(record.number, record.article) if record.article else reject(record.number, record.errors)


def _take(number: int, article: Submitted) -> Line:
    if article.callback_url:
        message = "A batch calls back as a whole: send callback_url beside the file, as ?callback_url=…"
        return refuse(number, "not_here", message, field="callback_url")
    return Line(number, article)
