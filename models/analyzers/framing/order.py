"""Order: where in the text each main person or body first appears, and where it first speaks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from ...document import Document, Entity
from ...document.neighbours import find_main
from ...report import Appearance, Attribution, Order
from . import headline

_DIGITS = 3


def analyze(document: Document, said: Attribution) -> Order | None:
    """What comes first, and what comes late? None for a text without words."""
    places = _word_starts(document)
    if not places:
        return None
    speaking = _first_words(said)
    main = find_main(document)
    return Order(
        people=[_appearance(document, entity, places, speaking) for entity in main],
        headline=headline.analyze(document),
    )


def _word_starts(document: Document) -> list[int]:
    """Where each word of headline, lead and body begins."""
    sentences = [sentence for sentence in document.sentences if sentence.part != "boilerplate"]
    return [
        token.start
        for sentence in sentences
        for token in document.tokens[sentence.first : sentence.last]
        if token.is_word
    ]


def _first_words(said: Attribution) -> Mapping[str, int]:
    first: dict[str, int] = {}
    for item in said.items:
        if item.speaker:
            start = item.content.start
            first[item.speaker] = min(start, first.get(item.speaker, start))
    return first


def _appearance(document: Document, entity: Entity, places: Sequence[int], speaking: Mapping[str, int]) -> Appearance:
    body = [mention.start for mention in entity.mentions if mention.start >= document.title_end]
    spoken = speaking.get(entity.id)
    return Appearance(
        entity=entity.id,
        mentioned=_share(places, entity.mentions[0].start),
        speaks=None if spoken is None else _share(places, spoken),
        in_headline=len(body) < len(entity.mentions),
    )


def _share(places: Sequence[int], offset: int) -> float:
    """How far into the text, in words: 0 at the first, 1 at the last."""
    return round(min(1.0, bisect_left(places, offset) / max(1, len(places) - 1)), _DIGITS)
