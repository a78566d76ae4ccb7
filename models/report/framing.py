"""Frames, devices, deeds, stances and order."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .kinds import ActForm, DeviceKind, Effect, FrameName, Share, Verdict, Voice
from .spans import Finding, Record, Span


class Frame(Record):
    """One of the codebook's nine frames, and how far the story is told in it."""

    name: FrameName = Field(description="Which frame.")
    level: Literal[0, 1, 2] = Field(description="0 absent, 1 present, 2 leads the story.")
    probability: Share = Field(description="How sure it is present at all.")
    evidence: list[Span] = Field(description="One to three sentences that show it best; empty where absent.")


class Device(Span, Finding):
    """Framing by a sentence rather than by a word."""

    kind: DeviceKind = Field(description="Which device of the codebook.")
    voice: Voice = Field(description="Who uses it.")
    about: str | None = Field(default=None, description="Id of the entity it is about.")
    rule: str = Field(description="Id of the pattern or the model's head that found it.")
    note: str = Field(description="What to look for, in a sentence.")


class Party(Record):
    """Somebody in a deed or a relation: a named entity, or the words for whoever it is."""

    entity: str | None = Field(default=None, description="Id of the entity, where it is one.")
    span: Span = Field(description="The words for it here.")


class Act(Span):
    """A deed that harms, helps or forces, and how its doer is told; the span is the whole clause or phrase."""

    verb: Span = Field(description="The words for the deed.")
    lemma: str = Field(description="The deed's verb in its dictionary form; of a noun the verb behind it.")
    family: str = Field(description="Id of the group of verbs that may tell the same deed.")
    doer: Party | None = Field(description="Who does it; null where the text does not say.")
    undergoer: Party | None = Field(description="To whom it is done; null where the text does not say.")
    form: ActForm = Field(
        description="active: police shot two; passive_by: two were shot by police; passive: two were shot; no_doer: "
        "two died, shots rang out; noun: the shooting of two."
    )
    effect: Effect = Field(description="What it does to whom it is done to.")
    voice: Voice = Field(description="Who tells it.")


class StanceFinding(Record):
    """Who is for or against whom."""

    holder: str = Field(description="Id of the entity that is for or against.")
    target: str = Field(description="Id of the entity that it is for or against.")
    polarity: Literal[-1, 1] = Field(description="-1 against, 1 for.")
    probability: Share = Field(description="How sure of it.")
    evidence: Span = Field(description="The sentence.")
    voice: Voice = Field(description="In whose voice it is told.")


class Appearance(Record):
    """Where in the text somebody first appears and first speaks, as shares of its words: 0 the first, 1 the last."""

    entity: str = Field(description="Id of the entity.")
    mentioned: Share = Field(description="Its first mention.")
    speaks: Share | None = Field(default=None, description="Its first own words; null where it has none.")
    in_headline: bool = Field(description="Whether the headline names it.")


class Headline(Record):
    """Does the body carry what the headline says?"""

    verdict: Verdict | None = Field(default=None, description="Null where not judged.")
    evidence: Span | None = Field(default=None, description="The sentence of the body that it rests on.")
    takes_up: list[Span] = Field(default=[], description="Sentences of the body that the headline takes up.")


class Order(Record):
    """What comes first, and what comes late."""

    people: list[Appearance] = Field(description="Each main person or body, in order of appearance.")
    headline: Headline | None = Field(default=None, description="Null without a headline.")


class Framing(Record):
    """How is the story framed: by which frames, devices, deeds and relations, in which order?"""

    frames: list[Frame] = Field(default=[], description="The codebook's nine; empty where the text is too short.")
    devices: list[Device] = Field(default=[], description="In the order of the text.")
    acts: list[Act] = Field(default=[], description="In the order of the text.")
    stances: list[StanceFinding] = Field(default=[], description="In the order of the text.")
    order: Order | None = Field(default=None, description="Null where the text is too short.")
