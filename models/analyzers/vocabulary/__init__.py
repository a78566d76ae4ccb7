"""Vocabulary: which words are loaded, who says them, and about whom."""

from __future__ import annotations

from collections.abc import Iterator

from ...classifiers import signing, terms
from ...document import Document
from ...report import Span, Term, Vocabulary
from . import alternatives, whose
from .aims import Word
from .candidates import TermCandidate, propose, settle
from .rates import count_words, measure
from .targets import Targets
from .whose import Whose

__all__ = ["FOUND", "analyze", "count_words", "measure", "propose", "settle", "write"]

FOUND = "reader.loaded"
_FOUND_NOTE = "No list has it: the reader, a model trained on sentences that experts marked, takes it as loaded here."


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
    voices = whose.judge(document, candidates, described)
    for candidate, decision, voice in zip(candidates, terms.decide(described), voices, strict=True):
        if decision.holds:
            yield write(document, candidate, decision, voice, targets)


def write(
    document: Document, candidate: TermCandidate, decision: terms.Decision, voice: Whose, targets: Targets
) -> Term:
    """A candidate as the report tells it: its words, voice and target."""
    start, end = _place(document, candidate.first, candidate.last)
    entry = candidate.hit.entry if candidate.hit else None
    word = Word(candidate.first, candidate.last, candidate.category, candidate.tone)
    target, about = targets.aim(word, entry)
    told = signing.Told(
        decision.strength, candidate.category, candidate.sure, voice.probability, is_outlets=voice.voice == "outlet"
    )
    return Term(
        start=start,
        end=end,
        text=document.text[start:end],
        rule=entry.id if entry else FOUND,
        category=candidate.category,
        tone=candidate.tone,
        strength=decision.strength,
        shown=entry is not None and signing.is_shown(told),
        voice=voice.voice,
        target=target,
        about=_cut(document, *about) if about else None,
        alternatives=list(alternatives.propose(document, candidate.hit)) if candidate.hit else [],
        note=entry.note if entry else _FOUND_NOTE,
    )


def _place(document: Document, first: int, last: int) -> tuple[int, int]:
    return document.tokens[first].start, document.tokens[last - 1].end


def _cut(document: Document, first: int, last: int) -> Span:
    start, end = _place(document, first, last)
    return Span(start=start, end=end, text=document.text[start:end])
