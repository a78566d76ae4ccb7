"""What is compared, layer by layer, between two coders of one article, of whom one may be Parallax."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.agreement import Mark, Span, match, overlap
from models.codebook import default
from models.coding.tool import DEVICES, to_level
from models.report import AttributionItem, EntityFinding, Framing, Report

Coded = Mapping[str, Any]  # one article by one coder, in the shape of the codebook's file

FRAMES = (
    "conflict", "game", "human_interest", "economic", "morality", "responsibility", "security", "rights", "health",
)  # fmt: skip
# Categories that two careful readers may choose between for the same word without disagreeing on what they saw.
GROUPS: Mapping[str, str] = default().groups("loaded")
_HALF = 0.5  # of the shorter content: two statements are one from here
_TITLES = re.compile(
    r"\b(?:the|a|an|mr|mrs|ms|dr|sir|sen|rep|gov|president|senator|judge|secretary|representative|governor|mayor|minister|chancellor|justice)\b\.?"
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two coders' marks of one layer: pairs of indices that meet, and what each has alone."""

    ours: Sequence[Mark]
    theirs: Sequence[Mark]
    pairs: Sequence[tuple[int, int]]

    def counts(self) -> list[float]:
        """True positives, what only we have, what only they have."""
        met = len(self.pairs)
        return [float(met), float(len(self.ours) - met), float(len(self.theirs) - met)]

    def met(self) -> Iterator[tuple[Mark, Mark]]:
        for i, j in self.pairs:
            yield self.ours[i], self.theirs[j]


def compare_loaded(ours: Coded, theirs: Coded) -> Compared:
    """Loaded words: the same where they overlap and their categories are of one group."""
    return _compare(
        ours["loaded"], theirs["loaded"], lambda a, b: GROUPS.get(a["category"]) == GROUPS.get(b["category"])
    )


def compare_devices(ours: Coded, theirs: Coded) -> Compared:
    """Devices: the same where they overlap and are of one kind."""
    return _compare(ours["devices"], theirs["devices"], lambda a, b: bool(a["kind"] == b["kind"]))


def compare_statements(ours: Coded, theirs: Coded) -> Compared:
    """Statements: the same where half of the shorter content is in both."""

    def meets(a: Mark, b: Mark) -> bool:
        sizes = [sum(end - start for start, end in mark["content"]) for mark in (a, b)]
        return bool(overlap(a["content"], b["content"]) >= _HALF * min(sizes))

    pairs = match(ours["statements"], theirs["statements"], meets, lambda mark: [tuple(s) for s in mark["content"]])
    return Compared(ours["statements"], theirs["statements"], pairs)


def _compare(ours: Sequence[Mark], theirs: Sequence[Mark], agree: Any) -> Compared:
    return Compared(ours, theirs, match(ours, theirs, agree, lambda mark: [(mark["start"], mark["end"])]))


def shared(ours: Sequence[Span], theirs: Sequence[Span]) -> float:
    """Of the characters of two sets of spans together, the share that both have, 0..1; 1 for two empty ones."""
    both = overlap(ours, theirs)
    together = sum(end - start for start, end in (*ours, *theirs)) - both
    return both / together if together else 1.0


