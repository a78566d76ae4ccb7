"""One line of a batch: its article, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from models.article import Article, problems
from workers.store import LineError


class BodyRefused(Exception):
    """The file as a whole can't be taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One article of a batch, or why it is none."""

    number: int
    article: Article | None
    errors: tuple[LineError, ...] = ()


def validate(number: int, fields: Any, file: str | None = None, columns: Mapping[str, str] | None = None) -> Line:
    """The article that these fields are; `columns` says what the file calls them."""
    try:
        return Line(number, Article.model_validate(fields))
    except ValidationError as error:
        named = columns or {}
        found = [
            LineError(
                line=number,
                file=file,
                field=named.get(problem.field or "", problem.field or ""),
                code=problem.code,
                message=problem.message,
            )
            for problem in problems(error)
        ]
        return Line(number, None, tuple(found))


def refuse(number: int, code: str, message: str, file: str | None = None) -> Line:
    """A line that can't be read at all."""
    return Line(number, None, (LineError(line=number, file=file, field="", code=code, message=message),))
