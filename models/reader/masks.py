"""Masks: names whose bearer must not sway the reader, and what it sees in their place.

Parties and camps, nations, faiths, outlets and people are put out of its sight, so that nothing it says of a sentence
can hang on which of them is named (Wessel & Horych 2024 found detectors of bias that learned just that): two
sentences that differ only in such a name are the same text to it. A mask is a real word of the same shape, another
one for each name of a passage, and every word piece of it counts as one of the name.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from ..document.name_lists import fold, is_common, lists
from ..document.tokens import split

Offsets = NDArray[np.int64]
Choose = Callable[[Sequence[str]], Sequence[str]]  # puts a group's masks into the order in which they are given out

_LEXICONS = Path(__file__).parent.parent / "lexicons"
_ARTICLES = ("the", "The")


@dataclass(frozen=True, slots=True)
class Group:
    """Names that may trade places. `first`: what goes before a person's mask where a first name stood."""

    masks: tuple[str, ...]
    first: str = ""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A name of the lists. "the Washington Post" goes whole; a "Nation" is an outlet only behind an article."""

    words: tuple[str, ...]
    group: str
    key: str
    takes_article: bool
    needs_article: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be masked; the same `key` within a group is the same bearer."""

    start: int
    end: int
    group: str
    key: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its masks on: `places` are (start, end) of each there, and of the name that it stands for here."""

    text: str
    places: tuple[tuple[int, int, int, int], ...] = ()

    def find_back(self, starts: Offsets, ends: Offsets) -> tuple[Offsets, Offsets]:
        """Offsets of word pieces in the text as it was; every piece of a mask covers the whole name."""
        if not self.places:
            return starts, ends
        mask_starts, mask_ends, name_starts, name_ends = np.array(self.places, np.int64).T
        at = np.searchsorted(mask_starts, starts, "right") - 1
        begun = at >= 0
        inside = begun & (starts < mask_ends[at])
        shift = np.where(begun, name_ends[at] - mask_ends[at], 0)
        return (
            np.where(inside, name_starts[at], starts + shift),
            np.where(inside, name_ends[at], ends + shift),
        )


def find_names(document: Document) -> list[Name]:
    """The names to be masked, in text order, none inside another: of two that overlap the longer one stands."""
    found = {(name.start, name.end): name for name in _find_people(document)}
    for name in _find_listed(document):
        # "Lib Dems" may be taken for a person, and Jordan is a country; but a person called Jordan is one.
        if (name.start, name.end) not in found or not _is_persons(document.text[name.start : name.end]):
            found[name.start, name.end] = name
    taken: list[Name] = []
    starts: list[int] = []
    for name in sorted(found.values(), key=lambda n: (n.start - n.end, n.start)):
        at = bisect_right(starts, name.start)
        if (at and taken[at - 1].end > name.start) or (at < len(taken) and taken[at].start < name.end):
            continue
        taken.insert(at, name)
        starts.insert(at, name.start)
    return taken


def put_on(text: str, names: Iterable[Name], at: int = 0, choose: Choose = list) -> Masked:
    """The text, which begins `at` in its document, with masks for these names."""
    table = groups()
    orders: dict[str, Sequence[str]] = {}
    given: dict[str, dict[str, str]] = {}
    pieces, places, done, length = [], [], 0, 0
    for name in names:
        group = table[name.group]
        order = orders.get(name.group) or orders.setdefault(name.group, choose(group.masks))
        bearers = given.setdefault(name.group, {})
        mask = bearers.setdefault(name.key, order[len(bearers) % len(order)])
        start, end = name.start - at, name.end - at
        if group.first and len(text[start:end].split()) > 1:  # across the end of a line, too
            mask = f"{group.first} {mask}"
        pieces += [text[done:start], mask]
        length += start - done
        places.append((length, length + len(mask), start, end))
        length += len(mask)
        done = end
    return Masked("".join([*pieces, text[done:]]), tuple(places)) if places else Masked(text)


@cache
def groups() -> Mapping[str, Group]:
    """Every group by name."""
    return {name: Group(tuple(group["masks"]), group.get("first", "")) for name, group in _read("masks").items()}


def _find_listed(document: Document) -> Iterator[Name]:
    openings = _read_names()
    tokens = document.tokens
    taken = 0
    for at, token in enumerate(tokens):
        if at < taken or token.text not in openings:
            continue
        before = tokens[at - 1] if at and tokens[at - 1].text in _ARTICLES else None
        for listed in openings[token.text]:
            words = tokens[at : at + len(listed.words)]
            fits = tuple(t.text for t in words) == listed.words and words[-1].sentence == token.sentence
            if fits and (before or not listed.needs_article):
                first = before if before and listed.takes_article else token
                yield Name(first.start, words[-1].end, listed.group, listed.key)
                taken = at + len(words)
                break


def _find_people(document: Document) -> Iterator[Name]:
    known = lists()
    for entity in document.entities:
        if entity.kind == "person":
            for mention in entity.mentions:
                words = document.text[mention.start : mention.end].split() if mention.form == "name" else []
                # "America Great Again" was taken for a person: its words must not go out of sight.
                if words and all(_is_persons(word) or not is_common(fold(word), known) for word in words):
                    yield Name(mention.start, mention.end, "person", entity.id)


def _is_persons(word: str) -> bool:
    return fold(word) in lists().first or fold(word) in lists().last


@cache
def _read_names() -> Mapping[str, list[_Listed]]:
    """By first word: the names that begin with it, longest first."""
    openings: dict[str, list[_Listed]] = {}

    def learn(group: str, name: str, key: str, *, takes_article: bool = False) -> None:
        words = tuple(name[a:b] for a, b in split(name, 0, len(name)))
        needed = takes_article and words[0] in _ARTICLES
        words = words[1:] if needed else words
        openings.setdefault(words[0], []).append(_Listed(words, group, key, takes_article, needed))

    for group, table in _read("masks").items():
        for name in table.get("names", ()):
            takes_article = table.get("article", False)
            learn(group, name, name.removeprefix("the ") if takes_article else name, takes_article=takes_article)
    for country, facts in _read("names/countries").items():
        for name in (country, *facts.get("aliases", ())):
            learn("nation", name, country)
        for demonym in facts.get("demonyms", ()):
            learn("national", demonym, country)
    for people in _peoples():
        learn("nationals", people, people)
    for listed in openings.values():
        listed.sort(key=lambda each: -len(each.words))
    return openings


def _peoples() -> Iterator[str]:
    """Peoples of countries in the plural, "Russians"; not those whose plural is their adjective."""
    for facts in _read("names/countries").values():
        for demonym in facts.get("demonyms", ()):
            plural = lists().peoples.get(f"{fold(demonym).removesuffix('man')}s")
            if plural:
                yield plural


def _read(name: str) -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((_LEXICONS / f"{name}.toml").read_text(encoding="utf-8"))
