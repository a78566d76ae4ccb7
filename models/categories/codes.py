"""Codes from files: a table with a column for the text and one for the category, JSON Lines, or a room's export."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..article import Article
from ..coding.entries import Coding, collect
from ..coding.entries import read as read_entries
from .units import Codes, Kind

_TEXT = ("text", "example", "body", "content", "article", "headline", "sentence")
_CATEGORY = ("category", "label", "code", "frame", "class")
ROOM = "parallax-room-1"


class CodesRefused(ValueError):
    """A file holds no codes that can be learnt from; the message says which line, and why."""


@dataclass(frozen=True, slots=True)
class CodedText:
    """One article with what was coded in it."""

    id: str
    article: Article
    codes: Codes


class _Mark(BaseModel):
    model_config = ConfigDict(extra="ignore")

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    category: str = Field(min_length=1, max_length=200)


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: str = Field(min_length=1)
    title: str | None = None
    id: str | int | None = None
    category: str | None = Field(default=None, min_length=1, max_length=200)
    marks: list[_Mark] | None = None

    @model_validator(mode="after")
    def _is_coded(self) -> _Line:
        if self.category is None and self.marks is None:
            raise ValueError("needs `category`, or `marks` (an empty list where nothing was to be marked)")
        return self


def read(path: Path, layer: str | None = None) -> tuple[list[CodedText], Kind]:
    """The coded articles of a file, and what was coded in it: articles, or sentences. Raises CodesRefused, OSError.

    Of a room's export the layer or question `layer` is taken: a question as most answer it, marks as the first has them
    who coded the article to the end.
    """
    if path.suffix.lower() in (".csv", ".tsv"):
        return list(_read_table(path)), "article"
    content = path.read_text(encoding="utf-8-sig")
    if content.lstrip().startswith("{") and f'"{ROOM}"' in content[:200]:
        return read_room(json.loads(content), layer)
    coded = list(_read_lines(content.splitlines()))
    kinds = {one.codes.category is None for one in coded}
    if len(kinds) > 1:
        raise CodesRefused(f"{path}: some lines have `category` and some `marks`; one file codes articles or words")
    return coded, "sentence" if kinds == {True} else "article"


def read_room(room: Any, layer: str | None) -> tuple[list[CodedText], Kind]:
    """What a room's export says by one layer of its codebook, or one question to the whole article.

    Raises CodesRefused where the codebook has no such layer or question.
    """
    layers = [one["id"] for one in room["codebook"].get("layers", [])]
    levels = [one["id"] for one in room["codebook"].get("levels", [])]
    if layer is None or layer not in (*layers, *levels):
        raise CodesRefused(f"say which layer or question of the room is meant: {', '.join([*layers, *levels])}")
    kind: Kind = "article" if layer in levels else "sentence"
    coded = []
    for held in room["articles"]:
        codings = [collect(read_entries(json.dumps(one) for one in said)) for said in held["said"].values()]
        facts = held["article"]
        codes = take([one for one in codings if one.done], layer, kind)
        if codes and facts is not None:
            coded.append(CodedText(held["id"], split(facts["title"], facts["text"], facts["title_end"]), codes))
    return coded, kind


def take(codings: Sequence[Coding], layer: str, kind: Kind) -> Codes | None:
    """What those who coded an article to the end say by one layer or question: the answer that most give, the marks of
    the first of them. None where nobody says anything."""
    if kind == "sentence":
        marks = [mark for one in codings[:1] for mark in one.marks if mark.layer == layer]
        return Codes(marks=[(mark.start, mark.end, mark.category) for mark in marks]) if codings else None
    answers = [one.levels[layer] for one in codings if layer in one.levels]
    return Codes(category=max(dict.fromkeys(answers), key=answers.count)) if answers else None


def split(title: str | None, text: str, title_end: int) -> Article:
    """The article that a stored text (title, blank line, body) was made of."""
    article = Article(title=title, text=text[title_end:].lstrip("\n") if title_end else text)
    return article if article.full_text == text else Article(text=text)


def _read_table(path: Path) -> Iterator[CodedText]:
    with path.open(encoding="utf-8-sig", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
        names = {name.strip().casefold(): name for name in rows.fieldnames or ()}
        text, category = (next((names[one] for one in known if one in names), None) for known in (_TEXT, _CATEGORY))
        if text is None or category is None:
            raise CodesRefused(
                f"{path}: the first row must name a column with the text ({', '.join(_TEXT)}) and one with the "
                f"category ({', '.join(_CATEGORY)})"
            )
        for row in rows:
            if (row[text] or "").strip() and (row[category] or "").strip():
                article = _article(f"{path}, line {rows.line_num}", row[text], None)
                yield CodedText(str(rows.line_num), article, Codes(category=row[category].strip()))


def _read_lines(lines: Iterable[str]) -> Iterator[CodedText]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = _Line.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "the line"
            raise CodesRefused(f"line {number}: {field}: {first['msg']}") from None
        article = _article(f"line {number}", told.text, told.title)
        marks = [(mark.start, mark.end, mark.category) for mark in told.marks or ()]
        yield CodedText(f"{number}", article, Codes(told.category, marks))


def _article(place: str, text: str, title: str | None) -> Article:
    try:
        return Article(text=text, title=title)
    except ValidationError as error:
        raise CodesRefused(f"{place}: {error.errors()[0]['msg']}") from None
