"""The framing report: the contract between the analysis and everybody who reads it.

All offsets are Unicode code points into `article.text`; `text[start:end]` always equals a span's `text`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .article import ArticleFacts, Note, Origin, Provenance
from .cast import Attribution, AttributionItem, CastMember, Cue, NoReply, SourceSummary, Unheard, VagueMarker, VerbUse
from .framing import Act, Appearance, Device, Frame, Framing, Headline, Order, Party, StanceFinding
from .kinds import (
    ActForm,
    CastRole,
    Category,
    DeviceKind,
    Effect,
    EntityKind,
    Form,
    FrameName,
    Genre,
    LabelTone,
    Part,
    PersonRole,
    Polarity,
    Rate,
    Role,
    Share,
    Signed,
    SourceType,
    Stance,
    Tone,
    Verdict,
    Voice,
)
from .own import OwnCategory, OwnFinding
from .people import Agency, EntityFinding, Interval, Label, MentionFinding
from .spans import Finding, Record, Span
from .tone import ArcPoint, PairSentiment, Sentiment, TargetSentiment, TonePoint
from .wording import Because, QuotationFinding, SentenceFinding, Term, Vocabulary, VocabularyRates, VoiceRate


class Report(Record):
    """How one article frames its story."""

    id: str = Field(description="Hash of the article and of the engine's version.")
    schema_version: Literal["1", "2"] = Field(
        default="2", description="Version of this schema; it changes when a field goes or changes its meaning."
    )
    article: ArticleFacts = Field(description="What was read, as submitted.")
    provenance: Provenance = Field(description="Which engine, lexicons and models made it, and when.")
    sentences: list[SentenceFinding] = Field(description="Every sentence, in the order of the text.")
    quotations: list[QuotationFinding] | None = Field(
        default=None,
        description="Whose words stand where, in the order of the text; every `voice` comes from here. None of them "
        "overlap. Null in reports made before December 2026.",
    )
    vocabulary: Vocabulary = Field(description="Loaded words.")
    attribution: Attribution = Field(description="Who speaks.")
    sentiment: Sentiment = Field(description="How the text feels.")
    entities: list[EntityFinding] = Field(description="Who and what is named.")
    framing: Framing | None = Field(
        default=None, description="How the story is framed; null in reports of schema 1, and where nothing was read."
    )
    categories: list[OwnCategory] = Field(default=[], description="Categories of one's own, where some were asked for.")
    notes: list[Note] = Field(description="What to know before believing the rest.")


__all__ = [
    "Act",
    "ActForm",
    "Agency",
    "Appearance",
    "ArcPoint",
    "ArticleFacts",
    "Attribution",
    "AttributionItem",
    "Because",
    "CastMember",
    "CastRole",
    "Category",
    "Cue",
    "Device",
    "DeviceKind",
    "Effect",
    "EntityFinding",
    "EntityKind",
    "Finding",
    "Form",
    "Frame",
    "FrameName",
    "Framing",
    "Genre",
    "Headline",
    "Interval",
    "Label",
    "LabelTone",
    "MentionFinding",
    "NoReply",
    "Note",
    "Order",
    "Origin",
    "OwnCategory",
    "OwnFinding",
    "PairSentiment",
    "Part",
    "Party",
    "PersonRole",
    "Polarity",
    "Provenance",
    "QuotationFinding",
    "Rate",
    "Report",
    "Role",
    "SentenceFinding",
    "Sentiment",
    "Share",
    "Signed",
    "SourceSummary",
    "SourceType",
    "Span",
    "Stance",
    "StanceFinding",
    "TargetSentiment",
    "Term",
    "Tone",
    "TonePoint",
    "Unheard",
    "VagueMarker",
    "VerbUse",
    "Verdict",
    "Vocabulary",
    "VocabularyRates",
    "Voice",
    "VoiceRate",
]
