"""The same words of a source in several articles, and the verbs that introduce them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..comparison_report.sources import QuotationInArticle, SharedQuotation
from ..report import AttributionItem, Span
from .columns import Column, Word
from .naming import Figure, Key, is_pronoun, key
from .settings import SETTINGS

_SHINGLE = 3  # words in a row that two quotations must share before they are looked at


@dataclass(frozen=True, slots=True)
class Quote:
    """What one item of an article quotes."""

    column: int
    item: AttributionItem
    span: Span  # the piece of its content that holds them
    words: tuple[Word, ...]  # those between quotation marks
    speaker: Figure | None  # who says it, as far as that is known
    named: Key | None  # how the article calls the speaker; None for "he"
    led: bool  # most of the content is quoted, so that the verb is the quotation's own
    forms: tuple[str, ...]  # those words as they are compared


Group = dict[int, Quote]  # article: its quotation of the same words


def compare(columns: Sequence[Column], groups: Sequence[Group]) -> list[SharedQuotation]:
    """Which quotations stand in more than one article, and does each introduce them alike?"""
    return [_show(columns, group) for group in groups]


def find(columns: Sequence[Column], figures: Sequence[Figure]) -> list[Group]:
    """Which quotations of different articles are the same words? In the order of the articles."""
    quotes = [quote for column in columns for quote in _quotes(column, figures)]
    groups: list[Group] = []
    home: dict[int, Group] = {}
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
    return groups


def _quotes(column: Column, figures: Sequence[Figure]) -> list[Quote]:
    owners = {entity.id: figure for figure in figures for entity in figure.members[column.index]}
    found = []
    for item in column.report.attribution.items:
        if item.kind == "indirect":
            continue
        named = key(item.source.text) if item.source and not is_pronoun(item.source.text) else None
        speaker = owners.get(item.speaker or "")
        for piece in (item.content, *item.content_parts):
            words = column.words_in(piece.start, piece.end)
            quoted = tuple(word for word in words if word.quoted)
            if len(quoted) >= SETTINGS["quotations"]["whole_words"]:
                led = 2 * len(quoted) > len(words)
                forms = tuple(word.form for word in quoted)
                found.append(Quote(column.index, item, piece, quoted, speaker, named, led, forms))
    return found[: SETTINGS["quotations"]["most"]]


def _matches(quotes: Sequence[Quote]) -> list[tuple[int, int, int]]:
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
        run = _run(quotes[a], quotes[b])[1]
        shorter = min(len(quotes[a].forms), len(quotes[b].forms))
        if run >= min(shorter, SETTINGS["quotations"]["least_words"]):
            found.append((run, a, b))
    return found


def _run(one: Quote, other: Quote) -> tuple[int, int]:
    """The longest run of words that both have: where it begins in the first, and how many words it has."""
    match = SequenceMatcher(None, one.forms, other.forms, autojunk=False).find_longest_match()
    return match.a, match.size


def _show(columns: Sequence[Column], group: Group) -> SharedQuotation:
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
    (first, quote), *others = sorted(group.items())
    start, size = max((_run(quote, other) for _, other in others), key=lambda run: run[1])
    return SharedQuotation(
        text=columns[first].text[quote.words[start].start : quote.words[start + size - 1].end],
        by_article=shown,
        stances_differ=_stances_differ(group.values()),
    )


def _stances_differ(quotes: Iterable[Quote]) -> bool:
    """Verbs of different stance for one speaker's words: with two speakers, or a verb that leads more, who knows?"""
    cues = [quote.item.cue for quote in quotes if quote.led and quote.item.cue]
    speakers = {id(quote.speaker) if quote.speaker else quote.named for quote in quotes} - {None}
    return len({cue.stance for cue in cues} - {"unclassified"}) > 1 and len(speakers) <= 1
