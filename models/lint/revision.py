"""Two versions of a draft: which words were rewritten, and which findings went and came with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from . import Finding

Stretch = tuple[int, int]
"""Start and end in a version's text, in code points."""
Row = tuple[Stretch | None, Stretch | None]
"""A paragraph before and after; None where the other version has none like it."""

_TOKEN = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")
_ALIKE = 0.4  # of the words of two paragraphs, from which on they count as one that was rewritten
_AHEAD = 12  # paragraphs among which the one that a paragraph became is looked for


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What was done to a text: its paragraphs beside what became of them, and the words that differ."""

    rows: list[Row] = field(default_factory=list)
    removed: list[Stretch] = field(default_factory=list)
    inserted: list[Stretch] = field(default_factory=list)
    kept: dict[int, int] = field(default_factory=dict)
    """Where each word that stayed began before, and begins now."""


@dataclass(frozen=True, slots=True)
class Turnover:
    """Findings of the version before that went, of the one after that came, and those that both have (as after)."""

    went: list[Finding] = field(default_factory=list)
    came: list[Finding] = field(default_factory=list)
    stayed: list[Finding] = field(default_factory=list)
    remained: list[Finding] = field(default_factory=list)
    """Those that both have, as before."""


def rewrite(before: str, after: str) -> Rewriting:
    """Which paragraphs and which words of a text were changed? Differences are told word by word.

    Matches begin at no word that is common in a paragraph of 200 words and more (difflib's autojunk): it would take
    seconds.
    """
    made = Rewriting()
    ours, theirs = _paragraphs(before), _paragraphs(after)
    same = SequenceMatcher(None, [before[s:e] for s, e in ours], [after[s:e] for s, e in theirs])
    for tag, a, b, c, d in same.get_opcodes():
        if tag == "equal":
            made.rows.extend(zip(ours[a:b], theirs[c:d], strict=True))
        else:
            made.rows.extend(_pair(before, after, ours[a:b], theirs[c:d]))
    for one, other in made.rows:
        _tell_apart(before, after, one, other, made)
    return made


def turn_over(made: Rewriting, before: Sequence[Finding], after: Sequence[Finding]) -> Turnover:
    """Which findings went and came? One stays where its word stayed, or else where the same words are found again."""
    found = Turnover()
    waiting = {(one.start, one.text): one for one in after}
    moved: list[Finding] = []
    for one in before:
        if other := waiting.pop((made.kept.get(one.start, -1), one.text), None):
            found.remained.append(one)
            found.stayed.append(other)
        else:
            moved.append(one)
    for one in moved:
        place = next((place for place in waiting if place[1] == one.text), None)
        if place is None:
            found.went.append(one)
        else:
            found.remained.append(one)
            found.stayed.append(waiting.pop(place))
    found.came.extend(waiting.values())
    return found


def _paragraphs(text: str) -> list[Stretch]:
    """Every line that holds more than white space, without the white space around it."""
    return [found.span() for found in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)]


def _pair(before: str, after: str, ours: Sequence[Stretch], theirs: Sequence[Stretch]) -> list[Row]:
    """Of paragraphs that differ: which became which, in order; the rest stand alone."""
    rows: list[Row] = []
    bags = [Counter(_words(after, place)) for place in theirs]
    at = 0
    for place in ours:
        bag = Counter(_words(before, place))
        likeness = [_compare(bag, other) for other in bags[at : at + _AHEAD]]
        best = max(range(len(likeness)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < _ALIKE:
            rows.append((place, None))
            continue
        rows += [(None, other) for other in theirs[at : at + best]]
        rows.append((place, theirs[at + best]))
        at += best + 1
    rows += [(None, other) for other in theirs[at:]]
    return rows


def _compare(ours: Counter[str], theirs: Counter[str]) -> float:
    """The share (0..1) of the words of two bags that both have."""
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def _words(text: str, place: Stretch) -> list[str]:
    return [found[0] for found in _TOKEN.finditer(text, *place)]


def _tell_apart(before: str, after: str, one: Stretch | None, other: Stretch | None, made: Rewriting) -> None:
    ours = list(_TOKEN.finditer(before, *one)) if one else []
    theirs = list(_TOKEN.finditer(after, *other)) if other else []
    words = SequenceMatcher(None, [token[0] for token in ours], [token[0] for token in theirs])
    for tag, a, b, c, d in words.get_opcodes():
        if tag == "equal":
            made.kept.update((x.start(), y.start()) for x, y in zip(ours[a:b], theirs[c:d], strict=True))
            continue
        if b > a:
            made.removed.append((ours[a].start(), ours[b - 1].end()))
        if d > c:
            made.inserted.append((theirs[c].start(), theirs[d - 1].end()))


__all__ = ["Rewriting", "Row", "Stretch", "Turnover", "rewrite", "turn_over"]
