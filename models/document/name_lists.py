"""What is known of names beforehand: people's, titles, places, organizations (data in models/lexicons/names)."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from ..report import EntityKind
from . import tokens
from .name_facts import Gender, Known, Lists
from .pattern import parser

PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_FOLDER = Path(__file__).parent.parent / "lexicons" / "names"
_INFLECTIONS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
_INITIALS = 5  # letters, at most
_SIGNS = (",", "'s")  # inside known names: "Martha's Vineyard"
_GENDERS: dict[str, Gender] = {"f": "female", "m": "male", "u": "unknown"}


def fold(word: str) -> str:
    """The form a word is looked up in: no case, no final stop, straight apostrophes."""
    return word.casefold().replace("’", "'").rstrip(".")


def fold_name(name: str) -> str:
    """The form in which names of one or more words are looked up."""
    return " ".join(map(fold, name.split()))


def dot(name: str) -> str | None:
    """Initials as they are written with stops: B.B.C. for BBC; None for what is none."""
    return ".".join(name) + "." if name.isalpha() and name.isupper() and 1 < len(name) <= _INITIALS else None


@cache
def lists() -> Lists:
    """All lists, read once a process."""
    words, titles = _read("words"), _read("titles")
    places, organizations, countries = _read("places"), _read("organizations"), _read("countries")
    known: dict[str, Known] = {}
    demonyms: dict[str, str] = dict.fromkeys(map(fold_name, places["demonyms"]["terms"]), "")
    peoples: dict[str, str] = {fold_name(term): term for term in organizations["groups"]["people"]}

    joints: set[tuple[str, str, str]] = set()

    def learn(kind: EntityKind, name: str, *forms: str) -> None:
        short = (form.replace("Department", "Dept") for form in (name, *forms) if "Department" in form)
        for form in (name, *forms, *short):
            if "," in form or "'s " in form:
                words = [fold(form[a:b]) for a, b in tokens.split(form, 0, len(form))]
                joints.update(each for each in zip(words, words[1:], words[2:], strict=False) if each[1] in _SIGNS)
                known.setdefault(" ".join(word for word in words if word not in _SIGNS), Known(kind, name))
            upper = form.isupper() and len(form) <= _INITIALS
            for written in (form, dot(form)):
                if written:
                    other = known.setdefault(fold_name(written), Known(kind, name, upper))
                    if other.upper and not upper and other.otherwise is None:
                        known[fold_name(written)] = replace(other, otherwise=Known(kind, name))

    for name, forms in organizations["known"].items():
        learn("organization", name, *forms)
    for name in organizations["teams"]["terms"]:
        learn("organization", name)
    for name in organizations["other"]["terms"]:
        learn("other", name)
    for name, forms in organizations["other"]["several"].items():
        learn("other", name, *forms)
    for name in places["rooms"]:
        learn("place", name)
    for name, forms in places["several"].items():
        learn("place", name, *forms)
    for name, facts in countries.items():
        learn("place", name, *facts.get("aliases", ()))
        for demonym in facts.get("demonyms", ()):
            demonyms.setdefault(fold_name(demonym), name)
            plural = _plural(demonym)
            if plural != demonym:
                peoples.setdefault(fold_name(plural), plural)
        if "capital" in facts:
            learn("place", facts["capital"])
    for name, forms in places["states"].items():
        learn("place", name, *forms)
    for name in _lines("cities"):
        learn("place", name)

    fields = (name.partition("department of ")[2] for name in known)
    offices_held = {
        role: {
            country: [(n[0], n[-1]) for n in (fold_name(name).split() for name in names)]
            for country, names in by.items()
        }
        for role, by in titles["held"].items()
    }
    offices = frozenset(map(fold_name, titles["offices"]["terms"])) | {
        f"secretary of {field}" for field in fields if field
    }
    honorifics: dict[str, Gender] = {}
    genders: tuple[tuple[str, Gender], ...] = (("any", "unknown"), ("male", "male"), ("female", "female"))
    for group, gender in genders:
        honorifics |= dict.fromkeys(map(fold_name, titles["honorifics"][group]), gender)
    stand_ins: dict[str, EntityKind] = {}
    kinds: tuple[EntityKind, ...] = ("place", "organization", "person")
    for kind in kinds:
        stand_ins |= dict.fromkeys(titles["stand_ins"][kind], kind)

    def folded(*terms: str) -> frozenset[str]:
        return frozenset(map(fold, terms))

    small = folded(*words["small"])
    named = folded(*words["named"])
    first = {
        fold_name(name): _GENDERS[gender]
        for name, gender in (line.rsplit(" ", 1) for line in _lines("first_names"))
        if name.casefold() not in small or name.casefold() in named
    }

    return Lists(
        first=first,
        last=frozenset(map(fold_name, _lines("surnames"))),
        known=known,
        joints=frozenset(joints),
        openings=_openings((*known, *demonyms, *peoples)),
        demonyms=demonyms,
        peoples=peoples,
        crowds=folded(*organizations["groups"]["party"], *(name for name in peoples if " " not in name)),
        party_adjectives={fold(word): party for word, party in organizations["adjectives"].items()},
        members=folded(*words["members"]),
        namesakes=folded(*titles["honorifics"]["namesakes"]),
        titles=offices | frozenset(honorifics),
        title_openings=_openings((*offices, *honorifics)),
        title_heads=frozenset(f"{office.split(' of ')[0]} of" for office in offices if " of " in office),
        honorifics=honorifics,
        modifiers=folded(*titles["offices"]["modifiers"]),
        opening=folded(*titles["offices"]["opening"]),
        aside=folded(*titles["offices"]["aside"]),
        stand_ins=stand_ins,
        held={role: tuple(pair for pairs in held.values() for pair in pairs) for role, held in offices_held.items()},
        rules={pair: country for held in offices_held.values() for country, pairs in held.items() for pair in pairs},
        others=frozenset(titles["stand_ins"]["others"]),
        single=frozenset(titles["stand_ins"]["single"]),
        any_organization=frozenset(titles["stand_ins"]["any_organization"]),
        fitting={role: folded(*words) for role, words in titles["stand_ins"]["fitting"].items()},
        unfit=folded(*titles["stand_ins"]["unfit"]),
        countries=frozenset(countries),
        country_roles=frozenset(titles["stand_ins"]["countries"]),
        short_titles=titles["short"],
        notable=folded(*words["notable"]),
        singular=folded(*words["notable"]) - folded(*words["families"]),
        nicknames={
            name: (said,) if isinstance(said, str) else tuple(said) for name, said in words["nicknames"].items()
        },
        family_first=folded(*words["family_first"]),
        place_heads=folded(*places["heads"]),
        road_heads=folded(*places["roads"]),
        org_heads=folded(*organizations["heads"]),
        other_heads=folded(*organizations["other"]["heads"]),
        storms=folded(*organizations["other"]["storms"]),
        leads=folded(*places["leads"]),
        tellers=folded(*organizations["other"]["storms"], *places["houses"]),
        laws=folded(*organizations["other"]["laws"]),
        of_heads=folded(*words["of_heads"]),
        fields=folded(*words["fields"]),
        powers=folded(*words["powers"]),
        speech=folded(*words["speech"]),
        retinue=folded(*words["retinue"]),
        epithets=folded(*words["epithets"]),
        uncounted=frozenset(words["uncounted"]),
        personal=folded(*words["personal"]),
        calendar=folded(*words["calendar"]),
        never=frozenset(words["never"]),
        small=small,
        parties=frozenset(words["parties"]),
        links=frozenset(words["links"]),
        particles=frozenset(words["particles"]),
        suffixes=folded(*words["suffixes"]),
        connectors=frozenset(words["connectors"]),
        joining=frozenset(words["joining"]),
        corporate=folded(*words["corporate"]),
        numbered=folded(*words["numbered"]),
        counted=folded(*words["counted"]),
        bands=folded(*words["bands"]),
        races=frozenset(words["races"]),
        outlets=frozenset(words["outlets"]),
        folk=folded(*words["folk"]),
        states=folded(*places["states"]),
        eponymous=frozenset(words["eponymous"]),
        trades=frozenset(words["trades"]),
        likened=tuple(words["likened"]),
        sites=frozenset(places["sites"]),
        elided=frozenset(words["elided"]),
        abbreviations=folded(*words["abbreviations"]),
        common=_common(),
    )


def is_common(word: str, known: Lists) -> bool:
    """Is this lower-case word, or what it is inflected from, an ordinary one?"""
    if word in known.common:
        return True
    for ending, put in _INFLECTIONS:
        if word.endswith(ending) and word[: -len(ending)] + put in known.common and len(word) > len(ending) + 2:
            return True
    return False


def _common() -> frozenset[str]:
    parser.lexicon.get("the")  # the tagger's lexicon is loaded at first use
    return frozenset(
        word for word, tag in parser.lexicon.items() if word.islower() and not str(tag).startswith(("NNP", "FW"))
    )


def _openings(phrases: tuple[str, ...]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for phrase in phrases:
        opening, size = phrase.split(" ", 1)[0], phrase.count(" ") + 1
        longest[opening] = max(size, longest.get(opening, 0))
    return longest


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _lines(name: str) -> list[str]:
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def _plural(demonym: str) -> str:
    """Those who are called so: Germans, Frenchmen; of the Chinese and the Dutch the word itself."""
    if demonym.endswith(("chman", "shman", "woman")):
        return f"{demonym.removesuffix('an')}en"
    return demonym if demonym.endswith(("ese", "ish", "ch", "s")) else f"{demonym}s"
