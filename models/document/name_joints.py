"""What joins capitalised words to one name: "Department [of] Health [and] Human Services", "Reed [v.] Harrow"."""

from __future__ import annotations

from collections.abc import Sequence

from .name_candidates import Unit
from .name_evidence import Evidence
from .name_facts import Lists
from .name_lists import fold, is_common
from .parts import Sentence, Token

QUOTES = frozenset("“”\"'‘’")
_OWNS = frozenset(("'s", "’s", "'", "’"))
_AGAINST = frozenset(("v", "v.", "vs", "vs."))
_COURTS = frozenset(("appeals", "court", "courts"))
_ORDINALS = ("st", "nd", "rd", "th")
_BEHIND = 6  # words of a name in the lists before what joins it to the rest, at most
_NICK = 6  # tokens of the longest nickname with its marks


class Joints:
    """Finds what joins the words of one sentence."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, evidence: Evidence, *, shouting: bool) -> None:
        self.tokens = tokens
        self.last = sentence.last
        self.sentence = sentence
        self.evidence = evidence
        self.lists: Lists = evidence.lists
        self.shouting = shouting

    def is_capital(self, i: int) -> bool:
        """Is the token at i capitalised in a way that may mean a name?"""
        return i < self.last and self.evidence.is_capital(i, self.sentence, shouting=self.shouting)

    def begins(self, i: int) -> bool:
        """May a word of a name begin with token i?"""
        return self.is_capital(i) and self.tokens[i].text[0].isupper()

    def joint(self, units: list[Unit], i: int) -> int:
        """How many tokens from i on join the run to a further capitalised word? 0: the run ends here."""
        text = self.tokens[i].text
        if not units:
            return 0
        following = self.tokens[i + 1].text if i + 1 < self.last else ""
        if text in self.lists.particles:
            if units[-1].key in self.lists.small and units[-1].key not in self.lists.first:
                return 0  # Why | do | Ann Lee and others
            if self.begins(i + 1):
                return 1
            return 2 if following in self.lists.particles and self.begins(i + 2) else 0
        if text == "&":
            family = units[-1].key in self.lists.last or units[-1].key in self.lists.notable
            given = units[0].key in self.lists.first
            alone = units[0].key not in self.lists.last or not self.begins(i + 2)
            two = given and (family if len(units) > 1 else alone)
            if units[-1].text.isupper() and units[-1].key in self.lists.known and following.isupper():
                return 0  # DOJ | & | FBI
            if len(units) == 1 and units[0].key in self.lists.notable and fold(following) in self.lists.known:
                return 0  # Ann Lee | & | Iran
            return int(self.begins(i + 1) and not (two and self._is_named(i + 1)))
        if text in _AGAINST:  # Reed v. Harrow, but not: Ann Lee vs. Trump
            step = 2 if following == "." else 1
            rivals = text.startswith("vs") and any(
                u.key in self.lists.first or u.key in self.lists.notable for u in units
            )
            return step if self.begins(i + step) and not rivals else 0
        if (units[-1].key, fold(text), fold(following)) in self.lists.joints or self._is_theirs(units, i):
            return 1
        if text == ",":
            junior = len(units) > 1 and following[:1].isupper() and len(following) > 1
            junior = junior and following[0] in "JS" and fold(following) in self.lists.suffixes
            return 2 if junior else self._campus(units, i) or self._listed(units, i)
        if text in QUOTES:
            return self._nickname(units[-1], i)
        return self._connected(units, i) if text in self.lists.connectors else 0

    def _is_named(self, i: int) -> bool:
        """Is it a first name, or what rivals are called by, and no body behind it: Ann Lee & [Tom] Moor?"""
        after = i
        while self.begins(after):
            after += 1
        key, final = fold(self.tokens[i].text), fold(self.tokens[after - 1].text)
        return (key in self.lists.first or key in self.lists.epithets) and final not in self.lists.org_heads

    def _nickname(self, before: Unit, i: int) -> int:
        """Dwayne | “Big Mack” | Moor: a few words in quotation marks between two of a person's names."""
        end = next((k for k in range(i + 2, min(self.last, i + _NICK)) if self.tokens[k].text in QUOTES), self.last)
        if not self.begins(end + 1) or not all(self.tokens[k].is_word for k in range(i + 1, end)):
            return 0
        opens = self.tokens[i - 1].end < self.tokens[i].start and self.tokens[i].end == self.tokens[i + 1].start
        closes = (
            self.tokens[end - 1].end == self.tokens[end].start and self.tokens[end].end < self.tokens[end + 1].start
        )
        return end + 1 - i if opens and closes and self._is_personal(before.key, end + 1) else 0

    def _is_personal(self, before: str, after: int) -> bool:
        """Do the words before and after the quotation marks look like one person's?"""
        given = before in self.lists.first or len(before) == 1 or not is_common(before, self.lists)
        given = given and before not in self.lists.notable
        family = fold(self.tokens[after].text)
        return given and (family in self.lists.last or len(family) == 1 or not is_common(family, self.lists))

    def _listed(self, units: list[Unit], i: int) -> int:
        """Department of Children|, |Youth and Families: a body's fields in a row, none of them anybody's name."""
        if not any(unit.small and unit.key in ("of", "for") for unit in units):
            return 0
        k, final = i, False
        while not final:
            k += self._is(k, ",")
            final = self._is(k, "and") or self._is(k, "&")
            k += final
            begun = k
            while self.begins(k) and is_common(fold(self.tokens[k].text), self.lists):
                k += 1
            if k == begun or not (final or self._is(k, ",") or self._is(k, "and") or self._is(k, "&")):
                return 0
        return 1 + (self._is(i + 1, "and") or self._is(i + 1, "&"))

    def _is_theirs(self, units: list[Unit], i: int) -> bool:
        """Harrow Women|'s| Resource Center, the Sheriff|'s| Office: is a body or a day called after those it is for?

        Or after a saint: St. Ann|'s| Church.
        """
        saint = len(units) > 1 and units[-2].key in ("st", "saint")
        if self.tokens[i].text not in _OWNS or not (saint or units[-1].key.removesuffix("s") in self.lists.folk):
            return False
        after = i + 1
        while self.begins(after):
            after += 1
        final = fold(self.tokens[after - 1].text)
        heads = (self.lists.org_heads, self.lists.other_heads, self.lists.place_heads)
        named = any(final in named for named in heads) and final not in self.lists.titles
        field = any(unit.small and unit.key in ("of", "for") for unit in units) and self._is_plain(
            self.tokens[i + 1].text
        )
        return after > i + 1 and (named or field)

    def _campus(self, units: list[Unit], i: int) -> int:
        """University of California|, |San Diego: the campus of a state's university."""
        _, university, state = " ".join(unit.key for unit in units).rpartition("university of ")
        if not university or state not in self.lists.states:
            return 0
        after = i + 1
        while self.begins(after):
            after += 1
        town = self.lists.known.get(" ".join(fold(token.text) for token in self.tokens[i + 1 : after]))
        return int(town is not None and town.kind == "place" and town.name.casefold() not in self.lists.states)

    def is_ordinal(self, k: int) -> bool:
        """Is it a number that counts: 2nd?"""
        return k < self.last and self.tokens[k].text[0].isdigit() and self.tokens[k].text.endswith(_ORDINALS)

    def _is(self, k: int, text: str) -> bool:
        return k < self.last and self.tokens[k].text == text

    def _connected(self, units: list[Unit], i: int) -> int:
        """Do "of", "for", "and" at token i stand inside a name: "Department of Health and Human Services"?"""
        text, previous = self.tokens[i].text, units[-1].key
        step = 2 if i + 1 < self.last and self.tokens[i + 1].text == "the" else 1
        if text == "for" and i + 1 < self.last and self.tokens[i + 1].text in ("a", "an"):
            step = 2  # the Coalition | for a | Quiet Harbour
        if text == "for" and previous in _COURTS and self.is_ordinal(i + step) and self.begins(i + step + 1):
            return step + 1  # a Court of Appeals | for the 9th | Circuit
        if not self.begins(i + step):
            return 0
        ahead = [fold(self.tokens[k].text) for k in range(i, min(self.last, i + 5))]
        behind = [unit.key for unit in units[-_BEHIND:]]
        listed = (" ".join([*behind[k:], *ahead[:n]]) for k in range(len(behind)) for n in range(2, len(ahead) + 1))
        if any(name in self.lists.known for name in listed) or self._is_phrase(units, i, step):
            return step
        if text == "and" and step == 1 and (self._is_field(units, i) or self._is_couple(units, i)):
            return 1
        inside = any(unit.small and unit.key in ("of", "for", "on") for unit in units[-4:])
        after = ahead[step] if len(ahead) > step else ""
        if text == "for" and after in self.lists.last and not is_common(after, self.lists):
            return 0  # a centre named | for | Zimmerman
        if text == "to" and step == 1 and previous in self.lists.of_heads and previous in self.lists.org_heads:
            return int(not self.shouting and self._is_plain(self.tokens[i + 1].text))  # a Coalition | to | Stop Noise
        if text not in ("of", "and") and (
            " ".join(behind[-2:]) in self.lists.known or ahead[step] in self.lists.calendar
        ):
            return 0  # the White House | on | Monday
        if text == "on" and previous == "university":
            return 0  # Harrow University | on | Long Island
        if text in ("of", "for", "on"):
            if text == "of" and inside and is_common(previous, self.lists):
                return step  # the Society for the Protection of Birds
            headed = previous in self.lists.of_heads or f"{previous} {text}" in self.lists.title_heads
            return step if headed or (text == "of" and units[0].key in self.lists.other_heads) else 0
        if text == "and" and step > 1 and inside and "the" in behind[:-1]:
            body = after in self.lists.org_heads or after in self.lists.of_heads
            return step if self._is_plain(units[-1].text) and not body and is_common(after, self.lists) else 0
        known = ahead[1] in self.lists.known or " ".join(ahead[1:3]) in self.lists.known
        return step if text == "and" and step == 1 and inside and not known else 0

    def _is_phrase(self, units: list[Unit], i: int, step: int) -> bool:
        """Bread | for the | World, Red List | of | Threatened Species: common words whose capitals nothing asks for?"""
        joint = " ".join(token.text for token in self.tokens[i : i + step])
        opens = len(units) == 1 and self.evidence.is_initial(units[0].token, self.sentence)
        if self.shouting or joint not in self.lists.joining or opens or not self._is_plain(units[-1].text):
            return False
        after = i + step
        while self.begins(after):
            after += 1
        if joint == "to the" and after > i + step + 1:
            return False
        return self._is_plain(self.tokens[i + step].text) and self._is_plain(self.tokens[after - 1].text)

    def _is_plain(self, text: str) -> bool:
        """An ordinary word, and nobody's name or title."""
        key, lists = fold(text), self.lists
        names = (lists.known, lists.titles, lists.demonyms, lists.peoples, lists.calendar, lists.notable, lists.first)
        return not text.isupper() and is_common(key, lists) and not any(key in named for named in names)

    def _is_couple(self, units: list[Unit], i: int) -> bool:
        """John S. | and | Ann Hale Foundation: are the words around "and" at token i two givers' first names?"""
        k = i + 1
        while self.begins(k) or (i + 1 < k < len(self.tokens) and self.tokens[k].text == "." and self.begins(k + 1)):
            k += 1
        final, given = fold(self.tokens[k - 1].text), fold(self.tokens[i + 1].text)
        headed = k > i + 2 and final in self.lists.org_heads and final not in self.lists.titles
        first, *initials = [unit.key for unit in units if unit.key != "the"] or [""]
        named = first in self.lists.first and given in self.lists.first
        return headed and named and all(len(key) == 1 for key in initials)

    def _is_field(self, units: list[Unit], i: int) -> bool:
        """Energy | and | Commerce Committee: are the words around "and" at token i both what one body is about?"""
        before = units[-1]
        if before.key in self.lists.known or before.key in self.lists.peoples or len(before.key) < 3:
            return False
        if before.key == "university":
            return False  # Harrow University | and Dunmore University
        if not is_common(before.key, self.lists) or before.key in self.lists.titles or before.text.isupper():
            return False
        k = i + 1
        while self.begins(k):
            k += 1
        ahead = [fold(self.tokens[n].text) for n in range(i + 1, k)]
        bodies = (self.lists.org_heads | self.lists.laws) - self.lists.titles
        heads = (n for n, word in enumerate(ahead) if n and word in bodies)
        ahead = ahead[: next(heads, -1) + 1]  # … Affairs Committee | Chairman Ann Lee
        headed = 1 < len(ahead) < 4 and ahead[0] not in self.lists.demonyms  # USA Today | and Northeastern University
        return headed and is_common(ahead[0], self.lists) and " ".join(ahead) not in self.lists.known
