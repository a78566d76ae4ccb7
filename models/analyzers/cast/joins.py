"""Which sources are one: a study and the study; a lawyer for Lee, and Ann Moor who is one; Lee's website and Lee?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...document import Document, Entity
from ...report import SourceType
from . import descriptions, roles
from .descriptions import Description
from .lists import load
from .roles import Source

_MANY = 16  # with one noun, of whom one may be meant; more would be a list


def join(document: Document, sources: Iterable[Source]) -> list[Source]:
    """The sources with everybody once, nameless ones by their fullest words; most words first."""
    named: dict[str, Source] = {}
    others: list[Source] = []
    for source in (_owned(document, one) for one in sources):
        if source.entity is None:
            others.append(source)
        else:
            met = named.get(source.entity.id)
            named[source.entity.id] = _joined(met, source, met) if met else source
    bearers = _bearers(document, named.values())
    nameless: list[Source] = []
    by_noun: dict[str, list[int]] = {}  # places among the nameless
    for source in sorted(others, key=lambda one: one.summary.first):
        noun = next(reversed(_tell(document, source)), "")
        alike = by_noun.setdefault(noun, []) if noun else []
        same = _same(document, [nameless[at] for at in alike], source)
        whose = _whose(document, bearers, source) if same is None else None
        if same is not None:
            met = nameless[alike[same]]
            nameless[alike[same]] = _joined(met, source, max((met, source), key=lambda one: _fullness(document, one)))
        elif whose is not None:
            named[whose] = _joined(named[whose], source, named[whose])
        else:
            alike.append(len(nameless))
            nameless.append(source)
    return sorted([*named.values(), *nameless], key=lambda one: (-one.summary.words, one.summary.first))


def _same(document: Document, alike: Sequence[Source], source: Source) -> int | None:
    """Which of those with the same noun is this one? None where it is new, or one of several officials."""
    if len(alike) > 1 and _tell(document, source)[-1] in load().anaphora.people:
        return None
    return next((at for at, one in enumerate(alike[:_MANY]) if _is_one(document, one, source)), None)


def _fullness(document: Document, source: Source) -> tuple[bool, int]:
    """Is it no person who points back at another, and how many letters has it?"""
    told, words = source.items[0].source, _tell(document, source)
    points = words[-1] in load().anaphora.people and words[0].casefold() in load().anaphora.pointing
    return not points, len(told.text) if told else 0


def _joined(first: Source, second: Source, called: Source) -> Source:
    """Both as one, under the name of one of them."""
    items = [*called.items, *(first if called is second else second).items]
    words = first.summary.words + second.summary.words
    start = min(first.summary.first, second.summary.first)
    return Source(called.summary.model_copy(update={"words": words, "first": start}), items, called.entity)


def _owned(document: Document, source: Source) -> Source:
    """The source, or who owns the site that it is: Ann Lee's website."""
    own = roles.own_words(document, source) if source.entity is None else None
    if own is None or own.head is None or document.folded[own.head] not in load().anaphora.sites:
        return source
    start, end = document.tokens[own.first].start, document.tokens[own.head].start
    owners = [
        entity
        for entity in document.entities
        if entity.kind != "place" and any(start <= m.start and m.end <= end for m in entity.mentions)
    ]
    if len(owners) != 1:
        return source
    kind: SourceType = "media" if source.summary.source_type == "media" and owners[0].kind != "person" else "named"
    summary = source.summary.model_copy(update={"name": owners[0].name, "source_type": kind})
    return replace(source, summary=summary, entity=owners[0])


# -- nobody's name -----------------------------------------------------------------------------------------------------


def _is_one(document: Document, first: Source, second: Source) -> bool:
    """Do both say the same noun, one of them bare behind "the", "this", "the same"?"""
    told = [_tell(document, one) for one in (first, second)]
    if not all(told) or told[0][-1] != told[1][-1]:
        return False
    words = load().anaphora
    if told[0][-1] in words.owned_by:  # the Lee campaign, Ms. Lee's campaign
        return bool(_owner(told[0])) and _owner(told[0]) == _owner(told[1])
    person = told[0][-1] in words.people
    if told[0][-1] in words.polls and not any(word.casefold() in words.another for one in told for word in one):
        return bool(_capitals(told[0]) & _capitals(told[1])) or any(not _capitals(one) for one in told)
    for one, other in ((told[0], told[1]), (told[1], told[0])):
        bare = len(one) == 1 or (one[0].casefold() in words.pointing and not _capitals(one))
        if person and (len(one) > 2 or other[0].casefold() in words.pointing):
            continue  # the local official is not any official
        if bare and not any(word.casefold() in words.another for word in (*one, *other)):
            return True
    return False


def _owner(told: Sequence[str]) -> str | None:
    """The last name before the noun: whose it is."""
    return next((word for word in reversed(told[:-1]) if word[0].isupper()), None)


def _capitals(told: Sequence[str]) -> set[str]:
    """The names in it, from its second word on: who held the poll."""
    return {word for word in told[1:] if word[0].isupper()}


def _tell(document: Document, source: Source) -> Sequence[str]:
    """The words of a nameless source up to its head; none where it is more than one, or no document and nobody."""
    own = roles.own_words(document, source)
    nouns = load().anaphora.nouns | load().anaphora.people | load().anaphora.owned_by
    if own is None or own.head is None or document.folded[own.head] not in nouns:
        return ()
    return [document.tokens[at].text for at in range(own.first, own.head)] + [document.folded[own.head]]


# -- somebody's --------------------------------------------------------------------------------------------------------


def _bearers(document: Document, named: Iterable[Source]) -> dict[str, list[tuple[Entity, set[str]]]]:
    """By noun, the people of whom the article says it, each with all the words that describe them."""
    found: dict[str, list[tuple[Entity, set[str]]]] = {}
    for entity in (one.entity for one in named):
        if entity is not None and entity.kind == "person":
            told = [one for one in descriptions.of_entity(document, entity) if one.place in ("title", "after", "is")]
            said = {document.folded[at] for one in told for at in range(one.first, one.last)}
            for noun in {_twin(document.folded[one.head]) for one in told if one.head is not None}:
                found.setdefault(noun, []).append((entity, said))
    return found


def _whose(document: Document, bearers: Mapping[str, list[tuple[Entity, set[str]]]], source: Source) -> str | None:
    """The id of the one person of whom the article says a nameless source's noun: the Ohio Republican, after Tom Hale,
    an Ohio Republican. Every name in the source's words must stand in what is said of the person."""
    own, words = roles.own_words(document, source), load().anaphora
    if own is None or own.head is None or document.tokens[own.head].tag not in ("NN", "NNP"):
        return None
    before = [document.folded[at] for at in range(own.first, own.head)]
    if document.folded[own.first] not in words.owned or any(word in words.another for word in before):
        return None
    noun = _twin(document.folded[own.head])
    if load().heads.get(noun, "other") in ("document", "vague"):
        return None
    fit = [entity for entity, said in bearers.get(noun, ())[:_MANY] if _names(document, own, entity) <= said]
    return fit[0].id if len(fit) == 1 else None


def _twin(noun: str) -> str:
    return load().anaphora.twins.get(noun, noun)


def _names(document: Document, own: Description, entity: Entity) -> set[str]:
    inside = (document.tokens[at] for at in range(own.first + 1, own.last))
    return {token.text.casefold() for token in inside if token.text[0].isupper() and token.text not in entity.name}
