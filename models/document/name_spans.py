"""Where names may stand: runs of capitalised words, cut into titles, demonyms and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .name_candidates import NameCandidate, Unit
from .name_evidence import Evidence
from .name_facts import Known
from .name_lists import is_common, lists
from .name_runs import runs
from .name_titles import joined
from .name_trims import NOWHERE, Trims
from .parts import Sentence, Token

_FIELD = 1  # words that say what a title is about
_FIELDS = 2  # and behind its place


def spans(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterator[NameCandidate]:
    """Every stretch that may be a name, in text order."""
    evidence = Evidence(tokens, sentences, lists())
    for at, sentence in enumerate(sentences):
        if sentence.part != "boilerplate":
            cutter = _Cutter(tokens, sentence, at, evidence)
            for run in runs(tokens, sentence, evidence, shouting=evidence.shouting[at]):
                yield from cutter.cut(run)


class _Cutter(Trims):
    """Cuts the runs of one sentence."""

    def cut(self, units: list[Unit]) -> Iterator[NameCandidate]:
        """ "North Korean | Ambassador | Mun Jong Nam": the names of a run, each with its title."""
        title, gender = self.title_before(units[0].token)
        begin = k = 0
        while k < len(units):
            if units[k].small:  # opens nothing: in "St. la St." the "la" is no Los Angeles
                k += 1
                continue
            if self._joins(units, begin, k):
                yield from self.candidate(units[begin:k], title, gender)
                title, gender = "", "unknown"
                begin = k = k + 1
                continue
            known = self.phrase(units, k)
            if known > 1 and (found := self._whole(units, begin, k, known)):
                yield from self.candidate(units[begin:k], title, gender)
                yield NameCandidate(units[k : k + known], self.at, known=found)
                title, gender = self._held(units[k].token), "unknown"
                begin = k = k + known
            elif (size := self.title(units, k)) and self.is_inside(units, begin, k, size):
                k += size
            elif size:
                if seat := self._seat(units[begin:k]):
                    yield from self.candidate(units[begin : begin + seat], title, gender)
                elif not self.is_field(units[begin:k]) or k + size == len(units):
                    yield from self.candidate(units[begin:k], title, gender)
                phrase = joined(units, k, size)
                gender = self.lists.honorifics.get(phrase, "unknown")
                title = f"{title} {phrase}".strip() if begin == k else phrase
                begin = k = k + size
            elif k == begin and gender == "unknown" and self._is_aside(units, k):
                title = title if units[k].key in self.lists.modifiers else ""
                begin = k = k + 1
            elif (size := self._demonym(units, k)) and k == begin and (more := self._people(units, k + size)):
                name = " ".join(unit.text for unit in units[k : k + size + more])  # Sunni Arabs
                yield NameCandidate(units[k : k + size + more], self.at, known=Known("other", name))
                begin = k = k + size + more
            elif size:
                if k == begin and self._is_adjective(units, k + size):
                    country = self.lists.demonyms[joined(units, k, size)]
                    yield NameCandidate(units[k : k + size], self.at, demonym=country)
                    begin = k + size
                k += size
            elif known and (found := self._whole(units, begin, k, known)):
                yield from self.candidate(units[begin:k], title, gender)
                yield NameCandidate(units[k : k + known], self.at, known=found)
                title, gender = self._held(units[k].token), "unknown"
                begin = k = k + known
            else:
                k += 1
        yield from self.candidate(units[begin:], title, gender)

    def _joins(self, units: list[Unit], begin: int, k: int) -> bool:
        """Is this a small word in the capitals of title case: Media War [Against] Ann Lee, REUTERS [The] ship?"""
        unit = units[k]
        if not begin < k < len(units) or unit.key not in self.lists.links or self.phrase(units, begin) > k - begin:
            return False
        return self.shouting or (unit.key == "the" and units[k - 1].text.isupper() and len(units[k - 1].text) > 1)

    # -- words that belong to no name --------------------------------------------------------------------------------

    def _is_aside(self, units: list[Unit], k: int) -> bool:
        """Does a run begin with a word of no name: a day, "Former", "OK", a sentence's first word?"""
        unit, rest = units[k], units[k + 1 :]
        named = unit.key in self.lists.first and bool(rest) and rest[0].key in self.lists.last
        if unit.key in self.lists.calendar:
            return not named
        if unit.key in self.lists.modifiers and rest:
            titled = any(self.title(units, at) for at in range(k + 1, min(k + 2 + _FIELD, len(units))))
            body = len(rest) > 1 and rest[-1].key in self.lists.org_heads and not self.shouting
            return unit.key not in self.lists.opening or titled or (self.is_initial(unit) and not body)
        if unit.key in self.lists.small and len(rest) == 1 and rest[0].key in self.lists.crowds:
            return True  # Zero Republicans
        if unit.key in self.lists.party_adjectives and len(rest) == 2:
            return rest[0].key in self.lists.first and rest[1].key not in self.lists.org_heads  # Democratic Ann Lee
        if unit.text in self.lists.never and (not rest or unit.text.isupper()):
            return True
        if not self.is_initial(unit) or self.evidence.inside[unit.text] > self.evidence.lower[unit.text.casefold()]:
            return False
        if unit.key in self.lists.small or (rest and unit.key in self.lists.speech and unit.key not in self.lists.last):
            return not named
        if not rest or rest[0].small or (unit.text.isupper() and len(unit.text) > 1):
            return False
        plain = unit.key not in self.lists.first and unit.key not in self.lists.known
        if not plain or not is_common(unit.text.casefold(), self.lists):
            return False
        return not any(u.key in self.lists.org_heads or u.key in self.lists.place_heads for u in rest)

    def _demonym(self, units: list[Unit], k: int) -> int:
        return next((n for n in (2, 1) if k + n <= len(units) and joined(units, k, n) in self.lists.demonyms), 0)

    def _people(self, units: list[Unit], k: int) -> int:
        """How many words from k on, the last ones of their run, are a people?"""
        sizes = (n for n in (2, 1) if k + n <= len(units) and joined(units, k, n) in self.lists.peoples)
        return next((n for n in sizes if k + n == len(units) or units[k + n].small), 0)

    def _is_adjective(self, units: list[Unit], k: int) -> bool:
        """Does the demonym before k stand for itself ("Syrian dictator"), or open a name ("Syrian Arab Army")?"""
        rest = units[k:]
        if not rest:
            return True
        if rest[-1].key in self.lists.org_heads:
            return False
        if any(unit.small and unit.key == "of" for unit in rest):
            return bool(self.title(units, k))
        if any(head.key in self.lists.org_heads and joint.small for head, joint in pairwise(rest)):
            return False  # American Council on Harbours
        return not any(u.key in self.lists.other_heads or u.key in self.lists.place_heads for u in rest)

    # -- known names -------------------------------------------------------------------------------------------------

    def _whole(self, units: list[Unit], begin: int, k: int, size: int) -> Known | None:
        """The known name at k, where it stands for itself and isn't a piece of a longer one."""
        key, after = joined(units, k, size), units[k + size :]
        if begin < k and (size == 1 or units[k - 1].small or self.tokens[units[k].token - 1].text == ","):
            return None
        if after:
            if after[0].token - units[k + size - 1].token > 1:
                return None  # Department of Agriculture, Food and Trade
            within = (unit for unit, behind in pairwise(after) if behind.small and behind.key in ("of", "for"))
            head = next(within, after[-1]).key
            headed = head in self.lists.org_heads and head not in self.lists.titles
            if size > 1 and len(after) == 1 and after[0].key in self.lists.place_heads:
                return None  # Los Angeles County
            person = (after[0].key in self.lists.first or len(after[0].key) == 1) and len(after) > 1
            cut = (after[0].key in self.lists.titles and not headed) or after[0].key in self.lists.calendar
            dotted = size == 1 and "." in units[k].text  # "U.S."
            personal = key in self.lists.first or key in self.lists.last
            abroad = person and not personal and key.title() in self.lists.countries  # Ambassador to Libya Tom Hale
            abroad = abroad or (person and self._is_seat(units[k].token))
            several = abroad or (size > 1 and (person or not headed))
            if after[0].small or not (cut or several or (dotted and not headed)):
                return None
        if key in self.lists.peoples and key not in self.lists.known:
            return Known("other", self.lists.peoples[key])
        found = self.lists.known[key].written(u.text for u in units[k : k + size])
        seat = bool(after) and self._is_seat(units[k].token)
        personal = size == 1 and not seat and (key in self.lists.first or key in self.lists.last)
        return None if personal and found and found.kind == "place" else found

    def _is_seat(self, token: int) -> bool:
        """Does an office stand before it: Mayor of [Harrow] Ann Lee?"""
        return token - 2 >= self.sentence.first and (
            self.tokens[token - 1].text == "of" and self.tokens[token - 2].text.casefold() in self.lists.titles
        )

    def _held(self, token: int) -> str:
        """The office whose place begins here, held now: [mayor] of Harrow Ann Lee."""
        former = token > 2 and self.tokens[token - 3].text.casefold() in self.lists.aside
        return self.tokens[token - 2].text.casefold() if self._is_seat(token) and not former else ""

    def _seat(self, units: list[Unit]) -> int:
        """How many words before a title are a place, and the others its field: [Harrow County] Fire Chief?"""
        size = self.phrase(units, 0) if units else 0
        if size and self.lists.known.get(joined(units, 0, size), NOWHERE).kind == "other":
            return 0
        if not size and len(units) > 2 and not any(unit.small for unit in units):
            size = next((n for n in range(2, len(units)) if units[n - 1].key in self.lists.place_heads), 0)
        rest = units[size:]
        plain = all(is_common(u.key, self.lists) or u.text.isupper() or u.key in self.lists.known for u in rest)
        heads = (self.lists.org_heads, self.lists.other_heads, self.lists.place_heads, self.lists.first)
        named = any(u.small or any(u.key in head for head in heads) for u in rest)
        return size if size and 0 < len(rest) <= _FIELDS and plain and not named else 0
