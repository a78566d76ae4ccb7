"""Who stands in a place of the grammar: the words for it, whether people, and which entity it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...document import Document, Entity, Syntax
from ...document.parts import fold
from ...report import Party, Span
from . import deeds

_OUTSIDE = frozenset(
    ("case", "mark", "acl", "appos", "parataxis", "advcl", "cop", "nsubj", "punct", "discourse", "aux")
)
_CLAUSES = frozenset(("acl", "parataxis", "advcl", "appos"))
_JOINING = frozenset(("and", "or", "but", "nor"))
_WHO = frozenset(("who", "that", "which", "whom"))
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_SINGLE = frozenset(("he", "she"))


@dataclass(frozen=True, slots=True)
class Parties:
    """The noun phrases of a document, by their head words."""

    document: Document
    entities: Mapping[int, Entity]  # by token of a mention

    @classmethod
    def of(cls, document: Document) -> Parties:
        """Lay out where each entity is mentioned."""
        found: dict[int, Entity] = {}
        for entity in document.entities:
            for mention in entity.mentions:
                for at in document.tokens_in(mention.start, mention.end):
                    found.setdefault(at, entity)
        return cls(document, found)

    @property
    def syntax(self) -> Syntax:
        return self.document.reading.syntax

    def entity(self, head: int) -> Entity | None:
        """The entity that the noun phrase of this head word names: by its head, or its name in apposition."""
        if head in self.entities:
            return self.entities[head]
        for at in self.syntax.children(head, ("flat", "appos")):
            named = at in self.entities and self.entities[at].kind == "person" and at > head
            if named and self._may_bear(head) and self.syntax.child(at, "case") is None:
                return self.entities[at]
        whose = any(self.document.folded[k] == "whose" for k in self.syntax.children(head))
        if self.syntax.relations[head] == "appos" and not whose:
            above = self.entities.get(self.syntax.heads[head]) if self.syntax.heads[head] < head else None
            return above if above is None or above.kind != "person" or self._may_bear(head) else None
        behind = self.entities.get(head + 1)  # whatever the tree makes of them: FBI Director | James Comey
        return behind if behind is not None and behind.kind == "person" and self._is_titled(head) else None

    def _is_titled(self, head: int) -> bool:
        """Is this a title in capitals with a whole name behind it?"""
        name = self.document.tokens[head + 1]
        one = self.document.tokens[head].tag != "NNS"
        return one and self._may_bear(head) and self.syntax.upos[head] in ("NOUN", "PROPN") and name.text[0].isupper()

    def _may_bear(self, head: int) -> bool:
        """May this word stand for somebody with a name: the mayor, Senator, and not the film?"""
        people = self.document.folded[head] in deeds.load().words["people"]
        return people or self.document.tokens[head].text[0].isupper()

    def party(self, head: int) -> Party:
        """The noun phrase of this head word."""
        first, last = self.phrase(head)
        several = any(first <= k < last for k in self.syntax.children(head, ("conj",)))
        entity = None if several or self._is_other(head) else self.entity(head)
        start, end = self.document.tokens[first].start, self.document.tokens[last - 1].end
        span = Span(start=start, end=end, text=self.document.text[start:end])
        return Party(entity=entity.id if entity else None, span=span)

    def _is_other(self, head: int) -> bool:
        """Is it open whom a pronoun means: the chairman says | he fired her; Hale saw Lee before | he was fired?"""
        syntax = self.syntax
        if self.document.folded[head] not in _SINGLE or syntax.relations[head] not in ("nsubj", "nsubj:pass"):
            return False
        clause = syntax.heads[head]
        first = self.document.sentences[self.document.tokens[head].sentence].first
        before = (k for k in range(first, head) if k in self.entities and syntax.upos[k] != "PRON")
        named = {self.entities[k].id for k in before if self.entities[k].kind == "person"}
        own = self.entities.get(head)
        if len(named) > 1 or (own is not None and named and own.id not in named):
            return True
        if syntax.relations[clause] != "ccomp":
            return False
        who = syntax.subject(syntax.heads[clause])
        if who is None or who == head or syntax.upos[who] == "PRON" or not self.people(who):
            return False
        return self.entity(who) is not self.entities.get(head)

    def phrase(self, head: int) -> tuple[int, int]:
        """Tokens [first, last) of the noun phrase, without its preposition, clauses and appositions."""
        syntax = self.syntax
        inside = {head}
        for child in syntax.children(head):
            if syntax.relations[child] not in _OUTSIDE and self._belongs(head, child):
                inside |= set(syntax.subtree(child, without=_CLAUSES))
        first = last = head
        while first - 1 in inside or (first - 2 in inside and self._joins(first - 1)):
            first -= 1
        while last + 1 in inside or (last + 2 in inside and self._joins(last + 1)):
            last += 1
        tokens = self.document.tokens
        while first < head and (
            not (tokens[first].is_word or tokens[first].text in "$£€") or self.document.folded[first] in _JOINING
        ):
            first += 1
        while last > head and not tokens[last].is_word:
            last -= 1
        return first, last + 1

    def _belongs(self, head: int, child: int) -> bool:
        """A joined noun belongs to the phrase, a joined clause does not; nor what is said of time or degree."""
        relation = self.syntax.relations[child]
        if relation == "conj":
            nominal = self.syntax.upos[child] in ("NOUN", "PROPN", "PRON", "NUM") and not self._has_subject(child)
            return nominal and not self._is_apart(head, child)
        return relation in ("det", "amod", "nummod", "compound", "flat", "nmod", "fixed", "goeswith") or (
            relation in ("advmod", "cc") and child < head
        )

    def _is_apart(self, head: int, child: int) -> bool:
        """Is a joined noun of another kind, or the next clause's subject: shot Lee and | the city; and | firms cut?"""
        one, verb = self.entity(child), child + 1
        plural = self.document.tokens[child].tag in ("NNS", "NNPS")  # Lee and three Americans
        if one is not None and one.kind != "person" and not plural and child > head and self.people(head):
            return True
        finite = verb < len(self.document.tokens) and self.document.tokens[verb].tag in _FINITE
        verb = self.syntax.heads[verb] if finite and self.syntax.upos[verb] == "AUX" else verb
        return finite and child > head and verb not in self.syntax.ancestors(head)

    def _has_subject(self, at: int) -> bool:
        return self.syntax.child(at, "nsubj", "cop") is not None

    def _joins(self, at: int) -> bool:
        return self.document.tokens[at].text in (",", "-", "’", "'", ".", "“", "”", '"') and at >= 0

    def people(self, head: int) -> bool:
        """Does this head word stand for people?"""
        word = self.document.folded[head]
        words = deeds.load().words
        if word in words["measures"] or self.syntax.upos[head] == "NUM":
            inner = self.of_what(head)
            return (
                self.people(inner)
                if inner is not None
                else word not in ("percent", "one", "half", "lot", "majority", "rest")
            )
        entity = self.entity(head)
        if entity is not None:
            return entity.kind == "person"
        if word in words["people"] or word.endswith(tuple(words["person_endings"])):
            return True
        token = self.document.tokens[head]
        if token.text[0].isupper():
            return word.endswith(tuple(words["demonyms"])) or self.document.reading.person[head] >= 0.5
        return False

    def of_what(self, head: int) -> int | None:
        """The head of what is measured: a group of | men."""
        for child in self.syntax.children(head, ("nmod",)):
            case = self.syntax.child(child, "case")
            if case is not None and self.document.folded[case] == "of":
                return child
        return None

    def body(self, head: int) -> bool:
        """Does this head word stand for an organization, or for people who act as one?"""
        entity = self.entity(head)
        if entity is not None and entity.kind != "person":
            return entity.kind == "organization"
        return (
            self.document.folded[head] in deeds.load().words["bodies"]
            or self.document.reading.organization[head] >= 0.5
        )

    def place(self, head: int) -> bool:
        """Does this head word name a place?"""
        entity = self.entity(head)
        return entity is not None and entity.kind == "place"

    def meant(self, at: int) -> int:
        """Whom a relative pronoun means: the noun that its clause hangs from."""
        word = self.document.folded[at]
        if word not in _WHO:
            return at
        noun = next((self.syntax.heads[k] for k in self.syntax.ancestors(at) if self.syntax.relations[k] == "acl"), at)
        if noun == at:
            return self._before(at)
        if word in ("who", "whom"):
            return self.nearest(noun, at)
        if word in ("that", "which") and noun != at:
            # Trees hang a clause as often from the wrong one of two nouns: the men behind the attacks | that killed.
            harmful = deeds.load().words["instruments"]
            above = self.syntax.heads[noun]
            if above >= 0 and self.syntax.relations[noun] == "nmod" and self.document.folded[above] in harmful:
                return above if self.people(noun) else noun
            return next((k for k in range(at - 1, noun, -1) if self.document.folded[k] in harmful), noun)
        return noun

    def nearest(self, noun: int, clause: int) -> int:
        """Whom a clause is about that hangs from this noun; its own place where another of the people stands nearer.

        Trees take as often the wrong one of two: the parents of children who | were hurt.
        """
        before = clause - 1
        while before > noun and (self.syntax.upos[before] in ("ADV", "PUNCT", "AUX") or before == clause):
            before -= 1
        while self.syntax.relations[before] in ("flat", "compound") and before > noun:
            before = self.syntax.heads[before]
        if before <= noun or self.syntax.upos[before] not in ("NOUN", "PROPN"):
            return noun
        if any(self.document.folded[k] == "whose" for k in self.syntax.children(before)):
            return before  # Lee, whose father was killed
        verbs = any(self.document.tokens[k].tag in _FINITE for k in range(noun + 1, before))
        if verbs or noun not in self.syntax.ancestors(before):
            return before  # voters were asked in a poll | released today
        able = any("bodies" in deed.family.to for deed in deeds.load().verbs.get(self.document.folded[clause], ()))
        if not (self.people(before) or (able and self.body(before))):
            return noun
        if not self.people(noun):
            return before if self.syntax.heads[before] == noun else noun
        if self.document.folded[noun] in ("number", "numbers") and self.of_what(noun) == before:
            return before
        measured = self.document.folded[noun] in deeds.load().words["measures"]
        same = self.syntax.relations[before] in ("appos", "conj") and self.syntax.heads[before] == noun
        same |= all(self.syntax.upos[k] == "PROPN" for k in range(noun + 1, before + 1))  # adviser Lee Moss, who
        return noun if measured or same or self.entity(before) is self.entity(noun) is not None else clause

    def _before(self, at: int) -> int:
        """The noun right before a relative pronoun: Lee, who | was hurt; the pronoun itself where there is none."""
        tokens = self.document.tokens
        last = at - 2 if at > 1 and tokens[at - 1].text == "," else at - 1
        if last < 0 or tokens[last].sentence != tokens[at].sentence or self.syntax.upos[last] not in ("NOUN", "PROPN"):
            return at
        return self.syntax.heads[last] if self.syntax.relations[last] == "flat" else last

    def owners(self, head: int) -> Iterator[int]:
        """Whose it is: the possessors of a noun."""
        for child in self.syntax.children(head, ("nmod", "det", "compound")):
            case = self.syntax.child(child, "case")
            clitic = case is not None and fold(self.document.tokens[case].text) in ("'s", "'")
            if child < head and (clitic or self.document.tokens[child].tag == "PRP$"):
                yield child
