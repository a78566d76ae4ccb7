"""Whom the articles name: what each calls them, and in which tone."""

from __future__ import annotations

from pydantic import Field

from ..report import EntityKind, LabelTone, Signed, Span, Voice
from ..report.spans import Record
from .rates import Column


class LabelUse(Record):
    """One thing that one outlet calls somebody, in its own voice."""

    text: str = Field(description="The label as most often written.")
    tone: LabelTone = Field(description="Whether it speaks badly or well of the entity.")
    count: int = Field(ge=1, description="How often.")
    spans: list[Span] = Field(description="Every place.")


class VoiceTone(Record):
    """Mean polarity of the mentions in one voice, with the number it rests on and its 95 % bootstrap interval."""

    polarity: Signed | None = Field(description="Mean of the mentions' polarities; null below the mentions needed.")
    mentions: int = Field(ge=0, description="How many mentions it rests on.")
    low: Signed | None = Field(default=None, description="Lower end of the interval, resampled over mentions.")
    high: Signed | None = Field(default=None, description="Upper end of the interval.")


class ToneDifference(Record):
    """How far two articles' tones toward one entity are apart: `a` minus `b`."""

    a: Column
    b: Column
    voice: Voice = Field(description="In whose voice.")
    difference: float = Field(ge=-2, le=2, description="Tone in `a` minus tone in `b`.")
    low: float = Field(ge=-2, le=2, description="Lower end of the 95 % bootstrap interval.")
    high: float = Field(ge=-2, le=2, description="Upper end of the interval.")
    distinguishable: bool = Field(description="False when the interval holds zero: no difference to speak of.")


class EntityInArticle(Record):
    """How one article treats an entity; no mentions: it does not name it."""

    mentions: int = Field(ge=0, description="How often it is named.")
    names: list[str] = Field(description="The forms of the name it uses, most frequent first.")
    spans: list[Span] = Field(description="Every mention.")
    labels: list[LabelUse] = Field(description="What the outlet's own voice calls it, most frequent first.")
    portrayal: Signed | None = Field(description="The report's portrayal: the outlet's own voice.")
    outlet: VoiceTone = Field(description="Tone of the mentions in the outlet's own voice.")
    quoted: VoiceTone = Field(description="Tone of the mentions inside quotation marks.")


class ComparedEntity(Record):
    """Somebody or something that two or more of the articles name."""

    name: str = Field(description="The fullest name any of the articles gives it.")
    kind: EntityKind = Field(description="What it is.")
    articles: int = Field(ge=2, description="How many of the articles name it.")
    by_article: list[EntityInArticle] = Field(description="One entry an article, in the order of `articles`.")
    tone_differences: list[ToneDifference] = Field(
        default=[], description="Of every two articles that have enough mentions in that voice."
    )
