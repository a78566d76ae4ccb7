"""Who speaks, as what, how much, and who stays unheard."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .kinds import CastRole, Share, SourceType, Stance
from .spans import Finding, Record, Span


class Cue(Span):
    """The word that says that somebody speaks."""

    lemma: str = Field(description="The verb or noun in its dictionary form.")
    stance: Stance = Field(description="What the verb says of the words it introduces.")


class AttributionItem(Finding):
    """Who said, thought or wrote what: source, cue and content."""

    kind: Literal["direct", "indirect", "mixed"] = Field(description="direct: quoted; indirect: retold; mixed: both.")
    source: Span | None = Field(description="Who says it, as the text names them; null where it names nobody.")
    cue: Cue | None = Field(description="The word that says that somebody speaks; null without one.")
    content: Span = Field(description="What is said.")
    source_parts: list[Span] = Field(default=[], description="Further pieces of a source that stands in several.")
    cue_parts: list[Span] = Field(default=[], description="Further pieces of the cue.")
    content_parts: list[Span] = Field(default=[], description="Further pieces of the content.")
    speaker: str | None = Field(description="Id of the entity who speaks.")
    source_type: SourceType = Field(description="What kind of source it is.")


class VerbUse(Record):
    """A verb that introduces a source, and how often."""

    lemma: str = Field(description="The verb in its dictionary form.")
    stance: Stance = Field(description="What it says of the words it introduces.")
    count: int = Field(ge=1, description="How often it introduces this source.")


class SourceSummary(Record):
    """One source over the whole article."""

    name: str = Field(description="The source as most fully named.")
    speaker: str | None = Field(description="Entity id, where the source is one.")
    source_type: SourceType = Field(description="What kind of source it is.")
    items: list[Annotated[int, Field(ge=0)]] = Field(description="Its statements: indices into attribution.items.")
    count: int = Field(ge=1, description="How many statements it makes.")
    words: int = Field(ge=0, description="Words of content given to it.")
    share: Share = Field(description="Those words as a share of the article's.")
    verbs: list[VerbUse] = Field(description="The verbs that introduce it, most frequent first.")
    first: int = Field(ge=0, description="First code point of its earliest content in article.text.")
    has_first_word: bool = Field(description="Its statement is the first of the article.")
    has_last_word: bool = Field(description="Its statement is the last of the article.")


class VagueMarker(Span):
    """Words that leave open who says so."""

    kind: Literal["vague_source", "passive", "adverb"] = Field(
        description="vague_source: nobody in particular speaks; passive: it hides who says so; "
        "adverb: a word in place of a source."
    )


class NoReply(Span):
    """Words by which somebody gave no answer."""

    entity: str | None = Field(description="Id of the entity who did not answer; null where the text names nobody.")


class CastMember(Record):
    """A source and the part it plays."""

    name: str = Field(description="The source as most fully named.")
    speaker: str | None = Field(default=None, description="Entity id, where the source is one.")
    role: CastRole = Field(description="What it speaks as.")
    side: str | None = Field(
        default=None, description="Party, agency or campaign it stands for, where the text tells it, in its words."
    )
    evidence: Span | None = Field(default=None, description="The words that show the role; null where the name does.")
    words: int = Field(ge=0, description="Words of content given to it.")
    accused: Span | None = Field(default=None, description="Where it is first accused; null where it is not.")
    answer: int | None = Field(
        default=None, ge=0, description="Words from there to its first own words after it; null where none come."
    )


class Unheard(Record):
    """Somebody whom the story accuses or touches, and who says nothing in it."""

    entity: str = Field(description="Id of the entity.")
    why: Literal["accused", "affected"] = Field(description="Why a fair reader would wait for its word.")
    evidence: Span = Field(description="Where the text accuses or touches it.")


class Attribution(Record):
    """Who speaks, how much, and who stays vague?"""

    items: list[AttributionItem] = Field(description="Every statement, in the order of the text.")
    sources: list[SourceSummary] = Field(description="Most words first.")
    vague: list[VagueMarker] = Field(description="Every marker of a source left vague, in the order of the text.")
    cast: list[CastMember] = Field(
        default=[], description="Every source once, with its role in the story; most words first."
    )
    unheard: list[Unheard] = Field(
        default=[], description="Who is accused or directly affected and has no word in the text."
    )
    no_reply: list[NoReply] = Field(
        default=[], description="Who refused or failed to answer: “declined to comment”. None of it is a statement."
    )
    attributed_share: Share | None = Field(
        description="Share of the words that stand inside some content; null when too short."
    )
