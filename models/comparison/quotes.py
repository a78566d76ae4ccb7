"""The same words of a source in several articles, and the verbs that introduce them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from models.comparison.columns import Column
from models.comparison.settings import SETTINGS
from models.comparison_report import QuotationInArticle, SharedQuotation
from models.report import AttributionItem, Span

_SHINGLE = 3  # words in a row that two quotations must share before they are looked at


@dataclass(frozen=True, slots=True)
class _Quote:
    column: int
    item: AttributionItem
    span: Span  # the piece of its content that holds them
    forms: tuple[str, ...]  # the words between quotation marks


def compare(columns: Sequence[Column]) -> list[SharedQuotation]:
    """Which quotations stand in more than one article, and does each introduce them alike?"""
    quotes = [quote for column in columns for quote in _quotes(column)]
    groups: list[dict[int, _Quote]] = []
    home: dict[int, dict[int, _Quote]] = {}
    for _, a, b in sorted(_matches(quotes), key=lambda match: (-match[0], match[1], match[2])):
        group_a, group_b = home.get(a, {quotes[a].column: quotes[a]}), home.get(b, {quotes[b].column: quotes[b]})
        if group_a is group_b or group_a.keys() & group_b.keys():
            continue
        joined = group_a | group_b
        groups = [group for group in groups if group is not group_a and group is not group_b]
        groups.append(joined)
        members = {id(quote) for quote in joined.values()}
        home |= {at: joined for at, quote in enumerate(quotes) if id(quote) in members}
    groups.sort(key=lambda group: [(at, quote.span.start) for at, quote in sorted(group.items())])
    return [_show(columns, group) for group in groups]


def _quotes(column: Column) -> list[_Quote]:
    found = []
    for item in column.report.attribution.items:
        if item.kind == "indirect":
            continue
        for piece in (item.content, *item.content_parts):
            words = [word for word in column.words_in(piece.start, piece.end) if word.quoted]
            if len(words) >= SETTINGS["quotations"]["whole_words"]:
                found.append(_Quote(column.index, item, piece, tuple(word.form for word in words)))
    return found


def _matches(quotes: Sequence[_Quote]) -> list[tuple[int, int, int]]:
    """(words shared in a row, quote, quote) for every pair of different articles that carry the same words."""
    shingles: dict[tuple[str, ...], set[int]] = {}
    for at, quote in enumerate(quotes):
        for first in range(len(quote.forms) - _SHINGLE + 1):
            shingles.setdefault(quote.forms[first : first + _SHINGLE], set()).add(at)
    pairs = {
        (a, b) for sharing in shingles.values() for a in sharing for b in sharing
        if a < b and quotes[a].column != quotes[b].column
    }  # fmt: skip
    found = []
    for a, b in sorted(pairs):
        run = SequenceMatcher(None, quotes[a].forms, quotes[b].forms, autojunk=False).find_longest_match().size
        shorter = min(len(quotes[a].forms), len(quotes[b].forms))
        if run >= min(shorter, SETTINGS["quotations"]["least_words"]):
            found.append((run, a, b))
    return found


def _show(columns: Sequence[Column], group: dict[int, _Quote]) -> SharedQuotation:
    shown: list[QuotationInArticle | None] = []
    for column in columns:
        quote = group.get(column.index)
        if quote is None:
            shown.append(None)
            continue
        cue, source = quote.item.cue, quote.item.source
        shown.append(
            QuotationInArticle(
                span=quote.span,
                source=source,
                cue=column.span(cue.start, cue.end) if cue else None,
                lemma=cue.lemma if cue else None,
                stance=cue.stance if cue else None,
            )
        )
    stances = {entry.stance for entry in shown if entry and entry.stance not in (None, "unclassified")}
    return SharedQuotation(by_article=shown, stances_differ=len(stances) > 1)
