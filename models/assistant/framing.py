"""How does a report say that the story is framed, in few words, each on its own words?"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, Field

from ..report import Act, Framing, Party, Report, StanceFinding
from .findings import Words, quote

_EVIDENCE = 2  # sentences of a frame that are shown
_DEED = {
    "active": "its doer acts",
    "passive_by": "passive, its doer named after it",
    "passive": "passive, no doer named",
    "no_doer": "told without a doer",
    "noun": "a noun in place of the deed",
}


class Told(BaseModel):
    """One thing that frames the story."""

    what: str = Field(description="What it is.")
    probability: float | None = Field(
        default=None, description="A frame: that it is present at all; a relation: that it is so. Null: none is given."
    )
    words: list[Words] = Field(description="The words behind it.")


class Framed(BaseModel):
    """How the story is told; devices are findings, and stand among those."""

    genre: str | None = Field(description="What kind of text it is; null where not judged.")
    frames: list[Told] = Field(
        description="The codebook’s nine frames, of those that are there, the leading one first."
    )
    deeds: list[Told] = Field(description="Deeds that harm, help or force: who, to whom, and in which form it is told.")
    relations: list[Told] = Field(description="Who is told to be for or against whom, the surest first.")
    unheard: list[Told] = Field(description="Who is accused or directly affected and has no word in the text.")


def tell(report: Report, most: int) -> Framed:
    """The report's framing with at most so many of each kind."""
    names = {entity.id: entity.name for entity in report.entities}
    framing = report.framing or Framing()
    return Framed(
        genre=report.article.genre,
        frames=list(_frames(framing))[:most],
        deeds=[_tell_deed(act, names) for act in framing.acts[:most]],
        relations=[
            _tell_relation(stance, names)
            for stance in sorted(framing.stances, key=lambda stance: -stance.probability)[:most]
        ],
        unheard=[
            Told(what=f"{names.get(one.entity, one.evidence.text)}: {one.why}", words=[Words(**quote(one.evidence))])
            for one in report.attribution.unheard[:most]
        ],
    )


def _frames(framing: Framing) -> Iterator[Told]:
    for frame in sorted(framing.frames, key=lambda frame: (-frame.level, -frame.probability)):
        if frame.level:
            what = f"{frame.name.replace('_', ' ')}: {'leads the story' if frame.level == 2 else 'present'}"
            words = [Words(**quote(span)) for span in frame.evidence[:_EVIDENCE]]
            yield Told(what=what, probability=frame.probability, words=words)


def _tell_deed(act: Act, names: dict[str, str]) -> Told:
    def name(party: Party | None) -> str:
        return (names.get(party.entity or "") or party.span.text) if party else "nobody named"

    what = f"{act.effect}: {name(act.doer)} → {name(act.undergoer)} ({act.lemma}; {_DEED[act.form]}; {act.voice} voice)"
    return Told(what=what, words=[Words(**quote(act))])


def _tell_relation(stance: StanceFinding, names: dict[str, str]) -> Told:
    side = "for" if stance.polarity > 0 else "against"
    holder, target = (names.get(one, "somebody") for one in (stance.holder, stance.target))
    what = f"{holder} {side} {target} ({stance.voice} voice)"
    return Told(what=what, probability=stance.probability, words=[Words(**quote(stance.evidence))])
