"""What does a report hold, in few words? Findings under the names they have on its page, each on its exact words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, Field

from .. import lexicon
from ..report import AttributionItem, Device, EntityFinding, Report, SentenceFinding, Span, Term, VagueMarker

Kind = Literal["term", "device", "attribution", "vague", "entity", "sentence"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TEXTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))

BIASED = 0.5  # a sentence is marked from this probability on, as on the report's page
_LONGEST = 280  # characters of a text that is shown; what is longer is cut in the middle, and its offsets tell

Subject = Term | Device | AttributionItem | VagueMarker | EntityFinding | SentenceFinding


class Words(BaseModel):
    """Exact words of the article."""

    start: int = Field(description="First code point.")
    end: int = Field(description="One past the last.")
    text: str = Field(description="The words; of long ones the middle is left out (“ … ”).")


class Part(Words):
    """A part of a finding."""

    role: Literal["source", "cue", "called"] = Field(
        description="source: who says it; cue: the verb that says so; called: what the outlet calls somebody."
    )


class Finding(Words):
    """One finding."""

    id: str = Field(description="Its name in this report, for explain_finding: term-3, attribution-0 …")
    says: str = Field(description="What is found of these words.")
    voice: str | None = Field(description="outlet: its own words; quoted: somebody else’s; null: not asked.")
    probability: float | None = Field(description="How sure; `sure` of the answer says of what. Null: none is given.")
    parts: list[Part] = Field(default=[], description="Who says it, by which verb; what somebody is called.")


class Explanation(BaseModel):
    """Why one finding was made, and what to know before believing it."""

    finding: Finding
    sentence: Words = Field(description="The sentence it stands in.")
    why: list[str] = Field(description="The reasons, most telling first.")
    plainer: list[str] = Field(default=[], description="Plainer words.")
    rule: str | None = Field(default=None, description="The lexicon entry or model that found it.")
    counts: list[str] = Field(default=[], description="Sentences in which the entry counts, the word in [brackets].")
    does_not_count: list[str] = Field(default=[], description="Sentences in which the same words are no finding.")
    sure: str = Field(description="What the probability is one of, and how such marks held when they were measured.")


def say_sure(kind: Kind) -> str:
    """What is a probability of this kind one of, and how did such marks hold when they were measured?"""
    told = TEXTS["kind"][kind]
    return f"probability: {told['probability']}. {told['measured']}"


def find(report: Report, kind: Kind) -> list[Finding]:
    """Every finding of a kind, in the order of the report."""
    return [_tell(report, kind, key, subject) for key, subject in _subjects(report, kind)]


def choose(found: Sequence[Finding], most: int) -> list[Finding]:
    """The surest `most`, those without a probability as they come; in the order of the text."""
    surest = sorted(found, key=lambda one: -(one.probability or 0))[:most]
    return sorted(surest, key=lambda one: (one.start, one.end))


def explain(report: Report, name: str) -> Explanation | None:
    """Why was the finding of this name made? None where the report has none of that name."""
    kind = next((kind for kind in KINDS if name.startswith(f"{kind}-")), None)
    if kind is None:
        return None
    for key, subject in _subjects(report, kind):
        found = _tell(report, kind, key, subject)
        if found.id == name:
            reasons = _explain(subject)
            return Explanation(finding=found, sentence=_around(report, found), sure=say_sure(kind), **reasons)
    return None


def quote(span: Span) -> dict[str, Any]:
    """The fields of `Words` for a span: the middle of a long one left out."""
    words, half = span.text, _LONGEST // 2
    shown = words if len(words) <= _LONGEST else f"{words[:half]} … {words[-half:]}"
    return {"start": span.start, "end": span.end, "text": shown}


def _cut(report: Report, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=report.article.text[start:end])


def _subjects(report: Report, kind: Kind) -> Iterator[tuple[int | str, Subject]]:
    """What a report's page marks by default, by the key that names it there."""
    if kind == "term":
        yield from ((key, term) for key, term in enumerate(report.vocabulary.terms) if term.shown)
    elif kind == "device":
        devices = report.framing.devices if report.framing else []
        yield from ((key, device) for key, device in enumerate(devices) if device.shown)
    elif kind == "attribution":
        yield from ((key, item) for key, item in enumerate(report.attribution.items) if item.shown)
    elif kind == "vague":
        yield from enumerate(report.attribution.vague)
    elif kind == "entity":
        for entity in report.entities:
            called = [label for label in entity.labels if label.shown]
            if entity.mentions and (called or entity.shown_portrayal is not None):
                yield entity.id, entity
    else:
        for key, sentence in enumerate(report.sentences):
            if sentence.shown and (sentence.strength is not None or (sentence.bias or 0) >= BIASED):
                yield key, sentence


