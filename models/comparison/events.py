"""Do two articles tell one event? By deeds, words, places, dates and numbers, not only by whom they name."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from ..classifiers import background
from ..comparison_report.events import Event, PairSimilarity, Version
from .claims import Reading
from .columns import Column
from .quantities import Quantity
from .settings import EVENTS, SETTINGS

Bag = dict[str, float]

PATH = Path(__file__).parent.parent / "classifiers" / "events.json"
FEATURES = (
    "text",
    "words",
    "lead",
    "headline",
    "deeds",
    "told",
    "runs",
    "names",
    "others",
    "places",
    "times",
    "numbers",
    "late",
    "undated",
    "size",
    "text_size",
    "words_size",
    "lead_size",
    "headline_size",
    "deeds_size",
    "told_size",
    "names_size",
)

_LEAD = 3  # sentences below the headline
_TOP = 8  # sentences in which another headline's matter would stand
_RUN = 4  # words in a row, two of them telling
_MAIN = 2  # people whom a story is about; those beside them differ from event to event
_NEAR = 2  # telling words further on that a deed may join: "signed … agreement"
_MOST_DAYS, _USUAL_DAYS = 30, 2
_LEAST_SIZE, _USUAL_SIZE = 20, 5.0  # words; the logarithm of about 150
_SIZED = ("text", "words", "lead", "headline", "deeds", "told", "names")  # what tells more in longer texts
_RETOLD = 0.6  # of what the shorter text tells: it is the other's, told again
_ALIKE = 0.3  # of what the shorter text tells
_SHOWN = 3  # words, numbers or names given as a reason
_TELLING_NUMBER = 13  # smaller ones stand everywhere


class Decision(BaseModel):
    """The learnt weights by feature."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    card: dict[str, Any]
    weights: dict[str, float]
    intercept: float


@cache
def load() -> Decision:
    """The committed decision, read once a process."""
    decision = Decision.model_validate_json(PATH.read_text(encoding="utf-8"))
    if tuple(decision.weights) != FEATURES:
        raise ValueError(f"{PATH.name} was learnt for other features; run research.training.events again")
    return decision


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
        written |= {_sign(number): column.text[number.start : number.end] for number in reading.numbers}
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


def measure(one: Outline, other: Outline) -> dict[str, float]:
    """How near are two articles, feature by feature? Square roots of cosines, shares and agreements (-1..1).

    `late` is log(1 + the days between them beyond two), the less the more one tells of the other: a copy may be old;
    `…_size` is how much more a feature tells in longer texts,
    where the same names are less likely to be all that two events share.
    """
    days = 0 if one.day is None or other.day is None else abs(one.day - other.day)
    size = math.log(max(_LEAST_SIZE, min(one.size, other.size))) - _USUAL_SIZE
    told = _told(one, other)
    found = {
        "text": math.sqrt(cosine(one.text, other.text)),
        "words": math.sqrt(cosine(one.words, other.words)),
        "lead": math.sqrt(cosine(one.lead, other.lead)),
        "headline": _headlines(one, other),
        "deeds": math.sqrt(cosine(one.deeds, other.deeds)),
        "told": told,
        "runs": math.log1p(len(one.runs & other.runs)),
        "names": math.sqrt(cosine(one.names, other.names)),
        "others": math.sqrt(cosine(one.others, other.others)),
        "places": _agree(bool(one.places & other.places), bool(one.places and other.places)),
        "times": _times(one.times, other.times),
        "numbers": math.log1p(len(_shared(one.numbers, other.numbers))),
        "late": math.log1p(min(_MOST_DAYS, max(0, days - _USUAL_DAYS))) * (1 - told),
        "undated": float(one.day is None or other.day is None),
        "size": size,
    }
    return found | {f"{name}_size": found[name] * size for name in _SIZED}


def judge(one: Outline, other: Outline, decision: Decision | None = None) -> float:
    """How likely do two articles tell one event (0..1)? By the committed decision, or another one.

    Of articles whose dates are apart it is never called sure, unless one mostly tells what the other does.
    """
    decision = decision or load()
    found = measure(one, other)
    logit = decision.intercept + sum(decision.weights[name] * value for name, value in found.items())
    apart = found["late"] > 0 and found["told"] < _RETOLD
    return min(1 / (1 + math.exp(-logit)), SETTINGS["events"]["most_if_apart"] if apart else 1.0)


def compare(outlines: Sequence[Outline], pairs: Sequence[PairSimilarity], versions: list[Version]) -> Event:
    """Do all of them tell one event? As likely as the two that have least to do with each other."""
    least = min(pairs, key=lambda pair: pair.same)
    return Event(
        same=least.same,
        verdict=verdict(least.same),
        why=explain(outlines[least.a], outlines[least.b]),
        versions=versions,
    )


def may_be_one(same: float) -> bool:
    """Is it worth while to look for contradictions?"""
    return same >= float(SETTINGS["events"]["surely_two"])


