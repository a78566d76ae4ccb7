"""The shape of what is known of names beforehand (the lists themselves: `name_lists`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..report import EntityKind

Gender = Literal["female", "male", "unknown"]


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
    rules: dict[tuple[str, str], str]  # which country the office of each of them is of
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
    counted: frozenset[str]  # what an ordinal number opens the name of
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
