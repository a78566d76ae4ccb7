"""Are they about the same thing? And is one of them a copy of the other?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from ..comparison_report.events import PairSimilarity
from . import events, vectors
from .columns import Column
from .outline import Outline
from .settings import SETTINGS


def compare(columns: Sequence[Column], outlines: Sequence[Outline]) -> list[PairSimilarity]:
    """How much has every pair to do with each other: the cosine of their words, and whether they tell one event."""
    cosines = vectors.texts(columns)
    pairs = []
    for a, b in combinations(range(len(columns)), 2):
        same = round(events.judge(outlines[a], outlines[b]), 4)
        pairs.append(
            PairSimilarity(
                a=a,
                b=b,
                similarity=round(float(cosines[a, b]), 4),
                same=same,
                same_event=same >= SETTINGS["events"]["same"],
                copied=copied(columns[a], columns[b]),
            )
        )
    return pairs


def copied(a: Column, b: Column) -> float:
    """Share of the shorter text's own-voice words (0..1) that stand in the other in runs of eight or more.

    Quoted words are left out: two reporters at one speech quote alike and copy nothing.
    """
    run: int = SETTINGS["copy"]["run"]
    own, other = ([word.form for word in column.words if not word.quoted] for column in (a, b))
    if len(own) > len(other):
        own, other = other, own
    runs = {tuple(other[at : at + run]) for at in range(len(other) - run + 1)}
    shared = [False] * len(own)
    for at in range(len(own) - run + 1):
        if tuple(own[at : at + run]) in runs:
            shared[at : at + run] = [True] * run
    return round(sum(shared) / len(own), 4) if own else 0.0
