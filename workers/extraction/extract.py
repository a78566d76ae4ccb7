"""The extract: an article's text and what was found about it, before it is checked."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


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
