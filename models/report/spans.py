"""What every finding has: its exact words, and how sure it is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from .kinds import Share


class Record(BaseModel):
    """A part of a report or of a comparison: no other fields, none changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Record):
    """Exact words of the article."""

    start: int = Field(ge=0, description="First code point in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")
    text: str = Field(description="article.text[start:end].")


class Finding(Record):
    """What every finding says of itself."""

    strength: Share | None = Field(
        default=None, description="Probability that a careful reader accepts it as it stands; null where not measured."
    )
    shown: bool = Field(default=True, description="Is it sure enough for the default view? Rates count no other.")
