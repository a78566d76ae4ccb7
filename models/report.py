"""The framing report: the contract between the analysis and everybody who reads it.

All offsets are Unicode code points into `article.text`; `text[start:end]` always equals a span's `text`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1"

Part = Literal["headline", "lead", "body", "boilerplate"]
Voice = Literal["outlet", "quoted"]
Tone = Literal["negative", "positive"]
LabelTone = Literal["negative", "neutral", "positive"]
Stance = Literal["neutral", "endorsing", "doubting", "emotive", "unclassified"]
SourceType = Literal["named", "official", "state_media", "media", "document", "unnamed", "vague"]
EntityKind = Literal["person", "organization", "place", "other"]
Polarity = Literal[-1, 0, 1]
Category = Literal[
    "label", "verdict", "contempt", "praise", "fear", "violence", "exaggeration",
    "euphemism", "contested", "presupposition", "doubt", "scare_quotes", "other",
]  # fmt: skip

Share = Annotated[float, Field(ge=0, le=1)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Rate = Annotated[float, Field(ge=0)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(_Record):
    """Exact words of the article."""

    start: int = Field(ge=0, description="First code point in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")
    text: str = Field(description="article.text[start:end].")


class ArticleFacts(_Record):
    """What was read."""

    id: str | int | None = Field(default=None, description="The caller's own name for the article, given back.")
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    text: str = Field(description="The title, a blank line and the body as submitted, never altered.")
    sha256: str = Field(description="SHA-256 of text in UTF-8, hexadecimal.")
    title_end: int = Field(ge=0, description="Where the headline ends in text; 0 without one.")
    language: str = Field(description="ISO 639-1 code of the language found; 'und' when unclear.")
    words: int = Field(ge=0, description="Words outside boilerplate, the base of every rate.")


class Origin(_Record):
    """Where the text was extracted from."""

    kind: Literal["link", "html", "file"] = Field(description="What was submitted instead of text.")
    name: str | None = Field(default=None, description="The address as submitted, or the file's name.")
    fetched: str | None = Field(default=None, description="Address of the page that was read, after all redirects.")
    encoding: str | None = Field(default=None, description="The encoding by which its bytes were read.")
    encoding_guessed: bool = Field(default=False, description="True where nothing said which encoding it is.")
    tool: str = Field(description="The library that found the text, with its version.")
    extracted_at: str = Field(description="When, UTC, ISO 8601.")


class Provenance(_Record):
    """What made this report."""

    engine: str = Field(description="Version of Parallax's analysis.")
    lexicons: dict[str, str] = Field(description="Version (content hash) of every lexicon used.")
    models: dict[str, str] = Field(description="Version of every trained model used.")
    analyzed_at: str = Field(description="When, UTC, ISO 8601.")
    milliseconds: float = Field(ge=0, description="How long the analysis took.")
    origin: Origin | None = Field(
        default=None, description="Where the text was extracted from; null when the article came as text."
    )


class Because(Span):
    """One word's share of a sentence's bias."""

    weight: float = Field(description="Share of the logit behind `bias`; above 0 raises it. All shares add up to it.")


class SentenceFinding(_Record):
    """One sentence: where it is, and how it reads."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    part: Part
    bias: Share | None = Field(description="Calibrated probability that experts call it biased; null where not judged.")
    polarity: Signed = Field(description="TextBlob's polarity.")
    subjectivity: Share = Field(description="TextBlob's subjectivity.")
    because: list[Because] = Field(description="What moved `bias` most, both ways, strongest first.")


class Term(Span):
    """One loaded word or phrase."""

    rule: str = Field(description="Id of the lexicon entry or model that found it.")
    category: Category
    tone: Tone
    strength: Share = Field(description="How sure it is loaded here: a calibrated probability.")
    voice: Voice = Field(description="Who says it: the outlet, or somebody inside quotation marks.")
    target: str | None = Field(description="Id of the entity it is about.")
    alternatives: list[str] = Field(description="Plainer words.")
    note: str = Field(description="Why it is loaded.")


