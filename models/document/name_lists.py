"""What is known of names beforehand: people's, titles, places, organizations (data in models/lexicons/names)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ..report import EntityKind
from . import tokens
from .pattern import parser

Gender = Literal["female", "male", "unknown"]
PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_FOLDER = Path(__file__).parent.parent / "lexicons" / "names"
_INFLECTIONS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
_INITIALS = 5  # letters, at most
_SIGNS = (",", "'s")  # inside known names: "Martha's Vineyard"
_GENDERS: dict[str, Gender] = {"f": "female", "m": "male", "u": "unknown"}


@dataclass(frozen=True, slots=True)
class Known:
    """A name in the lists: its kind and the name it usually goes by.

    `upper`: only when written in capitals; else it is `otherwise`, if that is anything: VA, but Va.
    """

    kind: EntityKind
    name: str
    upper: bool = False
    otherwise: Known | None = None

    def written(self, words: Iterable[str]) -> Known | None:
        """What is meant by these words: "US", and nothing by "us"?"""
        return self if not self.upper or all(word.isupper() for word in words) else self.otherwise


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything that is looked up. Keys are folded (see `fold`), phrases joined by one space."""

    first: dict[str, Gender]
    last: frozenset[str]
    known: dict[str, Known]
    joints: frozenset[tuple[str, str, str]]  # signs inside known names: ("martha", "'s", "vineyard")
    openings: dict[str, int]  # first word of a known phrase or demonym -> words in the longest one
    demonyms: dict[str, str]  # "north korean" -> "North Korea"; "" when it names no place of its own
    party_adjectives: dict[str, str]  # "republican" -> "Republican Party"
    members: frozenset[str]
    peoples: dict[str, str]  # "russians" -> "Russians"
    crowds: frozenset[str]  # of one word: all who are named together, parties among them
    titles: frozenset[str]
    title_openings: dict[str, int]
    title_heads: frozenset[str]  # "secretary of"
    honorifics: dict[str, Gender]
    namesakes: frozenset[str]  # of these, whom hotels and schools are called after
    modifiers: frozenset[str]
    opening: frozenset[str]  # modifiers that open names of bodies as well
    aside: frozenset[str]  # modifiers that are never part of a name
    stand_ins: dict[str, EntityKind]
    held: dict[str, tuple[tuple[str, str], ...]]  # office -> (first, last name) of who has held it
    others: frozenset[str]  # before a role: it is somebody else's
    single: frozenset[str]  # roles that make an entity even when nobody says whose
    any_organization: frozenset[str]
    fitting: dict[str, frozenset[str]]  # role -> words of names that it may stand for
    unfit: frozenset[str]  # words of names that no company bears
    countries: frozenset[str]
    country_roles: frozenset[str]
    short_titles: dict[str, str]  # "sen" -> "senator"
    notable: frozenset[str]
    singular: frozenset[str]  # of these, what means one of its bearers more than any other
    nicknames: dict[str, tuple[str, ...]]  # "ted" -> "edward", "theodore": the long names, the likeliest first
    family_first: frozenset[str]
    place_heads: frozenset[str]
    road_heads: frozenset[str]
    org_heads: frozenset[str]
    other_heads: frozenset[str]
    storms: frozenset[str]  # what stands before a storm's name
    leads: frozenset[str]  # what stands before a place's: Mount, Fort, Hôtel
    tellers: frozenset[str]  # of both, what is never a person's name, whatever the reader thinks
    laws: frozenset[str]  # of these, what the reader does not make a body
    of_heads: frozenset[str]
    fields: frozenset[str]  # titles that are what a body is about as well
    powers: frozenset[str]
    speech: frozenset[str]
    personal: frozenset[str]  # verbs of people alone
    retinue: frozenset[str]
    epithets: frozenset[str]
    uncounted: frozenset[str]  # words without an article: "Winter came"
    calendar: frozenset[str]
    never: frozenset[str]
    small: frozenset[str]
    parties: frozenset[str]  # names of parties that are people's views as well
    links: frozenset[str]  # prepositions, conjunctions and the like: no part of a person's name, capital or not
    particles: frozenset[str]
    suffixes: frozenset[str]
    connectors: frozenset[str]
    joining: frozenset[str]  # of these, what joins ordinary words in capitals to one name: Bread "for the" World
    corporate: frozenset[str]  # what ends the full name of a company
    numbered: frozenset[str]  # what has a number behind its name
    bands: frozenset[str]  # what names of armed bands begin with
    races: frozenset[str]  # what is run for a seat in a chamber
    outlets: frozenset[str]  # in lower case behind the name of one
    folk: frozenset[str]  # those whom a body is called after, in the singular: Harrow Women's Centre
    states: frozenset[str]
    eponymous: frozenset[str]
    trades: frozenset[str]  # nouns for bodies, beside a name in lower case
    likened: tuple[str, ...]
    sites: frozenset[str]  # nouns that tell a place from behind its name: the Harrow "mall"
    elided: frozenset[str]  # "al-Assad": what may stand before the hyphen in lower case
    abbreviations: frozenset[str]
    common: frozenset[str]  # words that are no names when written in lower case


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
                    if other.upper and not upper and other.otherwise is None and other.name != name:
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
            plural = demonym if demonym.endswith(("ese", "ish", "ch", "s")) else demonym.removesuffix("man") + "s"
            if plural != demonym:
                peoples.setdefault(fold_name(plural), plural)
        if "capital" in facts:
            learn("place", facts["capital"])
    for name, forms in places["states"].items():
        learn("place", name, *forms)
    for name in _lines("cities"):
        learn("place", name)

    fields = (name.partition("department of ")[2] for name in known)
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
        held={
            role: tuple((one[0], one[-1]) for one in (fold_name(n).split() for n in names))
            for role, names in titles["held"].items()
        },
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
