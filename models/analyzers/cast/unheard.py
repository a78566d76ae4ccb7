"""For whose word would a fair reader wait? Main persons and bodies accused or touched, without a word of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


def find(document: Document, said: Attribution, terms: Sequence[Term], people: Sequence[EntityFinding]) -> list[Unheard]:
    """Everybody for whose word a fair reader would wait, most mentioned first."""
    found = [one for one in describe(document, said, terms, people) if cast.waits(one.figures)]
    return [
        Unheard(
            entity=one.entity.id,
            why="accused" if one.accused else "affected",
            evidence=Span(start=start, end=end, text=document.text[start:end]),
        )
        for one in sorted(found, key=lambda one: -len(one.entity.mentions))
        for start, end in (one.evidence,)
    ]


def describe(
    document: Document, said: Attribution, terms: Sequence[Term], people: Sequence[EntityFinding]
) -> Iterator[Silent]:
    """Persons and organizations that are given no words, and whom nobody speaks for by name."""
    shown = [item for item in said.items if item.shown]
    sources = [span for item in shown for span in (item.source, *item.source_parts) if span is not None]
    contents = [span for item in shown for span in (item.content, *item.content_parts)]
    speakers = {item.speaker for item in shown}
    refused = {one.entity for one in said.no_reply}
    findings = {one.id: one for one in people}
    total = sum(len(entity.mentions) for entity in document.entities)
    ranks = {one.id: at for at, one in enumerate(sorted(document.entities, key=lambda one: -len(one.mentions)))}
    size = max(len(document.text), 1)
    for entity in document.entities:
        finding = findings.get(entity.id)
        if entity.kind not in ("person", "organization") or entity.id in speakers or finding is None:
            continue
        if any(_inside(mention.start, sources) for mention in entity.mentions):
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
            "words": min(sum(t.target == entity.id and t.tone == "negative" and t.shown for t in terms), _MOST),
            "person": entity.kind == "person",
            "refused": entity.id in refused,
            "acted_on": agency.acted_on if agency else 0.0,
            "acts": agency.acts if agency else 0.0,
            "portrayal": finding.portrayal or 0.0,
            "told_of": sum(_inside(one.start, contents) for one in entity.mentions) / count,
            "quoted": sum(one.voice == "quoted" for one in finding.mentions) / count,
        }
        sentence = document.sentences[document.sentence_at(worst.start)]
        evidence = (min(sentence.start, worst.start), max(sentence.end, worst.end))
        if accused:
            first, last = accused[0]
            evidence = document.tokens[first].start, document.tokens[last - 1].end
        yield Silent(entity, {name: float(value) for name, value in figures.items()}, bool(accused), evidence)


def _inside(place: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= place < span.end for span in spans)
