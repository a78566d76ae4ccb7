"""The comparison: the contract between `models.comparison` and everybody who reads it.

Every `by_article` list has one entry an article, in the order of `articles`. Spans are exact places in the
text of the article whose entry they stand in: Unicode code points, as in that article's report.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..report import Note, Share
from ..report.spans import Record
from .entities import ComparedEntity
from .events import Contradiction, Event, PairSimilarity, Passage
from .framing import (
    ComparedAct,
    ComparedCast,
    ComparedDevices,
    ComparedFrame,
    ComparedOrder,
    ComparedStance,
    HeadlineOfArticle,
)
from .rates import Words
from .sources import ComparedSource, SharedQuotation
from .wording import ComparedVocabulary, DistinctiveTerm


class ComparedArticle(Record):
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


class Comparison(Record):
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
