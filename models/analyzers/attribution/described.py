"""Who is meant by a description: "the spokesman" is Tomas Reik where the article calls him so, "the poll" the paper's.

The article's grammar tells it (appositions, titles, copulas, whose document it is), else who spoke last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from ...document import name_lists
from ...document.parts import Document, Entity, fold
from ...document.syntax import ROOT
from ...document.word_classes import CLASSES
from . import sources
from .grammar import Lines, Words

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_ONE = frozenset(("a", "an", "another", "one"))
_AUTHOR = frozenset(("by", "from", "of"))
_BODIES, _PERSONS = CLASSES["bodies"], CLASSES["persons"]
_OWN = frozenset(("party", "ministry", "committee", "union", "bank", "league"))  # words that stand in the name
_LONGEST = 4  # words of a description of whoever spoke last: the former French president


class Descriptions:
    """Nouns by which the article calls somebody, each with the places where it does."""

    def __init__(self, document: Document, lines: Lines) -> None:
        self._lines = lines
        self._called: dict[str, list[tuple[int, Entity]]] = defaultdict(list)
        for entity in document.entities:
            for mention in entity.mentions:
                found = document.tokens_in(mention.start, mention.end)
                if mention.form == "name" and entity.kind != "place" and found.start < found.stop:
                    for noun in self._nouns(found.start, found.stop):
                        self._called[lines.words[noun]].append((noun, entity))
        for places in self._called.values():
            places.sort(key=lambda place: place[0])
        self._unnamed: dict[str, int] = {}  # nouns for somebody whom the article has not named: a White House official
        for at, relation in enumerate(lines.syntax.relations):
            if relation in ("det", "nummod") and lines.words[at] in _ONE:
                self._unnamed.setdefault(lines.words[lines.syntax.heads[at]], at)

    def _nouns(self, first: int, last: int) -> Iterator[int]:
        """What this mention is called: Tomas Reik, the [spokesman]; Reik is a [lawyer]; a [letter] from Reik."""
        lines, syntax = self._lines, self._lines.syntax
        head = syntax.head_of(first, last)
        above, relation = syntax.heads[head], syntax.relations[head]
        yield from (at for at in syntax.children(head, ("appos",)) if syntax.upos[at] == "NOUN")
        if first and lines.tokens[first - 1].tag.startswith("NN") and first - 1 in syntax.children(head):
            yield first - 1
        if above == ROOT or syntax.upos[above] != "NOUN":
            return
        case = syntax.child(head, "case")
        authored = case is None or lines.words[case] in _AUTHOR or lines.tokens[case].tag == "POS"
        document = relation in ("nmod", "compound") and sources.load().heads.get(lines.words[above]) == "document"
        is_one = relation == "nsubj" and syntax.child(above, "cop") is not None
        if relation == "appos" or is_one or above == first - 1 or (document and authored):
            yield above

    def meant(self, source: Words, spoke: Sequence[Entity]) -> Entity | None:
        """Whom a definite noun phrase means: the last whom the article has called so, or the first that it will; else
        the last person of those who `spoke`."""
        self.why='described:none'
        lines = self._lines
        head = lines.syntax.head_of(*source)
        word = lines.words[head]
        if lines.words[source[0]] not in _DEFINITE or lines.syntax.upos[head] != "NOUN":
            return None
        places = self._called.get(word, ())
        if before := [entity for at, entity in places if at < source[0]]:
            self.why='called before'
            return before[-1]
        if places:
            self.why='called after'
            return next((entity for at, entity in places if at >= source[1]), None)
        if word in _BODIES:
            return None
        unnamed = self._unnamed.get(word, source[0]) < source[0]
        if word in _PERSONS and not unnamed and source[1] - source[0] <= _LONGEST:
            self.why='person:spoke'
            return next((one for one in reversed(spoke) if one.kind == "person"), None)
        return None

    def fitting_body(self, source: Words) -> Callable[[Entity], bool] | None:
        """Which bodies may be meant by a definite noun phrase, "the company"; None where it means none."""
        head = self._lines.syntax.head_of(*source)
        word = self._lines.words[head]
        if self._lines.words[source[0]] not in _DEFINITE or word not in _BODIES or word in self._called:
            return None
        return self.fitting(word)

    def fitting(self, word: str) -> Callable[[Entity], bool]:
        """Which bodies may be called so?"""
        known = name_lists.lists()
        wanted = known.fitting.get(word)

        def fits(entity: Entity) -> bool:
            parts = [fold(one) for one in entity.name.split()]
            if word == "it":
                return entity.kind == "organization" or (entity.kind == "place" and entity.name in known.countries)
            if entity.kind != "organization":
                return False
            if wanted is not None:
                return any(one in wanted for one in parts)
            if word in _OWN:
                return word in parts
            return not any(one in known.unfit for one in parts)

        return fits
