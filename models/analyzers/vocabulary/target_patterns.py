"""The places in a sentence where a label and the name that it is about stand to each other."""

from __future__ import annotations

from .appositions import Appositions
from .places import CLASSES

_BE = CLASSES["be"]
_COPULAS = CLASSES["copulas"]
_NAMING = CLASSES["naming"]
_SEEMING = CLASSES["seeming"]
_CHARGING = CLASSES["charging"]
_OTHERS = CLASSES["others"]
_SUCH = CLASSES["such"]
_GOVERNMENTS = CLASSES["governments"]
_SUCCEEDING = CLASSES["succeeding"]
_AGENTS = CLASSES["agents"]
_PREMODIFIERS = ("JJ", "RB", "VBN", "VBG", "NN")
_DETERMINERS = ("DT", "PDT")
_NEAR = 8  # tokens between a verb such as "called" and the label
_CLOSE = 4  # tokens between a verb such as "replaced" and the name behind it
_LISTED = 3  # labels before this one in a row: "a racist, a conman and a cheat"


class Frames(Appositions):
    """Who stands in a frame with other tokens? Each gives the id of the name in [brackets] of its examples, or None."""

    __slots__ = ()

    def follows(self, at: int, steps: int) -> str | None:
        """dictator [Bashar al-Assad]; a brutal leader like none, a fervent Assad supporter, a scathing Post column:
        nothing."""
        end = self.end(at - 1)
        while steps and at not in self.begins and at < end and self.tag(at).startswith(("JJ", "NN")):
            at, steps = at + 1, steps - 1
        after = self.stops.get(at, end)
        if at >= end or (after < end and self.words[after] in _OTHERS):
            return None
        return self._titled_name(after, end) or (None if self.names_a_thing(at, after) else self.begins.get(at))

    def names_a_thing(self, first: int, last: int) -> bool:
        """Does the name only say which thing it is: a scathing [Post] column?"""
        syntax = self.document.reading.syntax
        head = syntax.head_of(first, last)
        return syntax.relations[head] == "compound" and syntax.heads[head] >= last

    def _titled_name(self, at: int, end: int) -> str | None:
        """dictator Syrian President [Bashar al-Assad]; firebrand U.S. Rep. [Ann Lee]: the name behind a title."""
        for behind in range(at + 1, min(at + 3, end)):
            if not self.tag(behind - 1).startswith("NN"):
                return None
            if behind in self.begins and self.kinds[self.begins[behind]] == "person":
                return self.begins[behind]
        return None

    def shared(self, first: int, last: int) -> str | None:
        """conservative firebrand and newspaper editor [Ann Lee]; not: the firebrand and the editor Ann Lee"""
        begin, end = self.back(first, ("JJ", "NN", "VBN")), self.end(last - 1)
        if not last < end - 2 or self.words[last] != "and" or (begin and self.tag(begin - 1) in ("DT", "PRP$")):
            return None
        for at in range(last + 1, min(last + 5, end)):
            if at in self.begins and at > last + 1 and self.kinds[self.begins[at]] == "person":
                return self.begins[at] if self.words[at - 1].islower() else None
            if not self.tag(at).startswith(("NN", "JJ")):
                return None
        return None

    def like(self, last: int) -> str | None:
        """a tyrant like [Kim]"""
        if last + 1 < self.end(last - 1) and self.words[last] in _SUCH:
            return self.begins.get(last + 1)
        return None

    def owner(self, first: int) -> str | None:
        """[Assad]'s brutal regime; [his] dark, brutal regime; the [North Korean] regime."""
        if first > 1 and self.words[first - 1] == "," and self.tag(first - 2) == "JJ" and first - 1 not in self.ends:
            first -= 1
        at = self.back(first, ("JJ", "RB", "VBN", "VBG", "NN"), 3)
        if at and self.words[at - 1] == "'s":
            return self.ends.get(at - 1)
        owner = self.ends.get(at)
        return owner if owner and self.tag(at - 1) in ("PRP$", "JJ") else None

    def before(self, first: int) -> str | None:
        """the [Assad] regime; [China]'s Hong Kong grab: not Hong Kong's"""
        start = self.back(self.starts.get(first, 0), ("JJ",))
        possessor = self.ends.get(start - 1) if start and self.words[start - 1] == "'s" else None
        return possessor or self.ends.get(first)

    def predicated(self, first: int, last: int) -> str | None:
        """[Kim] is a tyrant; they painted [Kim] as one; [Kim], a tyrant, …; [Lee] is a Washington socialite"""
        named = self.starts.get(first, first)
        if named < first and last < len(self.words) and self.tag(last).startswith(("NN", "POS")):
            return None  # Russia is the Assad regime's ally
        return (
            self.described(named)
            or self.pictured(named)
            or self._apposed(named, last)
            or self._called_by_others(named)
            or self._titled(named, last)
            or self.joined(named)
        )

    def joined(self, first: int) -> str | None:
        """[Kim] is a racist, a conman and a cheat: as the one before it."""
        at = self.phrase(first)
        for _ in range(_LISTED):
            joint = self.back(at, ("CC", ","))
            if joint == at:
                return None
            at = self.back(joint, _PREMODIFIERS)
            begin = self.back(at, _DETERMINERS, 2)
            called = self.ends.get(begin) if self._named_before(begin) else None
            found = self._linked(begin) or self.pictured(at) or called or self._listed_behind(begin, first)
            if at == joint or found:
                return found
            at = begin
        return None

    def described(self, first: int) -> str | None:
        """they called [Kim] a tyrant; [Kim] is a young tyrant; [Kim] was branded a tyrant."""
        at = self.phrase(first)
        if at and at in self.ends and self._named_before(at) and not self.is_governed(at):
            return self.ends[at]
        return self._linked(at)

    def _linked(self, at: int) -> str | None:
        """[Kim] is, [Kim] was branded: whom does the verb before `at` say something of?"""
        if at > 1 and self.words[at - 1] in _NAMING:
            return self.subject(at - 1) if self._is_passive(at - 1) else None
        verb = at if self._is_copula(at - 1) else self.back(at, ("RB",))  # is once again a tyrant
        if not self._is_copula(verb - 1):
            return None
        named = self.ends.get(verb - 2, "") if verb > 1 and self.words[verb - 2] == "," else ""
        if named and self.kinds[named] == "person" and not self.is_governed(verb - 2):
            return named  # his successor, [Lee], is a tyrant
        return self.subject(verb - 1)

    def _is_copula(self, at: int) -> bool:
        """Is it "is", and not the sign of an owner: Kim's tyrant?"""
        if at < 0 or self.words[at] not in _COPULAS:
            return False
        return self.tag(at) != "POS" or self.words[at + 1 : at + 2] in (("a",), ("an",))

    def _named_before(self, at: int) -> bool:
        return not _NAMING.isdisjoint(self.words[max(0, at - _NEAR) : at])

    def pictured(self, first: int) -> str | None:
        """painted [Kim] as a tyrant; made [Kim] look like one; accused [Kim] of being one; [Kim] was seen as one."""
        at = self.phrase(first)
        if at < 3:
            return None
        link, verb = self.words[at - 1], self.words[at - 2]
        if link == "as":
            if at - 1 in self.ends:
                start = self.starts[at - 1]
                agent = start > 0 and self.words[start - 1] in _AGENTS  # described by Kim as a tyrant: somebody else
                near = self.words[max(0, start - _CLOSE) : start]
                return self.ends[at - 1] if _SUCCEEDING.isdisjoint(near) and not agent else None
            told = self.tag(at - 2).startswith("VB") and verb not in _SUCCEEDING
            return self.subject(at - 2) if told and self._is_passive(at - 2) else None
        if link == "like":
            return self.subject(at - 2) if verb in _SEEMING or verb in _BE else None
        if link == "being" and verb == "of":
            return self.ends.get(at - 2) or (self.subject(at - 3) if self.words[at - 3] in _CHARGING else None)
        return None

    def _is_passive(self, verb: int) -> bool:
        """[Kim] was often called a tyrant; not: what Kim called a tyrant"""
        at = self.back(verb, ("RB",))
        return at > 0 and self.words[at - 1] in _BE

    def of(self, last: int) -> str | None:
        """the wise leadership of [Kim Jong Un]; the tyrant of [Damascus]; the regime in [Tehran].

        A mayor of Minneapolis is not the city.
        """
        at, steps, end = last, 6, self.end(last - 1)
        while steps and at < end and self.tag(at).startswith(("JJ", "NN", "CC")):
            at, steps = at + 1, steps - 1
        if at < end and (self.words[at] == "of" or (self.words[at] == "in" and self.words[last - 1] in _GOVERNMENTS)):
            for begin in range(at + 1, min(at + 4, end)):
                if begin in self.begins:
                    holds = at == last or self.kinds[self.begins[begin]] == "person"
                    return self.begins[begin] if holds else None
                token = self.document.tokens[begin]
                if not (token.tag == "DT" or token.text[0].isupper()):
                    return None
        return None
