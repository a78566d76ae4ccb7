"""Vocabulary: which words are loaded, who says them, and about whom."""

from __future__ import annotations

from collections.abc import Iterator

from models.analyzers.vocabulary import kinship, scare_quotes
from models.analyzers.vocabulary.aims import Aims
from models.analyzers.vocabulary.candidates import Candidate, propose
from models.analyzers.vocabulary.mentioned import is_mentioned
from models.analyzers.vocabulary.rates import count_words, measure
from models.classifiers import terms
from models.document import Document
from models.report import Term, Vocabulary

__all__ = ["FOUND", "analyze", "count_words", "propose"]

FOUND = "reader.loaded"
_FOUND_NOTE = "No list has it: the reader, a model trained on sentences that experts marked, takes it as loaded here."
_ENOUGH = 0.3  # strength of a list alone, where no reader judges


def analyze(document: Document) -> Vocabulary:
    """Which words of this article are loaded, in whose voice, and about whom?"""
    aims = Aims(document)
    candidates = propose(document, aims)
    found = [*_judge(document, candidates, aims), *scare_quotes.find(document)]
    taken: list[Term] = []
    for term in sorted(found, key=lambda t: (t.start, t.category == "scare_quotes")):
        if not taken or term.start >= taken[-1].end:
            taken.append(term)
    return Vocabulary(terms=taken, rates=measure(document, taken))


def _judge(document: Document, candidates: list[Candidate], aims: Aims) -> Iterator[Term]:
    if document.reading is None:
        for candidate in candidates:
            assert candidate.hit is not None  # noqa: S101  # without a reading, only lists propose
            if candidate.hit.entry.strength >= _ENOUGH:
                yield _term(document, candidate, candidate.hit.entry.strength, aims)
        return
    described = terms.describe(document, document.reading, [candidate.facts for candidate in candidates])
    for candidate, decision in zip(candidates, terms.decide(described), strict=True):
        if decision.holds:
            yield _term(document, candidate, decision.strength, aims)


def _term(document: Document, candidate: Candidate, strength: float, aims: Aims) -> Term:
    words = document.tokens[candidate.first : candidate.last]
    start, end = words[0].start, words[-1].end
    entry = candidate.hit.entry if candidate.hit else None
    category, tone = (entry.category, entry.tone) if entry else kinship.judge(words)
    return Term(
        start=start,
        end=end,
        text=document.text[start:end],
        rule=entry.id if entry else FOUND,
        category=category,
        tone=tone,
        strength=strength,
        voice="quoted" if is_mentioned(document, candidate.first) else document.voice_at(start),
        target=aims.target(candidate.first, candidate.last, entry),
        alternatives=list(entry.alternatives) if entry else [],
        note=entry.note if entry else _FOUND_NOTE,
    )
