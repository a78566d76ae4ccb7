"""Neighbours: which of the most mentioned stand side by side in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from .parts import Document, Entity, Place

MAIN = 6
_NAMED_TWICE = 2  # mentions below which nobody is a main person or body


def find_main(document: Document, kinds: Sequence[str] = ("person", "organization")) -> list[Entity]:
    """The most mentioned entities of these kinds, at most six, in order of appearance."""
    known = [e for e in document.entities if e.kind in kinds and len(e.mentions) >= _NAMED_TWICE]
    most = sorted(known, key=lambda entity: (-len(entity.mentions), entity.mentions[0].start))[:MAIN]
    return sorted(most, key=lambda entity: entity.mentions[0].start)


def find_pairs(document: Document) -> list[tuple[Place, Place]]:
    """Two names in one sentence, of different ones of the six most mentioned: each pair once, in the order of the text.

    Of whom a sentence names twice, the first name counts: at most fifteen pairs a sentence.
    """
    named: dict[int, dict[str, Place]] = {}
    for entity in find_main(document, ("person", "organization", "place")):
        for mention in entity.mentions:
            if mention.form == "name" and not document.is_boilerplate(mention.start):
                places = named.setdefault(document.sentence_at(mention.start), {})
                places.setdefault(entity.id, (mention.start, mention.end))
    return [pair for at in sorted(named) for pair in combinations(sorted(named[at].values()), 2)]
