"""One article of many, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .. import refusals
from ..article import Article
from ..refusals import FieldError, Invalid


class BodyRefused(Exception):
    """The file as a whole can't be taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article as handed in, or why it is none.

    `number` is its line in the file, `place` file and line in words, `name` the sender's own id.
    """

    number: int
    article: Article | None = None
    errors: tuple[FieldError, ...] = ()
    name: Any = None
    place: str = ""


def validate(number: int, fields: Any, columns: Mapping[str, str] | None = None) -> Record:
    """The article that these fields are; `columns` says what the file calls them."""
    name = fields.get("id") if isinstance(fields, dict) else None
    try:
        return Record(number, refusals.validate(Article, fields), name=name)
    except Invalid as invalid:
        named = columns or {}
        errors = (error.model_copy(update={"field": named.get(error.field, error.field)}) for error in invalid.errors)
        return Record(number, None, tuple(errors), name)


def refuse(number: int, code: str, message: str, name: Any = None) -> Record:
    """One that can't be read at all."""
    return Record(number, None, (FieldError(field="", code=code, message=message),), name)
