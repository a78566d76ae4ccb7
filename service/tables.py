"""What the comparison's tables need beyond the comparison: column names, rows and folds, drawings of intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from models.comparison_report import Comparison
from models.comparison_report.entities import ComparedEntity, EntityInArticle
from models.comparison_report.events import Passage
from models.comparison_report.framing import ActTelling, CastShare, ComparedStance, DeviceUse
from models.comparison_report.rates import RateInterval
from models.comparison_report.sources import ComparedSource
from models.comparison_report.wording import LoadedWording
from models.report import Category, DeviceKind, Span, Voice
from service.figures import FEWEST_WORDS
from service.texts import say

FACELESS = ("unnamed", "vague")
_FORMS = 2  # ways of writing a name that a cell shows
_SIDES = 6  # rows and columns of the matrix of stances
_CLAUSE = 110  # characters of a deed's clause


@dataclass(frozen=True, slots=True)
class RateRow:
    """One rate across the articles. `apart`: pairs of columns whose difference is more than chance."""

    voice: Voice
    kind: str | None
    cells: tuple[RateInterval | None, ...]
    apart: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ToneRow:
    """The tone toward one entity. `apart`: pairs of columns and the voice in which they differ beyond chance."""

    entity: ComparedEntity
    apart: tuple[tuple[int, int, Voice], ...]
    comparable: bool


def name_columns(comparison: Comparison) -> list[str]:
    """What heads each column; comparisons of schema 1 know no names yet."""
    return [article.name or article.outlet or article.title or "Untitled" for article in comparison.articles]


def unnamed(comparison: Comparison, names: Sequence[str]) -> list[str]:
    """Columns that are called by something else than their outlet."""
    return [name for name, article in zip(names, comparison.articles, strict=True) if not article.outlet]


def named(comparison: Comparison, *, alike: bool) -> list[ComparedEntity]:
    """Those whom the articles call by the same name and nothing else (`alike`), or all the others."""
    return [entity for entity in comparison.entities if _alike(entity) == alike]


def _alike(entity: ComparedEntity) -> bool:
    naming = [cell for cell in entity.by_article if cell.mentions]
    forms = {cell.names[0].casefold() for cell in naming if cell.names}
    return len(forms) < 2 and not any(cell.labels for cell in naming)


def forms(cell: EntityInArticle) -> list[tuple[str, int, Span]]:
    """How an article writes a name, most often first: the form, how often, and where first."""
    places = {name: [span for span in cell.spans if span.text == name] for name in cell.names[:_FORMS]}
    return [(name, len(spans), spans[0]) for name, spans in places.items() if spans]


def heard(comparison: Comparison, *, by_all: bool) -> list[ComparedSource]:
    """Sources with a face that all the articles hear, or that some of them leave out."""
    everybody = len(comparison.articles)
    return [s for s in comparison.sources if s.source_type not in FACELESS and (s.heard_in == everybody) == by_all]


def faceless(comparison: Comparison) -> list[ComparedSource]:
    """Sources that nobody could name."""
    return [source for source in comparison.sources if source.source_type in FACELESS]


def tones(comparison: Comparison) -> list[ToneRow]:
    """The tone toward everybody shared: differences beyond chance first, those with too few mentions last."""
    rows = [
        ToneRow(
            entity,
            tuple((d.a, d.b, d.voice) for d in entity.tone_differences if d.distinguishable),
            bool(entity.tone_differences),
        )
        for entity in comparison.entities
    ]
    return sorted(rows, key=lambda row: (not row.apart, not row.comparable))


def rates(comparison: Comparison) -> Iterator[RateRow]:
    """All loaded words by voice, then each category in the outlets' own voice; no rate on a few words of a voice."""
    vocabulary = comparison.vocabulary
    categories = list(vocabulary.by_article[0].by_category) if vocabulary.by_article else []
    wanted: list[tuple[Voice, Category | None]] = [("outlet", None), ("quoted", None)]
    wanted += [("outlet", category) for category in categories]
    for voice, category in wanted:
        found = [
            article.by_category[category][voice] if category else article.total[voice]
            for article in vocabulary.by_article
        ]
        if category and not any(cell.count for cell in found):
            continue
        cells = tuple(
            cell if article.words[voice] >= FEWEST_WORDS else None
            for cell, article in zip(found, vocabulary.by_article, strict=True)
        )
        apart = tuple(
            (pair.a, pair.b)
            for pair in vocabulary.differences
            if pair.distinguishable and (pair.voice, pair.category) == (voice, category)
        )
        yield RateRow(voice, category, cells, apart)


def wordings(comparison: Comparison, column: int, row: RateRow) -> list[LoadedWording]:
    """The words behind a rate, under their category; those in quotation marks under "All, quoted"."""
    if row.kind is None and row.voice == "outlet":
        return []
    return [
        wording
        for wording in comparison.vocabulary.by_article[column].wordings
        if wording.voice == row.voice and row.kind in (None, wording.category)
    ]


def device_rates(comparison: Comparison) -> list[RateRow]:
    """All devices in the outlets' own voice, then each kind; those that differ beyond chance first."""
    devices = comparison.devices
    if devices is None:
        return []
    kinds = [kind for article in devices.by_article if article for kind in article.by_kind]
    wanted: list[DeviceKind | None] = [None, *dict.fromkeys(kinds)]
    rows = []
    for kind in wanted:
        cells = tuple(
            None if article is None else article.by_kind[kind]["outlet"] if kind else article.total["outlet"]
            for article in devices.by_article
        )
        apart = tuple(
            (one.a, one.b)
            for one in devices.differences
            if one.distinguishable and (one.voice, one.kind) == ("outlet", kind)
        )
        if any(cell and cell.count for cell in cells):
            rows.append(RateRow("outlet", kind, cells, apart))
    return sorted(rows, key=lambda row: (row.kind is not None, not row.apart))


