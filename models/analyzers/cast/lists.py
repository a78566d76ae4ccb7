"""The words that tell a source's role and side: lexicons/cast.toml, read and checked once a process."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict

from ...document.parts import fold
from ...report import CastRole

PATH = Path(__file__).parents[2] / "lexicons" / "cast.toml"
ROLES: tuple[CastRole, ...] = get_args(CastRole)


class RoleWords(BaseModel):
    """The words of one role."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heads: tuple[str, ...]
    bodies: tuple[str, ...]
    phrases: tuple[str, ...]
    names: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]


class General(BaseModel):
    """Heads that say how one speaks, not for whom: their role where no body is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heads: tuple[str, ...]
    role: CastRole


class Ruling(BaseModel):
    """What gives a role by itself: a word or a pair of words of each group in one description, and none of `without`.

    `named`: only of somebody with a name, or without one; `longest`: words of the description, at most; 0: any.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: CastRole
    groups: tuple[frozenset[str], ...]
    without: frozenset[str] = frozenset()
    places: tuple[str, ...] = ("own", "title", "after", "role", "is")
    named: bool | None = None
    longest: int = 0
    examples: tuple[tuple[str, str], ...]


class Sides(BaseModel):
    """Words and letters for a side."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    letters: dict[str, str]
    words: frozenset[str]
    members: frozenset[str]
    speakers: frozenset[str]


class Anaphora(BaseModel):
    """Words that point back at a source named before, words that tell it from another, and their nouns.

    `nouns`: documents; `polls` among them; `people`; `sites`: what is its owner's; `owned_by`: one where it is the same
    owner's; `owned`: before what is said of somebody named; `twins`: nouns for the same.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    nouns: frozenset[str]
    polls: frozenset[str]
    people: frozenset[str]
    sites: frozenset[str]
    owned_by: frozenset[str]
    owned: frozenset[str]
    twins: dict[str, str]
    pointing: frozenset[str]
    another: frozenset[str]


class Accusation(BaseModel):
    """What accuses somebody: verbs, and nouns with what joins somebody to them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: frozenset[str]
    by: frozenset[str]
    nouns: frozenset[str]
    joins: frozenset[str]
    matches: tuple[str, ...]
    ignores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CastLists:
    """Role by word of each kind; a word that two roles list keeps the first."""

    roles: Mapping[CastRole, RoleWords]
    heads: Mapping[str, CastRole]
    bodies: Mapping[str, CastRole]
    phrases: Mapping[tuple[str, ...], CastRole]
    names: Mapping[str, CastRole]
    surnames: Mapping[str, CastRole]  # of those names, where nobody of another role bears it
    general: Mapping[str, CastRole]
    rulings: tuple[Ruling, ...]
    sides: Sides
    anaphora: Anaphora
    accusation: Accusation


@cache
def load() -> CastLists:
    """Read and validate the lists; once a process."""
    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    general = [General.model_validate(table) for table in tables.pop("general")]
    rulings = tuple(Ruling.model_validate(table) for table in tables.pop("rulings"))
    sides = Sides.model_validate(tables.pop("sides"))
    anaphora = Anaphora.model_validate(tables.pop("anaphora"))
    accusation = Accusation.model_validate(tables.pop("accusation"))
    roles: dict[CastRole, RoleWords] = {role: RoleWords.model_validate(tables[role]) for role in ROLES}
    heads: dict[str, CastRole] = {}
    bodies: dict[str, CastRole] = {}
    phrases: dict[tuple[str, ...], CastRole] = {}
    names: dict[str, CastRole] = {}
    for role, words in roles.items():
        for found, listed in ((heads, words.heads), (bodies, words.bodies)):
            for word in listed:
                found.setdefault(word, role)
        for phrase in words.phrases:
            phrases.setdefault(tuple(phrase.split()), role)
        for name in words.names:
            names.setdefault(fold(name), role)
    borne: dict[str, set[CastRole]] = {}
    for name, role in names.items():
        borne.setdefault(name.rsplit(" ", 1)[-1], set()).add(role)
    surnames = {last: next(iter(said)) for last, said in borne.items() if len(said) == 1}
    by_body = {head: one.role for one in general for head in one.heads}
    return CastLists(roles, heads, bodies, phrases, names, surnames, by_body, rulings, sides, anaphora, accusation)
