"""Titles in a run of capitalised words: "North Korean | Ambassador | Mun Jong Nam", and no "Justice Department"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .name_candidates import Unit
from .name_evidence import Evidence
from .name_facts import Gender, Lists
from .name_lists import is_common
from .parts import Sentence, Token

_FIELD = 2  # words that say what a title is about
_ELSEWHERE = 2  # uses in capitals inside sentences that make an ordinary word a name


class Titles:
    """Finds the titles in the runs of one sentence."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, evidence: Evidence) -> None:
        self.tokens = tokens
        self.sentence = sentence
        self.evidence = evidence
        self.lists: Lists = evidence.lists

    def title_before(self, token: int) -> tuple[str, Gender]:
        """A title in lower case right before the run: "leader", "spokesman", "prime minister"."""
        first = token
        while first > max(self.sentence.first, token - 3) and self.tokens[first - 1].text.islower():
            first -= 1
        for start in range(first, token):
            phrase = " ".join(t.text for t in self.tokens[start:token])
            if phrase in self.lists.titles and phrase not in self.lists.modifiers:
                return phrase, self.lists.honorifics.get(phrase, "unknown")
        return "", "unknown"

    def title(self, units: list[Unit], k: int) -> int:
        """How many words from k on are a title? Those that are surnames as well only where they can't be one."""
        longest = self.lists.title_openings.get(units[k].key, 0)
        for size in range(min(longest, len(units) - k), 0, -1):
            if joined(units, k, size) not in self.lists.titles:
                continue
            if k + size < len(units) and units[k + size].nick and units[k].key in self.lists.first:
                continue  # Earl “Skip” Moore
            if units[k].key == "he" and units[k].text not in ("HE", "H.E."):
                continue
            after = k + size
            if after < len(units) and self._heads(units, after):
                continue  # "Justice Department", "General Assembly"
            if size == 1 and units[k].key in self.lists.party_adjectives and self._is_club(units[after:]):
                continue  # Republican Governors Association
            if size == 1 and (self._is_surname(units, k) or self._is_namesake(units, k)):
                continue
            return size
        return 0

    def is_inside(self, units: list[Unit], begin: int, k: int, size: int) -> bool:
        """Is the title a word of a body's name: Department of Criminal [Justice], Office of the [Mayor]?"""
        pairs = pairwise(units[begin:k])
        headed = any(
            joint.small and joint.key in ("of", "for") and of.key in self.lists.of_heads for of, joint in pairs
        )
        if not headed or not (units[k - 1].small or units[k].key in self.lists.fields):
            return False
        return k + size == len(units) or units[k + size].small or self.title(units, k + size) > 0

    def is_field(self, units: list[Unit]) -> bool:
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
        final = k + 1 == len(units) or (units[k + 1].small and units[k + 1].key not in self.lists.particles)
        final = final or (units[k + 1].key in self.lists.org_heads and units[k + 1].key not in self.lists.titles)
        return final and (key in self.lists.org_heads or key in self.lists.other_heads) and key not in self.lists.titles

    def _is_club(self, units: list[Unit]) -> bool:
        """Do several words up to the end of the run name a body that the lists don't know?"""
        final = units[-1].key if len(units) > 1 and not any(unit.small for unit in units) else ""
        return final in self.lists.org_heads and final not in self.lists.titles and final not in self.lists.known

    def _is_namesake(self, units: list[Unit], k: int) -> bool:
        """[King] David Hotel, Ann Lee [King] Park: is a house or place called after somebody of that title or name?"""
        key, final = units[k].key, units[-1].key
        sited = final in self.lists.place_heads or (final in self.lists.org_heads and final not in self.lists.titles)
        if k + 1 == len(units) or not sited or any(unit.small for unit in units[k:]):
            return False
        named = k > 0 and units[k - 1].key in self.lists.first and key in self.lists.last
        return named or (k == 0 and key in self.lists.namesakes)

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


def joined(units: list[Unit], k: int, size: int) -> str:
    """The folded words from k on, as they are looked up."""
    return " ".join(unit.key for unit in units[k : k + size])
