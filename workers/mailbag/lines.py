"""One line of a batch: its article, or what is wrong with it, as the store keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.article import Article
from models.mailbag import Letter, letters
from workers.store import LineError


@dataclass(frozen=True, slots=True)
class Line:
    """One article of a batch, or why it is none."""

    number: int
    article: Article | None
    errors: tuple[LineError, ...] = ()


def validate(number: int, fields: Any, file: str | None = None) -> Line:
    """The article that these fields are."""
    return enter(letters.validate(number, fields), file)


def refuse(number: int, code: str, message: str, file: str | None = None) -> Line:
    """A line that can't be read at all."""
    return enter(letters.refuse(number, code, message), file)


def enter(letter: Letter, file: str | None = None) -> Line:
    """A letter as a line of a batch, with its errors as they are listed."""
    errors = (
        LineError(line=letter.number, file=file, field=problem.field or "", code=problem.code, message=problem.message)
        for problem in letter.problems
    )
    if letter.article and letter.article.callback_url:
        message = "A batch calls back as a whole: send callback_url beside the file, as ?callback_url=…"
        error = LineError(line=letter.number, file=file, field="callback_url", code="not_here", message=message)
        return Line(letter.number, None, (error,))
    return Line(letter.number, letter.article, tuple(errors))
