"""Who is who across articles: "Kim", "Kim Jong-un" and "the North Korean leader" are one row."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache

from ..document.name_lists import lists
from ..report import EntityFinding, EntityKind, Report
from .settings import NAMES, SETTINGS

Key = tuple[str, ...]
Owners = dict[tuple[int, str], "Figure"]  # article and entity id: who it is

_SIGNS = re.compile(r"[^\w\s]|_")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_SMALL = frozenset({"the", "of", "for", "and", "a", "an"})
_LEAST_ACRONYM = 2
_LEAST_LETTERS, _MISSPELT = 5, 0.9  # "Vincente" for "Vicente"


@dataclass(frozen=True)
class Figure:
    """One person, organization or place over all articles; `members[i]` are its entities in article i."""

    members: tuple[tuple[EntityFinding, ...], ...]

    @cached_property
    def articles(self) -> tuple[int, ...]:
        """The articles that name it."""
        return tuple(at for at, found in enumerate(self.members) if found)

    @cached_property
    def name(self) -> str:
        """The name that most articles give it, a full one if there is one; then the fuller, then by the alphabet."""
        uses = Counter(member.name for found in self.members for member in found)
        words = {name: len(key(name, self.kind)) for name in uses}
        return min(uses, key=lambda name: (words[name] < 2, -uses[name], -words[name], -len(name), name))

    @cached_property
    def kind(self) -> EntityKind:
        """What most of its mentions say it is."""
        votes: Counter[EntityKind] = Counter()
        for found in self.members:
            for member in found:
                votes[member.kind] += len(member.mentions) or 1
        return min(votes, key=lambda kind: (-votes[kind], kind))

    @cached_property
    def weight(self) -> int:
        """Mentions in all articles."""
        return sum(len(member.mentions) for found in self.members for member in found)


@dataclass(slots=True)
class _Cluster:
    members: list[tuple[int, EntityFinding]]
    keys: set[Key]
    spelled: set[str]  # the keys without spaces: "Wal-Mart" and "Walmart" are one
    forms: set[Key]
    kind: EntityKind
    weight: int


def join(reports: Sequence[Report]) -> list[Figure]:
    """Which entities of different articles are the same? Fuller names first; an ambiguous surname stays alone."""
    entities = [(at, entity) for at, report in enumerate(reports) for entity in report.entities]
    entities.sort(key=lambda item: (-len(key(item[1].name, item[1].kind)), -len(item[1].mentions), item[0], item[1].id))
    clusters: list[_Cluster] = []
    for at, entity in entities:
        own, forms = key(entity.name, entity.kind), _forms(entity)
        home = _home(at, own, forms, entity, clusters)
        if home is None:
            home = _Cluster([], set(), set(), set(), entity.kind, 0)
            clusters.append(home)
        home.members.append((at, entity))
        home.keys.add(own)
        home.spelled.add("".join(own))
        home.forms |= forms
        home.weight += len(entity.mentions)
    return [
        Figure(tuple(tuple(entity for at, entity in cluster.members if at == column) for column in range(len(reports))))
        for cluster in clusters
    ]


def find_owners(figures: Iterable[Figure]) -> Owners:
    """Who is each entity of each article?"""
    return {
        (at, entity.id): figure for figure in figures for at, found in enumerate(figure.members) for entity in found
    }


def is_pronoun(text: str) -> bool:
    """Does this point to somebody without naming him, her or them: "he", "who", "it"?"""
    return text.casefold() in NAMES["pronouns"]


def is_name(text: str) -> bool:
    """Does this mention name somebody ("Kim", "Islamic State"), unlike "He" and "The president"?"""
    words = text.split()
    return words[0][0].isupper() and words[-1][0].isupper() and not is_pronoun(words[0])


def _home(at: int, own: Key, forms: set[Key], entity: EntityFinding, clusters: Iterable[_Cluster]) -> _Cluster | None:
    if not own:
        return None
    likely: list[_Cluster] = []
    for cluster in clusters:
        if "".join(own) in cluster.spelled and _kinds_agree(entity.kind, cluster.kind, own):
            return cluster
        if any(member_at == at for member_at, _ in cluster.members):
            continue  # the article itself tells the two apart
        if entity.kind != cluster.kind:
            continue
        if forms & cluster.forms or any(_same(own, other, entity.kind) for other in cluster.keys):
            likely.append(cluster)
    if not likely:
        return None
    likely.sort(key=lambda cluster: -cluster.weight)
    dominance: int = SETTINGS["naming"]["dominance"]
    if len(likely) > 1 and likely[0].weight < dominance * likely[1].weight:
        return None
    return likely[0]


def _kinds_agree(a: EntityKind, b: EntityKind, own: Key) -> bool:
    """A machine may call one name person here and organization there; only a full name outweighs that."""
    return a == b or len(own) > 1 or "person" not in (a, b)


def _forms(entity: EntityFinding) -> set[Key]:
    """The ways it is named that can be nobody else: several words, one of them a name ("North Korean leader")."""
    found = set()
    for text in {mention.text for mention in entity.mentions}:
        form = key(text, entity.kind)
        if len(form) > 1 and any(word[:1].isupper() for word in text.split()[1:]):
            found.add(form)
    return found


def _same(a: Key, b: Key, kind: EntityKind) -> bool:
    if "".join(a) == "".join(b):
        return True
    return _same_person(a, b) if kind == "person" else _same_body(a, b)


def _same_person(a: Key, b: Key) -> bool:
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return short[0] in (long[0], long[-1]) and len(short[0]) > 1
    if frozenset(short) <= frozenset(long):
        return True
    return short[-1] == long[-1] and _first_names_agree(short[0], long[0])


def _first_names_agree(a: str, b: str) -> bool:
    if a == b or (1 in (len(a), len(b)) and a[0] == b[0]):
        return True
    if min(len(a), len(b)) >= _LEAST_LETTERS and a[0] == b[0] and SequenceMatcher(None, a, b).ratio() > _MISSPELT:
        return True
    long = lists().nicknames
    return not {a, *long.get(a, ())}.isdisjoint({b, *long.get(b, ())})


def _same_body(a: Key, b: Key) -> bool:
    """Organizations and places: one is the other's initials, its end ("Supreme Court"), or the same words."""
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) > 1 and len(short[0]) >= _LEAST_ACRONYM:
        return short[0] == "".join(word[0] for word in long)
    if len(short) < 2:
        return False
    return frozenset(short) == frozenset(long) or long[-len(short) :] == short


