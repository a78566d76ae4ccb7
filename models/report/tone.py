"""How the text feels, as a whole and toward the spans asked about."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .kinds import Polarity, Share, Signed
from .spans import Record, Span


class TonePoint(Record):
    """Polarity of a stretch of text, with the words it rests on."""

    polarity: Signed = Field(description="TextBlob's polarity: -1 negative, 1 positive.")
    subjectivity: Share = Field(description="TextBlob's subjectivity: 0 factual, 1 personal.")
    words: int = Field(ge=0, description="Words it rests on.")


class ArcPoint(TonePoint):
    """Tone of one paragraph."""

    start: int = Field(ge=0, description="First code point in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")


class TargetSentiment(Span):
    """How the text feels toward a span the caller asked about."""

    polarity: Polarity = Field(description="How the text feels toward it: -1 negative, 0 neutral, 1 positive.")
    probabilities: dict[Literal["negative", "neutral", "positive"], Share] = Field(
        description="How sure of each, 0 to 1; they add up to 1."
    )


class PairSentiment(Record):
    """Who of two is for or against the other, as their sentence tells it."""

    p: Span = Field(description="The first span of the pair, as it was asked about.")
    q: Span = Field(description="The second.")
    label: Literal["none", "p_for_q", "q_for_p", "p_against_q", "q_against_p"] = Field(description="The likeliest.")
    probability: Share = Field(description="How sure of it: a probability.")


class Sentiment(Record):
    """How does the text feel, as a whole and toward the spans asked about?"""

    headline: TonePoint | None = Field(description="Tone of the headline; null without one.")
    body: TonePoint | None = Field(description="Tone of lead and body; null without words.")
    outlet_voice: TonePoint | None = Field(description="Tone of the outlet's own words; null without any.")
    quoted_voice: TonePoint | None = Field(description="Tone of the quoted words; null without any.")
    arc: list[ArcPoint] = Field(description="One point a paragraph of lead and body.")
    targets: list[TargetSentiment] = Field(description="The spans the caller asked about.")
    pairs: list[PairSentiment] = Field(default=[], description="The pairs of spans the caller asked about.")
