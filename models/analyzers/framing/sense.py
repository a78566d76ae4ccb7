"""In which sense is a word for a deed meant: done by this, to this, by force, and as it is said?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ...document import Document, Sentence, Syntax
from ...force import is_thing
from . import deeds
from .deeds import Deed
from .parties import Parties
from .roles import Words

_DATELINE = 5  # words
_DASHES = frozenset(("—", "–", "-", "--", "("))
_WHO = frozenset(("who", "whom", "what"))
_NEAR = 10  # words around a doubtful verb in which force must be told
_SELF = ("self", "selves")
_NOBODY = frozenset(("no", "any", "every"))


@dataclass(frozen=True)
class Sense:
    """Judges a deed by the words that stand in its roles and around it."""

    document: Document
    parties: Parties

    @property
    def syntax(self) -> Syntax:
        return self.document.reading.syntax

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        return deeds.load().words

    def suffers(self, deed: Deed, head: int) -> bool:
        """Can the deed be done to this?"""
        word, to = self.document.folded[head], deed.family.to
        if word in _WHO or not self.words["months"].isdisjoint((word, *self._beside(head))):
            return False
        if word in self.words["nobody"] and (word.endswith(_SELF) or not self.parties.entity(head)):
            return False
        if any(self.document.folded[k] in _NOBODY for k in self.syntax.children(head, ("det",))):
            return False
        inner = self.parties.of_what(head) if word in self.words["measures"] else None
        return (
            word in deed.family.things
            or (inner is not None and self.document.folded[inner] in deed.family.things)
            or ("people" in to and self.parties.people(head))
            or ("bodies" in to and self.parties.body(head))
            or ("places" in to and self.parties.place(head))
        )

    def _beside(self, head: int) -> list[str]:
        return [self.document.folded[k] for k in self.syntax.children(head, ("nmod", "compound", "flat"))]

    def does(self, deed: Deed, head: int) -> bool:
        """Can this be who does it: somebody, and neither a law, a poll nor the past?"""
        word = self.document.folded[head]
        if word in _WHO or (word in self.words["nobody"] and word != "it"):
            return False
        if word in self.words["not_doers"] or self._is_dateline(head):
            return False
        if any(self.document.folded[k] == "no" for k in self.syntax.children(head, ("det",))):
            return False
        armed = word in self.words["armed"] or (deed.family.physical and word in self.words["instruments"])
        return armed or self._is_somebody(head) or self._is_named(head) or word in ("it", "which", "that")

    def _is_somebody(self, head: int) -> bool:
        return self.parties.people(head) or self.parties.body(head) or self.parties.place(head)

    def _is_dateline(self, head: int) -> bool:
        """Does a place open its sentence with a dash or brackets behind it: LIMA (Press Wire) — ?"""
        first = self.document.sentences[self.document.tokens[head].sentence].first
        behind = self.document.tokens[head + 1 : head + 5]
        return head - first < _DATELINE and any(token.text in _DASHES for token in behind)

    def _is_named(self, head: int) -> bool:
        """Is it a name, and not a word in a headline's capitals: My Past?"""
        if self.document.tokens[head].text[0].islower() or self.syntax.upos[head] != "PROPN":
            return False
        return not any(self.document.tokens[k].tag == "PRP$" for k in self.syntax.children(head))

    def is_natural(self, verb: int, doer: int | None) -> bool:
        """Is nobody to blame: an accident, an illness, a storm?"""
        natural = self.words["natural"]
        if doer is not None:
            word = self.document.folded[doer]
            harmless = word not in self.words["instruments"] and not self.parties.people(doer)
            return word in natural or (harmless and is_thing(self.document, doer))
        below = self.syntax.subtree(verb, without=("conj", "nsubj", "nsubj:pass", "parataxis"))
        return any(self.document.folded[at] in natural for at in below)

    def is_violent(self, sentence: Sentence) -> bool:
        """Did who died here die by force, as the sentence tells it?"""
        words = self.document.folded[sentence.first : sentence.last]
        forceful = any(word in self.words["force"] and word not in self.words["hurt"] for word in words)
        return forceful and not any(word in self.words["natural"] for word in words)

    def is_forceful(self, sentence: Sentence, deed: Words, doer: int | None, undergoer: int | None) -> bool:
        """Is a verb that is criticism as often meant as it is said?"""
        if any(at is not None and self.document.folded[at] in self.words["armed"] for at in (doer, undergoer)):
            return True
        first, last = max(sentence.first, deed[0] - _NEAR), min(sentence.last, deed[0] + _NEAR)
        places = (at for at in range(first, last) if at not in deed)
        return any(self.document.folded[at] in self.words["force"] for at in places)

    def is_general(self, noun: int, undergoer: int) -> bool:
        """Is it a kind of deed, and none that was done: murder of innocents, the killing of an officer or judge?"""
        syntax, folded = self.syntax, self.document.folded
        own = [folded[k] for k in syntax.children(noun, ("det", "nummod", "nmod")) if k < noun]
        bare = not own and syntax.child(noun, "amod") is None and syntax.relations[noun] != "compound"
        told = (
            syntax.child(undergoer, "det", "nummod", "flat") is not None or self.parties.entity(undergoer) is not None
        )
        return bare and not told and self.syntax.upos[undergoer] == "NOUN" and undergoer > noun

    def is_compelled(self, verb: int) -> bool:
        """Is somebody made to do what needs force, and not to wonder or to face the truth: forced to | flee?"""
        tokens, folded = self.document.tokens, self.document.folded
        end = self.document.sentences[tokens[verb].sentence].last
        for at in range(verb + 1, end):
            if tokens[at].tag == "VB" and folded[at - 1] == "to":
                return folded[at] in self.words["forced_to"]
            if folded[at] in self.words["forced_where"]:
                return True
            if folded[at - 1] == "into":
                return folded[at] in self.words["forced_into"]
        return False
