"""Who speaks in which article, through which verbs, and which words of theirs several carry."""

from __future__ import annotations

from pydantic import Field

from ..report import EntityKind, Share, SourceType, Span, Stance
from ..report.spans import Record
from .rates import Words


class CueUse(Record):
    """A verb that introduces a source's words."""

    lemma: str = Field(description="The verb in its dictionary form.")
    stance: Stance = Field(description="What it says of the words it introduces.")
    count: int = Field(ge=1, description="How often it introduces this source.")


class SourceInArticle(Record):
    """How much one article lets a source speak; no spans: not heard.

    Only what is certain enough to be missed elsewhere: quotations, and what a known verb of speech introduces.
    """

    words: Words = Field(description="Words given to it, each counted once.")
    quoted: Words = Field(default=0, description="How many of them stand in quotation marks.")
    by_name: list[Span] = Field(default=[], description="What is given to it by its name, and not to “he”.")
    share: Share = Field(description="Words given to it as a share of the article's words.")
    cues: list[CueUse] = Field(description="Most frequent first.")
    spans: list[Span] = Field(description="What it is given to say: content, not source or cue.")
    mentions: int = Field(ge=0, description="How often the article names it, heard or not.")


class ComparedSource(Record):
    """One source over all articles; those heard in fewer articles than they could be stand out by `heard_in`."""

    name: str = Field(description="The fullest name any of the articles gives it.")
    kind: EntityKind | None = Field(default=None, description="What it is, where the article names it; else null.")
    source_type: SourceType = Field(description="What kind of source it is.")
    heard_in: int = Field(ge=1, description="In how many of the articles it speaks.")
    by_article: list[SourceInArticle] = Field(description="One entry an article, in the order of `articles`.")


class QuotationInArticle(Record):
    """How one article introduces a quotation."""

    span: Span = Field(description="The quoted words.")
    source: Span | None = Field(
        description="Who says them, as this article names the source; null where it names nobody."
    )
    cue: Span | None = Field(description="The word that introduces them; null without one.")
    lemma: str | None = Field(description="The cue's dictionary form; null without a cue.")
    stance: Stance | None = Field(description="What the cue says of the words; null without a cue.")


class SharedQuotation(Record):
    """The same words of a source in two or more articles; null where an article does not carry them."""

    by_article: list[QuotationInArticle | None] = Field(
        description="One entry an article, in the order of `articles`; null where it does not carry the words."
    )
    text: str = Field(default="", description="The longest run of words that two of them share, as the first has it.")
    stances_differ: bool = Field(
        description="The articles introduce it by verbs of different stance, and none gives it to somebody else."
    )
