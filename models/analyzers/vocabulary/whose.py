"""Whose word it is: the outlet's, or that of somebody quoted, or said to call somebody so.

What the rules give to somebody else is his: marks and layout, what is mentioned, what is reported. Of the rest a
decision learned from coders and readers (`classifiers/word_voices.py`) finds more: "denounced the bill as draconian,
and its authors as cruel".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...classifiers import word_voices
from ...classifiers.word_voices import Place, Rows
from ...document import Document
from ...document.syntax import SUBJECTS
from ...report import Voice
from .candidates import TermCandidate
from .mentioned import is_mentioned
from .reported import is_reported

# What somebody says that something is; how much, and with what picture, is the teller's way to say it.
_JUDGING = frozenset(("label", "verdict", "contempt", "praise", "doubt", "contested"))
_OUR_OWN = frozenset(("i", "we"))
_COLON = (":", "：")
_BETWEEN = 20  # characters of a gap between paragraphs


@dataclass(frozen=True, slots=True)
class Whose:
    """The voice, and how likely it is that one: 0 to 1."""

    voice: Voice
    probability: float


def judge(document: Document, candidates: Sequence[TermCandidate], described: Rows) -> list[Whose]:
    """Whose is each of these words? `described` as the terms' decision sees them."""
    if not candidates:
        return []
    places = [locate(document, one) for one in candidates]
    shares = word_voices.weigh(word_voices.describe(places, described))
    return [_tell(document, *told) for told in zip(candidates, places, shares, strict=True)]


def _tell(document: Document, one: TermCandidate, place: Place, share: float) -> Whose:
    found = share > word_voices.load().quoted_from and not _is_tellers(document, one.first, one.last)
    return Whose("quoted", share) if place.ruled or found else Whose("outlet", 1 - share)


def locate(document: Document, candidate: TermCandidate) -> Place:
    """What the rules say of where a word stands."""
    first, last = candidate.first, candidate.last
    content = document.reading.coded.get("content", document.reading.content)[first:last]
    inside = document.voice_at(document.tokens[first].start) == "quoted"
    mentioned, reported = is_mentioned(document, first), is_reported(document, first, last)
    return Place(
        ruled=inside or mentioned or (reported and candidate.category in _JUDGING),
        inside=inside,
        mentioned=mentioned,
        reported=reported,
        colon=_follows_colon(document, first),
        content=float(content.mean()) if len(content) else 0.0,
    )


def _is_tellers(document: Document, first: int, last: int) -> bool:
    """I call the mayor a [coward]: does the teller say so by himself?"""
    syntax = document.reading.syntax
    at = syntax.head_of(first, last)
    subjects = (syntax.child(one, *SUBJECTS) for one in (at, *syntax.ancestors(at)))
    return any(one is not None and document.folded[one] in _OUR_OWN for one in subjects)


def _follows_colon(document: Document, at: int) -> bool:
    paragraph = document.paragraphs[document.sentences[document.tokens[at].sentence].paragraph]
    return document.text[max(0, paragraph.start - _BETWEEN) : paragraph.start].rstrip().endswith(_COLON)
