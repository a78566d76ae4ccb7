"""The headlines side by side: what each takes up, and what the others have and it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..comparison_report.framing import HeadlineOfArticle, LeftOut
from ..report import Headline, Span
from ..stems import stem
from . import claims
from .claims import Reading
from .columns import Column, Word
from .naming import Figure
from .quantities import Quantity, agree
from .settings import SETTINGS


@dataclass(frozen=True, slots=True)
class Head:
    """One article's headline, read; its terms are stems of words, and names behind "="."""

    column: Column
    words: Sequence[Word]
    terms: Mapping[str, Sequence[Word]]  # telling ones
    numbers: Sequence[Quantity]


def compare(
    columns: Sequence[Column], readings: Sequence[Sequence[Reading]], figures: Sequence[Figure]
) -> list[HeadlineOfArticle]:
    """What does each headline take up, which of its words has no other, and what have the others that it has not?"""
    heads = [_read(column, own, figures) for column, own in zip(columns, readings, strict=True)]
    names = {claims.sign(figure): figure.name for figure in figures}
    return [
        _show(head, own, [other for other in heads if other is not head], names)
        for head, own in zip(heads, readings, strict=True)
    ]


def _read(column: Column, readings: Sequence[Reading], figures: Sequence[Figure]) -> Head:
    owners = claims.own(column, figures)
    end = column.report.article.title_end
    words = column.words_in(0, end)
    numbers = [number for reading in readings for number in reading.numbers if number.start < end]
    counted = [(number.start, number.end) for number in numbers]
    terms: dict[str, list[Word]] = {}
    for word in words:
        inside = any(start <= word.start < stop for start, stop in counted)
        if word.start in owners or (claims.tells(word.form) and not inside):
            terms.setdefault(owners.get(word.start) or stem(word.form), []).append(word)
    return Head(column, words, terms, numbers)


def _show(
    head: Head, readings: Sequence[Reading], others: Sequence[Head], names: Mapping[str, str]
) -> HeadlineOfArticle:
    column, end = head.column, head.column.report.article.title_end
    if not end:
        return HeadlineOfArticle(span=None)
    judged = _judged(column)
    known = {term for other in others for term in other.terms}
    return HeadlineOfArticle(
        span=column.span(0, end),
        differing=list(_differing(head, others, known)),
        names=list(dict.fromkeys(names[term] for term in head.terms if term in names)),
        takes_up=[column.span(span.start, span.end) for span in judged.takes_up] if judged else [],
        leaves_out=sorted(_left_out(head, readings, others, names), key=lambda one: -len(one.articles)),
        verdict=judged.verdict if judged else None,
    )


def _judged(column: Column) -> Headline | None:
    framing = column.report.framing
    return framing.order.headline if framing and framing.order else None


def _differing(head: Head, others: Sequence[Head], known: set[str]) -> Iterator[Span]:
    """Neighbouring words that no other headline has, as one span each."""
    own = {word.start: term for term, words in head.terms.items() for word in words}
    odd = [
        n for n in head.numbers if not any(agree(n, m) for other in others for m in other.numbers if m.kind == n.kind)
    ]

    def differs(word: Word) -> bool:
        if word.start in own:
            return own[word.start] not in known
        return any(number.start <= word.start < number.end for number in odd)

    for apart, run in groupby(head.words, key=differs):
        if apart:
            words = list(run)
            yield head.column.span(words[0].start, words[-1].end)


def _left_out(
    head: Head, readings: Sequence[Reading], others: Sequence[Head], names: Mapping[str, str]
) -> Iterator[LeftOut]:
    """Names and numbers of any other headline, and words of several; where this article has them all the same."""
    body = [
        reading
        for reading in readings
        if reading.words and reading.words[0].start >= head.column.report.article.title_end
    ]
    for term in dict.fromkeys(term for other in others for term in other.terms if term not in head.terms):
        having = [other for other in others if term in other.terms]
        if term not in names and len(having) < SETTINGS["headlines"]["least_with_word"]:
            continue
        word = having[0].terms[term][0]
        yield LeftOut(
            text=names.get(term) or having[0].column.text[word.start : word.end],
            kind="name" if term in names else "word",
            articles=[other.column.index for other in having],
            told=_find(head.column, body, term),
        )
    seen: list[Quantity] = list(head.numbers)
    for other in others:
        for number in other.numbers:
            if any(number.kind == one.kind and agree(number, one) for one in seen):
                continue
            seen.append(number)
            having = [one for one in others if any(number.kind == n.kind and agree(number, n) for n in one.numbers)]
            told = next(
                (
                    r.column.span(n.start, n.end)
                    for r in body
                    for n in r.numbers
                    if n.kind == number.kind and agree(n, number)
                ),
                None,
            )
            yield LeftOut(
                text=other.column.text[number.start : number.end],
                kind="number",
                articles=[one.column.index for one in having],
                told=told,
            )


def _find(column: Column, readings: Sequence[Reading], term: str) -> Span | None:
    """Where a text first has a term."""
    for reading in readings:
        for at, word in enumerate(reading.words):
            if reading.term(at) == term:
                return column.span(word.start, word.end)
    return None
