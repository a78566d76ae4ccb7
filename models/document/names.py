"""Names: the people, organizations and places of an article, with all their mentions.

`find` looks for stretches that may be names (`name_spans`), says what kind each is (`name_kinds`), joins those
that mean the same (`name_links`) and adds roles and pronouns where only one of them can be meant (`references`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..report import EntityKind
from . import references
from .name_links import Joiner
from .name_lists import fold_name, lists
from .name_spans import spans
from .parts import Document, Entity, Probabilities, Quotation, Sentence, Token

# Mean probability over an entity's names from which on the reader decides its kind, and below which it is none.
_SURE = 0.6
_NOTHING = 0.05


def find(
    text: str, tokens: Sequence[Token], sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> tuple[Entity, ...]:
    """Who and what is named, where? Linear in the length of the text; boilerplate names nobody."""
    joiner = Joiner(text, tokens, sentences)
    records = joiner.join(list(spans(tokens, sentences)))
    references.add(records, tokens, sentences, quotations)
    records = [r for r in records if r.mentions]
    for record in records:
        record.mentions.sort(key=lambda m: m.start)
    records.sort(key=lambda r: r.mentions[0].start)
    return tuple(
        Entity(f"e{n}", record.name, record.kind, tuple(record.mentions), record.gender)
        for n, record in enumerate(records, 1)
    )


def refine(document: Document) -> tuple[Entity, ...]:
    """What kind is each entity, now that the reader has seen every name in its context?

    Mentions stay as they are. The lists' names keep their kind, and so does an organization: there the rules are
    right more often (read by eye on 41 news articles).
    """
    return tuple(replace(e, kind=_kind(e, document)) for e in document.entities)


def _kind(entity: Entity, document: Document) -> EntityKind:
    reading = document.reading
    heads: dict[EntityKind, Probabilities] = {
        "person": reading.person,
        "organization": reading.organization,
        "place": reading.place,
    }
    named = [document.tokens_in(m.start, m.end) for m in entity.mentions if m.form == "name"]
    named = [tokens for tokens in named if tokens]
    if not named or fold_name(entity.name) in lists().known:
        return entity.kind
    means = {
        kind: sum(float(values[tokens.start : tokens.stop].mean()) for tokens in named) / len(named)
        for kind, values in heads.items()
    }
    best = max(means, key=lambda kind: means[kind])
    if means[best] < _NOTHING:
        return "other"
    return best if means[best] >= _SURE and entity.kind != "organization" else entity.kind
