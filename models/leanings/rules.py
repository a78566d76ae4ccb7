"""Rules: what the grammar of one sentence rules out, of whom (words in lexicons/leanings.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from ..document import Document, Sentence
from ..document.tone import tone
from ..document.word_classes import CLASSES
from ..report import Term

PATH = Path(__file__).parents[1] / "lexicons" / "leanings.toml"
Place = tuple[int, int]
Sign = Literal[-1, 1]
Polarities = tuple[float, float, float]  # negative, neutral, positive

_CLEAR = 0.3  # TextBlob polarity from which a word is praise or blame
_OBJECT = 9  # tokens between a verb and whom it is done to
_NEAR = 4  # tokens between a verb and what denies it
_SCOPE = 14  # tokens that a denial reaches
_SIGNS = frozenset(",;:—–()") | {"--"}
_BE = CLASSES["be"]
_NO_FEELING = ("doubt", "presupposition", "scare_quotes", "euphemism")  # loaded, but no blame or praise of anybody
_UNWILLING = frozenset(("refused", "refuses", "failed", "declined", "declines", "unable", "fails"))


@cache
def _words() -> dict[str, frozenset[str]]:
    rows = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in rows.items()}


@cache
def triggers() -> frozenset[str]:
    """Words without which no rule applies to a sentence."""
    words = _words()
    groups = ("clearing", "dropping", "throwing", "retracting", "wrongly", "negators", "mistaken", "apologising")
    return frozenset(word for group in groups for word in words[group]) | {
        "far",
        "anything",
        "nowhere",
        "unlike",
        "innocent",
    }


@dataclass(frozen=True, slots=True)
class Named:
    """A name or target in a sentence: its place in the text, its tokens [first, last), whom it names."""

    place: Place
    bearer: str
    first: int
    last: int
    person: bool


class Rules:
    """What one sentence rules out, of whom."""

    def __init__(self, document: Document, sentence: Sentence, named: list[Named], terms: Sequence[Term]) -> None:
        self.tokens = document.tokens
        self.words = document.folded
        self.first, self.last = sentence.first, sentence.last
        self.named = named
        self.felt = document.reading.polarities
        self.lists = _words()
        inside = [t for t in terms if sentence.start <= t.start < sentence.end and t.category not in _NO_FEELING]
        self.terms = {at: term.tone for term in inside for at in document.tokens_in(term.start, term.end)}

    def apply(self) -> Iterator[tuple[Named, Sign]]:
        """Which feeling (-1: a bad one, 1: a good one) toward whom does the sentence rule out? One may come twice."""
        for at in range(self.first, self.last):
            word = self.words[at]
            if word in self.lists["clearing"]:
                yield from self._blameless(self._cleared(at))
            elif word in self.lists["wrongly"]:
                yield from self._blameless(self._wronged(at))
            elif word == "guilty" and at > self.first and self.words[at - 1] == "not":
                yield from self._blameless(self._acquitted(at))
            elif word == "innocent" and self._is_declared(at):
                yield from self._blameless([one for one in self.named if one.person])
            elif word in self.lists["apologising"] and self.words[at + 1 : at + 2] == ("to",):
                yield from self._blameless([one for one in self.named if at < one.first <= at + _NEAR][:1])
            elif word == "against":
                yield from self._blameless(self._dropped(at))
            elif word == "unlike":
                yield from self._contrasted(at)
            if word in self.lists["negators"] or self._is_mistaken(at):
                yield from self._denied(at, at)
            elif self._is_far(at):
                yield from self._denied(at, at + 1 + (self.words[at + 2 : at + 3] == ("means",)))
        yield from self._blameless(self._retracted())
        yield from self._blameless(self._overturned())

    @staticmethod
    def _blameless(people: Sequence[Named]) -> Iterator[tuple[Named, Sign]]:
        return ((one, -1) for one in people)

    # -- cleared -------------------------------------------------------------------------------------------------

    def _cleared(self, at: int) -> list[Named]:
        """A jury cleared [Denby] of all charges; [Denby], a teacher from Corley, was acquitted."""
        behind = self.words[at + 1 : min(self.last, at + 4)]
        if self._is_undone(at) or not self.lists["cleared_things"].isdisjoint(behind):
            return []
        return self._object(at)

    def _wronged(self, at: int) -> list[Named]:
        """[Denby] was wrongly accused; they falsely accused [Denby]."""
        verb = next((k for k in range(at + 1, min(self.last, at + 3)) if self.words[k] in self.lists["accusing"]), -1)
        return self._object(verb) if verb >= 0 and not self._is_undone(at) else []

    def _acquitted(self, at: int) -> list[Named]:
        """A jury found [Denby] not guilty; a plea is no verdict."""
        plea = {"plead", "pleaded", "pleads", "pled", "plea", "pleading"}
        before = self.words[max(self.first, at - _OBJECT) : at]
        return [] if not plea.isdisjoint(before) else [one for one in self.named if one.person]

    def _is_declared(self, at: int) -> bool:
        """Denby was declared innocent, ruled that he was innocent; not: pleaded innocent, innocent victims."""
        before = self.words[max(self.first, at - 2) : at]
        noun = at + 1 < self.last and self.tokens[at + 1].tag.startswith("NN")
        return not noun and not self.lists["declaring"].isdisjoint(before) and not self._is_undone(at)

    def _dropped(self, at: int) -> list[Named]:
        """They dropped charges against [Denby]; the case against [Denby] collapsed."""
        before = range(max(self.first, at - 6), at)
        accused = next((one for one in self.named if at < one.first <= at + 5), None)
        if accused is None or not any(self.words[k] in self.lists["accusations"] for k in before):
            return []
        return [accused] if self._ends_it() else []

    def _overturned(self) -> list[Named]:
        """[Denby]'s conviction was quashed."""
        if not self._ends_it():
            return []
        return [
            one
            for one in self.named
            if self._owns(one)
            and any(word in self.lists["accusations"] for word in self.words[one.last : one.last + 5])
        ]

    def _owns(self, one: Named) -> bool:
        return self.words[one.last : one.last + 1] == ("'s",) or self.words[one.first] in ("his", "her", "their")

    def _ends_it(self) -> bool:
        return any(
            (self.words[k] in self.lists["dropping"] or self._is_thrown(k)) and not self._is_undone(k)
            for k in range(self.first, self.last)
        )

    def _is_thrown(self, at: int) -> bool:
        return self.words[at] in self.lists["throwing"] and "out" in self.words[at + 1 : min(self.last, at + 6)]

    def _retracted(self) -> list[Named]:
        """The paper that had accused [Denby] withdrew its story."""
        inside = range(self.first, self.last)
        taken_back = [at for at in inside if self.words[at] in self.lists["retracting"] and not self._is_undone(at)]
        if not taken_back:
            return []
        return [
            one for at in inside if self.words[at] in self.lists["accusing"] and at < taken_back[-1]
            for one in self._object(at)
        ]  # fmt: skip

    def _object(self, verb: int) -> list[Named]:
        """Whom a verb is done to: who follows it; in the passive, and in a headline, who stands before it."""
        after = [one for one in self.named if verb < one.first <= verb + _OBJECT]
        before = [one for one in self.named if one.last <= verb]
        passive = self._is_passive(verb)
        if after and not passive and not self._is_cut(verb, after[0].first):
            return after[:1]
        free = [one for one in before if not self._is_governed(one)] or before
        people = [one for one in free if one.person] or free
        return people[-1:] if passive or not after else after[:1]

    def _is_cut(self, verb: int, at: int) -> bool:
        """Does an "of" or "by" stand before the name: cleared of killing [Ann Moore], cleared by [Judge Lee]?"""
        return any(word in ("of", "by", "after") for word in self.words[verb + 1 : at])

    def _is_passive(self, verb: int) -> bool:
        at = verb - 1
        while at >= self.first and verb - at < _NEAR and self.tokens[at].tag.startswith("RB"):
            at -= 1
        return at >= self.first and self.words[at] in _BE

    def _is_governed(self, one: Named) -> bool:
        return one.first > self.first and self.tokens[one.first - 1].tag in ("IN", "TO")

    def _is_undone(self, at: int) -> bool:
        """Is this itself denied: was not cleared, refused to drop the charges?"""
        before = self.words[max(self.first, at - _NEAR) : at]
        return not self.lists["negators"].isdisjoint(before) or not _UNWILLING.isdisjoint(before)

    def _contrasted(self, at: int) -> Iterator[tuple[Named, Sign]]:
        """Lena Storm, unlike her first officer [Jan Vik], stayed: what is felt toward her is not felt toward him."""
        people = [one for one in self.named if one.person]
        main = next((one for one in reversed(people) if one.last <= at), people[-1] if people else None)
        other = next(
            (one for one in people if main and at < one.first <= at + _OBJECT and one.bearer != main.bearer), None
        )
        if main is None or other is None:
            return
        negative, neutral, positive = self.felt[main.place]
        if max(negative, positive) > neutral:
            yield other, -1 if negative > positive else 1

    # -- denied --------------------------------------------------------------------------------------------------

    def _is_mistaken(self, at: int) -> bool:
        """It would be wrong to call Hale a failure."""
        behind = self.words[at + 1 : min(self.last, at + 3)]
        return (
            self.words[at] in self.lists["mistaken"] and behind[:1] == ("to",) and behind[-1] in self.lists["calling"]
        )

    def _is_far(self, at: int) -> bool:
        return " ".join(self.words[at : at + 2]) in self.lists["far"]

    def _denied(self, begin: int, at: int) -> Iterator[tuple[Named, Sign]]:
        """Nobody has a bad word for [Lee]; [Lee] is no fool; few would call [Lee] great: what they deny is not felt."""
        end = next((k for k in range(at + 1, self.last) if self._is_border(k)), self.last)
        end = min(end, at + _SCOPE)
        if at + 1 < end and (self.words[at + 1] in self.lists["undone"] or self.tokens[at + 1].tag in ("JJR", "RBR")):
            return
        if any(self.words[k] in self.lists["undone"] for k in range(at + 1, min(end, at + _NEAR))):
            return
        felt = {k: sign for k in range(at + 1, end) if (sign := self._sign(k))}
        for one in self.named:
            if at < one.first < end:
                naming = any(word in self.lists["calling"] for word in self.words[at : one.first])
                signs = {sign for k, sign in felt.items() if k < one.first or (naming and k >= one.last)}
            elif one.last <= begin and self._is_subject(one, begin):
                signs = {sign for k, sign in felt.items() if self._is_predicate(begin, at, k)}
            else:
                continue
            if len(signs) == 1:
                yield one, signs.pop()

    def _is_border(self, at: int) -> bool:
        return self.words[at] in _SIGNS or self.words[at] in self.lists["borders"]

    def _sign(self, at: int) -> Sign | Literal[0]:
        word = self.words[at]
        if any(one.first <= at < one.last for one in self.named):
            return 0
        if at in self.terms:
            return -1 if self.terms[at] == "negative" else 1
        if word in self.lists["blame"] or word in self.lists["deeds"] or word in self.lists["evidence"]:
            return -1
        if word in self.lists["praise"]:
            return 1
        polarity, _ = tone(word)
        return -1 if polarity <= -_CLEAR else 1 if polarity >= _CLEAR else 0

    def _is_subject(self, one: Named, negator: int) -> bool:
        """Does nothing but a verb stand between the name and the denial, or an apposition?"""
        between = range(one.last, negator)
        return len(between) <= _SCOPE and all(
            self.tokens[k].tag.startswith(("VB", "MD", "RB")) or self.words[k] in _BE for k in between
        ) and not self._is_governed(one)  # fmt: skip

    def _is_predicate(self, begin: int, negator: int, at: int) -> bool:
        """Is it said of the subject: is no [fool], was never [corrupt], did not [lie]?"""
        between = range(negator + 1, at)
        if self.words[at] in self.lists["deeds"]:
            return all(self.tokens[k].tag.startswith(("RB", "VB")) for k in between)
        linked = any(
            self.words[k] in _BE or self.words[k] in ("an", "a") for k in range(max(self.first, begin - 2), at)
        )
        return linked and all(
            self.tokens[k].tag.startswith(("RB", "DT", "JJ", "NN", "VBN")) or self.words[k] in _BE for k in between
        )
