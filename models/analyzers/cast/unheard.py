"""For whose word would a fair reader wait? Main persons and bodies that are accused, without a word of their own.

Whom a story merely touches is not told: of 17 such blind readers held 7, of those accused 5 of 7.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ...classifiers import cast
from ...document import Document, Entity
from ...report import Attribution, EntityFinding, Span, Term, Unheard
from . import accusations

_MOST = 3  # of what is counted: more says no more
_MAIN = 3  # mentions from which somebody is told of often


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody without a word in the text: figures by name, and where the text accuses or touches it."""

    entity: Entity
    figures: dict[str, float]
    accused: bool
    evidence: tuple[int, int]


def find(
    document: Document, said: Attribution, terms: Sequence[Term], people: Sequence[EntityFinding]
) -> list[Unheard]:
    """Everybody who is accused and for whose word a fair reader would wait, most mentioned first."""
    told = describe(document, said, terms, people)
    found = [one for one in told if one.accused and cast.waits(one.figures)]
    return [
        Unheard(
            entity=one.entity.id,
            why="accused",
            evidence=Span(start=start, end=end, text=document.text[start:end]),
        )
        for one in sorted(found, key=lambda one: -len(one.entity.mentions))
        for start, end in (one.evidence,)
    ]


def describe(
    document: Document, said: Attribution, terms: Sequence[Term], people: Sequence[EntityFinding]
) -> Iterator[Silent]:
    """Persons and organizations that are given no words, and whom nobody speaks for by name.

    A statement that is too unsure to be shown is a word of theirs, too.
    """
    sources = _Covered(span for item in said.items for span in (item.source, *item.source_parts))
    contents = _Covered(span for item in said.items for span in (item.content, *item.content_parts))
    hit = Counter(term.target for term in terms if term.tone == "negative" and term.shown)
    speakers = {item.speaker for item in said.items}
    refused = {one.entity for one in said.no_reply}
    findings = {one.id: one for one in people}
    total = sum(len(entity.mentions) for entity in document.entities)
    ranks = {one.id: at for at, one in enumerate(sorted(document.entities, key=lambda one: -len(one.mentions)))}
    size = max(len(document.text), 1)
    for entity in document.entities:
        finding = findings.get(entity.id)
        if entity.kind not in ("person", "organization") or entity.id in speakers or finding is None:
            continue
        if any(mention.start in sources for mention in entity.mentions):
            continue
        count = len(entity.mentions)
        accused = list(accusations.find(document, entity))
        agency = finding.agency
        worst = min(finding.mentions, key=lambda one: (one.polarity, -one.sure))
        figures = {
            "accused": min(len(accused), _MOST),
            "is_accused": bool(accused),
            "mentions": math.log(count),
            "often": count >= _MAIN,
            "share": count / total,
            "first_three": ranks[entity.id] < 3,
            "first_six": ranks[entity.id] < 6,
            "negative": sum(one.polarity < 0 for one in finding.mentions) / count,
            "first": entity.mentions[0].start / size,
            "headline": any(one.start < document.title_end for one in entity.mentions),
            "words": min(hit[entity.id], _MOST),
            "person": entity.kind == "person",
            "refused": entity.id in refused,
            "acted_on": agency.acted_on if agency else 0.0,
            "acts": agency.acts if agency else 0.0,
            "portrayal": finding.shown_portrayal or 0.0,
            "told_of": sum(one.start in contents for one in entity.mentions) / count,
            "quoted": sum(one.voice == "quoted" for one in finding.mentions) / count,
        }
        sentence = document.sentences[document.sentence_at(worst.start)]
        evidence = (min(sentence.start, worst.start), max(sentence.end, worst.end))
        if accused:
            first, last = accused[0]
            evidence = document.tokens[first].start, document.tokens[last - 1].end
        yield Silent(entity, {name: float(value) for name, value in figures.items()}, bool(accused), evidence)


class _Covered:
    """Which places lie in any of some spans? Looked up, not searched: a text may hold thousands of both."""

    def __init__(self, spans: Iterable[Span | None]) -> None:
        known = sorted((span.start, span.end) for span in spans if span is not None)
        self._starts = [start for start, _ in known]
        self._ends = list(accumulate((end for _, end in known), max))

    def __contains__(self, place: int) -> bool:
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]
