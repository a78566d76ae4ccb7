"""Names: the people, organizations and places of an article, with all their mentions.

`find` looks for stretches that may be names (`name_spans`), says what kind each is (`name_kinds`), joins those
that mean the same (`name_links`; people by `name_people`) and adds roles and pronouns where only one of them can be
meant (`references`).
`refine` looks at them again when the reader has seen them (`name_review`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import antecedents, references
from .name_links import Joiner
from .name_review import Review
from .name_spans import spans
from .parts import UNREAD, Document, Entity, Quotation, Sentence, Token


def find(
    text: str, tokens: Sequence[Token], sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> tuple[Entity, ...]:
    """Who and what is named, where? Linear in the length of the text; boilerplate names nobody.

    Whoever is only described, and never named, is no entity.
    """
    records = Joiner(text, tokens, sentences, list(spans(tokens, sentences))).join()
    references.add(records, tokens, sentences, quotations)
    records = [r for r in records if r.mentions and (r.forms or r.known)]  # "the mayor", never named, is no entity
    for record in records:
        record.mentions.sort(key=lambda m: m.start)
    records.sort(key=lambda r: r.mentions[0].start)
    return tuple(
        Entity(f"e{n}", record.name, record.kind, tuple(record.mentions), record.gender)
        for n, record in enumerate(records, 1)
    )


def refine(document: Document) -> tuple[Entity, ...]:
    """Who and what is named, now that the reader has seen every name in its context?"""
    return Review(document).entities()


def settle(document: Document) -> Document:
    """The document with its entities refined; what is felt of a name is felt of it once it is whole."""
    reading = document.reading
    entities = antecedents.settle(replace(document, entities=refine(document)).with_reading(reading))
    polarities, feelings = dict(reading.polarities), dict(reading.feelings)
    old = sorted(reading.polarities)
    for mention in (mention for entity in entities for mention in entity.mentions):
        place = mention.start, mention.end
        if place not in polarities:
            inside = [one for one in old if one[0] < mention.end and mention.start < one[1]]
            polarities[place] = reading.polarities[inside[0]] if inside else UNREAD
            if inside and inside[0] in feelings:
                feelings[place] = feelings[inside[0]]
    return replace(document, entities=entities).with_reading(replace(reading, polarities=polarities, feelings=feelings))