def pair_people(ours: Coded, theirs: Coded) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The people or bodies that both name: of ours under one of their names, who is mentioned most."""
    for other in theirs["people"]:
        fitting = [person for person in ours["people"] if same_name(person["name"], other["name"])]
        if fitting:
            yield max(fitting, key=lambda person: person.get("mentions", 0)), other


def same_name(ours: str | None, theirs: str | None) -> bool:
    """Do two names mean one bearer? Nobody equals nobody; titles and articles say nothing; "Hale" is "Victor Hale"."""
    if ours is None or theirs is None:
        return ours is theirs
    a, b = (_TITLES.sub(" ", re.sub(r"['’]s\b", "", name.casefold())) for name in (ours, theirs))
    ours_words, their_words = (set(re.findall(r"\w+", words)) for words in (a, b))
    return bool(ours_words & their_words) and (ours_words <= their_words or their_words <= ours_words)


def pair_roles(ours: Coded, theirs: Coded) -> Iterator[tuple[str, str]]:
    """The roles of each source that both name."""
    for source in ours["cast"]:
        role = next((other["role"] for other in theirs["cast"] if same_name(source["speaker"], other["speaker"])), None)
        if role is not None:
            yield source["role"], role


def compare_unheard(ours: Coded, theirs: Coded) -> list[float]:
    """Who is missed by both, by us alone, by them alone."""
    met = sum(any(same_name(name, other) for other in theirs["unheard"]) for name in ours["unheard"])
    return [float(met), float(len(ours["unheard"]) - met), float(max(0, len(theirs["unheard"]) - met))]


def same_target(ours: Mark, theirs: Mark) -> bool:
    """Do two marks mean the same by their target, under any of the names that the article gives it?"""
    known = ours.get("target_names", ())
    return any(same_name(name, theirs["target"]) for name in (ours["target"], *known))


def _names(report: Report, entity: EntityFinding) -> tuple[str, ...]:
    """What the article calls somebody, roles and pronouns apart."""
    spoken = {report.article.text[one.start : one.end] for one in entity.mentions}
    return tuple(sorted(name for name in spoken if name[:1].isupper()))


def from_report(report: Report) -> dict[str, Any]:
    """Parallax as one more coder: a report's findings of the default view in the codebook's shape.

    Only what is shown: the rest is a click away, and nobody is asked to sign it.
    """
    names = {entity.id: entity.name for entity in report.entities}
    called = {entity.id: _names(report, entity) for entity in report.entities}
    loaded: list[Mark] = []
    devices: list[Mark] = []
    for term in report.vocabulary.shown:
        mark: dict[str, Any] = {
            "start": term.start,
            "end": term.end,
            "voice": term.voice,
            "strength": term.strength,
            "rule": term.rule,
        }
        about = names.get(term.target or "")
        if device := DEVICES.get(term.category):
            devices.append(mark | {"kind": device, "about": about})
        else:
            about = about or (term.about.text if term.about else None)
            target = {"target": about, "target_names": called.get(term.target or "", ())}
            loaded.append(mark | {"category": term.category, "tone": term.tone} | target)
    framing = report.framing or Framing()
    devices += [
        {"start": device.start, "end": device.end, "kind": device.kind, "voice": device.voice, "rule": device.rule}
        | {"strength": device.strength, "about": names.get(device.about or "")}
        for device in framing.devices
        if device.shown
    ]
    return {
        "genre": report.article.genre,
        "frames": {frame.name: {"level": frame.level} for frame in framing.frames},
        "loaded": loaded,
        "devices": devices,
        "statements": [statement(item, names) for item in report.attribution.items if item.shown],
        "cast": [{"speaker": member.name, "role": member.role} for member in report.attribution.cast],
        "unheard": [names[one.entity] for one in report.attribution.unheard if one.entity in names],
        "people": [
            {"name": entity.name, "portrayal": to_level(entity.portrayal), "shown": entity.portrayal_shown}
            | {"mentions": len(entity.mentions)}
            for entity in report.entities
            if entity.portrayal is not None
        ],
    }


def statement(item: AttributionItem, names: Mapping[str, str]) -> dict[str, Any]:
    """A statement of the report in the codebook's shape; `names` by entity."""

    def pieces(whole: Any, parts: Sequence[Any]) -> list[Span]:
        return [(span.start, span.end) for span in ([whole] if whole else []) + list(parts)]

    source, cue = pieces(item.source, ()), pieces(item.cue, ())
    return {
        "source": source[0] if source else None,
        "cue": cue[0] if cue else None,
        "content": pieces(item.content, item.content_parts),
        "speaker": names.get(item.speaker or "") or _unnamed(item),
        "kind": item.kind,
        "stance": item.cue.stance if item.cue else "neutral",
    }


def _unnamed(item: AttributionItem) -> str | None:
    """The words for a speaker who is no entity; a vague source is nobody, as the codebook has it."""
    return item.source.text if item.source and item.source_type != "vague" else None
