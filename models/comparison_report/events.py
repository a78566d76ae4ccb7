"""What the articles have to do with each other: one event or several, versions, shared passages, contradictions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..report import Share, Span, Voice
from ..report.spans import Record
from .rates import Column

ContradictionKind = Literal["number", "negation", "outcome"]


class PairSimilarity(Record):
    """How much two of the articles have to do with each other."""

    a: Column = Field(description="The one article, an index into `articles`.")
    b: Column = Field(description="The other article, an index into `articles`.")
    similarity: Share = Field(description="How much of the story the two share.")
    same: Share = Field(
        default=0.0, description="How likely the two tell one event, by deeds, words, places and dates."
    )
    same_event: bool = Field(description="`same` is at or above the threshold measured for reports of one event.")
    copied: Share = Field(description="Share of the shorter text's words that stand word for word in the other.")


class PassageInArticle(Record):
    """The passage as one article tells it."""

    span: Span = Field(description="The passage in this article.")
    voice: Voice = Field(description="Who says most of it.")
    differing: list[Span] = Field(
        description="Words inside `span` that stand in none of its counterparts, words of mere grammar left out."
    )


class Passage(Record):
    """One fact as several articles tell it, or a passage that only one of them has."""

    similarity: Share | None = Field(description="The weakest of the matches that join it; null when only one has it.")
    identical: bool = Field(
        description="Word for word the same but for words of mere grammar: an agency's or a source's text."
    )
    opposed: list[ContradictionKind] = Field(
        default=[], description="In what the passages are opposed, so that they tell no one fact; empty: in nothing."
    )
    only_in: Annotated[int, Field(ge=0)] | None = Field(
        description="Index of the one article that has it; null: shared."
    )
    by_article: list[PassageInArticle | None] = Field(
        description="One entry an article, in the order of `articles`; null where it has no such passage."
    )
    names: list[str] = Field(description="only_in: people, organizations and places that only this article names here.")
    sources: list[str] = Field(description="only_in: sources heard in it that no other article hears.")


class ClaimInArticle(Record):
    """What one article says where it contradicts another."""

    span: Span = Field(description="The sentence.")
    differing: list[Span] = Field(min_length=1, description="The words that differ: the number, the negated word.")
    voice: Voice = Field(description="Who says most of the sentence.")
    speaker: str | None = Field(description="Who is given the differing words, as the article names them, or null.")


class Contradiction(Record):
    """The same fact with another number or date, another outcome, or a negation: both can't be right."""

    kind: ContradictionKind = Field(
        description="number: numbers, dates, times; negation: 'not', 'no', un-; or outcome."
    )
    between_versions: bool = Field(description="All of them are versions of one outlet's article: it changed its text.")
    by_article: list[ClaimInArticle | None] = Field(
        description="One entry an article, in the order of `articles`; null where it says nothing of it."
    )


class AlteredPassage(Record):
    """One sentence before and after its outlet changed it."""

    before: Span = Field(description="In the earlier version, or in `a` where times are unknown.")
    after: Span = Field(description="In the later one.")
    removed: list[Span] = Field(description="Words of `before` that are gone.")
    inserted: list[Span] = Field(description="Words of `after` that are new.")


class Version(Record):
    """Two of the articles are one article of one outlet at two times."""

    a: Column
    b: Column
    earlier: Annotated[int, Field(ge=0)] | None = Field(
        description="Which came first, an index into `articles`; null: unknown."
    )
    kept: Share = Field(description="Share of the shorter text's words that stand in the other, in the same order.")
    altered: list[AlteredPassage] = Field(description="Sentences that were changed.")
    dropped: list[Span] = Field(description="Sentences that only the earlier one has.")
    added: list[Span] = Field(description="Sentences that only the later one has.")


class Event(Record):
    """Do all the articles tell one event?"""

    same: Share = Field(description="How likely: the least over all pairs.")
    verdict: Literal["same", "probably_same", "probably_different", "different"] = Field(
        description="The same in words; the middle two are as likely right as the number says."
    )
    why: list[str] = Field(description="What speaks for and against it, in plain words, most telling first.")
    versions: list[Version] = Field(description="Pairs that are one outlet's article at two times, not two views.")
