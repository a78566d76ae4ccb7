"""What did an edit change? Which findings of a text went, which came, which stayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.report import AttributionItem, Device, Report, Term
from service import findings
from service.findings import Note

Signature = tuple[str, str, str]
_BEGINS = 4  # words by which a sentence is known that was edited further on


@dataclass(frozen=True, slots=True)
class Changes:
    """Findings that are drawn by default: of the text before those that went, of the text now those that came."""

    went: tuple[Note, ...]
    came: tuple[Note, ...]
    stayed: int


def compare(before: Report, now: Report) -> Changes:
    """Set the findings of two texts side by side; one stays where the same is found of the same words, wherever."""
    old, new = [list(_sign(report)) for report in (before, now)]
    left, right = [Counter(signature for _, signature in signed) for signed in (old, new)]
    return Changes(_rest(old, left - right), _rest(new, right - left), (left & right).total())


def _sign(report: Report) -> Iterator[tuple[Note, Signature]]:
    """What makes a finding the same one in another text: what is said, of which words; of a statement who says it by
    which verb, of a sentence how it begins. People are no finding of one place."""
    for note in findings.find(report).notes:
        if not note.sure or note.kind == "entity":
            continue
        lines = [mark for mark in note.marks if mark.shape == "line"] or note.marks
        words = " … ".join(report.article.text[mark.start : mark.end] for mark in lines)
        yield (
            note,
            (note.kind, _find_kind(note), " ".join(words.split()[:_BEGINS]) if note.kind == "sentence" else words),
        )


def _find_kind(note: Note) -> str:
    match note.subject:
        case Term() as term:
            return f"{term.category} {term.voice}"
        case Device() as device:
            return device.kind
        case AttributionItem() as item:
            return item.kind
    return ""


def _rest(signed: Sequence[tuple[Note, Signature]], left: Counter[Signature]) -> tuple[Note, ...]:
    """The last ones of each kind that are over: the first are taken for those that stayed."""
    found = []
    for note, signature in reversed(signed):
        if left[signature] > 0:
            left[signature] -= 1
            found.append(note)
    return tuple(reversed(found))
