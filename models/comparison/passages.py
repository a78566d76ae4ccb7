"""The same fact, told twice; and the passages that only one article has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, groupby

import numpy as np

from ..analyzers.attribution.items import NOBODY
from ..classifiers.background import load
from ..comparison_report.events import PairSimilarity, Passage, PassageInArticle
from ..comparison_report.sources import ComparedSource
from ..report import Span
from . import opposition, quantities, vectors
from .claims import Reading
from .columns import Column, Word, share, voice_of
from .naming import Figure, titles
from .settings import SETTINGS

_BYLINE = re.compile(r"(?:By|Written by|Reporting by|Text:|Story by) [^.!?:;]{3,80}")


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence that can be matched."""

    column: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of different articles that tell one fact; `similarity` of the weakest match that joins them."""

    units: dict[int, int]  # article: sentence
    similarity: float


@dataclass(frozen=True, slots=True)
class Telling:
    """The sentences of all articles, and how much they have of each other."""

    units: list[Unit]
    scores: vectors.Matrix  # units by units
    held: vectors.Matrix  # units by articles: how much of its words a few sentences of that article hold


def compare(
    columns: Sequence[Column],
    readings: Sequence[Sequence[Reading]],
    figures: Sequence[Figure],
    sources: Sequence[ComparedSource],
    pairs: Sequence[PairSimilarity],
) -> list[Passage]:
    """Which sentences tell the same fact, in which other words, and which stand in one article only?

    Two articles that tell two events share no fact but what they have nearly word for word.
    """
    telling = tell(columns, figures, readings)
    strangers = {(pair.a, pair.b) for pair in pairs if not pair.same_event}
    least, copied = SETTINGS["passages"]["same"], SETTINGS["passages"]["same_of_two_events"]
    found = [
        match
        for match in matches(telling.units, telling.scores, least)
        if match[0] >= copied or (telling.units[match[1]].column, telling.units[match[2]].column) not in strangers
    ]
    groups = join(telling.units, found)
    kept = sorted(groups, key=lambda group: (-len(group.units), -group.similarity))[: SETTINGS["passages"]["shared"]]
    kept.sort(key=lambda group: sorted(group.units.items()))
    read = {(reading.column.index, reading.sentence): reading for own in readings for reading in own}
    shown = [
        _show(columns, group, [read[place] for place in group.units.items() if place in read], figures)
        for group in kept
    ]
    return shown + list(_only(columns, figures, sources, telling, groups))


def tell(columns: Sequence[Column], figures: Sequence[Figure], readings: Sequence[Sequence[Reading]]) -> Telling:
    """How alike is every pair of sentences (0..1): their words, and whom they name?

    What a few sentences hold is counted twice, by words and by what they are forms of, and the larger share taken:
    "not found in the others" must not be said of what they tell in other forms.
    """
    units = units_of(columns)
    bags = [vectors.terms(column, figures) for column in columns]
    chosen = [bags[unit.column][unit.sentence] for unit in units]
    weights = vectors.weigh(chosen)
    near: int = SETTINGS["only_here"]["near"]
    held = np.maximum(vectors.held(chosen, bags, weights, near), _held_in_other_forms(units, readings, near))
    return Telling(units, vectors.sentences(chosen, weights), held)


def _held_in_other_forms(units: Sequence[Unit], readings: Sequence[Sequence[Reading]], near: int) -> vectors.Matrix:
    bags = {(reading.column.index, reading.sentence): reading.bag for own in readings for reading in own}
    weights: dict[vectors.Term, float] = {}
    for bag in bags.values():
        for term, weight in bag.items():
            weights[term] = max(weight, weights.get(term, 0.0))
    texts = [[list(bags[reading.column.index, reading.sentence]) for reading in own] for own in readings]
    return vectors.held([list(bags[unit.column, unit.sentence]) for unit in units], texts, weights, near)


def units_of(columns: Sequence[Column]) -> list[Unit]:
    """The sentences below the headline that are long enough to tell a fact; of very long texts the first ones."""
    most = share(columns)
    return [
        Unit(column.index, at)
        for column in columns
        for at, sentence in enumerate(column.sentences[:most])
        if sentence.part != "headline" and len(column.words_of(at)) >= SETTINGS["passages"]["least_words"]
    ]


def matches(units: Sequence[Unit], scores: vectors.Matrix, least: float) -> list[tuple[float, int, int]]:
    """Mutual best matches of every two articles, at `least` similarity or more, best first."""
    columns = np.array([unit.column for unit in units])
    found: list[tuple[float, int, int]] = []
    for a, b in combinations(sorted(set(columns.tolist())), 2):
        in_a, in_b = np.flatnonzero(columns == a), np.flatnonzero(columns == b)
        block = scores[np.ix_(in_a, in_b)]
        best = block.argmax(axis=1)
        for row, column in enumerate(best):
            value = float(block[row, column])
            if value >= least and block[:, column].argmax() == row:
                found.append((value, int(in_a[row]), int(in_b[column])))
    return sorted(found, key=lambda match: (-match[0], match[1], match[2]))


def join(units: Sequence[Unit], found: Sequence[tuple[float, int, int]]) -> list[Group]:
    """Join matches into groups with one sentence an article at most, the best matches first."""
    home: dict[int, dict[int, int]] = {}
    weakest: dict[int, float] = {}
    for value, a, b in found:
        group_a, group_b = home.get(a, {units[a].column: a}), home.get(b, {units[b].column: b})
        if group_a is group_b or group_a.keys() & group_b.keys():
            continue
        joined = group_a | group_b
        home |= dict.fromkeys(joined.values(), joined)
        weakest[id(joined)] = value
    groups = {id(group): group for group in home.values()}
    return [
        Group({column: units[at].sentence for column, at in group.items()}, weakest[name])
        for name, group in groups.items()
    ]


def _show(columns: Sequence[Column], group: Group, readings: Sequence[Reading], figures: Sequence[Figure]) -> Passage:
    words = {at: columns[at].words_of(sentence) for at, sentence in group.units.items()}
    numbers = {reading.column.index: reading.numbers for reading in readings}
    forms = {at: _compared(own, numbers.get(at, ())) for at, own in words.items()}
    shown: list[PassageInArticle | None] = []
    for column in columns:
        here = column.index
        if here in words:
            known = {form for at, others in forms.items() if at != here for form in others}
            differing = list(_runs(column, words[here], forms[here], known))
            shown.append(_side(column, group.units[here], differing))
        else:
            shown.append(None)
    opposed = opposition.name_kinds(readings, figures)
    ratios = [SequenceMatcher(None, a, b, autojunk=False).ratio() for a, b in combinations(forms.values(), 2)]
    telling = {tuple(form for form in own if form and _tells(form)) for own in forms.values()}
    return Passage(
        similarity=round(group.similarity, 4),
        identical=min(ratios) >= SETTINGS["passages"]["identical"] and len(telling) == 1 and not opposed,
        opposed=opposed,
        only_in=None,
        by_article=shown,
        names=[],
        sources=[],
    )


def _compared(words: Sequence[Word], numbers: Iterable[quantities.Quantity]) -> list[str]:
    """The words as they are compared: numbers by their value, however they are written."""
    canonical = quantities.canonical(numbers)
    return [canonical.get(at, word.form) for at, word in enumerate(words)]


def _runs(column: Column, words: Sequence[Word], forms: Sequence[str], known: set[str]) -> Iterator[Span]:
    """Neighbouring words that no counterpart has, as one span each; words of mere grammar begin and end none."""
    for shared, run in groupby(range(len(words)), key=lambda at: not forms[at] or forms[at] in known):
        telling = [] if shared else [words[at] for at in run if _tells(forms[at])]
        if telling:
            yield column.span(telling[0].start, telling[-1].end)


def _tells(form: str) -> bool:
    """Is this word more than grammar or a form of address? "not" always is."""
    if form.startswith("#") or form in SETTINGS["passages"]["always_telling"]:
        return True
    plain = form.rstrip(".")
    return plain not in titles() and load().idf(plain) > SETTINGS["distinctive"]["least_idf"]


def _side(column: Column, sentence: int, differing: list[Span]) -> PassageInArticle:
    place = column.sentences[sentence]
    return PassageInArticle(
        span=column.span(place.start, place.end), voice=voice_of(column.words_of(sentence)), differing=differing
    )


def _only(
    columns: Sequence[Column],
    figures: Sequence[Figure],
    sources: Sequence[ComparedSource],
    telling: Telling,
    groups: Sequence[Group],
) -> Iterator[Passage]:
    """The few passages of each article that tell most of what the others leave out, in the order of the text."""
    matched = {Unit(column, sentence) for group in groups for column, sentence in group.units.items()}
    for column in columns:
        here = column.index
        alone = {at for at, figure in enumerate(figures) if figure.articles == (here,)}
        named = vectors.named(column, figures)
        heard = [source for source in sources if source.heard_in == 1 and source.by_article[here].spans]
        ranked: list[tuple[float, int, list[str], list[str]]] = []
        for at, unit in enumerate(telling.units):
            if unit.column != here or unit in matched or _told_elsewhere(telling, at) or _is_byline(column, unit):
                continue
            new = [figures[figure] for figure in named[unit.sentence] & alone]
            place = column.sentences[unit.sentence]
            voices = [
                source
                for source in heard
                if source.name != NOBODY
                and any(span.start < place.end and place.start < span.end for span in source.by_article[here].spans)
            ]
            weight = sum(SETTINGS["only_here"][figure.kind] for figure in new)
            weight += sum(SETTINGS["only_here"][source.source_type] for source in voices)
            spoken = [source.name for source in voices]
            ranked.append((weight + _news(column, unit), unit.sentence, sorted(f.name for f in new), spoken))
        ranked.sort(key=lambda row: (-row[0], row[1]))
        for _, sentence, names, spoken in sorted(ranked[: SETTINGS["only_here"]["shown"]], key=lambda row: row[1]):
            yield Passage(
                similarity=None,
                identical=False,
                only_in=here,
                by_article=[_side(column, sentence, []) if other is column else None for other in columns],
                names=names,
                sources=spoken,
            )


def _is_byline(column: Column, unit: Unit) -> bool:
    """Does a line only say who wrote it?"""
    place = column.sentences[unit.sentence]
    return bool(_BYLINE.fullmatch(column.text[place.start : place.end]))


def _told_elsewhere(telling: Telling, at: int) -> bool:
    """Does another article have a sentence like this one, or most of its words within a few sentences?"""
    here, choice = telling.units[at].column, SETTINGS["only_here"]
    like = np.array([other.column != here for other in telling.units])
    if like.any() and telling.scores[at, like].max() >= choice["alike"]:
        return True
    return bool(np.delete(telling.held[at], here).max() >= choice["held"])


def _news(column: Column, unit: Unit) -> float:
    """How telling are the words of a sentence: their mean idf over the largest there is, 0..1."""
    known = load()
    words = column.words_of(unit.sentence)
    return sum(known.idf(word.form) for word in words) / len(words) / known.idf("")
