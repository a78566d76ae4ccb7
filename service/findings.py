"""What does a report mark, and under which number? Every finding gets one note; a note may have several marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from models.report import (
    AttributionItem,
    Device,
    EntityFinding,
    MentionFinding,
    Report,
    SentenceFinding,
    Span,
    Term,
    VagueMarker,
    Voice,
)
from service.marks import Mark
from service.texts import TEXTS, say

Layer = Literal["loaded", "devices", "voices", "people", "sentences"]
Kind = Literal["term", "device", "attribution", "vague", "entity", "sentence"]
Subject = Term | Device | AttributionItem | VagueMarker | EntityFinding | SentenceFinding
Strength = Literal["sure", "likely", "possible"]

SURE, LIKELY = 0.9, 0.7  # the one scale: so many of such marks hold
SHOWN = 3_000  # notes that a page sets; those of a text of 5,000 words are some hundreds
BIASED = 0.5  # a sentence is a finding from this calibrated probability on: the threshold of babe.macro_f1
NOTICED = 0.33  # a portrayal's distance from neither from which it has a line at the margin
PEOPLE = 3  # mentions below which somebody folds away


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered entry beside the article. `key` is its index in its list of the report, or an entity's id.

    `sure`: it is drawn by default. `folded`: it has no line of its own at the margin, for its words have one
    already, or there is no judgement in it.
    """

    kind: Kind
    layer: Layer
    key: int | str
    subject: Subject
    spoken: str  # what a screen reader says at the mark
    marks: tuple[Mark, ...]
    number: int = 0
    sure: bool = True
    folded: bool = False

    @property
    def name(self) -> str:
        """What it is called outside its page, such as term-3."""
        return f"{self.kind}-{self.key}"

    @property
    def at(self) -> int:
        """Where in the text its number stands."""
        mark = next(mark for mark in self.marks if mark.numbered)
        return mark.start if mark.shape == "gutter" else mark.end

    @property
    def strength(self) -> float | None:
        """How likely a careful reader accepts it as it stands, 0 to 1; none where that is not measured."""
        if isinstance(self.subject, EntityFinding | VagueMarker):
            return None
        if isinstance(self.subject, SentenceFinding) and self.subject.strength is None:
            return self.subject.bias
        return self.subject.strength


def reason(term: Term) -> str:
    """Why a loaded word counts: its entry's note, or, where no list has it, what its category tests."""
    return say(f"why.{term.category}") if is_found(term) else term.note


def is_found(term: Term) -> bool:
    """Is it a word that no list has, and the reader alone takes for loaded?"""
    return term.rule.startswith("reader.")


@dataclass(frozen=True, slots=True)
class Findings:
    """Every note of a report, in the order of the text."""

    notes: tuple[Note, ...]

    @property
    def shown(self) -> tuple[Note, ...]:
        """Those that a page has room for: the first ones."""
        return self.notes[:SHOWN]

    @property
    def marks(self) -> list[Mark]:
        """The marks of the notes that are shown."""
        return [mark for note in self.shown for mark in note.marks]

    @property
    def unsure(self) -> int:
        """How many notes are drawn only for whoever asks for what is less sure?"""
        return sum(not note.sure for note in self.notes)

    def count(self, layer: Layer, voice: Voice | None = None) -> int:
        """How many notes does a layer draw by default, in one voice or in both?"""
        return sum(
            note.sure and note.layer == layer and voice in (None, getattr(note.subject, "voice", None))
            for note in self.notes
        )

    def numbers(self, kind: Kind) -> dict[int | str, int]:
        """Under which number stands what? From the key of a finding to its note, if the page has it."""
        return {note.key: note.number for note in self.shown if note.kind == kind}


def grade(strength: float) -> Strength:
    """On the one scale of the pages: sure (9 of 10 hold), likely (7 of 10), possible."""
    return "sure" if strength >= SURE else "likely" if strength >= LIKELY else "possible"


def find(report: Report) -> Findings:
    """Number every finding by its place in the text."""
    notes = [
        *_terms(report), *_devices(report), *_attributions(report), *_vague(report), *_entities(report),
        *_sentences(report),
    ]  # fmt: skip
    numbered, turn = [], None
    for number, note in enumerate(sorted(notes, key=lambda note: note.at), 1):
        marks = tuple(mark._replace(note=number, style=_style(mark, note)) for mark in note.marks)
        speaker = _name_speaker(note, report) if note.sure else None
        goes_on = speaker is not None and speaker == turn
        numbered.append(replace(note, number=number, marks=marks, folded=note.folded or goes_on))
        turn = speaker or turn
    return Findings(tuple(numbered))


def _style(mark: Mark, note: Note) -> str:
    return mark.style if note.sure else f"{mark.style} unsure".strip()


def _name_speaker(note: Note, report: Report) -> tuple[str, int] | None:
    """Whose turn of speech a statement belongs to: who speaks, and in which paragraph; none for other notes."""
    if not isinstance(note.subject, AttributionItem):
        return None
    item = note.subject
    who = item.speaker or (item.source.text if item.source else "")
    return who, report.article.text.count("\n", 0, item.content.start)


