"""The comparison: the contract between `models.comparison` and everybody who reads it.

Every `by_article` list has one entry an article, in the order of `articles`. Spans are exact places in the
text of the article whose entry they stand in: Unicode code points, as in that article's report.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from .compared_framing import (
    Column,
    ComparedAct,
    ComparedCast,
    ComparedDevices,
    ComparedFrame,
    ComparedOrder,
    ComparedStance,
    HeadlineOfArticle,
    RateInterval,
    RatesApart,
    Words,
)
from .report import Category, EntityKind, LabelTone, Note, Share, Signed, SourceType, Span, Stance, Tone, Voice

SCHEMA_VERSION = "2"

ContradictionKind = Literal["number", "negation", "outcome"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ComparedArticle(_Record):
    """One column of the comparison."""

    id: str = Field(description="Id of its report.")
    name: str = Field(
        default="",
        description="What the column is called: the outlet, else the headline, else the file's name or the first "
        "words; numbered where two would be called alike. Empty in comparisons of schema 1.",
    )
    outlet: str | None = Field(description="Who published it; null when not given.")
    title: str | None = Field(description="Its headline; null without one.")
    published: str | None = Field(description="When it was published, ISO 8601; null when not given.")
    url: str | None = Field(description="Where it stands; null when not given.")
    language: str = Field(description="ISO 639-1 code of the language found; 'und' when unclear.")
    words: Words = Field(description="Words outside boilerplate.")


class PairSimilarity(_Record):
    """How much two of the articles have to do with each other."""

    a: Column = Field(description="The one article, an index into `articles`.")
    b: Column = Field(description="The other article, an index into `articles`.")
    similarity: Share = Field(description="How much of the story the two share.")
    same: Share = Field(
        default=0.0, description="How likely the two tell one event, by deeds, words, places and dates."
    )
    same_event: bool = Field(description="`same` is at or above the threshold measured for reports of one event.")
    copied: Share = Field(description="Share of the shorter text's words that stand word for word in the other.")


class LabelUse(_Record):
    """One thing that one outlet calls somebody, in its own voice."""

    text: str = Field(description="The label as most often written.")
    tone: LabelTone = Field(description="Whether it speaks badly or well of the entity.")
    count: int = Field(ge=1, description="How often.")
    spans: list[Span] = Field(description="Every place.")


class VoiceTone(_Record):
    """Mean polarity of the mentions in one voice, with the number it rests on and its 95 % bootstrap interval."""

    polarity: Signed | None = Field(description="Mean of the mentions' polarities; null below the mentions needed.")
    mentions: int = Field(ge=0, description="How many mentions it rests on.")
    low: Signed | None = Field(default=None, description="Lower end of the interval, resampled over mentions.")
    high: Signed | None = Field(default=None, description="Upper end of the interval.")


class ToneDifference(_Record):
    """How far two articles' tones toward one entity are apart: `a` minus `b`."""

    a: Column
    b: Column
    voice: Voice = Field(description="In whose voice.")
    difference: float = Field(ge=-2, le=2, description="Tone in `a` minus tone in `b`.")
    low: float = Field(ge=-2, le=2, description="Lower end of the 95 % bootstrap interval.")
    high: float = Field(ge=-2, le=2, description="Upper end of the interval.")
    distinguishable: bool = Field(description="False when the interval holds zero: no difference to speak of.")


class EntityInArticle(_Record):
    """How one article treats an entity; no mentions: it does not name it."""

    mentions: int = Field(ge=0, description="How often it is named.")
    names: list[str] = Field(description="The forms of the name it uses, most frequent first.")
    spans: list[Span] = Field(description="Every mention.")
    labels: list[LabelUse] = Field(description="What the outlet's own voice calls it, most frequent first.")
    portrayal: Signed | None = Field(description="The report's portrayal: the outlet's own voice.")
    outlet: VoiceTone = Field(description="Tone of the mentions in the outlet's own voice.")
    quoted: VoiceTone = Field(description="Tone of the mentions inside quotation marks.")


