"""What the comparison's tables need beyond the comparison: column names, differing words, drawings of intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from models.comparison_report import ComparedVocabulary, Comparison, Passage, PassageInArticle, RateInterval
from models.report import Category, Span, Voice


@dataclass(frozen=True, slots=True)
class RateRow:
    """One rate across the articles. `apart`: pairs of columns whose difference is more than chance."""

    voice: Voice
    category: Category | None
    cells: tuple[RateInterval, ...]
    apart: tuple[tuple[int, int], ...]


def name_columns(comparison: Comparison) -> list[str]:
    """What heads each column: the outlet, numbered where two articles are of the same one."""
    names = [article.outlet or article.title or "Untitled" for article in comparison.articles]
    often = Counter(names)
    return [f"{name} ({at})" if often[name] > 1 else name for at, name in enumerate(names, 1)]


def rates(vocabulary: ComparedVocabulary) -> Iterator[RateRow]:
    """All loaded words by voice, then each category in the outlets' own voice."""
    categories = list(vocabulary.by_article[0].by_category) if vocabulary.by_article else []
    wanted: list[tuple[Voice, Category | None]] = [("outlet", None), ("quoted", None)]
    wanted += [("outlet", category) for category in categories]
    for voice, category in wanted:
        cells = tuple(
            article.by_category[category][voice] if category else article.total[voice]
            for article in vocabulary.by_article
        )
        if category and not any(cell.count for cell in cells):
            continue
        apart = tuple(
            (pair.a, pair.b)
            for pair in vocabulary.differences
            if pair.distinguishable and (pair.voice, pair.category) == (voice, category)
        )
        yield RateRow(voice, category, cells, apart)


def top(row: RateRow) -> float:
    """The highest value of a row's drawings, so that its cells share one scale."""
    return max([1.0, *(cell.high or cell.per_1000 or 0.0 for cell in row.cells)])


def cut(passage: PassageInArticle) -> list[tuple[str, bool]]:
    """The passage in pieces, each with whether its words stand in none of the counterparts."""
    pieces, at, text = [], 0, passage.span.text
    for word in sorted(passage.differing, key=lambda span: span.start):
        start, end = word.start - passage.span.start, word.end - passage.span.start
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def shared(comparison: Comparison) -> list[Passage]:
    """Facts that more than one article tells."""
    return [passage for passage in comparison.passages if passage.only_in is None]


def alone(comparison: Comparison, column: int) -> list[tuple[Span, Passage]]:
    """Passages that only this article has."""
    found = []
    for passage in comparison.passages:
        mine = passage.by_article[column]
        if passage.only_in == column and mine is not None:
            found.append((mine.span, passage))
    return found
