"""Voices: whose words stand where? Quotation marks say it, and so does the way a text is set."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .. import quotations
from ..quotations import Quoted
from . import colons, dashes, posts, turns
from .layout import NAME, Layout, Place, fold, words

_HEADLINE = re.compile(rf"(?P<name>{NAME}):\s+(?=\w)")
_LONG_WORD = re.compile(r"\w{4,}")
_BORNE_OUT = 0.6  # share of a headline's longer words that one quotation of the body must hold
_SURE = 3  # longer words of a headline that tell a statement under whatever label
_BEFORE = 3  # characters that may stand before what begins a paragraph: "> ", "“"


@dataclass(frozen=True, slots=True)
class Voices:
    """What is somebody else's, and what looks as if it were."""

    quoted: list[Quoted]
    own: list[Place]  # labels of the outlet's own turns: Q:
    unbalanced: list[int]  # quotation marks that never close


def find(text: str, paragraphs: Sequence[Place], title_end: int, own: tuple[str, ...] = ()) -> Voices:
    """Whose words stand where? `own`: names of the outlet and of who wrote it. Linear in the length of the text."""
    marks, unbalanced = quotations.find(text, paragraphs)
    outer = [one for one in quotations.nest(marks) if one.depth == 0 and one.closed]
    starts = [start for start, _ in paragraphs]
    layout = Layout(
        text,
        paragraphs,
        bisect_right(starts, title_end - 1) if title_end else 0,
        own,
        {
            at: one.chain
            for one in outer
            if (one.start, one.end) == paragraphs[at := bisect_right(starts, one.start) - 1]
        },
        {one.end: one.start for one in outer},
        {one.start: one.end for one in outer},
    )
    laid: list[Quoted] = []
    taken: set[int] = set()
    labels: list[Place] = []

    for turn in turns.find(layout):
        if turn.own:
            labels.append(turn.label)
        taken.update(bisect_right(starts, start) - 1 for start, _ in turn.parts)
        if not turn.own:
            marks = [one for one in marks if not 0 < turn.label[0] - one.start <= _BEFORE]  # "LEE: We are ready.
            laid += _lay(turn.parts, -len(laid) - 1, Quoted(0, 0, 0, 0, True, "turn", turn.name, turn.label))
    for extract in posts.find(layout, frozenset(taken)):
        taken.update(extract.numbers)
        laid += _lay(extract.parts, -len(laid) - 1, Quoted(0, 0, 0, 0, True, extract.form, extract.signer))
    for at, parts, signer in dashes.find(layout, frozenset(taken)):
        taken.add(at)
        laid += _lay(parts, -len(laid) - 1, Quoted(0, 0, 0, 0, True, "marks", signer))
    for parts, lead, numbers in colons.find(layout, frozenset(taken)):
        taken.update(numbers)
        laid += _lay(parts, -len(laid) - 1, Quoted(0, 0, 0, 0, True, "block", None, None, lead))
    laid += _headline(layout, outer)
    nested = quotations.nest([*marks, *laid])
    return Voices(list(_lead_in(layout, starts, nested)), labels, unbalanced)


def _headline(layout: Layout, quoted: Sequence[Quoted]) -> list[Quoted]:
    """Hale: I will not pay for rotten bridge. Somebody's words where a quotation in the body bears them out."""
    for start, end in layout.paragraphs[: layout.first]:
        match = _HEADLINE.match(layout.text, start, end)
        if match is None or fold(match["name"]) in words("never"):
            continue
        said = _long_words(layout.text[match.end() : end])
        if len(said) < _SURE and not layout.names_somebody(match["name"]):
            continue
        held = max(
            (len(said & _long_words(layout.text[one.start : one.end])) for one in quoted if one.start > end), default=0
        )
        if said and held >= _BORNE_OUT * len(said):
            name = match.span("name")
            return [Quoted(match.end(), end, 0, 0, True, "turn", name, (start, match.end()))]
    return []


def _long_words(text: str) -> set[str]:
    return {word.casefold() for word in _LONG_WORD.findall(text)}


def _lay(parts: Sequence[Place], chain: int, like: Quoted) -> list[Quoted]:
    return [replace(like, start=start, end=end, chain=chain) for start, end in parts if start < end]


def _lead_in(layout: Layout, starts: Sequence[int], quoted: Sequence[Quoted]) -> Iterator[Quoted]:
    """A quotation that begins its paragraph, below a line that ends with a colon, is led in by that line."""
    lead = -1  # number of the paragraph above the block quote that we are in
    block = -1  # the last paragraph of it that we have seen
    for one in quoted:
        at = bisect_right(starts, one.start) - 1
        told = one.depth or one.signer or one.lead or one.label
        if told or one.start - starts[at] > _BEFORE or at <= layout.first:
            yield one
            continue
        if not (layout[at].startswith(">") and block == at - 1 and layout[block].startswith(">")):
            lead = at - 1
        block = at
        yield replace(one, lead=layout.paragraphs[lead]) if layout[lead].endswith(":") else one
