"""What the devices are looked for in: a document with who stands where, and whose words are told by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ....document import Document, Syntax
from ....report import Attribution, Genre
from .entries import Being

_SELF = frozenset(("i", "we", "you", "me", "us", "myself", "ourselves", "yourself", "one"))
_PRONOUNS = frozenset(("he", "she", "him", "her", "they", "them", "himself", "herself", "themselves"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj"))
_CLAUSES = frozenset(("ccomp", "root", "parataxis"))
_LEFT_OUT = frozenset(("parataxis", "conj", "cc", "punct", "discourse", "vocative"))
_BESIDE = _LEFT_OUT | {"acl", "acl:relcl", "appos", "nmod", "advcl", "advmod", "cop", "nsubj", "aux"}
_NAMED = 6  # words by which a note may call somebody
_ANSWERS = 3  # sentences behind vague words in which those whom they mean are often named
_MOST = 40  # tokens of a marked phrase
_QUOTED = 5  # tokens of somebody else's that may stand inside it, marks and all


@dataclass(frozen=True, slots=True)
class Scene:
    """A document laid out by token. `told`: inside the content of a statement that has a source; `named`: and the
    source has a name in the article."""

    document: Document
    syntax: Syntax
    entity: Sequence[str | None]
    kind: Sequence[str]  # of the entity there
    told: Sequence[bool]
    named: Sequence[bool]
    genre: Genre | None = None

    def answered(self, sentence: int) -> bool:
        """Does somebody who has a name speak in this sentence or right behind? Of a headline the body tells who."""
        near = self.document.sentences[sentence : sentence + _ANSWERS + 1]
        return near[0].part == "headline" or any(any(self.named[one.first : one.last]) for one in near)

    def subject(self, at: int) -> int | None:
        """Who does or is what hangs around this word: the head of the subject's noun phrase, None without one."""
        tree = self.syntax
        for _ in range(8):
            found = tree.child(at, *_SUBJECTS)
            relation, head = tree.relations[at], tree.heads[at]
            if found is not None:
                relative = relation == "acl:relcl" and self.document.folded[found] in _RELATIVE
                return head if relative and head >= 0 else found
            if head < 0 or relation in _CLAUSES:
                return None
            if relation in ("acl", "acl:relcl"):
                return head
            at = head
        return None

    def being(self, at: int | None) -> Being:
        """What is the bearer of this word: a person, a body, a group, somebody single, the speaker, or none of them?"""
        if at is None:
            return "none"
        word, tag = self.document.folded[at], self.document.tokens[at].tag
        if word in _SELF:
            return "self"
        if self.kind[at] == "person" or word in _PRONOUNS:
            return "person"
        if self.kind[at] in ("organization", "place"):
            return "body"
        if tag in ("NNS", "NNPS"):
            return "group"
        if tag.startswith("NN"):
            return "body" if tag == "NNP" else "one"
        if word in ("many", "some", "others", "most", "few", "several", "those"):
            return "group"
        return "none"

    def about(self, whom: str, first: int, last: int) -> int | None:
        """Whom are these words about: who does it, to whom it is done, whose it is?"""
        head = self.syntax.head_of(first, last)
        if whom == "subject":
            return self.subject(head)
        if whom == "object":
            inside = range(first, self.phrase(first, last)[1])
            named = (at for at in inside if self.entity[at])
            return next(named, self.syntax.child(head, "obj", "nmod", "obl"))
        if whom == "possessor":
            return self.syntax.child(head, "nmod:poss")
        return None

    def words(self, at: int | None) -> str:
        """The words for whoever this is, as a note may call them."""
        if at is None:
            return "anybody"
        if self.document.tokens[at].tag.startswith("PRP"):
            return self.document.folded[at]
        first, last = self.syntax.span(at, _BESIDE)
        first, last = (first, last) if last - first <= _NAMED else (at, at + 1)
        return self.document.text[self.document.tokens[first].start : self.document.tokens[last - 1].end]

    def phrase(self, first: int, last: int) -> tuple[int, int]:
        """From these words to the end of the phrase that hangs from them."""
        head = self.syntax.head_of(first, last)
        end = self.syntax.span(head, _LEFT_OUT)[1]
        return self.trim(first, max(last, end))

    def clause(self, first: int, last: int) -> tuple[int, int]:
        """The clause that these words stand in."""
        tree = self.syntax
        head = tree.head_of(first, last)
        while tree.heads[head] >= 0 and tree.child(head, *_SUBJECTS) is None and tree.relations[head] not in _CLAUSES:
            head = tree.heads[head]
        begin, end = tree.span(head, _LEFT_OUT | {"mark"})
        return self.trim(min(first, begin), max(last, end))

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """Without signs at its ends, not beyond the longest phrase that a mark may be, nor beyond a change of voice.

        A few quoted words with the own voice behind them change nothing: are they “deplorable” to her?
        """
        document = self.document
        last = min(last, first + _MOST)
        voice = document.voice_at(document.tokens[first].start)
        own = [at for at in range(first, last) if document.voice_at(document.tokens[at].start) == voice]
        last = next((one + 1 for one, other in pairwise(own) if other - one > _QUOTED), own[-1] + 1)
        while last - 1 > first and not document.tokens[last - 1].is_tagged:
            last -= 1
        while first < last - 1 and not document.tokens[first].is_tagged:
            first += 1
        return first, last


def lay_out(document: Document, said: Attribution, genre: Genre | None = None) -> Scene:
    """Who stands at each word, and which words are told by somebody named?"""
    size = len(document.tokens)
    entity: list[str | None] = [None] * size
    kind = [""] * size
    for one in document.entities:
        for mention in one.mentions:
            for at in document.tokens_in(mention.start, mention.end):
                entity[at], kind[at] = one.id, one.kind
    told, named = [False] * size, [False] * size
    for item in said.items:
        if item.source is None or item.source_type == "vague":
            continue
        for span in (item.content, *item.content_parts):
            for at in document.tokens_in(span.start, span.end):
                told[at], named[at] = True, named[at] or item.speaker is not None
    return Scene(document, document.reading.syntax, entity, kind, told, named, genre)