def device_uses(comparison: Comparison, column: int, row: RateRow) -> list[DeviceUse]:
    """The devices behind a rate, under their kind."""
    article = comparison.devices.by_article[column] if comparison.devices else None
    return [use for use in article.uses if use.kind == row.kind and use.voice == row.voice] if article else []


@dataclass(frozen=True, slots=True)
class StanceMatrix:
    """Who is for or against whom, at a glance: a row a holder, a column a target."""

    targets: list[str]
    rows: list[tuple[str, list[ComparedStance | None]]]


def stance_matrix(comparison: Comparison) -> StanceMatrix:
    """Those who hold and meet most stances, and what the articles tell of each two; null where none tells any."""
    told = {(one.holder, one.target): one for one in comparison.stances}
    holders, targets = ([name for name, _ in Counter(names).most_common(_SIDES)] for names in zip(*told, strict=True))
    rows = [(holder, [told.get((holder, target)) for target in targets]) for holder in holders]
    return StanceMatrix(targets, [(holder, cells) for holder, cells in rows if any(cells)])


def top(row: RateRow) -> float:
    """The highest value of a row's drawings, so that its cells share one scale."""
    return max([1.0, *(cell.high or cell.per_1000 or 0.0 for cell in row.cells if cell)])


def cast_rows(comparison: Comparison, part: Literal["roles", "sides"]) -> dict[str, list[CastShare | None]]:
    """Who is heard in which part: what the articles give to each role, or side, most words first."""
    told = comparison.cast.by_article if comparison.cast else []
    found: dict[str, list[CastShare | None]] = {}
    for at, article in enumerate(told):
        for name, share in getattr(article, part).items() if article else ():
            found.setdefault(name, [None] * len(told))[at] = share
    return dict(sorted(found.items(), key=lambda one: -sum(cell.share for cell in one[1] if cell)))


def cast_bar(comparison: Comparison, column: int) -> list[tuple[str, float, float]]:
    """One article's stacked bar: each role with where it begins and how wide it is, in per cent; one order for all."""
    pieces, at = [], 0.0
    for role, cells in cast_rows(comparison, "roles").items():
        cell = cells[column]
        if cell and cell.share:
            pieces.append((role, round(at, 2), round(100 * cell.share, 2)))
            at += 100 * cell.share
    return pieces


def apart_in_role(comparison: Comparison, role: str) -> list[tuple[int, int]]:
    """Which articles differ in a role beyond chance?"""
    told = comparison.cast.differences if comparison.cast else []
    return [(one.a, one.b) for one in told if one.role == role and one.distinguishable]


def cut(whole: Span, words: Sequence[Span]) -> list[tuple[str, bool]]:
    """A passage in pieces, each with whether it is one of these words."""
    pieces, at, text = [], 0, whole.text
    for word in sorted(words, key=lambda span: span.start):
        start, end = word.start - whole.start, word.end - whole.start
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def shared(comparison: Comparison, *, identical: bool) -> list[Passage]:
    """Facts that more than one article tells: in other words, or word for word."""
    return [p for p in comparison.passages if p.only_in is None and p.identical == identical and not p.opposed]


def opposed(comparison: Comparison) -> list[Passage]:
    """Passages that are alike in words and opposed in what they say, those aside that stand among contradictions."""
    told = {
        (at, cell.span.start)
        for row in comparison.contradictions
        for at, cell in enumerate(row.by_article)
        if cell is not None
    }
    return [
        passage
        for passage in comparison.passages
        if passage.opposed
        and not any((at, cell.span.start) in told for at, cell in enumerate(passage.by_article) if cell is not None)
    ]


def event_line(comparison: Comparison, names: Sequence[str]) -> str:
    """Do they tell one event, in a sentence?"""
    if comparison.event is None:
        return ""
    apart = [(pair.a, pair.b) for pair in comparison.pairs if not pair.same_event]
    likely = min(99, max(1, round(100 * comparison.event.same)))  # nothing is sure
    if apart and len(apart) < len(comparison.pairs):
        pairs = "; ".join(f"{names[a]} and {names[b]}" for a, b in apart)
        return say("event.not_all", pairs=pairs, likely=likely)
    return say(f"event.{comparison.event.verdict}", likely=likely)


def alone(comparison: Comparison, column: int) -> list[tuple[Span, Passage]]:
    """Passages that only this article has."""
    found = []
    for passage in comparison.passages:
        mine = passage.by_article[column]
        if passage.only_in == column and mine is not None:
            found.append((mine.span, passage))
    return found


def frame_words(telling: ActTelling) -> str:
    """The words of a deed around its verb, where the clause is long."""
    text, verb = telling.span.text, telling.verb
    if len(text) <= _CLAUSE:
        return text
    at = verb.start - telling.span.start
    first = text.rfind(" ", 0, max(0, at - _CLAUSE // 2)) + 1 if at > _CLAUSE // 2 else 0
    last = text.find(" ", min(len(text), at + len(verb.text) + _CLAUSE // 2))
    cut = text[first : last if last > 0 else len(text)]
    return f"{'… ' if first else ''}{cut}{' …' if last > 0 else ''}"
