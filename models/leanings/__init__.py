"""Leanings: which feeling toward a name the words around it rule out, whatever the reader takes from them.

The reader judges a name by the words near it, and takes "cleared of theft" for theft. Grammar knows better in a few
plain cases: somebody is cleared, blame or praise is denied, a label speaks badly or well of its target. Then the
feeling against that is ruled out, and the reader chooses between the other two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..document import Document
from ..report import Term
from .rules import Named, Place, Polarities, Rules, Sign, triggers


def settle(document: Document, terms: Sequence[Term]) -> Document:
    """The document with every feeling toward a name that its grammar or its labels rule out set aside."""
    reading = document.reading
    if not reading.polarities:
        return document
    by_sentence = _gather(document, reading.polarities)
    ruled_out: dict[Place, set[Sign]] = defaultdict(set)
    for at, named in by_sentence.items():
        sentence = document.sentences[at]
        if not triggers().isdisjoint(document.folded[sentence.first : sentence.last]):
            for one, sign in Rules(document, sentence, named, terms).apply():
                for same in named:  # he, too, is cleared
                    if same == one or (one.bearer and same.bearer == one.bearer) or _touch(same.place, one.place):
                        ruled_out[same.place].add(sign)
    for place, sign in _labelled(document, terms, by_sentence):
        if -sign not in ruled_out[place]:  # no hero: the label is denied
            ruled_out[place].add(sign)
    polarities = dict(reading.polarities)
    for place, signs in ruled_out.items():
        polarities[place] = _without(polarities[place], signs)
    return document.with_reading(replace(reading, polarities=polarities))


def _gather(document: Document, places: Mapping[Place, Polarities]) -> dict[int, list[Named]]:
    bearers = {(m.start, m.end): e for e in document.entities for m in e.mentions}
    found: dict[int, list[Named]] = defaultdict(list)
    for start, end in sorted(places):
        inside = document.tokens_in(start, end)
        if inside:
            at = document.tokens[inside.start].sentence
            bearer = bearers.get((start, end))
            person = bearer is None or bearer.kind == "person"
            found[at].append(Named((start, end), bearer.id if bearer else "", inside.start, inside.stop, person))
    return found


def _labelled(
    document: Document, terms: Sequence[Term], by_sentence: dict[int, list[Named]]
) -> Iterator[tuple[Place, Sign]]:
    """A label speaks badly or well of its target: there is no feeling against it where the label stands."""
    tones: dict[tuple[str, int], set[str]] = defaultdict(set)
    for term in terms:
        if term.target is not None and term.category != "scare_quotes":
            tones[term.target, document.sentence_at(term.start)].add(term.tone)
    mentions = {e.id: [(m.start, m.end) for m in e.mentions] for e in document.entities}
    for (target, at), found in tones.items():
        if len(found) > 1:
            continue
        against: Sign = 1 if found == {"negative"} else -1
        inside = [place for place in mentions.get(target, ()) if document.sentence_at(place[0]) == at]
        for one in by_sentence.get(at, ()):
            if any(_touch(one.place, place) for place in inside):
                yield one.place, against


def _touch(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _without(polarity: Polarities, signs: set[Sign]) -> Polarities:
    negative, neutral, positive = polarity
    negative, positive = (0.0 if -1 in signs else negative), (0.0 if 1 in signs else positive)
    total = negative + neutral + positive
    if not total:
        return 0.0, 1.0, 0.0
    return round(negative / total, 4), round(neutral / total, 4), round(positive / total, 4)
