"""Whose words, how each sentence reads, and which words are loaded."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .kinds import Category, Form, Part, Rate, Role, Share, Signed, Tone, Voice
from .spans import Finding, Record, Span


class QuotationFinding(Record):
    """Words that are somebody else's, and whose."""

    start: int = Field(ge=0, description="First code point in article.text, marks included.")
    end: int = Field(ge=0, description="One past the last code point.")
    speaker: str | None = Field(description="Id of the entity whose words they are; null where the text names nobody.")
    form: Form = Field(
        description="What says so. marks: quotation marks, or dashes before speech; block: a block quote, or a "
        "statement after a colon; tweet: a post with its handle; turn: an answer of an interview or a transcript, "
        "behind its label; signed: a name under or behind it."
    )


class Because(Span):
    """One word's share of a sentence's bias."""

    weight: float = Field(
        description="Share of the logit behind `bias`; above 0 raises it, no bound. They add up to it."
    )


class SentenceFinding(Finding):
    """One sentence: where it is, and how it reads; `strength` and `shown` are of its being called biased."""

    start: int = Field(ge=0, description="First code point in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")
    part: Part = Field(description="Where in the article it stands; boilerplate counts in no measure.")
    bias: Share | None = Field(description="Calibrated probability that experts call it biased; null where not judged.")
    polarity: Signed = Field(description="TextBlob's polarity.")
    subjectivity: Share = Field(
        description="Probability that readers call it subjective; TextBlob's where the reader does not judge it."
    )
    opinion: Share | None = Field(
        default=None,
        description="Probability that it tells an opinion rather than a fact, a quotation or something else; null "
        "where not judged.",
    )
    role: Role | None = Field(
        default=None, description="What it does around the article's main event; null where not judged."
    )
    because: list[Because] = Field(
        description="What moved `bias` most, both ways, strongest first; never a masked name."
    )


class Term(Span, Finding):
    """One loaded word or phrase."""

    rule: str = Field(description="Id of the lexicon entry or model that found it.")
    category: Category = Field(description="In which way it is loaded.")
    tone: Tone = Field(description="Whether it speaks badly or well of its target.")
    strength: Share = Field(description="Probability that a careful reader accepts it as loaded here.")
    voice: Voice = Field(
        description="Who says it: the outlet; or somebody quoted (`quotations`), or said to call somebody so."
    )
    target: str | None = Field(description="Id of the entity it is about.")
    about: Span | None = Field(
        default=None, description="The words for whom or what it is about, where that is no entity: the bill, voters."
    )
    alternatives: list[str] = Field(description="Plainer words.")
    note: str = Field(description="Why it is loaded.")


class VoiceRate(Record):
    """How often, in one voice, against a reference of news articles."""

    count: int = Field(ge=0, description="Loaded words found in that voice.")
    words: int | None = Field(default=None, ge=0, description="Words of that voice; null in older reports.")
    per_1000: Rate = Field(description="Terms per 1,000 words of that voice.")
    percentile: Annotated[float, Field(ge=0, le=100)] | None = Field(
        description="Share of the reference's articles with a lower rate, in per cent; null without a reference."
    )


class VocabularyRates(Record):
    """Rates of loaded words; `by_category` holds own-voice and quoted counts per 1,000 words of the article."""

    outlet: VoiceRate = Field(description="The outlet's own voice.")
    quoted: VoiceRate = Field(description="In quoted words (`quotations`).")
    by_category: dict[Category, dict[Voice, Rate]] = Field(
        description="Terms per 1,000 words of the article, by category and voice, 0 or more."
    )
    reference: str = Field(
        description="What the percentiles are measured against: articles of its genre, where there are enough."
    )
    reference_articles: int = Field(ge=0, description="How many articles that are.")


class Vocabulary(Record):
    """Which words are loaded, and how often against a reference?"""

    terms: list[Term] = Field(
        description="Every word that may be loaded, in the order of the text; `shown` says which are sure enough."
    )
    rates: VocabularyRates | None = Field(
        description="Of the shown terms alone. Null when the text is too short or not in English."
    )

    @property
    def shown(self) -> list[Term]:
        """The loaded words that are sure enough for the default view: the only ones that are counted."""
        return [term for term in self.terms if term.shown]
