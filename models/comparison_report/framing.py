"""The comparison's part on framing: headlines, deeds, frames, devices, stances, cast and order, article by article.

Every `by_article` list has one entry an article, in the order of the comparison's `articles`; null where the article's
report does not say: it is of schema 1, too short, or has nothing of the kind.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..report import (
    ActForm,
    CastRole,
    DeviceKind,
    Effect,
    EntityKind,
    FrameName,
    Polarity,
    Share,
    Span,
    Verdict,
    Voice,
)
from ..report.spans import Record
from .rates import Column, RateInterval, RatesApart, Words


class LeftOut(Record):
    """Something that other headlines have and this one has not."""

    text: str = Field(description="The name, number or word.")
    kind: Literal["name", "number", "word"] = Field(description="What it is; a word only where two headlines have it.")
    articles: list[Column] = Field(description="Whose headlines have it.")
    told: Span | None = Field(description="Where this article has it below its headline; null: nowhere.")


class HeadlineOfArticle(Record):
    """A headline beside the others."""

    span: Span | None = Field(description="The headline; null without one.")
    differing: list[Span] = Field(default=[], description="Its telling words that stand in no other headline.")
    names: list[str] = Field(default=[], description="Whom and what it names.")
    takes_up: list[Span] = Field(default=[], description="Sentences of the body that it takes up.")
    leaves_out: list[LeftOut] = Field(default=[], description="What other headlines have and it has not.")
    verdict: Verdict | None = Field(default=None, description="Does the body carry it? Null where not judged.")


class ActTelling(Record):
    """One place that tells a deed."""

    span: Span = Field(description="The clause or phrase.")
    verb: Span = Field(description="The words for the deed.")
    form: ActForm = Field(description="active, passive with or without its doer, without a doer, or a noun.")
    doer: str | None = Field(
        description="Who does it, by name or in the text's words; null where this place is silent."
    )
    undergoer: str | None = Field(description="To whom it is done, likewise.")
    voice: Voice = Field(description="Who tells it.")


class ActInArticle(Record):
    """How one article tells a deed."""

    doer: str | None = Field(description="Who does it, as the first place says that names anybody; null: none does.")
    told: list[ActTelling] = Field(min_length=1, description="Every place, in the order of the text.")


class ComparedAct(Record):
    """The same deed, told by several articles."""

    deed: str = Field(description="The verb in its dictionary form, as most of them have it.")
    effect: Effect = Field(description="What it does to whom it is done to.")
    undergoer: str | None = Field(description="To whom, as most fully told.")
    differ: list[Literal["doer", "form"]] = Field(
        description="doer: one names who does it, another nobody, or somebody else; form: they first tell it in "
        "different forms."
    )
    by_article: list[ActInArticle | None] = Field(description="One entry an article; null where it does not tell it.")


class FrameInArticle(Record):
    """How far one article is told in a frame."""

    level: Literal[0, 1, 2] = Field(description="0 absent, 1 present, 2 leads the story.")
    probability: Share = Field(description="How sure it is present at all.")
    evidence: list[Span] = Field(description="The sentences that show it best.")


class ComparedFrame(Record):
    """One frame of the codebook over the articles; only those that at least one of them is told in."""

    name: FrameName = Field(description="Which frame.")
    distinguishable: bool = Field(description="One is surely told in it and another surely not.")
    by_article: list[FrameInArticle | None] = Field(description="One entry an article; null where it was not judged.")


class DeviceUse(Span):
    """One device of one article."""

    kind: DeviceKind = Field(description="Which.")
    voice: Voice = Field(description="Who uses it.")
    about: str | None = Field(description="Whom it is about.")
    note: str = Field(description="What to look for, in a sentence.")


class DevicesOfArticle(Record):
    """Devices of one article: those that are shown."""

    words: dict[Voice, Words] = Field(description="Words in each voice: the base of the rates.")
    total: dict[Voice, RateInterval] = Field(description="All kinds together, by voice.")
    by_kind: dict[DeviceKind, dict[Voice, RateInterval]] = Field(
        description="The same kinds for every article: those that at least one of them uses."
    )
    uses: list[DeviceUse] = Field(description="Each of them, in the order of the text.")


class DeviceDifference(RatesApart):
    """How far two articles' rates of devices are apart."""

    kind: DeviceKind | None = Field(description="Null: all kinds together.")


