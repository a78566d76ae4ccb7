"""One article at two times: what its outlet changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from ..comparison_report.events import AlteredPassage, Version
from ..report import Span
from .columns import Column
from .settings import SETTINGS


class Changes(NamedTuple):
    """Sentences of two versions of one text that are not the same."""

    altered: list[AlteredPassage]
    dropped: list[Span]
    added: list[Span]


def find(columns: Sequence[Column]) -> list[Version]:
    """Which of these are one outlet's article at two times, which came first, and what was changed, added, left out?"""
    return [
        _compare(columns[a], columns[b])
        for a, b in combinations(range(len(columns)), 2)
        if are_versions(columns[a], columns[b])
    ]


def are_versions(one: Column, other: Column) -> bool:
    """Is it the same outlet, and mostly the same text, but not the same report or text?"""
    outlets = [(column.report.article.outlet or "").casefold().strip() for column in (one, other)]
    same = one.report.id == other.report.id or one.report.article.sha256 == other.report.article.sha256
    if same or not outlets[0] or outlets[0] != outlets[1]:
        return False
    return kept(one, other) >= float(SETTINGS["versions"]["kept"])


def kept(one: Column, other: Column) -> float:
    """The share (0..1) of the shorter text's words that stand in the other in the same order."""
    short, long = sorted(([word.form for word in column.words] for column in (one, other)), key=len)
    blocks = SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    runs = sum(block.size for block in blocks if block.size >= SETTINGS["versions"]["run"])
    return runs / len(short) if short else 0.0


def _compare(one: Column, other: Column) -> Version:
    published = (one.report.article.published, other.report.article.published)
    first = None
    if published[0] and published[1] and published[0] != published[1]:
        first = one.index if published[0] < published[1] else other.index
    earlier, later = (other, one) if first == other.index else (one, other)
    changes = differ(earlier, later)
    return Version(
        a=one.index,
        b=other.index,
        earlier=first,
        kept=round(kept(one, other), 4),
        altered=changes.altered,
        dropped=changes.dropped,
        added=changes.added,
    )


def differ(earlier: Column, later: Column) -> Changes:
    """What was changed in wording from one version to the next, sentence by sentence? Headlines are sentences too."""
    before, after = _sentences(earlier), _sentences(later)
    changes = Changes([], [], [])
    for tag, a, b, c, d in SequenceMatcher(
        None, [forms for _, forms in before], [forms for _, forms in after], autojunk=False
    ).get_opcodes():
        if tag != "equal":
            _sort_out(earlier, later, before[a:b], after[c:d], *changes)
    return changes


def _sentences(column: Column) -> list[tuple[int, tuple[str, ...]]]:
    return [(at, tuple(word.form for word in column.words_of(at))) for at in range(len(column.sentences))]


def _sort_out(
    earlier: Column,
    later: Column,
    before: list[tuple[int, tuple[str, ...]]],
    after: list[tuple[int, tuple[str, ...]]],
    altered: list[AlteredPassage],
    gone: list[Span],
    new: list[Span],
) -> None:
    """Of two stretches that differ: which sentences are one that was altered, and which are gone or new?"""
    left = list(after)
    for at, forms in before:
        ratios = [SequenceMatcher(None, forms, others, autojunk=False).ratio() for _, others in left]
        best = max(range(len(left)), key=ratios.__getitem__, default=None)
        if best is None or ratios[best] < SETTINGS["versions"]["altered"]:
            gone.append(_span(earlier, at))
            continue
        new += [_span(later, place) for place, _ in left[:best]]
        place, others = left[best]
        del left[: best + 1]
        pieces = SequenceMatcher(None, forms, others, autojunk=False).get_opcodes()
        altered.append(
            AlteredPassage(
                before=_span(earlier, at),
                after=_span(later, place),
                removed=[_run(earlier, at, a, b) for tag, a, b, _, _ in pieces if tag != "equal" and b > a],
                inserted=[_run(later, place, c, d) for tag, _, _, c, d in pieces if tag != "equal" and d > c],
            )
        )
    new += [_span(later, place) for place, _ in left]


def _span(column: Column, sentence: int) -> Span:
    found = column.sentences[sentence]
    return column.span(found.start, found.end)


def _run(column: Column, sentence: int, first: int, last: int) -> Span:
    words = column.words_of(sentence)
    return column.span(words[first].start, words[last - 1].end)
