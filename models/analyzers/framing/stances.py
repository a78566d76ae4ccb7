"""Stances: who is for or against whom among the most mentioned, as a sentence that names both tells it."""

from __future__ import annotations

from ...document import Document
from ...document.neighbours import find_pairs
from ...document.parts import Place
from ...report import Polarity, Span, StanceFinding, Voice
from . import relations, standing

_SURE = 0.975  # the reader's probability from which its word alone counts: below it blind readers held 8 of 24
_LIKELY = 0.5  # and beside a verb or noun that says the same
_ALONE = frozenset(("nsubj", "nsubj:pass", "obj", "obl:agent", "conj"))
_CLASSES: tuple[tuple[int, Polarity], ...] = ((0, 0), (0, 1), (1, 1), (0, -1), (1, -1))  # holder of the pair, polarity


def find(document: Document) -> list[StanceFinding]:
    """Who is plainly for or against whom? In the order of the text, each pair once a sentence."""
    bearers = {(m.start, m.end): entity for entity in document.entities for m in entity.mentions}
    named = {at: entity for place, entity in bearers.items() for at in document.tokens_in(*place)}
    found: list[StanceFinding] = []
    told: set[tuple[str, str, str]] = set()
    for p, q in find_pairs(document):
        known = document.reading.pairs.get((p, q), (1.0,))
        best = max(range(len(known)), key=known.__getitem__)
        first, polarity = _CLASSES[best]
        if polarity == 0 or not _is_plain(document, p, q, best, known[best]):
            continue
        holder, target = (p, q) if first == 0 else (q, p)
        if any(bearers[one].kind == "place" and not _stands_alone(document, one) for one in (p, q)):
            continue
        if not all(standing.is_itself(document, one, named) for one in (p, q)):
            continue
        if standing.is_one_of(document, holder) or standing.has_other_doer(document, holder, target, named):
            continue
        if standing.is_turned(document, holder, polarity):
            continue
        sentence = document.sentences[document.sentence_at(p[0])]
        one_telling = (bearers[holder].id, bearers[target].id, document.text[sentence.start : sentence.end])
        if one_telling in told:
            continue  # an extraction has the paragraph twice
        told.add(one_telling)
        found.append(
            StanceFinding(
                holder=bearers[holder].id,
                target=bearers[target].id,
                polarity=1 if polarity > 0 else -1,
                probability=known[best],
                evidence=Span(
                    start=sentence.start, end=sentence.end, text=document.text[sentence.start : sentence.end]
                ),
                voice=_voice(document, p, q),
            )
        )
    return found


def _is_plain(document: Document, p: Place, q: Place, best: int, probability: float) -> bool:
    """Is the reader sure, or does the grammar between the two say the same?"""
    if probability >= _SURE or probability < _LIKELY:
        return probability >= _SURE
    holder, polarity = _CLASSES[best]
    return relations.find(document, p, q) == ((p, q)[holder], polarity)


def _stands_alone(document: Document, place: Place) -> bool:
    """Does a place act or suffer itself: Canada, and neither Canada's premier nor the attack in Canada?"""
    inside, syntax = document.tokens_in(*place), document.reading.syntax
    return bool(inside) and syntax.relations[syntax.head_of(inside.start, inside.stop)] in _ALONE


def _voice(document: Document, p: Place, q: Place) -> Voice:
    """In somebody else's voice where both are named in it."""
    both = {document.voice_at(p[0]), document.voice_at(q[0])}
    return "quoted" if both == {"quoted"} else "outlet"
