"""What does a report mark, and under which number? Every finding gets one note; a note may have several marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from models.report import (
    AttributionItem,
    EntityFinding,
    MentionFinding,
    Report,
    SentenceFinding,
    Term,
    VagueMarker,
    Voice,
)
from service.marks import Mark
from service.texts import say

Layer = Literal["loaded", "voices", "people", "sentences"]
Kind = Literal["term", "attribution", "vague", "entity", "sentence"]
Subject = Term | AttributionItem | VagueMarker | EntityFinding | SentenceFinding

SURE = 0.6  # a mention shows its tone from this probability on; below it is a near-tie
SHOWN = 3_000  # notes that a page sets; those of a text of 5,000 words are some hundreds
BIASED = 0.5  # a sentence is marked from this calibrated probability on: the threshold of babe.macro_f1


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered entry beside the article. `key` is its index in its list of the report, or an entity's id."""

    kind: Kind
    layer: Layer
    key: int | str
    subject: Subject
    spoken: str  # what a screen reader says at the mark
    marks: tuple[Mark, ...]
    number: int = 0

    @property
    def name(self) -> str:
        """What it is called outside its page, such as term-3."""
        return f"{self.kind}-{self.key}"

    @property
    def at(self) -> int:
        """Where in the text its number stands."""
        mark = next(mark for mark in self.marks if mark.numbered)
        return mark.start if mark.shape == "gutter" else mark.end


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

    def count(self, layer: Layer, voice: Voice | None = None) -> int:
        """How many notes does a layer hold, in one voice or in both?"""
        return sum(note.layer == layer and voice in (None, getattr(note.subject, "voice", None)) for note in self.notes)

    def numbers(self, kind: Kind) -> dict[int | str, int]:
        """Under which number stands what? From the key of a finding to its note, if it is shown."""
        return {note.key: note.number for note in self.shown if note.kind == kind}


def find(report: Report) -> Findings:
    """Number every finding by its place in the text."""
    notes = [*_terms(report), *_attributions(report), *_vague(report), *_entities(report), *_sentences(report)]
    numbered = enumerate(sorted(notes, key=lambda note: note.at), 1)
    return Findings(
        tuple(
            replace(note, number=number, marks=tuple(mark._replace(note=number) for mark in note.marks))
            for number, note in numbered
        )
    )


def _terms(report: Report) -> Iterator[Note]:
    for key, term in enumerate(report.vocabulary.terms):
        if not term.shown:
            continue
        shown = {"scare_quotes": "scare", "doubt": "hedge"}.get(term.category, term.tone)
        mark = Mark(term.start, term.end, 0, "line", f"term {shown} {term.voice}", numbered=True)
        spoken = f"loaded word, {term.tone}{', quoted' if term.voice == 'quoted' else ''}"
        yield Note("term", "loaded", key, term, spoken, (mark,))


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
        yield Note("attribution", "voices", key, item, spoken, (*lines, *bars))


def _vague(report: Report) -> Iterator[Note]:
    for key, marker in enumerate(report.attribution.vague):
        mark = Mark(marker.start, marker.end, 0, "line", "vague", numbered=True)
        yield Note("vague", "voices", key, marker, say(f"vague_kind.{marker.kind}"), (mark,))


def _entities(report: Report) -> Iterator[Note]:
    for entity in report.entities:
        toned = [mention for mention in entity.mentions if _tone(mention)]
        if not entity.mentions or not (entity.kind == "person" or entity.labels or toned):
            continue
        first, *others = sorted(entity.mentions, key=lambda mention: mention.start)
        marks = [Mark(first.start, first.end, 0, "point", _tone(first), numbered=True)]
        marks += [Mark(m.start, m.end, 0, "point", _tone(m)) for m in others if _tone(m)]
        yield Note("entity", "people", entity.id, entity, f"{entity.kind}, {entity.name}", tuple(marks))


def _tone(mention: MentionFinding) -> str:
    return {-1: "down", 0: "", 1: "up"}[mention.polarity] if mention.sure >= SURE else ""


def _sentences(report: Report) -> Iterator[Note]:
    for key, sentence in enumerate(report.sentences):
        if sentence.bias is not None and sentence.bias >= BIASED and sentence.part != "boilerplate":
            mark = Mark(sentence.start, sentence.end, 0, "gutter", "bias", numbered=True)
            yield Note("sentence", "sentences", key, sentence, "sentence with biased wording", (mark,))


def find_boilerplate(report: Report) -> list[Mark]:
    """What counts in no measure, to be shown as such."""
    skipped = [sentence for sentence in report.sentences if sentence.part == "boilerplate"]
    return [Mark(sentence.start, sentence.end, 0, "line", "boilerplate") for sentence in skipped]
