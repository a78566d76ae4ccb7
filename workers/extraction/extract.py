"""The extract: an article's text and what was found about it, before it is checked."""

from __future__ import annotations

import re
from html import unescape
from typing import cast

from pydantic import BaseModel, ConfigDict, ValidationError

from models.article import Facts

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MOST_ESCAPED = 3  # times
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)


class Extract(BaseModel):
    """What was read out of a page or a file. Anything may be missing but the text."""

    model_config = ConfigDict(frozen=True)

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    tool: str
    """The library that found the text, with its version."""
    encoding: str | None = None
    guessed: bool = False
    """Is the encoding only the likeliest one?"""
    notes: tuple[str, ...] = ()
    """What its reader must know of it: names in `notes.toml`."""


def plain(value: object) -> str | None:
    """A line of text as a person reads it: no tags, no signs escaped once or twice, single spaces. None if empty."""
    if not isinstance(value, str):
        return None
    for _ in range(_MOST_ESCAPED):
        value, before = unescape(value), value
        if value == before:
            break
    return " ".join(_TAG.sub("", _NO_TEXT.sub("", value)).split()) or None


def accept(name: str, value: str | None) -> str | None:
    """What may be said of an article under this name (`models.article.Facts`); None where it may not be."""
    if value is None:
        return None
    try:
        checked = Facts.model_validate({name: strip_controls(value)})
    except ValidationError:
        return None
    return cast(str | None, getattr(checked, name))


def strip_controls(text: str) -> str:
    """The text without the signs that no article may hold."""
    return _NO_TEXT.sub("", text)