def _terms(report: Report) -> Iterator[Note]:
    for key, term in enumerate(report.vocabulary.terms):
        drawn = {"scare_quotes": "scare", "doubt": "hedge"}.get(term.category, term.tone)
        mark = Mark(term.start, term.end, 0, "line", f"term {drawn} {term.voice}", numbered=True)
        spoken = f"loaded word, {term.tone}{', quoted' if term.voice == 'quoted' else ''}"
        yield Note("term", "loaded", key, term, spoken, (mark,), sure=term.shown)


def devices(report: Report) -> list[Device]:
    """What frames by a sentence; none in reports that know of no framing."""
    return report.framing.devices if report.framing else []


def _devices(report: Report) -> Iterator[Note]:
    for key, device in enumerate(devices(report)):
        mark = Mark(device.start, device.end, 0, "gutter", f"device {device.voice}", numbered=True)
        spoken = f"{TEXTS['device'][device.kind]['name']}{', quoted' if device.voice == 'quoted' else ''}"
        yield Note("device", "devices", key, device, spoken, (mark,), sure=device.shown)


def _attributions(report: Report) -> Iterator[Note]:
    for key, item in enumerate(report.attribution.items):
        carrier = item.cue or item.source or item.content
        lines = [
            Mark(span.start, span.end, 0, "line", style, numbered=span is carrier)
            for style, spans in (
                ("source", [item.source, *item.source_parts]),
                ("cue", [item.cue, *item.cue_parts]),
            )
            for span in spans
            if span is not None
        ]
        bars = [
            Mark(span.start, span.end, 0, "bar", "content", numbered=span is carrier)
            for span in (item.content, *item.content_parts)
        ]
        spoken = f"statement, {say(f'kind.{item.kind}')}, {say(f'source_type.{item.source_type}')} source"
        yield Note("attribution", "voices", key, item, spoken, (*lines, *bars), sure=item.shown)


def _vague(report: Report) -> Iterator[Note]:
    for key, marker in enumerate(report.attribution.vague):
        mark = Mark(marker.start, marker.end, 0, "line", "vague", numbered=True)
        told = is_device(marker, report)
        yield Note("vague", "voices", key, marker, say(f"vague_kind.{marker.kind}"), (mark,), folded=told)


def is_device(marker: VagueMarker, report: Report) -> bool:
    """Does a device tell of this vague source already?"""
    return any(device.kind == "vague_source" and overlap(marker, device) for device in devices(report))


def overlap(one: Span, other: Span) -> bool:
    """Do two spans share a character?"""
    return one.start < other.end and other.start < one.end


def _entities(report: Report) -> Iterator[Note]:
    for entity in report.entities:
        toned = [mention for mention in entity.mentions if _tone(mention)]
        called = [label for label in entity.labels if label.shown]
        if not entity.mentions or not (toned or called or entity.shown_portrayal is not None or is_judged(entity)):
            continue
        first, *others = sorted(entity.mentions, key=lambda mention: mention.start)
        marks = [Mark(first.start, first.end, 0, "point", _tone(first), numbered=True)]
        marks += [Mark(m.start, m.end, 0, "point", _tone(m)) for m in others if _tone(m)]
        spoken, plain = f"{entity.kind}, {entity.name}", not is_judged(entity)
        yield Note("entity", "people", entity.id, entity, spoken, tuple(marks), folded=plain)


def is_judged(entity: EntityFinding) -> bool:
    """Is somebody shown in a light: by a label that judges, a portrayal that a fair reader notices, a role?"""
    judging = any(label.shown and label.tone != "neutral" for label in entity.labels)
    toned = abs(entity.shown_portrayal or 0.0) >= NOTICED
    return entity.kind != "place" and (judging or toned or entity.role not in (None, "none"))


def _tone(mention: MentionFinding) -> str:
    return {-1: "down", 0: "", 1: "up"}[mention.polarity] if mention.sure >= LIKELY else ""


def is_biased(sentence: SentenceFinding) -> bool:
    """Is its wording a finding, sure or less so? In reports of schema 1 nothing but `bias` says so."""
    if sentence.part == "boilerplate" or (sentence.strength is None and not sentence.shown):
        return False
    probability = sentence.bias if sentence.strength is None else sentence.strength
    return (sentence.shown and sentence.strength is not None) or (probability or 0) >= BIASED


def _sentences(report: Report) -> Iterator[Note]:
    for key, sentence in enumerate(report.sentences):
        if is_biased(sentence):
            mark = Mark(sentence.start, sentence.end, 0, "gutter", "bias", numbered=True)
            sure = sentence.shown and (sentence.strength is not None or (sentence.bias or 0) >= LIKELY)
            yield Note(
                "sentence", "sentences", key, sentence, "sentence with biased wording", (mark,), sure=sure, folded=True
            )


def find_boilerplate(report: Report) -> list[Mark]:
    """What counts in no measure, to be shown as such."""
    skipped = [sentence for sentence in report.sentences if sentence.part == "boilerplate"]
    return [Mark(sentence.start, sentence.end, 0, "line", "boilerplate") for sentence in skipped]
