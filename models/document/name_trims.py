"""What a run of capitalised words holds once its titles are cut away: a name without loose ends, or two names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .name_candidates import NameCandidate, Unit
from .name_evidence import Evidence
from .name_facts import Gender, Known
from .name_lists import fold, is_common
from .name_titles import Titles, joined
from .parts import Sentence, Token

_AUXILIARIES = frozenset(("has", "had", "was", "is", "been", "be", "did", "does", "do"))
_HELPERS = 4  # tokens of the longest row of them, and the verb
_HEADED = 5  # words of a body's name with somebody's behind it, at least
_TRADED = re.compile(r"[A-Z]{1,5}\.[A-Z]{1,2}")  # how Reuters writes the sign of a share
_EXCHANGES = frozenset(("NYSE", "NASDAQ", "Nasdaq", "LSE", "TSX", "ASX"))
NOWHERE = Known("other", "")


class Trims(Titles):
    """Trims the stretches of one sentence."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, at: int, evidence: Evidence) -> None:
        super().__init__(tokens, sentence, evidence)
        self.at = at
        self.shouting = evidence.shouting[at]

    def candidate(self, units: list[Unit], title: str, gender: Gender) -> Iterator[NameCandidate]:
        """What is left between the cuts, without its loose ends."""
        while units and (units[0].small or (units[0].key == "the" and self.phrase(units, 0) != len(units))):
            if units[0].small and not units[0].nick and units[0].key not in self.lists.connectors:
                break  # "al-Assad", "van Gogh"
            units = units[1:]
        while units and (
            units[-1].small
            or units[-1].text in ("I", "I.", "The", "SAYING")
            or self._is_denied(units[-1].token)
            or self._is_date(units, title)
        ):
            units = units[:-1]
        while len(units) > 1 and units[0].key in ("of", "for", "and", "or", "to", "with"):
            units = units[1:]
        while len(units) > 2 and self._is_loose(units):
            units = units[1:]
        if self._is_spoken_of(units):
            units = units[1:]
        if len(units) > 1 and self._is_beside(units):
            units = units[:-1]
        if len(units) == 2 and self._are_two(units):
            yield NameCandidate(units[:1], self.at)
            units = units[1:]
        if self._is_race(units):
            yield NameCandidate(units[:-1], self.at)
            units, title = units[-1:], ""
        if self._is_headed(units):
            yield NameCandidate(units[:-2], self.at)
            units = units[-2:]
        if not units or (len(units) == 1 and (self._is_nothing(units[0]) or self._is_bracketed(units[0].token))):
            return
        if len(units) == 1 and self._is_traded(units[0].token):
            return
        lone = len(units) == 1 and not title and self.is_initial(units[0])
        doubtful = lone and not self.evidence.speaks_for(units[0].text) and not self._is_subject(units[0])
        yield NameCandidate(units, self.at, title, gender, doubtful=doubtful)

    def is_initial(self, unit: Unit) -> bool:
        return self.shouting or self.evidence.is_initial(unit.token, self.sentence)

    def phrase(self, units: list[Unit], k: int) -> int:
        """How many words from k on are a name in the lists?"""
        longest = self.lists.openings.get(units[k].key, 0)
        for size in range(min(longest, len(units) - k), 0, -1):
            key = joined(units, k, size)
            found = self.lists.known.get(key)
            if key in self.lists.peoples or (found and found.written(u.text for u in units[k : k + size])):
                return size
        return 0

    def _is_beside(self, units: list[Unit]) -> bool:
        """Is the last word none of it: Harrow Corp. [HRWM], the Harrow Committee [Democratic] staff?"""
        last = units[-1]
        if len(units) > 2 and units[-2].key in self.lists.corporate:
            return last.text.isupper() and last.key not in self.lists.corporate
        after = self.tokens[last.token + 1].text if last.token + 1 < self.sentence.last else ""
        return last.key in self.lists.party_adjectives and units[-2].key in self.lists.org_heads and after.islower()

    def _are_two(self, units: list[Unit]) -> bool:
        """The Trump | DOJ, in California | Reagan: somebody and a body's initials, a state and somebody?"""
        first, second = units
        body = self.lists.known.get(second.key, NOWHERE).kind == "organization" and second.text.isupper()
        if first.key in self.lists.notable:
            return body and len(second.text) > 1
        return first.key in self.lists.states and second.key in self.lists.notable

    def _is_race(self, units: list[Unit]) -> bool:
        """The [Harrow] [Senate] race: is it the state's seat in Washington that is run for?"""
        if len(units) < 2 or units[-1].key not in ("senate", "house"):
            return False
        if len(units) == 2 and units[0].key == "gop":
            return True
        behind = self.tokens[units[-1].token + 1].text if units[-1].token + 1 < self.sentence.last else ""
        return joined(units, 0, len(units) - 1) in self.lists.states and behind in self.lists.races

    def _is_loose(self, units: list[Unit]) -> bool:
        """Is the first word none of a person's name: [Resources] Thomas R. Nides, [AP] Ted S. Warren?"""
        word, given, family = units[0], units[1], units[-1].key
        if word.small or given.small or word.key in self.lists.first or given.key not in self.lists.first:
            return False
        strange = family not in self.lists.last and is_common(family, self.lists)
        if strange or family in self.lists.org_heads or family in self.lists.other_heads:
            return False
        agency = word.text.isupper() and len(word.key) > 1
        return agency or (is_common(word.key, self.lists) and word.key.endswith("s"))

    def _is_spoken_of(self, units: list[Unit]) -> bool:
        """Does a word that is none of it stand before a single name: [Meet] Obama, [Crooked] Hillary?"""
        if len(units) < 2 or units[0].small:
            return False
        word, name = units[0].key, units[1].key
        if word in self.lists.epithets:
            return name in self.lists.first or name in self.lists.notable
        named = word in self.lists.first or word in self.lists.known or word in self.lists.folk or word == "team"
        return len(units) == 2 and name in self.lists.notable and is_common(word, self.lists) and not named

    def _is_headed(self, units: list[Unit]) -> bool:
        """Does somebody's name follow that of his body: Institute for Legislative Action [Ann Lee]?"""
        if len(units) < _HEADED or any(unit.small for unit in units[-3:]):
            return False
        given, family = units[-2].key, units[-1].key
        named = given in self.lists.first and not is_common(given, self.lists) and given not in self.lists.known
        opened = units[0].key in self.lists.of_heads or units[0].key in self.lists.org_heads
        closed = units[-3].key in self.lists.org_heads and units[-3].key not in self.lists.titles
        headed = (opened and any(unit.small for unit in units)) or closed
        heads = self.lists.org_heads | self.lists.other_heads | self.lists.place_heads | self.lists.suffixes
        surname = family in self.lists.last or not is_common(family, self.lists)
        return named and headed and surname and family not in heads

    def _is_date(self, units: list[Unit], title: str) -> bool:
        if units[-1].key not in self.lists.calendar or title:
            return False
        told = units[0].key in self.lists.known or units[0].key in self.lists.notable
        return len(units) != 2 or told  # sued Harrow | Friday

    def _is_nothing(self, unit: Unit) -> bool:
        key = unit.key
        if unit.text in self.lists.never or len(key) < 2 or key in self.lists.suffixes or self._is_likened(key):
            return True
        return key in self.lists.small and key not in self.lists.first and key not in self.lists.known

    def _is_denied(self, i: int) -> bool:
        """Is it the first half of a verb, with the capital of a headline: Moor [Does]n't?"""
        return i + 1 < self.sentence.last and self.tokens[i + 1].text in ("n't", "n’t")

    def _is_bracketed(self, i: int) -> bool:
        """Is it put in brackets before the rest of a name: President [Ann] Moore, (Speaker Ann) Moore?"""
        if i + 2 >= self.sentence.last or self.tokens[i + 1].text not in (")", "]"):
            return False
        behind = self.tokens[i + 2].text
        named = fold(self.tokens[i].text) in self.lists.first and behind[0].isupper()
        return named and (fold(behind) in self.lists.last or fold(behind) in self.lists.notable)

    def _is_traded(self, i: int) -> bool:
        """Is it the sign of a share in brackets: Harrow Corp (HRW.N), (HRWM.O), (NYSE: HRW)?"""
        if i < 1 or not self.tokens[i].text.isupper():
            return False
        end = next((k for k in range(i, min(i + 4, self.sentence.last)) if self.tokens[k].text == ")"), 0)
        written = "".join(token.text for token in self.tokens[i:end])
        opened = self.tokens[i - 1].text == "(" and _TRADED.fullmatch(written) is not None
        return opened or (i > 2 and self.tokens[i - 1].text == ":" and self.tokens[i - 2].text in _EXCHANGES)

    def _is_likened(self, key: str) -> bool:
        """An adjective out of a last name, and no name itself: Haleian?"""
        lists = self.lists
        if key in lists.first or key in lists.last or key in lists.known or key in lists.peoples:
            return False
        return any(key.endswith(end) and key.removesuffix(end) in lists.notable for end in lists.likened)

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
