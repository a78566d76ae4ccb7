"""The people, organizations, places and other things of an article while their mentions are gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from ..report import EntityKind
from .name_candidates import NameCandidate
from .name_facts import Gender
from .parts import Mention

_STATE = "Washington"
_NEAR = 40  # code points beside a name
_LISTED = (", ", " and ", ", and ", " or ")


@dataclass(slots=True)
class Record:
    """One person, organization, place or other thing while its mentions are gathered."""

    name: str
    kind: EntityKind
    gender: Gender = "unknown"
    mentions: list[Mention] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    keys: tuple[str, ...] = ()
    forms: Counter[str] = field(default_factory=Counter)
    known: bool = False  # named by the lists, or by an honorific: `name` stands as it is


class Records:
    """All records of an article, by the words that name them and by the name that the lists give."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all: list[Record] = []
        self.by_key: dict[tuple[str, ...], Record] = {}
        self.by_canonical: dict[str, Record] = {}

    def write(self, candidate: NameCandidate) -> str:
        """The candidate's words as they stand in the text, on one line."""
        return " ".join(self.text[candidate.start : candidate.end].split())

    def new(self, candidate: NameCandidate, kind: EntityKind, key: tuple[str, ...]) -> Record:
        """A record of its own, known by `key` from now on."""
        record = Record(self.write(candidate), kind, keys=key)
        self.all.append(record)
        self.by_key[key] = record
        return record

    def find_or_add(self, candidate: NameCandidate, kind: EntityKind, key: tuple[str, ...]) -> Record:
        """Whatever is known by `key`, or else a new record."""
        record = self.by_key.get(key)
        return record if record else self.new(candidate, kind, key)

    def canonical(self, name: str, kind: EntityKind) -> Record:
        """The record that goes by a name of the lists."""
        record = self.by_canonical.get(name)
        if record is None:
            record = Record(name, kind, known=True)
            self.all.append(record)
            self.by_canonical[name] = record
        return record

    def join_capital(self, states: Collection[str]) -> None:
        """Washington is the city where Washington, D.C. is named as well, and it stands in no list of states."""
        capital, state = self.by_canonical.get(f"{_STATE}, D.C."), self.by_canonical.get(_STATE)
        if capital is None or state is None:
            return
        names = tuple(states)
        for mention in state.mentions:
            behind = self.text[mention.end : mention.end + _NEAR].casefold()
            before = self.text[max(0, mention.start - _NEAR) : mention.start].casefold()
            listed = any(behind.startswith(joint) and behind[len(joint) :].startswith(names) for joint in _LISTED)
            if listed or any(
                before.endswith(joint) and before.removesuffix(joint).endswith(names) for joint in _LISTED
            ):
                return
        capital.mentions += state.mentions
        state.mentions = []
