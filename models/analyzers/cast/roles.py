"""As what does a source speak? Listed words that describe it are flags; what they come to is learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...classifiers import cast
from ...document import Document, Entity, name_lists
from ...document.parts import fold
from ...report import AttributionItem, CastRole, SourceSummary
from . import descriptions, rulings, sides
from .descriptions import Description
from .lists import load

_SURE = ("listed", "phrase", "party", "head")  # kinds of clues that need no other
_LONGEST = 4  # words of a phrase
_TITLES = ("politician", "official", "media", "other")  # roles of words that stand before a name and are no first name
_IS = frozenset(("is", "was", "has", "had", "works", "worked", "heads", "headed", "leads", "led", "runs", "represents"))
_IS |= frozenset(("represented", "chairs", "chaired", "directs", "directed", "founded", "teaches", "serves", "served"))
_INDEFINITE = frozenset(("a", "an", "one", "another", "some", "two", "three", "several", "many"))
_CUES = frozenset(("report", "write", "tweet", "rule", "find", "show", "note", "tell", "argue", "explain", "recall"))


@dataclass(frozen=True, slots=True)
class Clue:
    """Listed words: the role that lists them, how and where they stand; tokens [first, last), None in a name."""

    role: CastRole
    kind: str
    place: str
    words: tuple[int, int] | None

    def flag(self) -> str:
        """Its name among the features of a decision: place.kind.role."""
        return f"{self.place}.{self.kind}.{self.role}"


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who is given words: what the attribution says of them, and who it is."""

    summary: SourceSummary
    items: Sequence[AttributionItem]
    entity: Entity | None


def decide(document: Document, source: Source) -> tuple[CastRole, tuple[int, int] | None]:
    """The role of a source, and the tokens [first, last) that show it; None where its name or its kind does."""
    clues = list(find(document, source))
    listed = any(clue.kind == "listed" for clue in clues)
    if source.entity is not None and source.entity.kind == "place" and not listed:
        return "official", None  # what stands beside a country tells of others
    if not listed and (ruled := rulings.decide(document, _told(document, source), named=source.entity is not None)):
        return ruled
    if source.entity is None and (head := _document(document, source)) is not None:
        return "document", (head, head + 1)
    role = cast.judge(flags(document, source, clues))
    shown = next((clue.words for clue in clues if clue.role == role and clue.words), None)
    return role, shown


def _document(document: Document, source: Source) -> int | None:
    """The head of a nameless source that is a document, whoever wrote it: a [study] by an economist."""
    own = own_words(document, source)
    return (
        own.head if own and own.head is not None and load().heads.get(_word(document, own.head)) == "document" else None
    )


def find(document: Document, source: Source) -> Iterator[Clue]:
    """Every clue to a source's role, what stands nearest first."""
    if source.entity is not None:
        yield from _in_name(source.entity)
    for told in _told(document, source):
        yield from _in_description(document, told)


def _told(document: Document, source: Source) -> Iterator[Description]:
    """What the article says of who it is; of a source without a name, its own words."""
    if source.entity is not None:
        yield from descriptions.of_entity(document, source.entity)
    elif (own := own_words(document, source)) is not None:
        yield own


def flags(document: Document, source: Source, clues: Sequence[Clue]) -> list[str]:
    """What is known of a source, as flags: its clues and whether one is the first, its kind, its verbs."""
    found = {clue.flag() for clue in clues}
    found |= {f"first.{clue.role}" for clue in clues[:1]} | {f"any.{clue.role}" for clue in clues}
    found |= {f"only.{clue.role}" for clue in clues if len({one.role for one in clues}) == 1}
    found |= {f"sure.{clue.role}" for clue in [one for one in clues if one.kind in _SURE][:1]}
    found |= {
        f"for.{clue.role}" for before, clue in pairwise(clues) if before.kind == "general" and clue.kind == "body"
    }
    kind = source.entity.kind if source.entity is not None else "nobody"
    found |= {f"type.{source.summary.source_type}", f"kind.{kind}", f"{kind}.{source.summary.source_type}"}
    found |= {f"verb.{verb.lemma}" for verb in source.summary.verbs if verb.lemma in _CUES}
    if not clues:
        found.add(f"silent.{kind}")
    if source.entity is None and (own := own_words(document, source)) is not None:
        head = own.head if own.head is not None else own.first
        number = "many" if document.tokens[head].tag.endswith("S") else "one"
        article = "indefinite" if document.folded[own.first] in _INDEFINITE else "definite"
        found |= {f"own.{number}", f"own.{number}.{article}"}
        found |= {f"{number}.{article}.{clue.role}" for clue in clues[:1]}
    elif source.entity is not None and _tweets(document, source):
        found.add("tweets")
    return sorted(found)


def own_words(document: Document, source: Source) -> Description | None:
    """What the words that name a source first say of it; None where no item names it."""
    told = next((item.source for item in source.items if item.source is not None), None)
    return descriptions.of_words(document, told.start, told.end) if told is not None else None


def _tweets(document: Document, source: Source) -> bool:
    spoken = [one for one in document.quotations if one.form in ("tweet", "signed")]
    return any(one.start <= item.content.start < one.end for item in source.items for one in spoken)


