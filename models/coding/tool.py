"""Parallax as one more coder: what its report says, in the terms of a codebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..codebook import Codebook
from ..report import Report, Span
from .entries import Coding, Mark

DEVICES: Mapping[str, str] = {"scare_quotes": "snippet_quote", "presupposition": "presupposition"}
"""Categories of terms in reports made before December 2026 that are devices, and what the codebook calls them."""
_FRAME_LEVELS = 3
_LEVELS = (-0.6, -0.2, 0.2, 0.6)  # borders of the five levels of a portrayal told in -1..1


def to_level(portrayal: float) -> int:
    """A portrayal of -1..1 as one of five levels, -2..2."""
    return sum(portrayal > border for border in _LEVELS) - 2


def code(report: Report, codebook: Codebook) -> Coding:
    """What the report shows, as a coding; only what this codebook calls by the same names."""
    portrayal = codebook.portrayal
    people = {
        entity.name: portrayal.values[to_level(entity.shown_portrayal) + 2]
        for entity in report.entities
        if portrayal and len(portrayal.values) == len(_LEVELS) + 1 and entity.shown_portrayal is not None
    }
    known = [(span, layer, name) for span, layer, name in _find(report) if name in codebook.groups(layer)]
    marks = [
        Mark(id=f"t{at}", start=span.start, end=span.end, layer=layer, category=name)
        for at, (span, layer, name) in enumerate(sorted(known, key=lambda each: (each[0].start, each[0].end)))
    ]
    return Coding(tuple(marks), dict(_answer(report, codebook)), people, done=True)


def _answer(report: Report, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """The genre, and each frame that the codebook asks for on three levels: absent, present, leading."""
    frames = {frame.name: frame.level for frame in report.framing.frames} if report.framing else {}
    for question in codebook.levels:
        level = next((level for name, level in frames.items() if name == question.id), None)
        if question.id == "genre" and report.article.genre in question.values:
            yield question.id, str(report.article.genre)
        elif level is not None and len(question.values) == _FRAME_LEVELS:
            yield question.id, question.values[level]


def covers(codebook: Codebook) -> set[str]:
    """Which layers of this codebook does Parallax code?"""
    names = {"loaded": "label", "devices": "snippet_quote", "statements": "source"}
    return {layer for layer, category in names.items() if category in codebook.groups(layer)}


def _find(report: Report) -> Iterator[tuple[Span, str, str]]:
    for term in report.vocabulary.shown:
        if device := DEVICES.get(term.category):
            yield term, "devices", device
        else:
            yield term, "loaded", term.category
    for used in report.framing.devices if report.framing else ():
        if used.shown:
            yield used, "devices", used.kind
    for item in filter(lambda item: item.shown, report.attribution.items):
        for name, whole, parts in (
            ("source", item.source, item.source_parts),
            ("cue", item.cue, item.cue_parts),
            ("content", item.content, item.content_parts),
        ):
            for span in [whole, *parts]:
                if span is not None:
                    yield span, "statements", name
