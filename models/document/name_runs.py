"""Runs of capitalised words, with the small words that join them: "Ursula von der Leyen", "Bank of America"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .name_candidates import Unit
from .name_evidence import Evidence
from .name_joints import QUOTES, Joints
from .name_lists import fold
from .parts import Sentence, Token

_LONGEST = 24  # words in one run; a longer one is a list or a shout and is cut


def runs(tokens: Sequence[Token], sentence: Sentence, evidence: Evidence, *, shouting: bool) -> Iterator[list[Unit]]:
    """The runs of one sentence, in text order."""
    builder = _Builder(tokens, sentence, evidence, shouting=shouting)
    i = sentence.first
    while i < sentence.last:
        opener = builder.opener(i)
        if opener is None and (tokens[i].text.islower() or not builder.is_capital(i)):
            i += 1
            continue
        units, after = builder.run(i if opener is None else i + 1)
        if opener and units:
            units = [opener, *units]
        if units:
            yield units
        i = max(after, i + 1)


class _Builder(Joints):
    def opener(self, i: int) -> Unit | None:
        """The [9th] Circuit, the [2nd] Congressional District, [al] Qaeda: what opens a name without a capital.

        Or a family's name that the article gives with a first one: [bin] Harrow, after Omar bin Harrow.
        """
        token = self.tokens[i]
        opens = token.text[0].isdigit() or token.text in self.lists.particles
        if not opens or not self.begins(i + 1):
            return None
        family = (token.text, self.tokens[i + 1].text) in self.evidence.families
        ordinal = self.is_ordinal(i) and fold(self.tokens[i + 1].text) in self.lists.counted
        listed = ordinal or f"{fold(token.text)} {fold(self.tokens[i + 1].text)}" in self.lists.known
        if not listed and not family:
            return None
        return Unit(token.start, token.end, token.text, fold(token.text), i, small=not listed)

    def run(self, i: int) -> tuple[list[Unit], int]:
        """The run that begins at token i, and the token after it."""
        units: list[Unit] = []
        while i < self.last and len(units) < _LONGEST:
            if self.is_capital(i):
                unit, after = self._unit(i, units[-1].key if units else "")
                if unit is None:
                    i = after
                    break
                if units and unit.start > self.tokens[i].start:
                    break  # "anti-|Trump" begins a run of its own
                units.append(unit)
                i = after
                if (
                    unit.key in self.lists.numbered
                    and i < self.last
                    and self.tokens[i].text.isdigit()
                    and len(units) > 1
                ):
                    units.append(self._small(i, nick=False))  # Harrow Flight 41
                    i += 1
                if unit.end < self.tokens[unit.token].end:
                    break  # "Trump|-backed" ends one
                if unit.start > self.tokens[unit.token].start and self._is_crowd(i):
                    break  # "pro-Trump| Democrats"
                continue
            joined = self.joint(units, i)
            if not joined:
                break
            nick = self.tokens[i].text in QUOTES
            units += [self._small(k, nick=nick) for k in range(i, i + joined) if self._is_word(k)]
            i += joined
        while units and units[-1].small:
            units.pop()
        return units, i

    def _is_word(self, k: int) -> bool:
        return self.tokens[k].is_word or self.tokens[k].text == "&"

    def _small(self, k: int, *, nick: bool) -> Unit:
        token = self.tokens[k]
        small = nick or not (token.text[0].isupper() or token.text[0].isdigit())
        return Unit(token.start, token.end, token.text, fold(token.text), k, small=small, nick=nick)

    def _is_owner(self, text: str, sign: int) -> bool:
        """Is it a name of the lists that ends in an apostrophe and an s, and nobody is called so without: Macy's?"""
        if sign >= self.last or self.tokens[sign].text not in ("'s", "’s") or f"{fold(text)}'s" not in self.lists.known:
            return False
        return self.evidence.inside[text] <= self.evidence.owned[text]

    def _is_crowd(self, i: int) -> bool:
        return self.begins(i) and fold(self.tokens[i].text) in self.lists.crowds

    def _unit(self, i: int, previous: str) -> tuple[Unit | None, int]:
        token = self.tokens[i]
        start, end = token.start, token.end
        if "-" in token.text and previous not in self.lists.family_first:
            begin, length = self._compound(token.text)
            start, end = start + begin, start + begin + length
        text = token.text[start - token.start : end - token.start]
        if not any(c.isupper() for c in text):
            after = i + 1
            while token.text[1:2] == "-" and self.begins(after):
                after += 1  # "R-Santa Clara"
            return None, after
        after = i + 1
        if end == token.end and self._is_owner(text, after):
            end, after = self.tokens[after].end, after + 1
            return Unit(start, end, text + "'s", fold(text) + "'s", i), after
        if start > token.start and len(text) == 1 and [t.text for t in self.tokens[i + 1 : i + 4]] == [".", "S", "."]:
            return Unit(start, self.tokens[i + 3].end, text + ".S.", fold(text + ".S."), i), i + 4  # ex-U.S.
        if text == "Va" and i > 1 and self.tokens[i - 1].text == "." and self.tokens[i - 2].text.endswith("-W"):
            start, text = self.tokens[i - 2].end - 1, "W.Va"  # D-W.Va.
        if end == token.end and self._is_abbreviated(text, after):
            end, text, after = end + 1, text + ".", after + 1
        return Unit(start, end, text, fold(text), i), after

    def _compound(self, text: str) -> tuple[int, int]:
        """Which part of a compound is the name (offset, length)? "anti-|Trump", "Trump|-backed", "Jean-Claude"."""
        head, _, tail = text.partition("-")
        whole, front, back = (0, len(text)), (0, len(head)), (len(head) + 1, len(tail))
        if head in ("R", "D", "I"):
            return 0, 0  # "R-Texas": a party and a state
        if text[0].islower():
            name, _, end = tail.partition("-")
            if fold(head) in self.lists.elided and end.islower() and end in self.lists.common:
                return 0, len(head) + 1 + len(name)  # "al-Harrow|-linked"
            return whole if fold(head) in self.lists.elided else back
        if all(fold(w) in self.lists.known or fold(w) in self.lists.notable for w in (head, tail)):
            return front  # "Trump-Russia"
        if all(fold(w) in self.lists.demonyms for w in (head, tail)):
            return 0, 0  # "Polish-American"
        family = any(fold(w) in self.lists.last or fold(w) in self.lists.notable for w in (head, tail))
        if family and all(self.evidence.inside[w] for w in (head, tail)):
            return front  # "Hale-Reik", of two who are told of by themselves
        if fold(head) in self.lists.modifiers:
            return back  # "Then-FBI"
        ordinary = len(tail) > 2 and tail in self.lists.common
        if tail.islower() and (ordinary or (len(tail) > 3 and head.casefold() not in self.lists.first)):
            return front
        return whole

    def _is_abbreviated(self, text: str, stop: int) -> bool:
        """Does the full stop at token `stop` belong to the word: "W.", "Adm.", "Jr."?"""
        if stop >= self.last or self.tokens[stop].text != "." or self.tokens[stop].start != self.tokens[stop - 1].end:
            return False
        if len(text) == 1:
            return True
        folded = fold(text)
        short = len(text) <= 5 and (folded in self.lists.titles or folded in self.lists.abbreviations)
        return short and stop + 1 < self.last
