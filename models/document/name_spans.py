"""Where names may stand: runs of capitalised words, cut into titles, demonyms and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .name_candidates import NameCandidate
from .name_evidence import Evidence
from .name_lists import Gender, Known, Lists, is_common, lists
from .name_runs import Unit, runs
from .parts import Sentence, Token

_AUXILIARIES = frozenset(("has", "had", "was", "is", "been", "be", "did", "does", "do"))
_HELPERS = 4  # tokens of the longest row of them, and the verb
_FIELD = 2  # words that say what a title is about
_ELSEWHERE = 2  # uses in capitals inside sentences that make an ordinary word a name


def spans(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterator[NameCandidate]:
    """Every stretch that may be a name, in text order."""
    evidence = Evidence(tokens, sentences, lists())
    for at, sentence in enumerate(sentences):
        if sentence.part != "boilerplate":
            cutter = _Cutter(tokens, sentence, at, evidence)
            for run in runs(tokens, sentence, evidence, shouting=evidence.shouting[at]):
                yield from cutter.cut(run)


class _Cutter:
    """Cuts the runs of one sentence."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, at: int, evidence: Evidence) -> None:
        self.tokens = tokens
        self.sentence = sentence
        self.at = at
        self.evidence = evidence
        self.lists: Lists = evidence.lists
        self.shouting = evidence.shouting[at]

    def cut(self, units: list[Unit]) -> Iterator[NameCandidate]:
        """ "North Korean | Ambassador | Mun Jong Nam": the names of a run, each with its title."""
        title, gender = self._title_before(units[0].token)
        begin = k = 0
        while k < len(units):
            if units[k].small:  # opens nothing: in "St. la St." the "la" is no Los Angeles
                k += 1
                continue
            if self._joins(units, begin, k):
                yield from self._candidate(units[begin:k], title, gender)
                title, gender = "", "unknown"
                begin = k = k + 1
                continue
            known = self._phrase(units, k)
            if known > 1 and (found := self._whole(units, begin, k, known)):
                yield from self._candidate(units[begin:k], title, gender)
                yield NameCandidate(units[k : k + known], self.at, known=found)
                title, gender = "", "unknown"
                begin = k = k + known
            elif (size := self._title(units, k)) and self._is_inside(units, begin, k, size):
                k += size
            elif size:
                if not self._is_field(units[begin:k]) or k + size == len(units):
                    yield from self._candidate(units[begin:k], title, gender)
                phrase = _key(units, k, size)
                gender = self.lists.honorifics.get(phrase, "unknown")
                title = f"{title} {phrase}".strip() if begin == k else phrase
                begin = k = k + size
            elif k == begin and gender == "unknown" and self._is_aside(units, k):
                title = title if units[k].key in self.lists.modifiers else ""
                begin = k = k + 1
            elif size := self._demonym(units, k):
                if k == begin and self._is_adjective(units, k + size):
                    country = self.lists.demonyms[_key(units, k, size)]
                    yield NameCandidate(units[k : k + size], self.at, demonym=country)
                    begin = k + size
                k += size
            elif known and (found := self._whole(units, begin, k, known)):
                yield from self._candidate(units[begin:k], title, gender)
                yield NameCandidate(units[k : k + known], self.at, known=found)
                title, gender = "", "unknown"
                begin = k = k + known
            else:
                k += 1
        yield from self._candidate(units[begin:], title, gender)

    def _joins(self, units: list[Unit], begin: int, k: int) -> bool:
        """Is this a small word in the capitals of title case: Media War [Against] Ann Lee, REUTERS [The] ship?"""
        unit = units[k]
        if not begin < k < len(units) or unit.key not in self.lists.links or self._phrase(units, begin) > k - begin:
            return False
        return self.shouting or (unit.key == "the" and units[k - 1].text.isupper() and len(units[k - 1].text) > 1)

    # -- titles ------------------------------------------------------------------------------------------------------

    def _title_before(self, token: int) -> tuple[str, Gender]:
        """A title in lower case right before the run: "leader", "spokesman", "prime minister"."""
        first = token
        while first > max(self.sentence.first, token - 3) and self.tokens[first - 1].text.islower():
            first -= 1
        for start in range(first, token):
            phrase = " ".join(t.text for t in self.tokens[start:token])
            if phrase in self.lists.titles and phrase not in self.lists.modifiers:
                return phrase, self.lists.honorifics.get(phrase, "unknown")
        return "", "unknown"

    def _title(self, units: list[Unit], k: int) -> int:
        """How many words from k on are a title? Those that are surnames as well only where they can't be one."""
        longest = self.lists.title_openings.get(units[k].key, 0)
        for size in range(min(longest, len(units) - k), 0, -1):
            if _key(units, k, size) not in self.lists.titles:
                continue
            if k + size < len(units) and units[k + size].nick and units[k].key in self.lists.first:
                continue  # Earl “Skip” Moore
            if units[k].key == "he" and units[k].text not in ("HE", "H.E."):
                continue
            after = k + size
            if after < len(units) and self._heads(units, after):
                continue  # "Justice Department", "General Assembly"
            if size == 1 and self._is_surname(units, k):
                continue
            return size
        return 0

    def _is_inside(self, units: list[Unit], begin: int, k: int, size: int) -> bool:
        """Is the title a word of a body's name: Department of Criminal [Justice], Office of the [Mayor]?"""
        pairs = pairwise(units[begin:k])
        headed = any(
            joint.small and joint.key in ("of", "for") and of.key in self.lists.of_heads for of, joint in pairs
        )
        if not headed or not (units[k - 1].small or units[k].key in self.lists.fields):
            return False
        return k + size == len(units) or units[k + size].small or self._title(units, k + size) > 0

    def _is_field(self, units: list[Unit]) -> bool:
        """Are these only what a title is about: [Harbour] Chief Ann Lee, [Transport] Secretary?"""
        return 0 < len(units) <= _FIELD and all(
            not unit.small
            and (is_common(unit.key, self.lists) or unit.key in self.lists.place_heads)
            and unit.key not in self.lists.known
            and self.evidence.inside[unit.text] < _ELSEWHERE
            for unit in units
        )

    def _heads(self, units: list[Unit], k: int) -> bool:
        """Is units[k] the word that makes this the name of an organization, law or event?"""
        key = units[k].key
        final = k + 1 == len(units) or units[k + 1].small
        return final and (key in self.lists.org_heads or key in self.lists.other_heads) and key not in self.lists.titles

    def _is_surname(self, units: list[Unit], k: int) -> bool:
        """ "Stephen King", "Mrs. King", "King said": a title's word as a name."""
        key = units[k].key
        if key not in self.lists.last and key not in self.lists.first:
            return False
        final = k + 1 == len(units) or units[k + 1].key in self.lists.suffixes
        if not final:
            return False
        if k == 0:
            before = self.tokens[units[k].token - 1].tag if units[k].token > self.sentence.first else ""
            return before not in ("DT", "PRP$", "JJ", "POS")
        previous = units[k - 1].key
        return previous in self.lists.first or len(previous) == 1 or previous in self.lists.honorifics

    # -- words that belong to no name --------------------------------------------------------------------------------

    def _is_aside(self, units: list[Unit], k: int) -> bool:
        """Does a run begin with a word of no name: a day, "Former", "OK", a sentence's first word?"""
        unit, rest = units[k], units[k + 1 :]
        named = unit.key in self.lists.first and bool(rest) and rest[0].key in self.lists.last
        if unit.key in self.lists.calendar:
            return not named
        if unit.key in self.lists.modifiers and rest:
            return True
        if unit.text in self.lists.never and (not rest or unit.text.isupper()):
            return True
        if not self._is_initial(unit) or self.evidence.inside[unit.text] > self.evidence.lower[unit.text.casefold()]:
            return False
        if unit.key in self.lists.small:
            return not named
        if not rest or rest[0].small or (unit.text.isupper() and len(unit.text) > 1):
            return False
        plain = unit.key not in self.lists.first and unit.key not in self.lists.known
        if not plain or not is_common(unit.text.casefold(), self.lists):
            return False
        return not any(u.key in self.lists.org_heads or u.key in self.lists.place_heads for u in rest)

    def _is_initial(self, unit: Unit) -> bool:
        return self.shouting or self.evidence.is_initial(unit.token, self.sentence)

    def _demonym(self, units: list[Unit], k: int) -> int:
        return next((n for n in (2, 1) if k + n <= len(units) and _key(units, k, n) in self.lists.demonyms), 0)

    def _is_adjective(self, units: list[Unit], k: int) -> bool:
        """Does the demonym before k stand for itself ("Syrian dictator"), or open a name ("Syrian Arab Army")?"""
        rest = units[k:]
        if not rest:
            return True
        if rest[-1].key in self.lists.org_heads:
            return False
        if any(unit.small and unit.key == "of" for unit in rest):
            return bool(self._title(units, k))
        return not any(u.key in self.lists.other_heads or u.key in self.lists.place_heads for u in rest)

    # -- known names -------------------------------------------------------------------------------------------------

    def _phrase(self, units: list[Unit], k: int) -> int:
        """How many words from k on are a name in the lists?"""
        longest = self.lists.openings.get(units[k].key, 0)
        for size in range(min(longest, len(units) - k), 0, -1):
            key = _key(units, k, size)
            found = self.lists.known.get(key)
            if key in self.lists.peoples or (found and found.fits(u.text for u in units[k : k + size])):
                return size
        return 0

    def _whole(self, units: list[Unit], begin: int, k: int, size: int) -> Known | None:
        """The known name at k, where it stands for itself and isn't a piece of a longer one."""
        key, after = _key(units, k, size), units[k + size :]
        if begin < k and (size == 1 or units[k - 1].small):
            return None
        if after:
            if after[0].token - units[k + size - 1].token > 1:
                return None  # Department of Agriculture, Food and Trade
            headed = after[-1].key in self.lists.org_heads
            person = after[0].key in self.lists.first and len(after) > 1
            cut = after[0].key in self.lists.titles or after[0].key in self.lists.calendar
            dotted = size == 1 and "." in units[k].text  # "U.S."
            several = size > 1 and (person or not headed)
            if after[0].small or not (cut or several or (dotted and not headed)):
                return None
        if key in self.lists.peoples:
            return Known("other", self.lists.peoples[key])
        found = self.lists.known[key]
        personal = size == 1 and (key in self.lists.first or key in self.lists.last)
        return None if personal and found.kind == "place" else found

    # -- candidates --------------------------------------------------------------------------------------------------

    def _candidate(self, units: list[Unit], title: str, gender: Gender) -> Iterator[NameCandidate]:
        """What is left between the cuts, without its loose ends."""
        while units and (units[0].small or (units[0].key == "the" and self._phrase(units, 0) != len(units))):
            if units[0].small and not units[0].nick and units[0].key not in self.lists.connectors:
                break  # "al-Assad", "van Gogh"
            units = units[1:]
        while units and (units[-1].small or units[-1].text in ("I", "I.") or self._is_date(units, title)):
            units = units[:-1]
        while len(units) > 1 and units[0].key in ("of", "for", "and", "or", "to", "with"):
            units = units[1:]
        while len(units) > 2 and self._is_loose(units):
            units = units[1:]
        if not units or (len(units) == 1 and self._is_nothing(units[0])):
            return
        lone = len(units) == 1 and not title and self._is_initial(units[0])
        doubtful = lone and not self.evidence.speaks_for(units[0].text) and not self._is_subject(units[0])
        yield NameCandidate(units, self.at, title, gender, doubtful=doubtful)

    def _is_loose(self, units: list[Unit]) -> bool:
        """Is the first word none of a person's name: [Resources] Thomas R. Nides, [AP] Ted S. Warren?"""
        word, given, family = units[0], units[1], units[-1].key
        if word.small or given.small or word.key in self.lists.first or given.key not in self.lists.first:
            return False
        if family not in self.lists.last or family in self.lists.org_heads or family in self.lists.other_heads:
            return False
        agency = word.text.isupper() and len(word.text) > 1
        return agency or (is_common(word.key, self.lists) and word.key.endswith("s"))

    def _is_date(self, units: list[Unit], title: str) -> bool:
        return units[-1].key in self.lists.calendar and len(units) != 2 and not title

    def _is_nothing(self, unit: Unit) -> bool:
        key = unit.key
        if unit.text in self.lists.never or len(key) < 2 or key in self.lists.suffixes:
            return True
        return key in self.lists.small and key not in self.lists.first and key not in self.lists.known

    def _main_verb(self, i: int) -> str:
        """The verb from token i on, behind "has", "was", "would" and adverbs."""
        for k in range(i, min(i + _HELPERS, self.sentence.last)):
            helps = self.tokens[k].text in _AUXILIARIES or self.tokens[k].tag.startswith(("RB", "MD"))
            if not helps:
                return self.tokens[k].text
        return ""

    def _is_subject(self, unit: Unit) -> bool:
        """A bare surname that is also a word, as the subject of a sentence: "Winner wrote"."""
        i = unit.token + 1
        if self.shouting or unit.key in self.lists.small or self.evidence.lower[unit.key] or i >= self.sentence.last:
            return False
        tag, following = self.tokens[unit.token].tag, self.tokens[i]
        if is_common(unit.key, self.lists):  # Fish wrote; not: Fish died, Crews said
            plural = unit.key.endswith("s") and unit.key[:-1] in self.lists.common
            return self._main_verb(i) in self.lists.personal and not plural
        if unit.key not in self.lists.last and unit.key not in self.lists.first:
            return following.text in self.lists.speech and tag in ("NN", "NNP")
        if tag.startswith(("RB", "IN", "DT")):
            return False
        if following.tag in ("VBD", "VBZ", "MD", "POS", "VBN", "VBP"):
            return True
        return tag.startswith("NNP") and following.tag in ("RB", ",", ":", "VBG", "CC")


def _key(units: list[Unit], k: int, size: int) -> str:
    return " ".join(unit.key for unit in units[k : k + size])