class ComparedEntity(_Record):
    """Somebody or something that two or more of the articles name."""

    name: str = Field(description="The fullest name any of the articles gives it.")
    kind: EntityKind = Field(description="What it is.")
    articles: int = Field(ge=2, description="How many of the articles name it.")
    by_article: list[EntityInArticle] = Field(description="One entry an article, in the order of `articles`.")
    tone_differences: list[ToneDifference] = Field(
        default=[], description="Of every two articles that have enough mentions in that voice."
    )


class CueUse(_Record):
    """A verb that introduces a source's words."""

    lemma: str = Field(description="The verb in its dictionary form.")
    stance: Stance = Field(description="What it says of the words it introduces.")
    count: int = Field(ge=1, description="How often it introduces this source.")


class SourceInArticle(_Record):
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


class ComparedSource(_Record):
    """One source over all articles; those heard in fewer articles than they could be stand out by `heard_in`."""

    name: str = Field(description="The fullest name any of the articles gives it.")
    kind: EntityKind | None = Field(default=None, description="What it is, where the article names it; else null.")
    source_type: SourceType = Field(description="What kind of source it is.")
    heard_in: int = Field(ge=1, description="In how many of the articles it speaks.")
    by_article: list[SourceInArticle] = Field(description="One entry an article, in the order of `articles`.")


class QuotationInArticle(_Record):
    """How one article introduces a quotation."""

    span: Span = Field(description="The quoted words.")
    source: Span | None = Field(
        description="Who says them, as this article names the source; null where it names nobody."
    )
    cue: Span | None = Field(description="The word that introduces them; null without one.")
    lemma: str | None = Field(description="The cue's dictionary form; null without a cue.")
    stance: Stance | None = Field(description="What the cue says of the words; null without a cue.")


class SharedQuotation(_Record):
    """The same words of a source in two or more articles; null where an article does not carry them."""

    by_article: list[QuotationInArticle | None] = Field(
        description="One entry an article, in the order of `articles`; null where it does not carry the words."
    )
    text: str = Field(default="", description="The longest run of words that two of them share, as the first has it.")
    stances_differ: bool = Field(
        description="The articles introduce it by verbs of different stance, and none gives it to somebody else."
    )


class LoadedWording(_Record):
    """One loaded word or phrase of one article, however often it says it."""

    text: str = Field(description="As it stands first.")
    category: Category = Field(description="Why it is loaded.")
    tone: Tone = Field(description="Unkind or kind.")
    voice: Voice = Field(description="Who says it.")
    count: int = Field(ge=1, description="How often.")
    span: Span = Field(description="Where first.")


class VocabularyOfArticle(_Record):
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


class ComparedVocabulary(_Record):
    """Loaded words of the articles, side by side."""

    by_article: list[VocabularyOfArticle] = Field(description="One entry an article, in the order of `articles`.")
    differences: list[RateDifference] = Field(description="Every pair of articles, by voice and category.")


class TermInArticle(_Record):
    """How much one article uses a term."""

    count: int = Field(ge=0, description="How often the article uses it.")
    z: float = Field(description="Weighted log-odds against the other articles, in standard deviations; no bound.")
    spans: list[Span] = Field(description="Its first places, a few at most.")


class DistinctiveTerm(_Record):
    """A word or name that one article uses more than the others, beyond |z| > 1.96."""

    term: str = Field(description="The word, in lower case, or the name.")
    kind: Literal["word", "name"] = Field(description="A word, or the name of somebody or something.")
    article: Column = Field(description="The article it is distinctive of: the one with the highest z.")
    z: float = Field(ge=1.96, description="How distinctive, in standard deviations: 1.96 or more.")
    by_article: list[TermInArticle] = Field(description="One entry an article, in the order of `articles`.")


class PassageInArticle(_Record):
    """The passage as one article tells it."""

    span: Span = Field(description="The passage in this article.")
    voice: Voice = Field(description="Who says most of it.")
    differing: list[Span] = Field(
        description="Words inside `span` that stand in none of its counterparts, words of mere grammar left out."
    )


