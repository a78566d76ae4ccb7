"""Words for deeds that harm, help or force: which word tells which deed (lexicons/acts.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ... import inflection
from ...report import Effect

PATH = Path(__file__).parents[2] / "lexicons" / "acts.toml"


@dataclass(frozen=True, slots=True)
class Family:
    """Verbs that may tell the same deed: what it does, and to what it can be done."""

    id: str
    effect: Effect
    to: frozenset[str]  # people, bodies, places
    things: frozenset[str]
    physical: bool  # done by people and bodies alone
    compels: bool  # told only where what somebody is made to do needs force


@dataclass(frozen=True, slots=True)
class Deed:
    """One word for a deed."""

    family: Family
    lemma: str
    beside: str | None = None  # the word that goes with it: lay off, leave dead
    doubtful: bool = False  # as often criticism or sport
    suffered: bool = False  # tells the harm with nobody who does it
    owned: bool = False  # of a noun: its possessor does it


@dataclass(frozen=True, slots=True)
class Deeds:
    """Deeds by the folded forms that tell them, and the word lists that decide what is meant."""

    verbs: Mapping[str, Sequence[Deed]]
    nouns: Mapping[str, Deed]
    outbreaks: Mapping[str, Deed]  # by the subject's form: shots rang out
    breaking: Mapping[str, frozenset[str | None]]  # verbs of outbreaks, with the word that must go with each
    words: Mapping[str, frozenset[str]]


@cache
def load() -> Deeds:
    """Read the file; once a process."""
    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    words = {name: frozenset(listed) for name, listed in tables["words"].items()}
    verbs: dict[str, list[Deed]] = {}
    nouns: dict[str, Deed] = {}
    families = {name: _family(name, table) for name, table in tables["families"].items()}
    for name, table in tables["families"].items():
        family, doubtful = families[name], set(table.get("doubtful", ()))
        for listed in (*table["verbs"], *table.get("suffered", ())):
            forms, beside = _verb(listed)
            lemma = forms[0] if beside in (None, "from") else f"{forms[0]} {beside}"
            deed = Deed(family, lemma, beside, forms[0] in doubtful, listed in table.get("suffered", ()))
            for form in forms:
                verbs.setdefault(form, []).append(deed)
        for noun, lemma in table["nouns"].items():
            deed = Deed(family, lemma, doubtful=lemma in doubtful, owned=noun in table.get("owned", ()))
            nouns |= dict.fromkeys((noun, *inflection.bend(noun, "noun")), deed)
    outbreaks: dict[str, Deed] = {}
    for what, (name, lemma) in tables["outbreaks"]["what"].items():
        outbreaks |= dict.fromkeys((what, *inflection.bend(what, "noun")), Deed(families[name], lemma, suffered=True))
    breaking: dict[str, set[str | None]] = {}
    for listed in tables["outbreaks"]["does"]:
        forms, beside = _verb(listed)
        for form in forms:
            breaking.setdefault(form, set()).add(beside)
    for name in ("unreal", "going_on"):
        words[name] |= {form for verb in words[name] for form in inflection.bend(verb, "verb")}
    for name in ("people", "bodies", "armed", "instruments"):
        words[name] |= {form for noun in words[name] for form in inflection.bend(noun, "noun")}
    return Deeds(verbs, nouns, outbreaks, {form: frozenset(found) for form, found in breaking.items()}, words)


def _family(name: str, table: Mapping[str, Any]) -> Family:
    things = {form for thing in table.get("things", ()) for form in (thing, *inflection.bend(thing, "noun"))}
    return Family(
        name,
        table["effect"],
        frozenset(table["to"]),
        frozenset(things),
        table.get("physical", False),
        table.get("compels", False),
    )


def _verb(listed: str) -> tuple[list[str], str | None]:
    """The forms of a verb as the file has it, its lemma first, and the word that goes with it."""
    known, _, beside = listed.partition(" + ")
    forms = known.split()
    return [*forms, *inflection.bend(forms[0], "verb")], beside or None
