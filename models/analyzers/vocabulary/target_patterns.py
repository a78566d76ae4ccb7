"""The places in a sentence where a label and the name that it is about stand to each other."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...document import Document

_PATH = Path(__file__).parents[2] / "lexicons" / "aims.toml"
_CLASSES = {name: frozenset(words) for name, words in tomllib.loads(_PATH.read_text(encoding="utf-8")).items()}
_BE, _COPULAS, _AUXILIARIES, _NAMING, _SEEMING, _CHARGING = (
    _CLASSES[name] for name in ("be", "copulas", "auxiliaries", "naming", "seeming", "charging")
)
_OTHERS, _CLAUSES, _SUCH, _GOVERNMENTS, _STANDING, _SUCCEEDING, _AGENTS = (
    _CLASSES[name] for name in ("others", "clauses", "such", "governments", "standing", "succeeding", "agents")
)
_ENDING = frozenset([",", ".", ";", "—", "–", ")", "who", "whose", "that", "which"])
_PREMODIFIERS, _DETERMINERS = ("JJ", "RB", "VBN", "NN"), ("DT", "PDT")
_QUOTES = frozenset(['"', "“", "”", "‘", "``", "''", "'"])
_NEAR = 8  # tokens between a verb such as "called" and the label
_CLOSE = 4  # tokens between a verb such as "replaced" and the name behind it
_TITLED = 14  # tokens of the longest row of titles behind a name: "the majority leader and a …"
_LISTED = 3  # labels before this one in a row: "a racist, a conman and a cheat"


@dataclass(init=False, slots=True)
class Frames:
    """Where the document's names begin and end, by token, and who stands in a frame with other tokens.

    Each frame gives the id of the name in [brackets] of its examples, or None.
    """

    document: Document
    words: Sequence[str]
    begins: dict[int, str]
    stops: dict[int, int]  # where a name begins: one past its last token
    ends: dict[int, str]
    starts: dict[int, int]  # where a name ends: its first token
    inside: dict[int, tuple[str, bool]]  # token index: entity, and whether it is named there
    kinds: dict[str, str]  # of each entity

    def __init__(self, document: Document) -> None:
        self.document = document
        self.kinds = {entity.id: entity.kind for entity in document.entities}
        self.words = document.folded
        self.begins, self.stops, self.ends, self.starts, self.inside = {}, {}, {}, {}, {}
        for entity in document.entities:
            for mention in entity.mentions:
                covered = document.tokens_in(mention.start, mention.end)
                if (
                    document.tokens[covered.start].start < mention.start
                    or document.tokens[covered.stop - 1].end > mention.end
                ):
                    continue  # anti-Russia
                self.begins[covered.start] = self.ends[covered.stop] = entity.id
                self.stops[covered.start], self.starts[covered.stop] = covered.stop, covered.start
                for at in covered:
                    self.inside[at] = (entity.id, mention.form == "name")

    def tag(self, at: int) -> str:
        """The part of speech of a token."""
        return self.document.tokens[at].tag

    def back(self, at: int, tags: tuple[str, ...], steps: int = 4) -> int:
        """Walk left over words with these tags and quotation marks, never out of the sentence or into a name."""
        first = self.document.sentences[self.document.tokens[at].sentence].first if at < len(self.words) else at
        while at > first and steps and at not in self.ends:
            if self.words[at - 1] not in _QUOTES and not self.tag(at - 1).startswith(tags):
                break
            at, steps = at - 1, steps - 1
        return at

    def _phrase(self, first: int) -> int:
        """Where the noun phrase around this token begins: a [young] tyrant, the article with it."""
        return self.back(self.back(first, _PREMODIFIERS), _DETERMINERS, 2)

    def follows(self, at: int, steps: int) -> str | None:
        """dictator [Bashar al-Assad]; a brutal leader like none, a fervent Assad supporter: nothing."""
        end = self.end(at - 1)
        while steps and at not in self.begins and at < end and self.tag(at).startswith(("JJ", "NN")):
            at, steps = at + 1, steps - 1
        after = self.stops.get(at, end)
        if at >= end or (after < end and self.words[after] in _OTHERS):
            return None
        return self._titled_name(after, end) or self.begins.get(at)

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

    def end(self, at: int) -> int:
        """One past the last token of the sentence around this one."""
        return self.document.sentences[self.document.tokens[at].sentence].last

    def like(self, last: int) -> str | None:
        """a tyrant like [Kim]"""
        if last + 1 < self.end(last - 1) and self.words[last] in _SUCH:
            return self.begins.get(last + 1)
        return None

    def trails(self, first: int) -> str | None:
        """[Kim], a rotten tyrant"""
        at = self.back(first, ("JJ", "RB", "VBN"))
        named = at > 1 and self.words[at - 1] in ("a", "an") and self.words[at - 2] == ","
        return self.ends.get(at - 2) if named else None

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
            or self._titled(named, last)
            or self.joined(named)
        )

    def joined(self, first: int) -> str | None:
        """[Kim] is a racist, a conman and a cheat: as the one before it."""
        at = self._phrase(first)
        for _ in range(_LISTED):
            joint = self.back(at, ("CC", ","))
            if joint == at:
                return None
            at = self.back(joint, _PREMODIFIERS)
            begin = self.back(at, _DETERMINERS, 2)
            called = self.ends.get(begin) if self._named_before(begin) else None
            found = self._linked(begin) or self.pictured(at) or called
            if at == joint or found:
                return found
            at = begin
        return None

    def described(self, first: int) -> str | None:
        """they called [Kim] a tyrant; [Kim] is a young tyrant; [Kim] was branded a tyrant."""
        at = self._phrase(first)
        if at and at in self.ends and self._named_before(at) and not self._is_governed(at):
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
        if named and self.kinds[named] == "person" and not self._is_governed(verb - 2):
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
        at = self._phrase(first)
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

    def _apposed(self, first: int, last: int) -> str | None:
        """[Kim], a young tyrant, …; the tyrant, [Kim], …"""
        begin = self.back(first, _PREMODIFIERS)
        at = self.back(begin, ("DT",), 2)
        if at and self.words[at - 1] == "," and at - 1 in self.ends and at < begin and not self._acts(last):
            led = self.words[at] == "the" and self._is_governed(at - 1)  # For Lee, the tyrants are all the same
            return None if led else self.ends[at - 1]
        defined = at < first and self.words[at] == "the"
        if defined and last + 1 < self.end(last - 1) and self.words[last] == ",":
            after = self.stops.get(last + 1, last)
            return self.begins.get(last + 1) if after < len(self.words) and self.words[after] in (",", ".") else None
        return None

    def _titled(self, first: int, last: int) -> str | None:
        """[Lee] (R-Ky.), the majority leader and a notorious demagogue; [Lee], the editor turned guru"""
        begin = self.document.sentences[self.document.tokens[first].sentence].first
        if self._acts(last):
            return None
        for at in range(first - 1, max(begin, first - _TITLED), -1):
            if self.words[at] == ",":
                standing = self.tag(at + 1) == "DT" or self.words[at + 1] in _STANDING
                return self.ends.get(self._skip_bracket(at)) if standing else None
            if self.tag(at) == "CC" and at + 1 < first and self.words[at + 1] not in ("a", "an"):
                return None
            if not self.tag(at).startswith(("DT", "JJ", "NN", "POS", "RB", "CC", "CD")) and self.words[at] != "turned":
                return None
        return None

    def _skip_bracket(self, at: int) -> int:
        """From behind a short bracket to where it opens."""
        if self.words[at - 1] == ")":
            return next((begin for begin in range(at - 2, max(0, at - _NEAR), -1) if self.words[begin] == "("), at)
        return at

    def _acts(self, at: int) -> bool:
        """Does a verb follow before a comma? "According to Kim, the tyrant of the valley fled": no apposition."""
        for behind in range(at, min(at + _NEAR, self.end(at - 1))):
            if self.words[behind] in _ENDING:
                return False
            if self.tag(behind).startswith(("VBD", "VBZ", "VBP", "MD")):
                return True
        return False

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

    def subject(self, verb: int) -> str | None:
        """[The senator] has never slammed the bill; complaints to the senator have exploded: nobody."""
        at, steps = verb, 4
        while at and steps and at not in self.ends:
            if self.words[at - 1] not in _AUXILIARIES and not self.tag(at - 1).startswith(("RB", "MD")):
                return None
            at, steps = at - 1, steps - 1
        return None if self._is_governed(at) else self.ends.get(at)

    def _is_governed(self, end: int) -> bool:
        """Does the name that ends here hang on a preposition: the letters to [Kim], the streets of [the old Rome]?"""
        start = self.starts.get(end, 0)
        while start and self.tag(start - 1) in ("DT", "JJ"):
            start -= 1
        return start > 0 and self.tag(start - 1) in ("IN", "TO") and self.words[start - 1] not in _CLAUSES
