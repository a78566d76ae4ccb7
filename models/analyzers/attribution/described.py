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
_BESIDE = frozenset(("of", "for", "at"))
_AUTHOR = frozenset(("by", "from", "of"))
_BODIES, _PERSONS, _EPITHETS = CLASSES["bodies"], CLASSES["persons"], CLASSES["epithets"]
_OWN = frozenset(("party", "ministry", "committee", "union", "bank", "league"))  # words that stand in the name
_PAPERS = frozenset(("newspaper", "magazine"))
_KINDS = {"paper": "newspaper"}
_LONGEST = 4  # words of a description of whoever spoke last: the former French president


class Descriptions:
    """Nouns by which the article calls somebody, each with the places where it does."""

    def __init__(self, document: Document, lines: Lines) -> None:
        self._lines = lines
        self._called: dict[str, list[tuple[int, Entity | None]]] = defaultdict(list)
        for entity in document.entities:
            for mention in entity.mentions:
                found = document.tokens_in(mention.start, mention.end)
                if mention.form == "name" and entity.kind != "place" and found.start < found.stop:
                    for noun in self._nouns(found.start, found.stop):
                        self._called[lines.words[noun]].append((noun, entity))
        named = {noun for places in self._called.values() for noun, _ in places}
        for at, word in enumerate(lines.words):
            if word in _PERSONS and at not in named and self._is_another(at):
                self._called[word].append((at, None))
        for places in self._called.values():
            places.sort(key=lambda place: place[0])

    def _is_another(self, noun: int) -> bool:
        """Somebody whom the article does not name: a lawyer, the chief executive of a large company?"""
        syntax = self._lines.syntax
        determiner = syntax.child(noun, "det", "nummod")
        return (determiner is not None and self._lines.words[determiner] in _ONE) or self._is_placed(noun)

    def _is_placed(self, noun: int) -> bool:
        """Is it said whose or where this person is: the chair [of the House committee]?"""
        return noun + 1 < len(self._lines.words) and self._lines.words[noun + 1] in _BESIDE

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
        lines = self._lines
        head = lines.syntax.head_of(*source)
        word = lines.words[head]
        if lines.words[source[0]] not in _DEFINITE or not (lines.syntax.upos[head] == "NOUN" or word in _PERSONS):
            return None
        if word in _PERSONS and self._is_placed(head):
            return None
        places = self._places(head)
        if before := [entity for at, entity in places if at < source[0]]:
            return before[-1]
        if any(entity for _, entity in places):
            return next((entity for at, entity in places if at >= source[1]), None)
        title = " ".join(lines.words[source[0] + 1 : head + 1])
        short = 2 < (head + 1 if word in _EPITHETS else source[1]) - source[0] <= _LONGEST
        open_to = word in _EPITHETS or (word in _PERSONS and lines.syntax.upos[head] == "NOUN")
        if open_to and title not in name_lists.lists().titles and short:
            return next((one for one in reversed(spoke) if one.kind == "person"), None)
        return None

    def is_epithet(self, source: Words) -> bool:
        """Does it tell of whoever was named before what he is: the popular pontiff, the Ohio Republican?"""
        lines, head = self._lines, self._lines.syntax.head_of(*source)
        word = lines.words[head]
        definite = lines.words[source[0]] in _DEFINITE and lines.syntax.upos[head] in ("NOUN", "PROPN")
        return definite and word in _EPITHETS and not self._is_placed(head) and not self._called.get(word)

    def _places(self, noun: int) -> Sequence[tuple[int, Entity | None]]:
        """Where the article calls somebody so: several people are no one."""
        places = self._called.get(self._lines.words[noun], ())
        several = self._lines.tokens[noun].tag == "NNS"
        return [place for place in places if not (several and place[1] and place[1].kind == "person")]

    def tells_kind(self, source: Words) -> bool:
        """Does the noun say what it is, so that few bodies are called so: the newspaper, the committee?"""
        word = self._lines.words[self._lines.syntax.head_of(*source)]
        kind = _KINDS.get(word, word)
        return word in _OWN or (kind in name_lists.lists().fitting and kind != "agency")

    def fitting(self, source: Words) -> Callable[[Entity], bool] | None:
        """Which bodies may be meant by "it" or by a noun for one, "the company"; None where the source means none."""
        head = self._lines.syntax.head_of(*source)
        word = self._lines.words[head]
        if source[1] - source[0] == 1 and word == "it":
            return _is_body
        if word in _PAPERS and self._lines.tokens[head - 1].tag == "NNP":
            return None  # the Harrow newspaper is the one of that name
        called = any(entity for _, entity in self._places(head))
        if self._lines.words[source[0]] not in _DEFINITE or word not in _BODIES or called:
            return None
        return lambda entity: _may_be(entity, word)


def _is_body(entity: Entity) -> bool:
    return entity.kind == "organization" or (entity.kind == "place" and entity.name in name_lists.lists().countries)


def _may_be(entity: Entity, word: str) -> bool:
    """May this be called so: a network, a party?"""
    known = name_lists.lists()
    parts = fold(entity.name).replace("-", " ").split()
    if entity.kind != "organization":
        return False
    if (kind := _KINDS.get(word, word)) in known.fitting:
        return any(one in known.fitting[kind] for one in parts)
    return word in parts if word in _OWN else not any(one in known.unfit for one in parts)
