"""Which names mean the same: first and last names, short and long forms, acronyms, the lists' other names."""

from __future__ import annotations

from collections.abc import Sequence

from ..report import EntityKind
from .name_bearers import find_gender, is_former
from .name_candidates import NameCandidate
from .name_kinds import Votes, decide, look_up, votes
from .name_lists import fold, is_common, lists
from .name_people import People
from .name_records import Record, Records
from .parts import Mention, Sentence, Token

_MANY = 64  # longer names with one last word that a short one may mean; a list of bodies means none
_BEHIND = 5  # tokens after a name in which stands what is called after it
_PLACING = frozenset(("in", "near", "at", "from", "to", "across", "throughout", "outside", "inside", "around", "of"))


class Joiner:
    """Joins an article's candidates to records."""

    def __init__(
        self, text: str, tokens: Sequence[Token], sentences: Sequence[Sentence], candidates: Sequence[NameCandidate]
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.sentences = sentences
        self.candidates = candidates
        self.lists = lists()
        self.records = Records(text)
        self.people = People(self.records, candidates, tokens, sentences)
        self.by_head: dict[str, Record] = {}
        self.by_lead: dict[str, list[tuple[int, Record]]] = {}  # first word before "of" or "for" -> where, what
        self.by_opening: dict[str, Record] = {}  # first word of a body's name -> the body
        self.by_tail: dict[str, set[str]] = {}  # last word of listed organizations -> their names
        self.by_party: dict[str, Record] = {}  # who sues in a case at law, or what a storm is called -> it
        self.by_end: dict[str, list[tuple[NameCandidate, Record]]] = {}  # last word -> longer names that end so
        self.by_field: dict[str, Record] = {}  # what a department is about -> the department
        self.acronyms: dict[str, Record] = {}

    def join(self) -> list[Record]:
        """Every candidate to its record: long names first, then what is short for them."""
        candidates = self.candidates
        scores = [votes(c, self.tokens, self.sentences[c.sentence], self.lists) for c in candidates]
        kinds = self._kinds(candidates, scores)
        long = [k for k, c in enumerate(candidates) if len(c.keys) > 1 and c.demonym is None]
        placed: list[Record | None] = [None] * len(candidates)
        for k in sorted(long, key=lambda k: -len(candidates[k].keys)):
            placed[k] = named = self._long(candidates[k], kinds[k])
            self.people.meet(candidates[k], named)
            if named.kind == "organization" and any(
                u.small and u.key in ("of", "for") for u in candidates[k].words[1:3]
            ):
                self.by_lead.setdefault(candidates[k].words[0].key, []).append((candidates[k].start, named))
            ends = self.by_end.setdefault(candidates[k].plain[-1], [])
            if len(ends) < _MANY:
                ends.append((candidates[k], named))
        for k in long:
            if record := placed[k]:
                self._acronym(candidates[k], record)
        self.people.hold()
        for k, candidate in enumerate(candidates):
            if placed[k] is None:
                placed[k] = (
                    self._demonym(candidate) if candidate.demonym is not None else self._short(candidate, kinds[k])
                )
        for candidate, record in zip(candidates, placed, strict=True):
            if record is not None:
                self._mention(candidate, record)
        self.records.join_capital(self.lists.states)
        for record in self.records.all:
            if record.kind == "person" and record.gender == "unknown" and len(record.keys) == 1:
                record.gender = find_gender(record.keys[0])
            if record.forms and not record.known:
                record.name = max(record.forms, key=lambda form: (_size(form), record.forms[form]))
        return self.records.all

    def _kinds(self, candidates: Sequence[NameCandidate], scores: Sequence[Votes]) -> list[EntityKind]:
        """One kind for all candidates of the same words: their votes together."""
        sums: dict[tuple[str, ...], Votes] = {}
        for candidate, score in zip(candidates, scores, strict=True):
            total = sums.setdefault(candidate.plain, dict.fromkeys(score, 0.0))
            for kind, value in score.items():
                total[kind] += value
        decided = {key: decide(total) for key, total in sums.items()}
        return [decided[c.plain] for c in candidates]

    # -- long names ----------------------------------------------------------------------------------------------

    def _long(self, candidate: NameCandidate, kind: EntityKind) -> Record:
        key = candidate.plain
        if kind == "person":
            return self.people.full(candidate)
        known = candidate.known or look_up(candidate, self.lists)
        if any(unit.small and fold(unit.text) in ("v", "vs") for unit in candidate.words):
            case = (
                self.records.canonical(known.name, known.kind)
                if known
                else self.records.find_or_add(candidate, kind, key)
            )
            return self.by_party.setdefault(key[0], case)
        if known:
            _, _, about = fold(known.name).partition("department of ")
            if known.kind == "organization":
                if about and " " not in about:
                    self.by_field[about] = self.records.canonical(known.name, known.kind)
                self.by_tail.setdefault(key[-1], set()).add(known.name)
                self.by_opening.setdefault(key[0], self.records.canonical(known.name, known.kind))
            canonical = self.records.canonical(known.name, known.kind)
            self._shorten(candidate, canonical)
            return canonical
        record = self.records.by_key.get(key) or self._tailed(candidate, kind)
        if record is None:
            record = self.records.new(candidate, kind, key)
            if kind == "organization":
                if len(key) > 1 and key[-1] in self.lists.corporate:
                    self.records.by_key.setdefault(key[:-1], record)  # Harrow, after Harrow Inc.
                self.by_head.setdefault(key[-1], record)
                self.by_opening.setdefault(key[0], record)
                if not is_common(key[0], self.lists) and not candidate.words[0].text.isupper():
                    # Gallup, and no "Media" for the Media Research Center, no "UW" for its Board of Regents
                    self.by_head.setdefault(key[0], record)
            if key[0] in self.lists.storms:
                self.by_party.setdefault(key[-1], record)
            self._shorten(candidate, record)
        return record

    def _shorten(self, candidate: NameCandidate, record: Record) -> None:
        """Its initials mean a body, or a law or the like: NCCC, but GOP is no Grand Opera Prize."""
        if record.kind == "organization" or (record.kind == "other" and candidate.plain[-1] in self.lists.other_heads):
            initials = "".join(unit.text[0] for unit in candidate.words if unit.text[0].isupper())
            if len(initials) > 2 and initials.casefold() not in self.lists.known:
                self.acronyms.setdefault(initials, record)

    def _tailed(self, candidate: NameCandidate, kind: EntityKind) -> Record | None:
        """The TRAIL Act, after the Hale-Reik TRAIL Act: the one longer name that ends with these words.

        Of several committees the one that is named last.
        """
        key, ordinary = candidate.plain, is_common(candidate.words[0].key, self.lists)
        body = key[-1] in self.lists.org_heads or (len(key) > 1 and key[-1] in self.lists.place_heads)
        if not body and (key[-1] not in self.lists.other_heads or ordinary) and not candidate.words[0].text.isupper():
            return None
        return self._last(candidate, key, kind)

    def _last(self, candidate: NameCandidate, key: tuple[str, ...], kind: EntityKind) -> Record | None:
        """The one longer name that ends so, or of several the last one before this; None where there is none."""
        longer = [
            (one.start, record)
            for one, record in self.by_end.get(key[-1], ())
            if record.kind == kind and one.ends_with(key)
        ]
        if len({id(record) for _, record in longer}) == 1:
            return longer[0][1]
        before = [one for one in longer if one[0] < candidate.start]
        return max(before, key=lambda one: one[0])[1] if before else None

    def _led(self, candidate: NameCandidate, key: str) -> Record:
        """The [Center], after the Center for Harrow Studies: of several the last one named before this."""
        bodies = self.by_lead[key]
        before = [one for one in bodies if one[0] < candidate.start]
        return max(before or bodies[:1], key=lambda one: one[0])[1]

    def _acronym(self, candidate: NameCandidate, record: Record) -> None:
        """The expansion before an acronym in brackets: "the World Health Organization (WHO)"."""
        i = candidate.last
        if i + 2 < len(self.tokens) and self.tokens[i].text == "(" and self.tokens[i + 2].text == ")":
            text = self.tokens[i + 1].text
            if text.isupper() and 2 <= len(text) <= 8 and record.kind != "person":
                self.acronyms[text] = record

    # -- short names ---------------------------------------------------------------------------------------------

    def _short(self, candidate: NameCandidate, kind: EntityKind) -> Record | None:
        unit = candidate.words[-1]
        text = self.text[candidate.start : candidate.end]
        key = unit.key
        if (short := text.removesuffix("s")) in self.acronyms:
            return self.acronyms[short]
        if meant := self.people.initialled(candidate) or self.people.held.get(candidate.start):
            return meant
        person = self.people.namesake(candidate, key)
        if candidate.start in self.people.shared:
            return self.people.sharer(candidate, key)
        if person is None and self._is_eponym(candidate):
            return None
        if person is None and candidate.gender != "unknown" and key in self.people.by_last:
            return self.people.spouse(candidate, key)
        if person is None and not candidate.title and (body := self.by_party.get(key) or self.by_field.get(key)):
            return body  # Reed, after Reed v. Harrow; Justice, after the Department of Justice
        if person and self._is_ordinary(candidate, self.people.first_at(person)):
            return None
        if kind == "person" and person is None and self._is_body(candidate, key):
            return self.by_opening[key]
        if key in self.lists.peoples and len(teams := self.by_tail.get(key, set())) == 1:
            return self.records.canonical(next(iter(teams)), "organization")  # the Indians of Cleveland
        known = candidate.known or look_up(candidate, self.lists)
        event = known and known.kind == "other" and key in self.lists.other_heads
        if event and (longer := self._last(candidate, (key,), "other")):
            return longer  # the Olympics, after the Harrow Olympics
        if person and not (known and (known.upper or (known.kind == "place" and self._located(candidate)))):
            return person  # UN is no Kim Jong-un
        if candidate.doubtful and (key,) not in self.records.by_key and not known:
            return None
        opens = unit.token == self.sentences[candidate.sentence].first
        if known and opens and key in self.lists.parties and known.name not in self.records.by_canonical:
            return None
        personal = key in self.lists.first or key in self.lists.last
        if known and not (kind == "person" and known.kind == "place" and personal):
            return self.records.canonical(known.name, known.kind)
        definite = bool(candidate.first) and self.tokens[candidate.first - 1].text.casefold() == "the"
        if "-" in key and (body := self._last(candidate, candidate.plain, "organization")):
            return body  # the Post-Gazette, after the Harrow Post-Gazette
        if key in self.lists.org_heads and kind != "person" and (body := self._last(candidate, (key,), "organization")):
            return body
        if definite and key in self.by_lead and key in self.lists.org_heads:
            return self._led(candidate, key)
        if key in self.by_head and kind not in ("person", "place"):
            return self.by_head[key]
        if len(names := self.by_tail.get(key, set())) == 1 and (
            definite or (kind != "person" and (key in self.lists.org_heads or not is_common(key, self.lists)))
        ):
            return self.records.canonical(next(iter(names)), "organization")  # "the Times" after "The New York Times"
        if key in self.lists.org_heads or key in self.lists.other_heads or key in self.lists.place_heads:
            return (
                self.records.find_or_add(candidate, kind, (key,)) if definite or key not in self.lists.common else None
            )
        family = key.removesuffix("s")  # the Hales
        family = family.removesuffix("e") if family not in self.people.by_last else family  # the Mosses
        if kind == "organization" and family != key and (family in self.people.by_last or family in self.lists.notable):
            kind = "other"
        return self.records.find_or_add(candidate, kind, (key,))

    def _is_body(self, candidate: NameCandidate, key: str) -> bool:
        """Bain, where only Bain Capital is named: does a last name alone mean a body that begins with it?"""
        if key not in self.by_opening or candidate.title or candidate.gender != "unknown" or len(candidate.words) > 1:
            return False
        behind = self.tokens[candidate.last].text if candidate.last < len(self.tokens) else ""
        named = key in self.lists.notable or key in self.lists.known or key in self.lists.first
        named = named or is_common(key, self.lists)
        speaks = behind in self.lists.speech and behind in self.lists.personal
        speaks = speaks and (key,) not in self.records.by_key
        return not named and not speaks and behind not in ("who", "whose")

    def _is_eponym(self, candidate: NameCandidate) -> bool:
        """Bryde's whale, Bryde's and sei whales: is only a kind of thing called so?"""
        behind = [token.text for token in self.tokens[candidate.last : candidate.last + _BEHIND]]
        known = candidate.known or candidate.words[-1].key in self.lists.notable
        owned = behind[:1] in (["'s"], ["’s"]) and not known and look_up(candidate, self.lists) is None
        return owned and not candidate.title and any(word in self.lists.eponymous for word in behind)

    def _is_ordinary(self, candidate: NameCandidate, named_at: int) -> bool:
        """Stone walls, Winter came, before Ann Stone is named: an ordinary word that only opens its sentence?

        A word that is counted opens none without an article: "Castle came" is somebody, named below or not.
        """
        unit, sentence = candidate.words[0], self.sentences[candidate.sentence]
        opens = unit.token == sentence.first and len(candidate.words) == 1 and not candidate.title
        ordinary = is_common(unit.key, self.lists) and unit.key not in self.lists.notable
        if sentence.part == "headline" or not opens or candidate.last >= sentence.last or not ordinary:
            return False
        after = self.tokens[candidate.last]
        if after.text in self.lists.retinue:
            return False  # Stone supporters
        if after.text.islower() and after.tag.startswith("NN"):
            return True
        bare = unit.key in self.lists.uncounted or (unit.key.endswith("s") and unit.key[:-1] in self.lists.common)
        return bare and candidate.start < named_at and after.text not in self.lists.personal

    def _located(self, candidate: NameCandidate) -> bool:
        before = self.tokens[candidate.first - 1].text.casefold() if candidate.first else ""
        return before in _PLACING and not candidate.title

    def _demonym(self, candidate: NameCandidate) -> Record | None:
        """ "North Korean regime" means the state, "no American" its people; "Italian food" neither."""
        if not candidate.demonym:
            return None
        following = self.tokens[candidate.last] if candidate.last < len(self.tokens) else None
        if following is None or following.text in self.lists.powers:
            return self.records.canonical(candidate.demonym, "place")
        noun = not following.text[0].isalnum() or following.tag.startswith(("VBD", "VBZ", "MD"))
        before = self.tokens[candidate.first - 1].text.casefold() if candidate.first else ""
        return (
            self.records.canonical(candidate.demonym, "place") if noun and before in ("a", "an", "no", "the") else None
        )

    def _mention(self, candidate: NameCandidate, record: Record) -> None:
        role = candidate.demonym is not None
        record.mentions.append(Mention(candidate.start, candidate.end, "role" if role else "name"))
        if not role:
            form = self.records.write(candidate)
            headline = self.sentences[candidate.sentence].part == "headline"
            record.forms[form] += 0 if headline or form.isupper() else 2
        if candidate.title:
            former = is_former(candidate, self.tokens)
            record.titles.add(f"former {candidate.title}" if former else candidate.title)
        if candidate.gender != "unknown":
            record.gender = candidate.gender


def _size(form: str) -> int:
    return len(form.replace("-", " ").split())
