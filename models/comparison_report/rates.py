"""How often, and how far apart: what several parts of a comparison count in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..report import Rate, Voice
from ..report.spans import Record

Words = Annotated[int, Field(ge=0)]
Column = Annotated[int, Field(ge=0, description="Index into `articles`.")]


class RateInterval(Record):
    """A rate with its 95 % bootstrap interval, resampled over sentences; null interval: too little text."""

    count: int = Field(ge=0, description="Findings in that voice.")
    per_1000: Rate | None = Field(description="Per 1,000 words of that voice; null without words in it.")
    low: Rate | None = Field(description="Lower end of the 95 % interval, per 1,000 words; null with too little text.")
    high: Rate | None = Field(description="Upper end of the 95 % interval, per 1,000 words; null with too little text.")


class RatesApart(Record):
    """How far two articles' rates are apart: `a` minus `b`, per 1,000 words."""

    a: Column = Field(description="The article whose rate is taken, an index into `articles`.")
    b: Column = Field(description="The article whose rate is subtracted, an index into `articles`.")
    voice: Voice = Field(description="Whose words are counted.")
    difference: float = Field(description="Findings per 1,000 words, `a` minus `b`; no bound.")
    low: float = Field(description="Lower end of the 95 % bootstrap interval, per 1,000 words; no bound.")
    high: float = Field(description="Upper end of the 95 % bootstrap interval, per 1,000 words; no bound.")
    distinguishable: bool = Field(
        description="False, no difference to speak of, when the interval holds zero, or would if what an article says "
        "again and again in the same words counted once."
    )
