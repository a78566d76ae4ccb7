"""Words as contradictions are told by them: dictionary forms, what negates, and what has two outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..stems import stem
from .settings import OPPOSITES

Phrase = tuple[str, ...]

_LEAST_BASE = 4  # letters of a word that a prefix turns round: "un" + "safe"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Two ways in which one thing may come out. `words` says which side each of its phrases stands for, 1 or -1."""

    index: int
    words: dict[Phrase, int]
    ignores: frozenset[Phrase]
    after: frozenset[str]  # it counts only after one of these; empty: anywhere
    alike: bool  # it counts only where the words around are the same
    converse: bool  # what one side does to the other: Holm beat Lund, Lund lost to Holm


def phrases(texts: Sequence[str]) -> frozenset[Phrase]:
    """Phrases as they are matched: the stems of their words."""
    return frozenset(tuple(stem(word) for word in text.split()) for text in texts)


def longest(stems: Sequence[str], at: int, known: frozenset[Phrase] | dict[Phrase, int], most: int = 4) -> int:
    """How many words from stems[at] on make the longest of these phrases? 0 for none."""
    sizes = range(min(most, len(stems) - at), 0, -1)
    return next((size for size in sizes if tuple(stems[at : at + size]) in known), 0)


def covered(stems: Sequence[str], at: int, size: int, known: frozenset[Phrase], most: int = 4) -> bool:
    """Does stems[at:at + size] stand inside one of these phrases?"""
    return any(
        first + longer >= at + size
        for first in range(max(0, at - most + 1), at + 1)
        for longer in range(most, 0, -1)
        if tuple(stems[first : first + longer]) in known
    )


def turned(form: str) -> Iterator[str]:
    """Of which words, as stems, may this be the opposite by its prefix: "unsafe" of "safe"?"""
    if stem(form) in _no_prefix():
        return
    for prefix in OPPOSITES["prefixes"]:
        base = form.removeprefix(prefix)
        if base != form and len(base) >= _LEAST_BASE:
            yield stem(base)


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Everything that may come out one way or the other."""
    return tuple(_read(at, row) for at, row in enumerate(OPPOSITES["outcome"]))


@cache
def outcomes_by_first() -> dict[str, tuple[Outcome, ...]]:
    """The outcomes that have a phrase beginning with this stem."""
    found: dict[str, tuple[Outcome, ...]] = {}
    for outcome in outcomes():
        for first in {phrase[0] for phrase in outcome.words}:
            found[first] = (*found.get(first, ()), outcome)
    return found


def may_turn_out(stems: Sequence[str], at: int) -> bool:
    """Does a phrase with two outcomes begin here?"""
    return any(longest(stems, at, outcome.words) for outcome in outcomes_by_first().get(stems[at], ()))


@cache
def negators() -> frozenset[Phrase]:
    """What turns the words after it round."""
    return phrases(OPPOSITES["negators"])


@cache
def no_negations() -> frozenset[Phrase]:
    """Phrases whose "not" or "no" negates nothing."""
    return phrases(OPPOSITES["no_negations"])


@cache
def moods() -> dict[str, bool]:
    """Words under which nothing is told as so; True where anything may be so."""
    return {stem(word): False for word in OPPOSITES["supposed"]} | {stem(word): True for word in OPPOSITES["open"]}


@cache
def told_with_to() -> frozenset[str]:
    """Words whose "to" tells what was done: "able to save"."""
    return frozenset(map(stem, OPPOSITES["told_with_to"]))


@cache
def negated_facts() -> frozenset[str]:
    """Moods that a negation turns into a fact: "could not find"."""
    return frozenset(map(stem, OPPOSITES["open_but_negated"]))


@cache
def clause_ends() -> frozenset[str]:
    """Words at which a clause ends."""
    return frozenset(OPPOSITES["clause_ends"])


def _read(at: int, row: dict[str, Any]) -> Outcome:
    sides = ((1, row["one"]), (-1, row["other"]))
    return Outcome(
        index=at,
        words={phrase: side for side, words in sides for phrase in phrases(words)},
        ignores=phrases(row["ignores"]),
        after=frozenset(stem(word) for word in row.get("only_after", ())),
        alike=row.get("only_alike", False),
        converse=row.get("converse", False),
    )


@cache
def _no_prefix() -> frozenset[str]:
    return frozenset(map(stem, OPPOSITES["no_prefix"]))
