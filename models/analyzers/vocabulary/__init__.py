"""Vocabulary: which words are loaded, who says them, and about whom."""

from __future__ import annotations

from collections.abc import Iterator

from ...classifiers import terms
from ...document import Document
from ...report import Span, Term, Vocabulary, Voice
from . import alternatives
from .aims import Word
from .candidates import TermCandidate, propose, settle
from .mentioned import is_mentioned
from .rates import count_words, measure
from .reported import is_reported
from .targets import Targets

__all__ = ["FOUND", "analyze", "count_words", "find_voice", "measure", "propose", "settle", "write"]

FOUND = "reader.loaded"
_FOUND_NOTE = "No list has it: the reader, a model trained on sentences that experts marked, takes it as loaded here."

# What somebody says that something is; how much, and with what picture, is the teller's way to say it.
_JUDGING = frozenset(("label", "verdict", "contempt", "praise", "doubt", "contested"))


def analyze(document: Document) -> Vocabulary:
    """Which words of this article are loaded, in whose voice, and about whom?"""
    targets = Targets(document)
    candidates = settle(document, propose(document, targets))
    taken: list[Term] = []
    for term in sorted(_judge(document, candidates, targets), key=lambda term: term.start):
        if not taken or term.start >= taken[-1].end:
            taken.append(term)
    return Vocabulary(terms=taken, rates=measure(document, [term for term in taken if term.shown]))


def _judge(document: Document, candidates: list[TermCandidate], targets: Targets) -> Iterator[Term]:
    described = terms.describe(document, [candidate.known for candidate in candidates])
    for candidate, decision in zip(candidates, terms.decide(described), strict=True):
        if decision.holds:
            yield write(document, candidate, decision, targets)


def write(document: Document, candidate: TermCandidate, decision: terms.Decision, targets: Targets) -> Term:
    """A candidate as the report tells it: its words, voice and target."""
    start, end = _place(document, candidate.first, candidate.last)
    entry = candidate.hit.entry if candidate.hit else None
    word = Word(candidate.first, candidate.last, candidate.category, candidate.tone)
    target, about = targets.aim(word, entry)
    return Term(
        start=start,
        end=end,
        text=document.text[start:end],
        rule=entry.id if entry else FOUND,
        category=candidate.category,
        tone=candidate.tone,
        strength=decision.strength,
        shown=decision.shown,
        voice=find_voice(document, candidate),
        target=target,
        about=_cut(document, *about) if about else None,
        alternatives=list(alternatives.propose(document, candidate.hit)) if candidate.hit else [],
        note=entry.note if entry else _FOUND_NOTE,
    )


def find_voice(document: Document, candidate: TermCandidate) -> Voice:
    """Whose word is it: the outlet's, or that of somebody quoted, or said to call somebody so?"""
    start = document.tokens[candidate.first].start
    judges = candidate.category in _JUDGING
    if is_mentioned(document, candidate.first) or (judges and is_reported(document, candidate.first, candidate.last)):
        return "quoted"
    return document.voice_at(start)


def _place(document: Document, first: int, last: int) -> tuple[int, int]:
    return document.tokens[first].start, document.tokens[last - 1].end


def _cut(document: Document, first: int, last: int) -> Span:
    start, end = _place(document, first, last)
    return Span(start=start, end=end, text=document.text[start:end])
