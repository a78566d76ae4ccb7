"""The extract: an article's text and what was found about it, before it is checked."""

from __future__ import annotations

import re
from html import unescape

from pydantic import BaseModel, ConfigDict

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
    return " ".join(_TAG.sub("", value).split()) or None
