"""Splitting a text at every mark loses nothing and hides nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from service.marks import Block, Mark, Segment, Shape, split

TEXTS = st.text(alphabet="ab \n“é😀\u0301\t", max_size=60)
SHAPES: list[Shape] = ["line", "bar", "gutter", "point"]


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    marks = []
    for note in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, max(0, len(text) - 1)))
        end = draw(st.integers(start, len(text)))
        marks.append(Mark(start, end, note, draw(st.sampled_from(SHAPES)), numbered=draw(st.booleans())))
    return text, marks


def segments(blocks: list[Block]) -> list[Segment]:
    return [segment for block in blocks for run in block.runs for segment in run.segments]


@settings(deadline=None)  # the machine may be busy
@given(marked_texts())
def test_joined_segments_are_the_text(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    blocks = split(text, marks)
    at = 0
    for block in blocks:
        assert not text[at : block.start].strip()
        joined = "".join(segment.text for run in block.runs for segment in run.segments)
        assert joined == text[block.start : block.end]
        at = block.end
    assert not text[at:].strip()


@settings(deadline=None)  # the machine may be busy
@given(marked_texts())
def test_every_segment_lies_under_exactly_its_marks(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    for segment in segments(split(text, marks)):
        covering = {mark for mark in marks if mark.start <= segment.start and segment.end <= mark.end}
        touching = {mark for mark in marks if max(mark.start, segment.start) < min(mark.end, segment.end)}
        assert set(segment.marks) == covering == touching


@settings(deadline=None)  # the machine may be busy
@given(marked_texts())
def test_every_mark_over_words_opens_once_and_closes_once(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    pieces = segments(split(text, marks))
    opened = [mark for piece in pieces for mark in piece.opening]
    closed = [mark for piece in pieces for mark in piece.closing]
    assert len(opened) == len(set(opened))
    assert set(opened) == set(closed)
    for mark in marks:
        if text[mark.start : mark.end].strip():
            assert mark in opened


def test_overlapping_marks_make_three_pieces() -> None:
    left, right = Mark(0, 6, 1, "line"), Mark(3, 9, 2, "line")
    pieces = segments(split("abcdefghi", [left, right]))
    assert [(piece.text, piece.marks) for piece in pieces] == [
        ("abc", (left,)),
        ("def", (left, right)),
        ("ghi", (right,)),
    ]


def test_a_bar_over_two_paragraphs_stands_beside_both() -> None:
    bar = Mark(2, 8, 1, "bar")
    first, second = split("ab cd\n\nef gh", [bar])
    assert [run.bars for run in first.runs] == [(), (bar,)]
    assert [run.bars for run in second.runs] == [(bar,), ()]


def test_marks_outside_the_text_are_left_out() -> None:
    assert segments(split("abc", [Mark(1, 9, 1, "line"), Mark(2, 2, 2, "line")]))[0].marks == ()