class VoiceRate(_Record):
    """How often, in one voice, against a reference of news articles."""

    count: int = Field(ge=0)
    per_1000: Rate = Field(description="Terms per 1,000 words of that voice.")
    percentile: Annotated[float, Field(ge=0, le=100)] | None = Field(
        description="Share of the reference's articles with a lower rate, in per cent; null without a reference."
    )


class VocabularyRates(_Record):
    """Rates of loaded words; `by_category` holds own-voice and quoted counts per 1,000 words of the article."""

    outlet: VoiceRate
    quoted: VoiceRate
    by_category: dict[Category, dict[Voice, float]]
    reference: str = Field(description="What the percentiles are measured against.")
    reference_articles: int = Field(ge=0)


class Vocabulary(_Record):
    terms: list[Term]
    rates: VocabularyRates | None = Field(description="Null when the text is too short or not in English.")


class Cue(Span):
    lemma: str
    stance: Stance


class AttributionItem(_Record):
    """Who said, thought or wrote what: source, cue and content."""

    kind: Literal["direct", "indirect", "mixed"]
    source: Span | None
    cue: Cue | None
    content: Span
    source_parts: list[Span] = []
    cue_parts: list[Span] = []
    content_parts: list[Span] = []
    speaker: str | None = Field(description="Id of the entity who speaks.")
    source_type: SourceType


class VerbUse(_Record):
    lemma: str
    stance: Stance
    count: int


class SourceSummary(_Record):
    """One source over the whole article."""

    name: str
    speaker: str | None = Field(description="Entity id, where the source is one.")
    source_type: SourceType
    items: list[int] = Field(description="Indices into attribution.items.")
    count: int
    words: int = Field(description="Words of content given to it.")
    share: Share = Field(description="Those words as a share of the article's.")
    verbs: list[VerbUse]
    first: int = Field(description="Offset of its earliest content.")
    has_first_word: bool
    has_last_word: bool


class VagueMarker(Span):
    kind: Literal["vague_source", "passive", "adverb"]


class Attribution(_Record):
    items: list[AttributionItem]
    sources: list[SourceSummary] = Field(description="Most words first.")
    vague: list[VagueMarker]
    attributed_share: Share | None = Field(
        description="Share of the words that stand inside some content; null when too short."
    )


class TonePoint(_Record):
    """Polarity of a stretch of text, with the words it rests on."""

    polarity: Signed
    subjectivity: Share
    words: int = Field(ge=0)


class ArcPoint(TonePoint):
    start: int
    end: int


class TargetSentiment(Span):
    polarity: Polarity
    probabilities: dict[Literal["negative", "neutral", "positive"], Share]


class Sentiment(_Record):
    headline: TonePoint | None
    body: TonePoint | None
    outlet_voice: TonePoint | None
    quoted_voice: TonePoint | None
    arc: list[ArcPoint] = Field(description="One point a paragraph of lead and body.")
    targets: list[TargetSentiment] = Field(description="The spans the caller asked about.")


class MentionFinding(Span):
    polarity: Polarity
    sure: Share
    voice: Voice


class Label(Span):
    """What the outlet's own voice calls an entity."""

    tone: LabelTone


class Agency(_Record):
    """Shares of an entity's mentions in each role; they add up to at most 1."""

    acts: Share
    acted_on: Share
    speaks: Share
    mentions: int = Field(ge=0)


class EntityFinding(_Record):
    id: str
    name: str
    kind: EntityKind
    mentions: list[MentionFinding]
    labels: list[Label]
    portrayal: Signed | None = Field(
        description="Mean polarity in the outlet's own voice; null below the mentions needed."
    )
    portrayal_mentions: int = Field(ge=0, description="How many own-voice mentions portrayal rests on.")
    agency: Agency | None


class Note(_Record):
    code: str
    message: str


class Report(_Record):
    """How one article frames its story."""

    id: str
    schema_version: Literal["1"] = "1"
    article: ArticleFacts
    provenance: Provenance
    sentences: list[SentenceFinding]
    vocabulary: Vocabulary
    attribution: Attribution
    sentiment: Sentiment
    entities: list[EntityFinding]
    notes: list[Note]
