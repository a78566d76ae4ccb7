"""Vocabulary: which words are loaded, who says them, and about whom."""

from __future__ import annotations

from collections.abc import Iterator

from ...classifiers import terms
from ...document import Document
from ...report import Term, Vocabulary
from .candidates import TermCandidate, propose
from .mentioned import is_mentioned
from .rates import count_words, measure
from .targets import Targets

__all__ = ["FOUND", "analyze", "count_words", "propose", "write"]

FOUND = "reader.loaded"
_FOUND_NOTE = "No list has it: the reader, a model trained on sentences that experts marked, takes it as loaded here."


def analyze(document: Document) -> Vocabulary:
    """Which words of this article are loaded, in whose voice, and about whom?"""
    targets = Targets(document)
    candidates = propose(document, targets)
    taken: list[Term] = []
    for term in sorted(_judge(document, candidates, targets), key=lambda term: term.start):
        if not taken or term.start >= taken[-1].end:
            taken.append(term)
    return Vocabulary(terms=taken, rates=measure(document, taken))


def _judge(document: Document, candidates: list[TermCandidate], targets: Targets) -> Iterator[Term]:
    described = terms.describe(document, [candidate.known for candidate in candidates])
    for candidate, decision in zip(candidates, terms.decide(described), strict=True):
        if decision.holds:
            yield write(document, candidate, decision.strength, targets)


def write(document: Document, candidate: TermCandidate, strength: float, targets: Targets) -> Term:
    """A candidate as the report tells it: its words, voice and target."""
    words = document.tokens[candidate.first : candidate.last]
    start, end = words[0].start, words[-1].end
    entry = candidate.hit.entry if candidate.hit else None
    return Term(
        start=start,
        end=end,
        text=document.text[start:end],
        rule=entry.id if entry else FOUND,
        category=candidate.category,
        tone=candidate.tone,
        strength=strength,
        voice="quoted" if is_mentioned(document, candidate.first) else document.voice_at(start),
        target=targets.target(candidate.first, candidate.last, entry),
        alternatives=list(entry.alternatives) if entry else [],
        note=entry.note if entry else _FOUND_NOTE,
    )
