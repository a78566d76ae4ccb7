"""What tells an article's event from others: its words, deeds, names, places, numbers and dates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..classifiers import background
from .claims import Reading
from .columns import Column
from .quantities import Quantity

Bag = dict[str, float]

_LEAD = 3  # sentences below the headline
_TOP = 8  # sentences in which another headline's matter would stand
_RUN = 4  # words in a row, two of them telling
_MAIN = 2  # people whom a story is about; those beside them differ from event to event
_NEAR = 2  # telling words further on that a deed may join: "signed … agreement"


@dataclass(frozen=True, slots=True)
class Outline:
    """What tells an article's event from others."""

    text: Bag  # all words
    words: Bag  # without names
    lead: Bag
    headline: Bag  # with names; of a text without one its first sentence
    top: frozenset[str]  # words and names of what stands first below it: headlines alone may be a column's standing one
    deeds: Bag  # pairs of neighbouring telling words
    runs: frozenset[str]  # words in a row
    sentences: tuple[Bag, ...]
    names: Bag
    others: Bag  # who is named beside the main people
    places: frozenset[str]  # named at its head
    numbers: tuple[Quantity, ...]
    times: tuple[Quantity, ...]  # weekdays and dates at its head
    day: int | None
    size: int
    written: Mapping[str, str]  # a stem, or a number, as the article has it


def outline(column: Column, readings: Sequence[Reading]) -> Outline:
    """What does an article tell, and where and when?"""
    known = background.load()
    head = [reading for reading in readings if reading.sentence <= _LEAD]
    below = [reading for reading in readings if column.sentences[reading.sentence].part != "headline"]
    words: Counter[str] = Counter()
    lead: Counter[str] = Counter()
    deeds: Counter[str] = Counter()
    idf: dict[str, float] = {}
    written: dict[str, str] = {}
    sentences = []
    capitals = _find_capitals(column, readings)
    for reading in readings:
        plain = [
            at
            for at in sorted(reading.telling)
            if reading.words[at].start not in reading.owners and reading.words[at].form not in capitals
        ]
        stems = [reading.stems[at] for at in plain]
        written |= {sign(number): column.text[number.start : number.end] for number in reading.numbers}
        for at, stem in zip(plain, stems, strict=True):
            written.setdefault(stem, reading.words[at].form)
            idf[stem] = min(known.idf(reading.words[at].form), idf.get(stem, 99.0))
        words.update(stems)
        if reading in head:
            lead.update(stems)
        for step in range(1, _NEAR + 1):
            deeds.update(" ".join(sorted(pair)) for pair in zip(stems, stems[step:], strict=False))
        sentences.append({stem: idf[stem] for stem in set(stems)})
    forms = Counter(word.form for word in column.words)
    headed = {
        reading.stems[at]: known.idf(reading.words[at].form) for reading in readings[:1] for at in reading.telling
    }
    people = sorted((e for e in column.report.entities if e.kind == "person"), key=lambda one: -len(one.mentions))
    main = {person.name.casefold().split()[-1] for person in people[:_MAIN]}
    named: Counter[str] = Counter()
    places: set[str] = set()
    head_end = max((reading.words[-1].end for reading in head if reading.words), default=0)
    for entity in column.report.entities:
        name = entity.name.casefold().split()[-1]
        if entity.kind == "place" and any(mention.start < head_end for mention in entity.mentions):
            places.add(name)
        named[name] += len(entity.mentions)
    return Outline(
        text=_weigh(forms, {form: known.idf(form) for form in forms}),
        words=_weigh(words, idf),
        lead=_weigh(lead, idf),
        headline=headed,
        top=frozenset(stem for reading in below[:_TOP] for stem in reading.stems),
        deeds=_weigh(deeds, {deed: sum(idf[stem] for stem in deed.split()) for deed in deeds}),
        runs=_find_runs(readings),
        sentences=tuple(sentences),
        others=_weigh({name: n for name, n in named.items() if name not in main}, {n: known.idf(n) for n in named}),
        names=_weigh(named, {name: known.idf(name) for name in named}),
        places=frozenset(places),
        numbers=tuple(n for reading in readings for n in reading.numbers if n.kind in ("count", "score", "age")),
        times=tuple(n for reading in head for n in reading.numbers if n.kind in ("weekday", "date", "clock")),
        day=_day(column.report.article.published),
        size=sum(len(reading.words) for reading in readings),
        written=written,
    )


def _find_runs(readings: Sequence[Reading]) -> frozenset[str]:
    """Words in a row that a text hardly has by chance."""
    return frozenset(
        " ".join(word.form for word in reading.words[at : at + _RUN])
        for reading in readings
        for at in range(len(reading.words) - _RUN + 1)
        if len(reading.telling.intersection(range(at, at + _RUN))) > 1
    )


def _find_capitals(column: Column, readings: Sequence[Reading]) -> set[str]:
    """Words that are always capitals below the headline, inside a sentence too: names, whether anybody knows them."""
    big: set[str] = set()
    small: set[str] = set()
    for reading in readings:
        if column.sentences[reading.sentence].part != "headline":
            for word in reading.words[1:]:
                (big if column.text[word.start].isupper() else small).add(word.form)
    return big - small


def sign(number: Quantity) -> str:
    """One number, date or time, so that two that say the same are told to be it."""
    return f"{number.kind} {number.measure} {number.low:g}"


def _weigh(counts: Mapping[str, int], idf: Mapping[str, float]) -> Bag:
    weights = {term: (1 + math.log(count)) * idf[term] for term, count in counts.items() if count}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _day(published: str | None) -> int | None:
    try:
        return datetime.fromisoformat(published or "").date().toordinal()
    except ValueError:
        return None
