"""Who is meant by a description: "the spokesman" is Tomas Reik where the article calls him so, "the report" its author's.

Only what the article's own grammar tells: appositions, titles, copulas, and whose document it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ...document.parts import Document, Entity, Mention
from ...document.syntax import ROOT
from . import sources
from .grammar import Lines, Words

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_AUTHOR = frozenset(("by", "from", "of"))


class Descriptions:
    """Nouns by which the article calls somebody, each with the places where it does."""

    def __init__(self, document: Document, lines: Lines) -> None:
        self._lines = lines
        self._called: dict[str, list[tuple[int, Entity]]] = defaultdict(list)
        for entity in document.entities:
            for mention in entity.mentions:
                if mention.form == "name" and entity.kind != "place":
                    found = document.tokens_in(mention.start, mention.end)
                    for noun in self._nouns(found.start, found.stop, entity) if found.stop > found.start else ():
                        self._called[_singular(lines.words[noun])].append((noun, entity))
        for places in self._called.values():
            places.sort(key=lambda place: place[0])

    def _nouns(self, first: int, last: int, entity: Entity) -> Iterator[int]:
        """The nouns that this mention is called by: Tomas Reik, the [spokesman]; Reik is a [lawyer]."""
        lines, syntax = self._lines, self._lines.syntax
        head = syntax.head_of(first, last)
        above = syntax.heads[head]
        near = syntax.children(head, ("appos",))
        if above != ROOT and syntax.relations[head] == "appos":
            near = [*near, above]
        if above != ROOT and syntax.relations[head] == "nsubj" and syntax.child(above, "cop") is not None:
            near = [*near, above]
        if first and lines.tokens[first - 1].tag.startswith("NN") and first - 1 in (above, *syntax.children(head)):
            near = [*near, first - 1]
        yield from (at for at in near if syntax.upos[at] == "NOUN")
        yield from (at for at in self._documents(head, entity))

    def _documents(self, head: int, entity: Entity) -> Iterator[int]:
        """The document that somebody made: [a letter] from Ann Lee, Lee's [letter], a [lawsuit] filed by Lee."""
        lines, syntax = self._lines, self._lines.syntax
        above, relation = syntax.heads[head], syntax.relations[head]
        if above == ROOT:
            return
        case = syntax.child(head, "case")
        authored = case is None or lines.words[case] in _AUTHOR or lines.tokens[case].tag == "POS"
        if relation in ("nmod", "compound", "nmod:poss") and authored and above != ROOT:
            if sources.load().heads.get(lines.words[above]) == "document":
                yield above

    def meant(self, source: Words) -> Entity | None:
        """Whom a definite noun phrase means: the last whom the article has called so, or the first that it will."""
        first, last = source
        lines = self._lines
        if lines.words[first] not in _DEFINITE:
            return None
        head = lines.syntax.head_of(first, last)
        if lines.syntax.upos[head] != "NOUN":
            return None
        places = self._called.get(_singular(lines.words[head]), ())
        before = [entity for at, entity in places if at < first]
        return before[-1] if before else next((entity for at, entity in places if at >= last), None)


def _singular(word: str) -> str:
    return word