def verdict(same: float) -> Literal["same", "probably_same", "probably_different", "different"]:
    """The probability in words."""
    choice = SETTINGS["events"]
    if same >= choice["same"]:
        return "same" if same >= choice["sure"] else "probably_same"
    return "different" if same < choice["surely_two"] else "probably_different"


def explain(one: Outline, other: Outline) -> list[str]:
    """What speaks for one event, or for two, the side that wins first?"""
    found, texts = measure(one, other), EVENTS["why"]
    together = judge(one, other) >= SETTINGS["events"]["same"]
    said: list[tuple[bool, str]] = []

    def say(name: str, alike: bool, **facts: object) -> None:
        said.append((alike, texts[name][not alike].format(**facts)))

    deeds, words = _heaviest(one.deeds, other.deeds), _heaviest(one.lead, other.lead)
    say("told", found["told"] >= _ALIKE, percent=round(100 * found["told"]))
    if together or not deeds:  # a pair of words in common is no reason for two events
        say("deeds", bool(deeds), deeds=_list(_quote(one, deed) for deed in deeds))
    if (len(words) > 1) == together:
        say("lead", together, words=_list(_quote(one, word) for word in words))
    if found["places"]:
        both = one.places & other.places
        say("places", bool(both), places=_name(both), one=_name(one.places), other=_name(other.places))
    if found["times"]:
        mine, theirs = ({outline.written[_sign(time)] for time in outline.times} for outline in (one, other))
        if mine & theirs or found["times"] < 0:
            say("times", found["times"] > 0, times=_list(mine & theirs), one=_list(mine), other=_list(theirs))
    if shared := _shared(one.numbers, other.numbers):
        say("numbers", True, numbers=_list(one.written[_sign(number)] for number in shared))
    if one.day is not None and other.day is not None:
        days = abs(one.day - other.day)
        say("late", days <= _USUAL_DAYS, days=max(_USUAL_DAYS, days))
    names = _heaviest(one.names, other.names)
    if names and not together:
        say("names", False, names=_name(names))
    return [text for _, text in sorted(said, key=lambda row: row[0] != together)]


def _quote(outline: Outline, stems: str) -> str:
    return f"“{' … '.join(outline.written.get(stem, stem) for stem in stems.split())}”"


def _name(names: Iterable[str]) -> str:
    return _list(name.title() for name in names)


def _sign(number: Quantity) -> str:
    return f"{number.kind} {number.measure} {number.low:g}"


def _heaviest(one: Mapping[str, float], other: Mapping[str, float]) -> list[str]:
    shared = {term: weight * other[term] for term, weight in one.items() if term in other}
    return heapq.nlargest(_SHOWN, shared, key=lambda term: (shared[term], term))


def _list(words: Iterable[str]) -> str:
    found = sorted(words)[:_SHOWN]
    return " and ".join((", ".join(found[:-1]), found[-1])) if len(found) > 1 else "".join(found)


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two bags of length 1 (0..1)."""
    return min(1.0, sum(weight * other[term] for term, weight in one.items() if term in other))


def _told(one: Outline, other: Outline) -> float:
    """The share of the shorter article's sentences that have their like in the other."""
    short, long = sorted((one.sentences, other.sentences), key=len)
    best = []
    for bag in short:
        own = sum(bag.values())
        if own:
            shares = (sum(w for term, w in bag.items() if term in there) / own for there in long)
            best.append(max(shares, default=0.0))
    return sum(best) / len(best) if best else 0.0


def _headlines(one: Outline, other: Outline) -> float:
    """The share of what each headline says that stands first in the other text: the mean of both."""
    shares = [
        sum(weight for stem, weight in mine.headline.items() if stem in theirs.top) / sum(mine.headline.values())
        for mine, theirs in ((one, other), (other, one))
        if mine.headline
    ]
    return sum(shares) / len(shares) if shares else 0.0


def _agree(alike: bool, known: bool) -> float:
    return (1.0 if alike else -1.0) if known else 0.0


def _times(one: Sequence[Quantity], other: Sequence[Quantity]) -> float:
    kinds = {time.kind for time in one} & {time.kind for time in other}
    alike = any(a.kind == b.kind and a.low == b.low for a in one for b in other)
    return _agree(alike, bool(kinds))


def _shared(one: Sequence[Quantity], other: Sequence[Quantity]) -> list[Quantity]:
    """Which telling numbers do both give?"""
    theirs = {_sign(number) for number in other}
    return [
        number
        for sign, number in {_sign(number): number for number in one}.items()
        if sign in theirs and (number.low >= _TELLING_NUMBER or number.measure or number.kind != "count")
    ]


def _weigh(counts: Mapping[str, int], idf: Mapping[str, float]) -> Bag:
    weights = {term: (1 + math.log(count)) * idf[term] for term, count in counts.items() if count}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _day(published: str | None) -> int | None:
    try:
        return datetime.fromisoformat(published or "").date().toordinal()
    except ValueError:
        return None
