"""One article of many, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from ..article import Article, FieldProblem, problems


class BodyRefused(Exception):
    """The file as a whole can't be taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article as handed in, or why it is none.

    `number` is its line in the file, `place` file and line in words, `name` the sender's own id.
    """

    number: int
    article: Article | None = None
    problems: tuple[FieldProblem, ...] = ()
    name: Any = None
    place: str = ""


def validate(number: int, fields: Any, columns: Mapping[str, str] | None = None) -> Record:
    """The article that these fields are; `columns` says what the file calls them."""
    name = fields.get("id") if isinstance(fields, dict) else None
    try:
        return Record(number, Article.model_validate(fields), name=name)
    except ValidationError as error:
        named = columns or {}
        found = (replace(problem, field=named.get(problem.field or "", problem.field)) for problem in problems(error))
        return Record(number, None, tuple(found), name)


def refuse(number: int, code: str, message: str, name: Any = None) -> Record:
    """One that can't be read at all."""
    return Record(number, None, (FieldProblem(None, code, message),), name)