def _in_name(entity: Entity) -> Iterator[Clue]:
    """What the name itself says: a listed one, or a body by its words."""
    lists = load()
    name = _without_initial(fold(entity.name).removeprefix("the "))
    if name in lists.names:
        yield Clue(lists.names[name], "listed", "name", None)
    known = name_lists.lists()
    if entity.kind == "person":
        rare = name in known.notable and name not in known.last
        if rare and name not in lists.names and name in lists.surnames:
            yield Clue(lists.surnames[name], "listed", "name", None)
        yield from _title_in_name(name.split())
        return
    words = name.replace(",", " ").split()
    yield from (Clue(role, "phrase", "name", None) for role, _, _ in _phrases(words))
    yield from (Clue(lists.bodies[word], "body", "name", None) for word in words if word in lists.bodies)
    yield from (Clue(lists.heads[words[-1]], "head", "name", None) for _ in words[:1] if words[-1] in lists.heads)


def _without_initial(name: str) -> str:
    """Ann B. Lee as Ann Lee, where that is who is listed."""
    first, *inner = name.split()
    short = " ".join((first, *inner[-1:]))
    known = load().names
    plain = len(inner) == 2 and len(inner[0].strip(".")) == 1 and name not in known and short in known
    return short if plain else name


def _title_in_name(words: Sequence[str]) -> Iterator[Clue]:
    """A title that was taken for a part of the name: Council Member Ann Lee."""
    lists = load()
    titles = words[:-2]
    yield from (Clue(role, "phrase", "name", None) for role, _, _ in _phrases(titles))
    found = (lists.heads.get(word.removesuffix(".")) for word in titles)
    yield from (Clue(role, "head", "name", None) for role in found if role in _TITLES)


def _in_description(document: Document, told: Description) -> Iterator[Clue]:
    """The clues of one description: phrases, its head, a party's letter, then what else it holds."""
    lists = load()
    words = [_word(document, at) for at in range(told.first, told.last)]
    for role, begin, end in _phrases(words):
        yield Clue(role, "phrase", told.place, (told.first + begin, told.first + end))
    if (party := _party(document, told)) is not None:
        yield Clue("politician", "party", told.place, (party, sides.end_of_letters(document, party)))
    heads = list(_heads(document, told))
    for at in heads:
        word = _word(document, at)
        if word in lists.general:
            yield Clue(lists.general[word], "general", told.place, (at, at + 1))
        elif word in lists.heads:
            yield Clue(lists.heads[word], "head" if at == heads[0] else "beside", told.place, (at, at + 1))
    if descriptions.is_clause(document, told) and _IS.isdisjoint(words[1:4]):
        return  # who lives on the [state]'s border: what it holds says nothing of what they are
    for at, word in enumerate(words, told.first):
        if word in lists.bodies and not _is_inside(document, at, told.last):
            yield Clue(lists.bodies[word], "body", told.place, (at, at + 1))
        elif told.head is None and word in lists.heads and not _is_inside(document, at, told.last):
            yield Clue(lists.heads[word], "within", told.place, (at, at + 1))


def _word(document: Document, at: int) -> str:
    return document.folded[at].removesuffix(".").removeprefix("then-").removeprefix("ex-")


def _is_inside(document: Document, at: int, last: int) -> bool:
    """Does the name that it is in go on to another body: [County] National Bank?"""
    run = at + 1
    while run < last and document.tokens[run].text[0].isupper() and document.tokens[run].is_word:
        run += 1
    lists = load()
    if lists.bodies.get(_word(document, at)) == "politician":  # the National Republican Committee is the party's
        return False
    return document.tokens[at].text[0].isupper() and any(
        lists.bodies.get(_word(document, one), lists.bodies.get(_word(document, at)))
        != lists.bodies.get(_word(document, at))
        for one in range(at + 1, run)
    )


def _phrases(words: Sequence[str]) -> Iterator[tuple[CastRole, int, int]]:
    phrases = load().phrases
    for size in range(_LONGEST, 1, -1):
        for at in range(len(words) - size + 1):
            role = phrases.get(tuple(words[at : at + size]))
            if role:
                yield role, at, at + size


def _heads(document: Document, told: Description) -> Iterator[int]:
    """The head, then the nouns before it and what is joined to it: founder and [director]."""
    if told.head is None:
        return
    yield told.head
    for at in range(told.head - 1, told.first - 1, -1):
        if document.tokens[at].tag.startswith("NN"):
            yield at
    syntax = document.reading.syntax
    yield from (child for child in syntax.children(told.head, ("conj", "flat")) if told.head < child < told.last)


def _party(document: Document, told: Description) -> int | None:
    """The token with a party's letter before a state: R-Texas, (D) in a bracket."""
    letters = load().sides.letters
    for at in range(told.first, min(told.last, told.first + 3)):
        letter, dash, rest = document.tokens[at].text.partition("-")
        if letter.strip(".") in letters and ((dash and rest[:1].isupper()) or told.last - told.first == 1):
            return at
    return None