class Passage(_Record):
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


class ClaimInArticle(_Record):
    """What one article says where it contradicts another."""

    span: Span = Field(description="The sentence.")
    differing: list[Span] = Field(min_length=1, description="The words that differ: the number, the negated word.")
    voice: Voice = Field(description="Who says most of the sentence.")
    speaker: str | None = Field(description="Who is given the differing words, as the article names them, or null.")


class Contradiction(_Record):
    """The same fact with another number or date, another outcome, or a negation: both can't be right."""

    kind: ContradictionKind = Field(
        description="number: numbers, dates, times; negation: 'not', 'no', un-; or outcome."
    )
    between_versions: bool = Field(description="All of them are versions of one outlet's article: it changed its text.")
    by_article: list[ClaimInArticle | None] = Field(
        description="One entry an article, in the order of `articles`; null where it says nothing of it."
    )


class AlteredPassage(_Record):
    """One sentence before and after its outlet changed it."""

    before: Span = Field(description="In the earlier version, or in `a` where times are unknown.")
    after: Span = Field(description="In the later one.")
    removed: list[Span] = Field(description="Words of `before` that are gone.")
    inserted: list[Span] = Field(description="Words of `after` that are new.")


class Version(_Record):
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


class Event(_Record):
    """Do all the articles tell one event?"""

    same: Share = Field(description="How likely: the least over all pairs.")
    verdict: Literal["same", "probably_same", "probably_different", "different"] = Field(
        description="The same in words; the middle two are as likely right as the number says."
    )
    why: list[str] = Field(description="What speaks for and against it, in plain words, most telling first.")
    versions: list[Version] = Field(description="Pairs that are one outlet's article at two times, not two views.")


class Comparison(_Record):
    """Two to six reports side by side."""

    id: str | None = Field(
        default=None, description="Its permanent name: a hash of its reports and the engine; null without a server."
    )
    schema_version: Literal["1", "2"] = Field(
        default="2", description="Version of this schema; it changes when a field goes or changes its meaning."
    )
    articles: list[ComparedArticle] = Field(description="The columns, in the order asked for.")
    similarity: Share = Field(description="How much of the story is shared: the mean over all pairs.")
    event: Event | None = Field(
        default=None, description="Do they tell one event? Null in comparisons kept from before this was asked."
    )
    contradictions: list[Contradiction] = Field(
        default=[], description="What they can't both be right about, in the order of the first article."
    )
    headlines: list[HeadlineOfArticle] = Field(
        default=[], description="The headlines side by side: one entry an article, in the order of `articles`."
    )
    acts: list[ComparedAct] = Field(
        default=[], description="The same deed, told by each; those first in which they differ in who does it."
    )
    frames: list[ComparedFrame] = Field(default=[], description="Frames that differ first.")
    devices: ComparedDevices | None = Field(
        default=None, description="Framing by sentences; null where no report of two looked for it."
    )
    stances: list[ComparedStance] = Field(
        default=[], description="Who is for or against whom, told by two articles or more first."
    )
    cast: ComparedCast | None = Field(
        default=None, description="Sources by role and side; null where no report of two looked for it."
    )
    order: list[ComparedOrder] = Field(default=[], description="Who comes first, in the order of the first article.")
    pairs: list[PairSimilarity] = Field(description="Every two of the articles.")
    entities: list[ComparedEntity] = Field(description="Shared by most articles first, then by mentions.")
    sources: list[ComparedSource] = Field(description="Most words first.")
    quotations: list[SharedQuotation] = Field(description="Words of a source that several articles carry.")
    vocabulary: ComparedVocabulary = Field(description="Loaded words, article by article.")
    distinctive: list[DistinctiveTerm] = Field(description="By article, then by z.")
    passages: list[Passage] = Field(
        description="Shared ones in the order of the first article, then those only one has."
    )
    notes: list[Note] = Field(description="What to know before reading a difference as bias.")
