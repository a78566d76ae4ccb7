"""Which person a name means: in full, by the last or the first name alone, and of several relatives which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .name_bearers import find_holders, find_homonyms, find_juniors, find_shared, hear, is_holder
from .name_candidates import NameCandidate
from .name_facts import Gender
from .name_lists import fold, is_common, lists
from .name_records import Record, Records
from .parts import Sentence, Token

_WORD = 6  # letters of a name from which on a slip is taken for one
_INITIALS = 3  # letters, at most
_RIVALS = 6  # people of one last name that are told apart; more would be a list, not a story


class People:
    """The article's people: those named in full first, then whom short names mean."""

    def __init__(
        self,
        records: Records,
        candidates: Sequence[NameCandidate],
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
    ) -> None:
        self.records = records
        self.candidates = candidates
        self.tokens = tokens
        self.sentences = sentences
        self.lists = lists()
        self.by_last: dict[str, list[Record]] = {}
        self.by_first: dict[str, list[Record]] = {}
        self.met: Counter[int] = Counter()  # how often each is named in full
        self.named_at: dict[int, int] = {}  # and where first, headlines aside
        self.held: dict[int, Record] = {}  # where a last name stands that means an office's holder, not his relative
        self.juniors = set(find_juniors(candidates, sentences))  # somebody else than those without the suffix
        self.homonyms = set(find_homonyms(candidates))  # first and last name of two whom their initials tell apart
        self.told = hear(candidates, tokens, sentences)  # last name -> gender, by pronouns alone
        self.shared = find_shared(candidates, tokens)  # where a first name stands -> the last name that follows it

    def full(self, candidate: NameCandidate) -> Record:
        """The person of this name in full, or of a nickname of it."""
        key = candidate.plain
        if key in self.juniors:
            return self._junior(candidate, key)
        names = tuple(k for k in key if k not in self.lists.suffixes)
        names = names if len(names) > 1 else key
        given = self.lists.nicknames.get(names[0], names)[0]
        ends: tuple[str, ...] = (given, names[-1])
        if candidate.initials and (names[0], names[-1]) in self.homonyms:
            key = ends = (names[0], candidate.initials, names[-1])
        record = self.records.by_key.get(key) or self.records.by_key.get(ends)
        record = record or self._particled(names) or self._written_so(names)
        if record is None or record.kind != "person":
            record = self.records.new(candidate, "person", key)
            record.gender = self.lists.first.get(names[0], "unknown")
            if names[0] in self.lists.family_first:
                record.gender = "unknown"
                self._register(self.by_last, names[0], record)
            self._register(self.by_last, names[-1], record)
            if len(names) > 2:
                self._register(self.by_last, "-".join(names[-2:]), record)
                self.records.by_key.setdefault(names[-2:], record)  # Enrique Peña Nieto: Peña Nieto
            self._register(self.by_first, names[0], record)
        self.records.by_key.setdefault(key, record)
        self.records.by_key.setdefault(ends, record)
        if nick := tuple(unit.key for unit in candidate.words if unit.nick):
            self.records.by_key.setdefault(nick, record)
        return record

    def meet(self, candidate: NameCandidate, record: Record) -> None:
        """Whoever or whatever this is, it is named in full here."""
        self.met[id(record)] += 1
        if candidate.gender != "unknown":
            record.gender = candidate.gender
        if self.sentences[candidate.sentence].part != "headline":
            start = candidate.start
            self.named_at[id(record)] = min(start, self.named_at.get(id(record), start))

    def hold(self) -> None:
        """President Obama, where only Michelle Obama is named in full: somebody of his own, before short names are."""
        named = {
            last: [(record.keys[0], self.first_at(record)) for record in records]
            for last, records in self.by_last.items()
        }
        for k, first in find_holders(self.candidates, named, self.sentences):
            candidate = self.candidates[k]
            last = candidate.words[-1].key
            record = self.records.by_key.get((first, last))
            if record is None:
                record = self.records.new(candidate, "person", (first, last))
                record.gender = self.lists.first.get(first, "unknown")
                self.by_last[last].insert(0, record)
            self.met[id(record)] += 1
            self.held[candidate.start] = record

    def namesake(self, candidate: NameCandidate, key: str) -> Record | None:
        """The person of whom this is the last name, or else the first.

        Of several the holder of an office who is named first, or else whoever is named in full most often.
        """
        rivals = self.by_last.get(key) or (self.by_first.get(key) if key in self.lists.first else None)
        rivals = rivals or self.by_last.get(self._bare(key))
        if not rivals:
            return self._misspelt(key)
        if candidate.gender != "unknown":
            rivals = [r for r in rivals if self._gender(r, key) in (candidate.gender, "unknown")]
        first = min(rivals, key=lambda record: self.named_at.get(id(record), len(self.records.text)), default=None)
        if first and key in self.lists.singular and is_holder(first.keys):
            return first
        return max(rivals, key=lambda record: self.met[id(record)], default=None)

    def _particled(self, names: tuple[str, ...]) -> Record | None:
        """Whose last name this is with the particle that opens a sentence: De Hale, where Ann de Hale is named?"""
        opening, *rest = names
        if len(rest) != 1 or opening not in self.lists.particles or opening in self.lists.first:
            return None
        rivals = self.by_last.get(rest[0], [])
        return rivals[0] if len(rivals) == 1 else None

    def initialled(self, candidate: NameCandidate) -> Record | None:
        """Whose initials these are: LBJ, and AB before what Ann Bell says in an interview?"""
        text = candidate.words[-1].text
        if len(candidate.words) > 1 or not text.isupper() or not 1 < len(text) <= _INITIALS:
            return None
        opens = candidate.first == self.sentences[candidate.sentence].first
        speaks = opens and [token.text for token in self.tokens[candidate.last : candidate.last + 1]] == [":"]
        if not speaks and not (candidate.words[-1].key in self.lists.notable and len(text) == _INITIALS):
            return None
        people = {id(record): record for records in self.by_last.values() for record in records}
        found = [r for r in people.values() if r.keys[0][0] + r.keys[-1][0] == (text[0] + text[-1]).casefold()]
        return found[0] if len(found) == 1 else None

    def _written_so(self, names: tuple[str, ...]) -> Record | None:
        """Whose name in full this is but for a letter: Dzhohar Moor, Hale Moors after Dzhokhar Moor, Ann Hale Moor?"""
        given, last = names[0], names[-1]
        for record in self.by_last.get(last, ()):
            if given not in self.lists.first and _is_slip(given, record.keys[0]):
                return record
        double = (record for records in self.by_last.values() for record in records if len(record.keys) > 2)
        return next((r for r in double if r.keys[-2:-1] == names[:-1] and _is_slip(last, r.keys[-1])), None)

    def _misspelt(self, key: str) -> Record | None:
        """Whose last name this is but for a letter: Tsnari, where Ann Tsarni is named?"""
        names = (self.lists.last, self.lists.first, self.lists.known, self.lists.notable, self.lists.peoples)
        if len(key) < _WORD or any(key in known for known in names) or is_common(key, self.lists):
            return None
        alike = [records[0] for name, records in self.by_last.items() if len(records) == 1 and _is_slip(key, name)]
        return alike[0] if len(alike) == 1 else None

    def _bare(self, key: str) -> str:
        """The last name in what is written with its particle: "halqi" in al-Halqi."""
        particle, _, name = key.partition("-")
        return name if particle in self.lists.elided else key

    def first_at(self, record: Record) -> int:
        """Where is it first named in full, headlines aside? 0 if nowhere."""
        return self.named_at.get(id(record), 0)

    def sharer(self, candidate: NameCandidate, first: str) -> Record:
        """[Tom] and Ann Hale: Tom Hale, or whichever Tom is told of elsewhere."""
        if met := self.by_first.get(first):
            return met[0]
        last = self.shared[candidate.start]
        record = self.records.new(candidate, "person", (first, fold(last)))
        record.name, record.known = f"{record.name} {last}", True
        record.gender = self.lists.first[first]
        self._register(self.by_first, first, record)
        return record

    def spouse(self, candidate: NameCandidate, key: str) -> Record:
        """Mrs. Hale, where Tom Hale is the one of that name: somebody else, called by the honorific."""
        title = candidate.title.rsplit(maxsplit=1)[-1]
        if (title, key) in self.records.by_key:
            return self.records.by_key[title, key]
        record = self.records.new(candidate, "person", (title, key))
        first = candidate.first - 1
        first -= not self.tokens[first].is_word
        record.name, record.known = self.records.text[self.tokens[first].start : candidate.end], True
        return record

    def _junior(self, candidate: NameCandidate, key: tuple[str, ...]) -> Record:
        """Known by the suffix alone: the bare name is the elder's."""
        short = key[-2:]
        record = (
            self.records.by_key.get(key) or self.records.by_key.get(short) or self.records.new(candidate, "person", key)
        )
        self.records.by_key.setdefault(key, record)
        self.records.by_key.setdefault(short, record)
        return record

    def _gender(self, record: Record, last: str) -> Gender:
        """What its first name, an honorific, or the pronouns behind it tell."""
        return record.gender if record.gender != "unknown" else self.told.get(last, "unknown")

    @staticmethod
    def _register(index: dict[str, list[Record]], key: str, record: Record) -> None:
        people = index.setdefault(key, [])
        if len(people) < _RIVALS:
            people.append(record)


def _is_slip(written: str, meant: str) -> bool:
    """Is one word the other with two letters exchanged, one more or less, or a wrong one in a long word?"""
    if (
        written[0] != meant[0]
        or abs(len(written) - len(meant)) > 1
        or len(meant) < _WORD
        or written in (meant, meant + "s")
    ):
        return False
    at = next(
        (n for n, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b), min(len(written), len(meant))
    )
    if len(written) == len(meant):
        if len(meant) > _WORD + 1 and at + 1 < len(meant) and written[at + 1 :] == meant[at + 1 :]:
            return True
        return written[at:] == meant[at + 1 : at + 2] + meant[at : at + 1] + meant[at + 2 :]
    longer, shorter = (written, meant) if len(written) > len(meant) else (meant, written)
    return longer[at + 1 :] == shorter[at:]