def _tell(report: Report, kind: Kind, key: int | str, subject: Subject) -> Finding:
    names = {entity.id: entity.name for entity in report.entities}
    told: dict[str, Any] = {"id": f"{kind}-{key}", "voice": None, "probability": None}

    def part(role: Literal["source", "cue", "called"], spans: Sequence[Span | None]) -> list[Part]:
        return [Part(role=role, **quote(span)) for span in spans if span]

    match subject:
        case Term():
            about = f", about {names[subject.target]}" if subject.target in names else ""
            told |= quote(subject)
            told |= {"says": f"{subject.category.replace('_', ' ')}, {subject.tone}{about}", "voice": subject.voice}
            told |= {"probability": subject.strength}
        case Device():
            about = f", about {names[subject.about]}" if subject.about in names else ""
            told |= quote(subject) | {"says": f"{subject.kind.replace('_', ' ')}{about}", "voice": subject.voice}
            told |= {"probability": subject.strength}
        case AttributionItem():
            speaker = names.get(subject.speaker or "") or (subject.source.text if subject.source else "nobody named")
            verb = f", by a verb that is {subject.cue.stance} ({subject.cue.lemma})" if subject.cue else ""
            told |= quote(subject.content)
            told |= {"says": f"said by {speaker} ({subject.source_type.replace('_', ' ')}), {subject.kind}{verb}"}
            told |= {"parts": part("source", [subject.source, *subject.source_parts])}
            told["parts"] += part("cue", [subject.cue, *subject.cue_parts])
            told |= {"probability": subject.strength}
        case VagueMarker():
            told |= quote(subject) | {"says": subject.kind.replace("_", " ")}
        case EntityFinding():
            first = min(subject.mentions, key=lambda mention: mention.start)
            tone = "too little to say of its tone"
            if subject.shown_portrayal is not None:
                rests = f"{subject.portrayal_mentions} mentions in the outlet’s own voice"
                tone = f"tone {subject.shown_portrayal:+.2f} of −1 to +1, over {rests}"
            told |= quote(first) | {"says": f"{subject.name}, {subject.kind}: {tone}"}
            told |= {"parts": part("called", [label for label in subject.labels if label.shown])}
        case SentenceFinding():
            told |= quote(_cut(report, subject.start, subject.end)) | {"says": "biased wording is likely"}
            told |= {"probability": subject.bias if subject.strength is None else subject.strength}
    return Finding(**told)


def _around(report: Report, found: Finding) -> Words:
    sentence = next((one for one in report.sentences if one.start <= found.start < one.end), None) or found
    return Words(**quote(_cut(report, sentence.start, sentence.end)))


def _explain(subject: Subject) -> dict[str, Any]:
    match subject:
        case Term():
            entry = next((entry for entry in lexicon.load().entries if entry.id == subject.rule), None)
            return {
                "why": [subject.note],
                "plainer": subject.alternatives,
                "rule": subject.rule,
                "counts": list(entry.matches) if entry else [],
                "does_not_count": list(entry.ignores) if entry else [],
            }
        case Device():
            return {"why": [subject.note], "rule": subject.rule}
        case AttributionItem():
            return {"why": [*_explain_verb(subject), f"The source is {subject.source_type.replace('_', ' ')}."]}
        case VagueMarker():
            return {"why": [f"{subject.text}: a reader can’t check who is meant."]}
        case EntityFinding():
            told = [
                f"{'kind' if one.polarity > 0 else 'unkind'} at {one.start}–{one.end} in {one.voice} voice, "
                f"probability {one.sure:.2f}"
                for one in subject.mentions
                if one.polarity
            ]
            return {"why": told or ["No mention is kind or unkind."]}
        case SentenceFinding():
            words = [f"{one.text} ({one.weight:+.2f})" for one in subject.because]
            return {
                "why": [f"What moved the probability most, in shares of its logit: {', '.join(words) or 'nothing'}"]
            }


def _explain_verb(said: AttributionItem) -> list[str]:
    stances = {
        "neutral": "takes no side",
        "endorsing": "takes what is said for true",
        "doubting": "takes what is said for doubtful",
        "emotive": "colours what is said with a feeling",
        "unclassified": "is not in the list of verbs",
    }
    return [f"The outlet’s verb “{said.cue.text}” {stances[said.cue.stance]}."] if said.cue else []


Most = Annotated[int, Field(ge=1, le=100)]
