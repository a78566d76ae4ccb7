"""The article set in type. Every character is a character of the text, each mark stands where it belongs.

The only page part that is no template: a long article has thousands of pieces, and here they cost a sixth (profiled).
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from service.findings import Note
from service.marks import Block, Mark, Segment, name_place

_SIGNS = {"up": "▴", "down": "▾"}


def set_block(block: Block, notes: Mapping[int, Note]) -> Markup:
    """A headline or a paragraph with its marks, as HTML in one line. `notes` by the number that marks give."""
    set_ = []
    for run in block.runs:
        set_ += [f'<span class="{bar.style}" data-n="{bar.note}">' for bar in run.bars]
        for piece in run.segments:
            set_.append(_set_segment(piece, notes) if piece.marks else escape(piece.text))
        set_ += ["</span>"] * len(run.bars)
    return Markup("".join(set_))  # noqa: S704 - what is text was escaped


def _set_segment(piece: Segment, notes: Mapping[int, Note]) -> str:
    drawn = [mark for mark in piece.marks if mark.shape != "bar"]
    set_ = [_set_number(mark, notes) for mark in piece.opening if mark.shape == "gutter"]
    set_ += [_open(mark, piece) for mark in drawn]
    set_.append(escape(piece.text))
    set_ += [f"</{_tag(mark)}>" for mark in reversed(drawn)]
    for mark in piece.closing:
        if mark.shape == "point" and mark.style:
            set_.append(f'<span class="tone {mark.style}" aria-hidden="true">{_SIGNS[mark.style]}</span>')
    set_ += [_set_number(mark, notes) for mark in piece.closing if mark.numbered and mark.shape != "gutter"]
    return "".join(set_)


def _open(mark: Mark, piece: Segment) -> str:
    style = mark.style if mark.shape == "line" else mark.shape
    number = f' data-n="{mark.note}"' if mark.note else ""
    if mark.style == "place":
        name = name_place(mark)
        number = f' data-s="{name}"' + (f' id="{name}"' if mark in piece.opening else "")
    here = ' id="here"' if not mark.note and mark.style == "here" and mark in piece.opening else ""
    return f'<{_tag(mark)} class="{style}"{number}{here}>'


def _tag(mark: Mark) -> str:
    return "u" if mark.shape == "line" else "span"


def _set_number(mark: Mark, notes: Mapping[int, Note]) -> str:
    """The note's number, which leads to it; a screen reader says what it is about."""
    note, number = notes[mark.note], mark.note
    gutter = " gutter" if mark.shape == "gutter" else ""
    return (
        f'<a class="ref {mark.style} {note.layer}{gutter}" id="m{number}" href="#n{number}" data-n="{number}" '
        f'aria-label="{escape(note.spoken)}, note {number}">{number}</a>'
    )
