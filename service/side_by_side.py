"""The texts beside each other, with their marks: each a column of paragraphs, passages that tell one fact numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from models.comparison_report import Comparison
from models.report import Report, Span
from service.marks import Block, Mark, Segment, split
from service.texts import say


@dataclass(frozen=True, slots=True)
class Pane:
    """One article's text, set in type."""

    column: int
    headline: Markup | None
    paragraphs: list[Markup]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A passage of one article, its number, and the column in which its number leads on."""

    number: int
    span: Span
    then: int


def name_place(column: int, span: Span) -> str:
    """The anchor of some words in the texts side by side."""
    return f"t{column}-{span.start}-{span.end}"


def set_panes(
    comparison: Comparison, reports: Sequence[Report], names: Sequence[str], linked: Sequence[tuple[int, Span]]
) -> list[Pane]:
    """Every article's text with its loaded words, devices and numbered passages; `linked` words can be led to."""
    aligned = _align(comparison)
    panes = []
    for column, report in enumerate(reports):
        own = aligned[column]
        marks = [Mark(one.span.start, one.span.end, at, "bar") for at, one in own.items()]
        marks += _find_marks(report)
        marks += [
            Mark(span.start, span.end, 0, "point", name_place(column, span)) for at, span in linked if at == column
        ]
        blocks = split(report.article.text, dict.fromkeys(marks))
        headed = bool(blocks) and blocks[0].start < report.article.title_end
        set_ = [_set_block(block, column, own, names) for block in blocks]
        panes.append(Pane(column, set_[0] if headed else None, set_[1:] if headed else set_))
    return panes


def _align(comparison: Comparison) -> list[dict[int, Aligned]]:
    """The passages that each article shares, by number: those told twice, and those that contradict each other."""
    rows: list[dict[int, Span]] = [
        {at: cell.span for at, cell in enumerate(passage.by_article) if cell}
        for passage in comparison.passages
        if passage.only_in is None
    ]
    rows += [{at: cell.span for at, cell in enumerate(row.by_article) if cell} for row in comparison.contradictions]
    taken: list[set[int]] = [set() for _ in comparison.articles]
    found: list[dict[int, Aligned]] = [{} for _ in comparison.articles]
    number = 0
    for row in sorted(rows, key=lambda row: min((at, span.start) for at, span in row.items())):
        free = {at: span for at, span in row.items() if span.start not in taken[at]}
        if len(free) < 2:
            continue
        number += 1
        columns = sorted(free)
        for at, span in free.items():
            taken[at].add(span.start)
            found[at][number] = Aligned(number, span, columns[(columns.index(at) + 1) % len(columns)])
    return found


def _find_marks(report: Report) -> Iterator[Mark]:
    """What is drawn in the text: loaded words and devices that are shown."""
    for term in report.vocabulary.terms:
        if term.shown:
            style = {"scare_quotes": "scare", "doubt": "hedge"}.get(term.category, term.tone)
            yield Mark(term.start, term.end, 0, "line", f"term {style} {term.voice}")
    for device in report.framing.devices if report.framing else ():
        if device.shown:
            yield Mark(device.start, device.end, 0, "line", f"device {device.voice}")


def _set_block(block: Block, column: int, aligned: Mapping[int, Aligned], names: Sequence[str]) -> Markup:
    set_: list[str] = []
    for run in block.runs:
        for bar in run.bars:
            place = f' id="t{column}-p{bar.note}"' if run.segments[0].start == bar.start else ""
            set_.append(f'<span class="passage" data-p="{bar.note}"{place}>')
        set_ += [_set_segment(piece) for piece in run.segments]
        for bar in run.bars:
            last = run.segments[-1].end >= bar.end
            set_.append(f"{_set_twin(aligned[bar.note], names) if last else ''}</span>")
    return Markup("".join(set_))  # noqa: S704 - what is text was escaped


def _set_segment(piece: Segment) -> str:
    opened, closed = [], []
    for mark in piece.marks:
        if mark.shape == "point" and mark in piece.opening:
            opened.append(f'<span class="place" id="{mark.style}">')
            closed.append("</span>")
        elif mark.shape == "line":
            opened.append(f'<u class="{mark.style}">')
            closed.append("</u>")
    return "".join([*opened, escape(piece.text), *reversed(closed)])


def _set_twin(one: Aligned, names: Sequence[str]) -> str:
    """The number behind a passage: it leads to the same passage in the next text that has it."""
    told = escape(say("compared.twin", number=one.number, outlet=names[one.then]))
    return f'<a class="twin" href="#t{one.then}-p{one.number}" aria-label="{told}">{one.number}</a>'
