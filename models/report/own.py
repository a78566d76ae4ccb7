"""Categories of one's own."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .kinds import Share
from .spans import Record


class OwnFinding(Record):
    """A place that a category of somebody's own was found in: the article or a sentence."""

    start: int = Field(ge=0, description="First code point in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")
    category: str = Field(description="Which, in its maker's words.")
    probability: Share = Field(description="How sure.")


class OwnCategory(Record):
    """What a classifier that somebody learnt from their own codes says (docs/rooms.md)."""

    name: str = Field(description="What its maker calls it.")
    version: str = Field(description="A hash of the classifier.")
    unit: Literal["article", "sentence"] = Field(description="What it judges.")
    findings: list[OwnFinding] = Field(description="In the order of the text.")
