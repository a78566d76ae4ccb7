"""What is kept of a report for its outlet, and what an outlet's reports come to together."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..report import Category, SourceType, Stance, Voice

FEWEST_ARTICLES = 10
"""Below, no figure is given (as in the reference, research.training.reference)."""

Apart = Literal["more", "less", "no_difference"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Heard(_Record):
    """One kind of source, or one source, in one article or in many."""

    articles: int = Field(ge=0, description="Articles in which it is heard.")
    statements: int = Field(ge=0, description="Statements of it.")
    words: int = Field(ge=0, description="Words of content given to it.")


class Counts(_Record):
    """What one report adds to its outlet's figures."""

    words: dict[Voice, int]
    terms: dict[Category, dict[Voice, int]]
    verbs: dict[Stance, dict[str, int]] = Field(description="Lemmas and how often, by stance.")
    sources: dict[SourceType, Heard]
    speakers: dict[str, int] = Field(description="Named sources and the words given to each.")


class Interval(_Record):
    """A figure over several articles, with what resampling the articles makes of it."""

    count: int = Field(ge=0, description="How many were counted.")
    value: float = Field(ge=0, description="The rate or share.")
    low: float = Field(ge=0, description="Lower end of the 95 % interval.")
    high: float = Field(ge=0, description="Upper end of the 95 % interval.")


class Rate(Interval):
    """Loaded words per 1,000 words of their voice, beside the reference of news articles."""

    reference: float | None = Field(ge=0, description="The same rate in the reference; null without one.")
    against_reference: Apart | None = Field(description="Whether the interval lies above, below or around it.")


class Verb(_Record):
    """A verb that introduces statements."""

    lemma: str = Field(description="The verb's base form.")
    stance: Stance = Field(description="How the verb treats what is said.")
    count: int = Field(ge=1, description="Statements that it introduces.")


class Speaker(_Record):
    """A named source."""

    name: str = Field(description="As the articles name it.")
    articles: int = Field(ge=1, description="Articles in which it is heard.")
    words: int = Field(ge=0, description="Words of content given to it.")


class Figures(_Record):
    """What an outlet's articles come to together; given from 10 articles on."""

    words: dict[Voice, Annotated[int, Field(ge=0)]] = Field(
        description="Words of its articles by voice, boilerplate left out."
    )
    total: dict[Voice, Rate] = Field(description="All loaded words, per 1,000 words of that voice.")
    by_category: dict[Category, dict[Voice, Rate]] = Field(description="The same by category.")
    stances: dict[Stance, Interval] = Field(description="Shares (0 to 1) of the verbs that introduce statements.")
    verbs: list[Verb] = Field(description="The most frequent verbs, at most 20.")
    sources: dict[SourceType, Interval] = Field(description="Shares (0 to 1) of the words given to sources, by kind.")
    speakers: list[Speaker] = Field(description="Named sources heard in most articles, at most 20.")


def name_key(outlet: str) -> str:
    """The one spelling under which an outlet is filed: case, accents' encoding and white space make no difference."""
    return " ".join(unicodedata.normalize("NFKC", outlet).casefold().split())
