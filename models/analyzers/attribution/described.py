"""Who is meant by a description: "the spokesman" is Tomas Reik where the article calls him so, "the poll" the paper's.

The article's grammar tells it (appositions, titles, copulas, whose document it is), else who spoke last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ...document.parts import Document, Entity
from ...document.syntax import ROOT
from ...document.word_classes import CLASSES
from . import sources
from .grammar import Lines, Words

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_ONE = frozenset(("a", "an", "another", "one"))
_AUTHOR = frozenset(("by", "from", "of"))
_BODIES, _PERSONS = CLASSES["bodies"], CLASSES["persons"]
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

    def meant(self, source: Words, spoke: Sequence[Entity], near: Entity | None) -> Entity | None:
        """Whom a definite noun phrase means: the last whom the article has called so, or the first that it will; else
        the last body, or person, of those who `spoke`; `near`: the body named just before."""
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
            self.why='body'
            return next((one for one in reversed(spoke) if one.kind == "organization"), near)
        unnamed = self._unnamed.get(word, source[0]) < source[0]
        if word in _PERSONS and not unnamed and source[1] - source[0] <= _LONGEST:
            self.why='person:spoke'
            return next((one for one in reversed(spoke) if one.kind == "person"), None)
        return None
