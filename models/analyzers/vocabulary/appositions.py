"""Appositions: a label and a name side by side, with a comma between them."""

from __future__ import annotations

from .places import CLASSES
from .subjects import Subjects

_NAMING = CLASSES["naming"]
_STANDING = CLASSES["standing"]
_PREMODIFIERS = ("JJ", "RB", "VBN", "VBG", "NN")
_POINTING = ("that", "this")
_NEAR = 8  # tokens between a verb such as "called" and the label
_TITLED = 14  # tokens of the longest row of titles behind a name: "the majority leader and a …"
_BEHIND = 9  # tokens between a label and the comma before the name: "the fool who runs Corley, "
_LISTED = 3  # labels before this one in a row: "a racist, a conman and a cheat"


class Appositions(Subjects):
    """Whom does a label stand beside? Each gives the id of the name in [brackets] of its examples, or None."""

    __slots__ = ()

    def trails(self, first: int) -> str | None:
        """[Kim], a rotten tyrant; [Lee], the heroic nurse from Dover, said"""
        at = self.back(first, ("JJ", "RB", "VBN", "VBG"))
        if at < 2 or self.words[at - 2] != ",":
            return None
        closed = self.words[at - 1] in ("the", *_POINTING) and not self.acts(first) and not self.is_governed(at - 2)
        return self.ends.get(at - 2) if self.words[at - 1] in ("a", "an") or closed else None

    def introduces(self, first: int, last: int) -> str | None:
        """The tyrant of Corley, [Victor Hale], …; the fool who runs Corley, [Victor Hale], …; a liar, [Hale] fled."""
        begin, end = self.phrase(first), self.end(last - 1)
        sentence = self.document.sentences[self.document.tokens[first].sentence]
        pointed = begin < first and (self.tag(begin) == "DT" or self.words[begin] in _POINTING)
        opens = not any(self.tag(at).startswith(("VB", "MD", "IN")) for at in range(sentence.first, begin))
        if not (pointed or opens) or (begin > sentence.first and self.words[begin - 1] == "," and not opens):
            return None
        limit = min(end, last + _BEHIND)
        comma = next((at for at in range(last, limit) if self.words[at] == ","), limit)
        if comma >= limit or not self._hangs(last, comma):
            return None
        for at in range(comma + 1, min(comma + 5, end)):
            if at in self.begins:
                stop = self.stops[at]
                enclosed = stop >= end or self.words[stop] in (",", ".", ";") or opens
                person = self.kinds[self.begins[at]] == "person"
                return self.begins[at] if person and enclosed else None
            if not self.tag(at).startswith(("NN", "JJ")) and self.words[at] != ".":
                return None
        return None

    def _hangs(self, at: int, comma: int) -> bool:
        """Is what stands between a label and the comma only what hangs on it: nouns, "of Corley", "who runs Corley"?"""
        while at < comma and self.tag(at).startswith(("NN", "JJ")):
            at += 1
        joined = at < comma and (self.words[at] in ("of", "from", "in", "at", "and") or self.tag(at) in ("WP", "WDT"))
        if at < comma and not joined:
            return False
        clause = at < comma and self.tag(at) in ("WP", "WDT")
        return clause or not any(self.tag(k).startswith(("VB", "MD")) for k in range(at, comma))

    def _apposed(self, first: int, last: int) -> str | None:
        """[Kim], a young tyrant, …; the tyrant, [Kim], …"""
        begin = self.back(first, _PREMODIFIERS)
        at = self.back(begin, ("DT",), 2)
        if begin and self.words[begin - 1] in _POINTING:
            at = begin - 1
        bare = at == begin and at > 1 and self.words[at - 1] == "," and at - 1 in self.ends
        if bare and not self.is_governed(at - 1) and self._is_bracketed(last):
            return self.ends[at - 1]  # Hale, coward and liar, fled
        if at and self.words[at - 1] == "," and at - 1 in self.ends and at < begin and not self.acts(last):
            led = self.words[at] == "the" and self.is_governed(at - 1)  # For Lee, the tyrants are all the same
            return None if led else self.ends[at - 1]
        defined = at < first and self.words[at] == "the"
        if defined and last + 1 < self.end(last - 1) and self.words[last] == ",":
            after = self.stops.get(last + 1, last)
            return self.begins.get(last + 1) if after < len(self.words) and self.words[after] in (",", ".") else None
        return None

    def _is_bracketed(self, last: int) -> bool:
        """Does a comma follow, with nothing but nouns before it?"""
        limit = min(last + _LISTED + 1, self.end(last - 1))
        return next((self.words[at] == "," for at in range(last, limit) if not self._is_nominal(at)), False)

    def _is_nominal(self, at: int) -> bool:
        return (self.tag(at).startswith(("NN", "JJ", "CC", "DT")) or self.tag(at) == "VB") and self.words[at] != ","

    def _called_by_others(self, first: int) -> str | None:
        """[Hale], whom the paper called a coward"""
        at = self.phrase(first)
        if at < 3 or self.words[at - 1] not in _NAMING:
            return None
        for who in range(at - 2, max(0, at - _NEAR), -1):
            if self.words[who] in ("whom", "who"):
                return self.ends.get(who - 1 if self.words[who - 1] == "," else who)
            if self.words[who] in (",", ";"):
                return None
        return None

    def _titled(self, first: int, last: int) -> str | None:
        """[Lee] (R-Ky.), the majority leader and a notorious demagogue; [Lee], the editor turned guru"""
        begin = self.document.sentences[self.document.tokens[first].sentence].first
        if self.acts(last):
            return None
        for at in range(first - 1, max(begin, first - _TITLED), -1):
            if self.words[at] == ",":
                standing = self.tag(at + 1) == "DT" or self.words[at + 1] in _STANDING
                end = self._skip_bracket(at)
                return self.ends.get(end) if standing and not self.is_governed(end) else None
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

    def _listed_behind(self, begin: int, last: int) -> str | None:
        """[Kim], a racist and a cheat, left: labels in a row behind the name."""
        behind = begin > 1 and self.words[begin - 1] == "," and begin - 1 in self.ends
        return self.ends[begin - 1] if behind and self._is_bracketed(last + 1) else None
