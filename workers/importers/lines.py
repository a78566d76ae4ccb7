"""One line of a batch: its article, or what is wrong with it, as the store keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from models.article import Article, problems
from models.importers import Record, records
from workers.extraction import ssrf
from workers.extraction.refusal import Refused
from workers.extraction.source import Link, Page
from workers.store import LineError, Submitted


@dataclass(frozen=True, slots=True)
class Line:
    """One article of a batch, or something with one in it, or why it is none."""

    number: int
    article: Submitted | None
    errors: tuple[LineError, ...] = ()


def validate(number: int, fields: Any) -> Line:
    """What these fields are, as when they are sent alone: an article with its `text`, a page (`html`), or a link."""
    kind: type[Article | Link | Page] = Article
    if isinstance(fields, dict) and "text" not in fields:
        kind = Page if "html" in fields else Link if fields.get("url") else Article
    if kind is Article:
        return enter(records.validate(number, fields))
    try:
        found = kind.model_validate(fields)
        if isinstance(found, Link):
            ssrf.examine(found.url)
    except ValidationError as error:
        return enter(Record(number, None, tuple(problems(error))))
    except Refused as refused:
        return refuse(number, refused.code, refused.reason, field="url")
    return _take(number, found)


def refuse(number: int, code: str, message: str, file: str | None = None, field: str = "") -> Line:
    """A line that can't be read at all."""
    return Line(number, None, (LineError(line=number, file=file, field=field, code=code, message=message),))


def enter(record: Record) -> Line:
    """A record as a line of a batch, with its errors as they are listed."""
    if record.article:
        return _take(record.number, record.article)
    errors = (
        LineError(line=record.number, field=problem.field or "", code=problem.code, message=problem.message)
        for problem in record.problems
    )
    return Line(record.number, None, tuple(errors))


def _take(number: int, article: Submitted) -> Line:
    if article.callback_url:
        message = "A batch calls back as a whole: send callback_url beside the file, as ?callback_url=…"
        return refuse(number, "not_here", message, field="callback_url")
    return Line(number, article)
