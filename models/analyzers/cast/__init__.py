"""Cast: as what does each source speak, on which side, where does the accused answer, and who is not heard?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...document import Document
from ...report import Attribution, AttributionItem, CastMember, EntityFinding, Span, Term, Unheard
from . import accusations, joins, roles, sides, unheard
from .lists import load
from .roles import Source

__all__ = ["analyze", "find_sources"]

_SHARES = frozenset(("%", "percent", "cent", "half", "third", "thirds", "two-thirds", "quarter", "quarters"))
_NOBODY = ("PRON", "DET", "SCONJ", "ADV", "PUNCT", "X")  # "they", "who": whoever it is, the text does not say here


def analyze(
    document: Document, said: Attribution, terms: Sequence[Term], people: Sequence[EntityFinding]
) -> tuple[list[CastMember], list[Unheard]]:
    """Every source once, most words first, and whoever is accused or touched and says nothing.

    `said`, `terms` and `people` are what the other analyzers found in this document.
    """
    cast = [_tell(document, source) for source in joins.join(document, find_sources(document, said))]
    return cast, unheard.find(document, said, terms, people)


def find_sources(document: Document, said: Attribution) -> Iterator[Source]:
    """The sources whose part can be told: named ones, and those whose own words say who they are."""
    entities = {entity.id: entity for entity in document.entities}
    for summary in said.sources:
        items = [said.items[at] for at in summary.items if said.items[at].shown]
        entity = entities.get(summary.speaker or "")
        if not items or (entity is None and not _is_told(document, items)):
            continue
        if entity is not None and entity.kind != "person" and _is_group(document, items):
            entity = None  # "some Republicans" are no party
        yield Source(summary, items, entity)


def _is_told(document: Document, items: Sequence[AttributionItem]) -> bool:
    told = next((item.source for item in items if item.source is not None), None)
    if told is None:
        return False
    held = document.tokens_in(told.start, told.end)
    head = document.reading.syntax.head_of(held[0], held[-1] + 1) if held else None
    return head is not None and document.reading.syntax.upos[head] not in _NOBODY and not _is_figure(document, held)


def _is_figure(document: Document, held: Sequence[int]) -> bool:
    """Is it a share or a number, and nobody's: 22%, another 20 percent, three in ten?"""
    words = [document.folded[at] for at in held]
    upos = document.reading.syntax.upos
    whose = any(upos[at] in ("NOUN", "PROPN", "PRON") and document.folded[at] not in _SHARES for at in held)
    counted = any(word in _SHARES or word[0].isdigit() for word in words) or (len(words) == 3 and words[1] == "in")
    return counted and not whose


def _is_group(document: Document, items: Sequence[AttributionItem]) -> bool:
    """Are these members under a name's roof, by their own words: [House Republicans]?"""
    told = [item.source for item in items if item.source is not None]
    held = [document.tokens_in(span.start, span.end) for span in told]
    heads = [document.reading.syntax.head_of(one[0], one[-1] + 1) for one in held if one]
    return bool(heads) and all(document.tokens[head].text in load().sides.members for head in heads)


def _tell(document: Document, source: Source) -> CastMember:
    role, shown = roles.decide(document, source)
    told = next((item.source.text for item in source.items if item.source is not None), source.summary.name)
    accused = next(accusations.find(document, source.entity), None) if source.entity is not None else None
    return CastMember(
        name=source.summary.name if source.entity is not None else told,
        speaker=source.entity.id if source.entity is not None else None,
        role=role,
        side=sides.tell(document, source.entity, roles.own_words(document, source)),
        evidence=_span(document, shown),
        words=source.summary.words,
        accused=_span(document, accused),
        answer=_answer(document, source, accused),
    )


def _answer(document: Document, source: Source, accused: tuple[int, int] | None) -> int | None:
    """How many words after the accusation its own first words come; None where none do."""
    if accused is None:
        return None
    end = document.tokens[accused[1] - 1].end
    starts = [part.start for item in source.items for part in (item.content, *item.content_parts)]
    after = min((start for start in starts if start >= end), default=None)
    return (
        None
        if after is None
        else sum(document.tokens[at].is_word for at in range(accused[1], document.token_at(after)))
    )


def _span(document: Document, held: tuple[int, int] | None) -> Span | None:
    if held is None:
        return None
    start, end = document.tokens[held[0]].start, document.tokens[held[1] - 1].end
    return Span(start=start, end=end, text=document.text[start:end])