class ComparedDevices(Record):
    """Devices of the articles, side by side."""

    by_article: list[DevicesOfArticle | None] = Field(description="One entry an article; null where not looked for.")
    differences: list[DeviceDifference] = Field(description="Every pair of articles, by voice and kind.")


class StanceEvidence(Record):
    """One sentence that tells a stance."""

    span: Span = Field(description="The sentence.")
    polarity: Literal[-1, 1] = Field(description="-1 against, 1 for.")
    voice: Voice = Field(description="In whose voice it is told.")


class StanceInArticle(Record):
    """How one article tells who is for or against whom."""

    polarity: Polarity = Field(description="-1 against, 1 for, 0 both.")
    evidence: list[StanceEvidence] = Field(min_length=1, description="Every sentence, in the order of the text.")


class ComparedStance(Record):
    """One relation of two who are named, over the articles."""

    holder: str = Field(description="Who is for or against.")
    target: str = Field(description="Whom or what.")
    opposed: bool = Field(description="One article tells it as for, another as against.")
    by_article: list[StanceInArticle | None] = Field(description="One entry an article; null where it tells none.")


class CastShare(Record):
    """What sources of one role, or of one side, are given."""

    sources: list[str] = Field(description="Who they are, most words first.")
    words: Words = Field(description="Words of content given to them.")
    share: Share = Field(description="Those words as a share of all that this article gives to sources.")
    low: Share | None = Field(description="Lower end of the 95 % interval, resampled over statements; null: too few.")
    high: Share | None = Field(description="Upper end of the interval.")


class CastOfArticle(Record):
    """Who is heard in one article, by the parts they play."""

    words: Words = Field(description="Words of content given to all sources.")
    roles: dict[CastRole, CastShare] = Field(description="By role; a role that nobody plays is left out.")
    sides: dict[str, CastShare] = Field(description="By the side that the text tells; empty where it tells none.")


class RoleDifference(Record):
    """How far two articles' shares of one role are apart: `a` minus `b`."""

    a: Column
    b: Column
    role: CastRole = Field(description="Which role.")
    difference: float = Field(ge=-1, le=1, description="Share in `a` minus share in `b`.")
    low: float = Field(ge=-1, le=1, description="Lower end of the 95 % bootstrap interval.")
    high: float = Field(ge=-1, le=1, description="Upper end of the interval.")
    distinguishable: bool = Field(description="False when the interval holds zero: it may be chance.")


class ComparedCast(Record):
    """The cast of the articles, side by side."""

    by_article: list[CastOfArticle | None] = Field(description="One entry an article; null where not looked for.")
    differences: list[RoleDifference] = Field(description="Every pair of articles, by role.")


class AppearanceInArticle(Record):
    """Where one article brings somebody in."""

    rank: int = Field(ge=1, description="The how-manieth of these rows it names first.")
    mentioned: Share = Field(description="First mention, as a share of its words: 0 the first, 1 the last.")
    speaks: Share | None = Field(description="First own words, likewise; null where it has none.")
    in_headline: bool = Field(description="True where the headline names it.")
    accused: Span | None = Field(description="Where it is first accused; null where it is not.")
    answer: int | None = Field(ge=0, description="Words from there to its first own words; null where none come.")


class ComparedOrder(Record):
    """Somebody whom two or more of the articles bring in, and where."""

    name: str = Field(description="The fullest name any of the articles gives it.")
    kind: EntityKind = Field(description="What it is.")
    by_article: list[AppearanceInArticle | None] = Field(
        description="One entry an article; null where it is no main one."
    )
