"""Who and what is named, what it is called and how it is shown."""

from __future__ import annotations

from pydantic import Field

from .kinds import EntityKind, LabelTone, PersonRole, Polarity, Share, Signed, Voice
from .spans import Finding, Record, Span


class MentionFinding(Span):
    """One place that names an entity, and how the text feels toward it there."""

    polarity: Polarity = Field(description="How the text feels toward it here: -1 negative, 0 neutral, 1 positive.")
    sure: Share = Field(description="How sure the polarity is: a probability.")
    voice: Voice = Field(description="Who says it: the outlet, or somebody quoted (`quotations`).")


class Label(Span, Finding):
    """What the outlet's own voice calls an entity."""

    tone: LabelTone = Field(description="Whether it speaks badly or well of the entity.")


class Agency(Record):
    """Shares of an entity's mentions in each role; they add up to at most 1."""

    acts: Share = Field(description="Share of mentions as the one who acts.")
    acted_on: Share = Field(description="Share of mentions as the one acted on.")
    speaks: Share = Field(description="Share of mentions as the one who speaks.")
    feels: Share = Field(default=0.0, description="Share of mentions as the one who feels, thinks or wants.")
    mentions: int = Field(ge=0, description="How many mentions the shares rest on.")


class Interval(Record):
    """Where a figure may well lie."""

    low: Signed = Field(description="The lower end.")
    high: Signed = Field(description="The upper end.")


class EntityFinding(Record):
    """Somebody or something named, what it is called and how it is shown."""

    id: str = Field(description="Its name inside this report; terms, statements and sources point to it.")
    name: str = Field(description="The fullest name the text gives it.")
    kind: EntityKind = Field(description="What it is.")
    mentions: list[MentionFinding] = Field(description="Every place that names it, in the order of the text.")
    labels: list[Label] = Field(description="What the outlet's own voice calls it.")
    portrayal: Signed | None = Field(
        description="How the outlet's own telling shows it, from -1, badly, to 1, well; null where it never names it."
    )
    portrayal_interval: Interval | None = Field(
        default=None, description="Where four of five coders' judgements lay, for such a figure."
    )
    portrayal_mentions: int = Field(ge=0, description="How many own-voice mentions portrayal rests on.")
    portrayal_strength: Share | None = Field(
        default=None, description="How likely coders find it on the same side: badly, neither or well."
    )
    portrayal_shown: bool = Field(
        default=True, description="Whether the default view tells it: likely enough, and on mentions enough."
    )
    agency: Agency | None = Field(description="What it does in the text; null below the mentions needed.")
    role: PersonRole | None = Field(default=None, description="As what the telling shows it; null where not judged.")

    @property
    def shown_portrayal(self) -> float | None:
        """The portrayal where it is sure enough for the default view."""
        return self.portrayal if self.portrayal_shown else None