@lru_cache(maxsize=20_000)
def key(name: str, kind: EntityKind = "person") -> Key:
    """The words by which two spellings of a name are compared: no accents, signs, company forms or persons' titles."""
    plain = _plain(name)
    known = _aliases().get(plain)
    if known:
        return known
    words = [word for word in plain if word not in _SMALL]
    ignored = titles() if kind == "person" else frozenset[str]()
    suffixes, companies = frozenset(NAMES["suffixes"]), frozenset(NAMES["company_words"])
    for size in (3, 2, 1):
        while len(words) > size and " ".join(words[:size]) in ignored:
            words = words[size:]
    while len(words) > 1 and (words[-1] in suffixes or words[-1] in companies):
        words.pop()
    if len(words) > 2:  # a middle initial tells nobody apart
        words = [words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1]]
    result = tuple(words)
    return _aliases().get(result, result)


def _plain(name: str) -> Key:
    joined = _DOTTED.sub(lambda match: match.group().replace(".", ""), _POSSESSIVE.sub("", name))
    bare = "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))
    return tuple(_SIGNS.sub(" ", bare).casefold().split())


@cache
def titles() -> frozenset[str]:
    """Words that stand before a name and are no part of it."""
    return frozenset(NAMES["titles"])


@cache
def _aliases() -> dict[Key, Key]:
    known: dict[Key, Key] = {}
    for row in NAMES["same"]:
        first = tuple(word for word in _plain(row[0]) if word not in _SMALL)
        known |= {_plain(name): first for name in row}
    return known
