"""Whose words are these, and do two people say them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..report import AttributionItem, Stance
from ..stems import stem
from .claims import Reading
from .naming import Figure, Key, is_pronoun, key
from .quantities import Quantity
from .settings import SETTINGS

_NEAR_CUE = 4  # words between "said" and the day on which it was said


class Speaker(NamedTuple):
    """Who says a word: a figure as far as that is known, and how the article calls the source."""

    figure: int | None
    named: Key | None
    stance: Stance | None
    text: str | None  # the source as it stands


def find(reading: Reading, at: int, figures: Sequence[Figure]) -> Speaker | None:
    """Who says the word at this index? None for the outlet itself."""
    start = reading.words[at].start
    saying = [item for item in reading.column.report.attribution.items if _holds(item, start)]
    if not saying:
        return None
    item = min(saying, key=lambda one: one.content.end - one.content.start)  # the innermost
    members = ((index, figure.members[reading.column.index]) for index, figure in enumerate(figures))
    figure = next((index for index, own in members if any(entity.id == item.speaker for entity in own)), None)
    named = key(item.source.text) if item.source and not is_pronoun(item.source.text) else None
    return Speaker(
        figure if item.speaker else None,
        named,
        item.cue.stance if item.cue else None,
        item.source.text if item.source else None,
    )


def differ(one: Reading, at: int, other: Reading, there: int, figures: Sequence[Figure]) -> bool:
    """Are two words each said by somebody else, or one only as a claim that its outlet doubts?

    Two people who say two things contradict each other; the two outlets that report it don't.
    """
    mine, theirs = find(one, at, figures), find(other, there, figures)
    if mine is None or theirs is None:
        return any(speaker is not None and speaker.stance == "doubting" for speaker in (mine, theirs))
    if mine.figure is not None and theirs.figure is not None:
        return mine.figure != theirs.figure
    if not mine.named or not theirs.named:
        return False  # nobody knows who "he" is
    generic = frozenset(SETTINGS["contradictions"]["anybody"])
    heads = {stem(mine.named[-1]), stem(theirs.named[-1])}
    return not (set(mine.named) & set(theirs.named) or heads & generic)


def is_when(reading: Reading, quantity: Quantity) -> bool:
    """Does a day say when something was said, and not when it happened?"""
    for item in reading.column.report.attribution.items:
        if item.cue and not _holds(item, quantity.start):
            between = reading.column.words_in(*sorted((item.cue.start, quantity.start)))
            if len(between) <= _NEAR_CUE + 1 and reading.words[0].start <= item.cue.start <= reading.words[-1].end:
                return True
    return False


def _holds(item: AttributionItem, start: int) -> bool:
    return any(span.start <= start < span.end for span in (item.content, *item.content_parts))
