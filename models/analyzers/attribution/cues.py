"""Cues: the words by which speech, thought or writing is handed on, and how they colour it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ...document import tokens
from ...document.parts import fold
from ...document.phrases import Phrases
from ...document.word_classes import CLASSES
from ...report import Stance

PATH = Path(__file__).parents[2] / "lexicons" / "cues.toml"
Frame = Literal[
    "quote", "that", "wh", "clause", "to", "object", "tell", "source", "passive", "noun", "adverb",
    "about", "against", "as", "at", "for", "in", "of", "on", "over", "with",
]  # fmt: skip
PREPOSITIONS: tuple[Frame, ...] = ("about", "against", "as", "at", "for", "in", "of", "on", "over", "with")

_BESIDE = 5  # tokens of an adverb in parentheses
_DETERMINERS = frozenset(("a", "an", "the", "his", "her", "their", "its", "this", "that", "in", "with"))


class CueEntry(BaseModel):
    """One cue as a dictionary would give it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lemma: str
    stance: Literal["neutral", "endorsing", "doubting", "emotive"]
    takes: tuple[Frame, ...] = Field(min_length=1, description="What must follow for it to be a cue.")
    forms: tuple[str, ...] = Field(min_length=1, description="All its forms.")
    not_before: tuple[str, ...] = Field(default=(), description="None of these words may follow.")
    matches: tuple[str, ...] = Field(min_length=1, description="Sentences that mark every [cue].")
    ignores: tuple[str, ...] = Field(min_length=1, description="Sentences in which it is no cue.")


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """All cues, found by their forms."""

    entries: tuple[CueEntry, ...]
    _phrases: Phrases[CueEntry]

    def at(self, words: Sequence[str], first: int, end: int) -> tuple[int, CueEntry] | None:
        """The longest cue that begins with words[first], before `end`: where it ends, and its entry."""
        found = self._phrases.at(words, first, end)
        if not found:
            return None
        stop, (entry, *_) = found[0]
        return None if stop < len(words) and words[stop] in entry.not_before else (stop, entry)

    def within(self, words: Sequence[str], first: int, last: int) -> CueEntry | None:
        """The cue that says most in words[first:last]: the longest, and of equals the last, a noun's sense excepted.

        "wrote in a note to" is led by its verb.
        """
        best: tuple[tuple[bool, int], CueEntry] | None = None
        for at in range(first, last):
            found = self.at(words, at, last)
            if found:
                rank = (at == first or words[at - 1] not in _DETERMINERS, found[0] - at)
                if best is None or rank >= best[0]:
                    best = rank, found[1]
        return best[1] if best else None


@cache
def load() -> CueLexicon:
    """Read and validate the lexicon; once a process."""
    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    entries = tuple(CueEntry.model_validate({"lemma": lemma} | table) for lemma, table in tables.items())
    phrases: Phrases[CueEntry] = Phrases()
    for entry in entries:
        for form in entry.forms:
            phrases.add((fold(form[first:last]) for first, last in tokens.split(form, 0, len(form))), entry)
    return CueLexicon(entries, phrases)


def judge(words: Sequence[str], first: int, last: int) -> tuple[str, Stance]:
    """Lemma and stance of the cue words[first:last], an adverb beside it included: falsely said.

    "unclassified" when the lexicon lacks it."""
    entry = load().within(words, first, last)
    if entry is not None:
        opening = max(0, first - _BESIDE)
        aside = first > 0 and words[first - 1] == ")" and "(" in words[opening:first]  # has always (and rightly) said
        beside = words[opening if aside else max(0, first - 1) : last]
        told: Stance = "doubting" if not CLASSES["falsely"].isdisjoint(beside) else entry.stance
        return entry.lemma, "endorsing" if not CLASSES["rightly"].isdisjoint(beside) else told
    if not any(word[0].isalpha() for word in words[first:last]):  # Mora: Harbour will reopen
        return words[first], "neutral"
    return " ".join(words[first:last]), "unclassified"
