"""What would a report mark in this draft? File, line and column of every finding, as editors and CI want them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..report import Report
from .drafts import Draft, Pardon
from .house import House, Word

VAGUE = "vague_source"
UNUSED = "house.unused"
UNREASONED = "house.unreasoned"
_NOBODY = "The claim is given to nobody in particular."


class _Told(NamedTuple):
    """What is said of a stretch of a draft."""

    start: int
    end: int
    rule: str
    category: str
    message: str
    alternatives: tuple[str, ...] = ()
    strength: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a file with what is to be said of them. Lines and columns count from 1, columns in code points."""

    start: int
    """First code point in the file's text."""
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    rule: str
    """Id of the lexicon entry or of the house's word."""
    category: str
    message: str
    alternatives: tuple[str, ...] = ()
    strength: float | None = None
    """How sure, 0..1; None where the house says it."""


def lint(draft: Draft, house: House, report: Report | None = None) -> list[Finding]:
    """Every finding that the house list and the draft's own comments leave, in the order of the text.

    Where the house has a word of its own, it alone is heard. `report`: of this very text, where there is one already.
    Raises pydantic's ValidationError for a text that is none.
    """
    told = list(_of_house(draft, house))
    if report is None and (article := draft.article()) is not None:
        from .. import pipeline  # only now: it loads the analysis, and --help need not wait for that

        report = pipeline.analyze(article)
    if report is not None:
        found = _of_report(report, draft, house)
        told += [one for one in found if not any(own.start <= one.start and one.end <= own.end for own in told)]
    used = set[Pardon]()
    left = []
    for one in told:
        words = draft.text[one.start : one.end]
        pardons = [pardon for pardon in draft.pardons if pardon.covers(one.start, words, one.rule, one.category)]
        used.update(pardons)
        if not pardons and not house.allows(words, one.rule, one.category):
            left.append(one)
    left += [_of_pardon(pardon, pardon in used) for pardon in draft.pardons if not (pardon.reason and pardon in used)]
    return [_place(draft, one) for one in sorted(left, key=lambda one: (one.start, one.end))]


def _of_report(report: Report, draft: Draft, house: House) -> Iterator[_Told]:
    for term in report.vocabulary.shown:
        if (term.voice == "outlet" or house.quoted) and term.strength >= house.least_strength:
            start, end = draft.locate(term.start), draft.locate(term.end)
            yield _Told(start, end, term.rule, term.category, term.note, tuple(term.alternatives), term.strength)
    for device in report.framing.devices if report.framing else ():
        if device.shown and device.kind != VAGUE and (device.voice == "outlet" or house.quoted):
            start, end = draft.locate(device.start), draft.locate(device.end)
            yield _Told(start, end, device.rule, device.kind, device.note, strength=device.strength)
    for marker in report.attribution.vague:
        if marker.kind == VAGUE:
            yield _Told(draft.locate(marker.start), draft.locate(marker.end), VAGUE, VAGUE, _NOBODY)


def _of_house(draft: Draft, house: House) -> Iterator[_Told]:
    for word in house.words:
        for found in word.pattern.finditer(draft.plain):
            yield _Told(found.start(), found.end(), word.rule, "house", word.note, tuple(word.alternatives))


def _of_pardon(pardon: Pardon, is_used: bool) -> _Told:
    """A comment that lets pass what is not there, or says no reason, is a finding itself."""
    if is_used:
        return _Told(pardon.start, pardon.end, UNREASONED, "house", "Say why: parallax: allow … because …")
    return _Told(pardon.start, pardon.end, UNUSED, "house", "Nothing here needs this comment any more; delete it.")


def _place(draft: Draft, one: _Told) -> Finding:
    line, column = draft.position(one.start)
    end_line, end_column = draft.position(one.end)
    text = draft.text[one.start : one.end]
    return Finding(line=line, column=column, end_line=end_line, end_column=end_column, text=text, **one._asdict())


__all__ = ["Draft", "Finding", "House", "Word", "lint"]
