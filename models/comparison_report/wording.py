"""Loaded words, article by article, and the words that one uses more than the others."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..report import Category, Span, Tone, Voice
from ..report.spans import Record
from .rates import Column, RateInterval, RatesApart, Words


class LoadedWording(Record):
    """One loaded word or phrase of one article, however often it says it."""

    text: str = Field(description="As it stands first.")
    category: Category = Field(description="Why it is loaded.")
    tone: Tone = Field(description="Unkind or kind.")
    voice: Voice = Field(description="Who says it.")
    count: int = Field(ge=1, description="How often.")
    span: Span = Field(description="Where first.")


class VocabularyOfArticle(Record):
    """Loaded words of one article."""

    words: dict[Voice, Words] = Field(description="Words in each voice: the base of the rates.")
    total: dict[Voice, RateInterval] = Field(description="All categories together, by voice.")
    by_category: dict[Category, dict[Voice, RateInterval]] = Field(
        description="The same categories for every article: those with a term in at least one of them."
    )
    wordings: list[LoadedWording] = Field(default=[], description="The loaded words themselves, most frequent first.")


class RateDifference(RatesApart):
    """How far two articles' rates of loaded words are apart."""

    category: Category | None = Field(description="Null: all categories together.")


class ComparedVocabulary(Record):
    """Loaded words of the articles, side by side."""

    by_article: list[VocabularyOfArticle] = Field(description="One entry an article, in the order of `articles`.")
    differences: list[RateDifference] = Field(description="Every pair of articles, by voice and category.")


class TermInArticle(Record):
    """How much one article uses a term."""

    count: int = Field(ge=0, description="How often the article uses it.")
    z: float = Field(description="Weighted log-odds against the other articles, in standard deviations; no bound.")
    spans: list[Span] = Field(description="Its first places, a few at most.")


class DistinctiveTerm(Record):
    """A word or name that one article uses more than the others, beyond |z| > 1.96."""

    term: str = Field(description="The word, in lower case, or the name.")
    kind: Literal["word", "name"] = Field(description="A word, or the name of somebody or something.")
    article: Column = Field(description="The article it is distinctive of: the one with the highest z.")
    z: float = Field(ge=1.96, description="How distinctive, in standard deviations: 1.96 or more.")
    by_article: list[TermInArticle] = Field(description="One entry an article, in the order of `articles`.")
