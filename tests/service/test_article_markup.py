"""The article in type: every character once, every mark where it belongs, nothing of a text taken for HTML."""

from __future__ import annotations

from markupsafe import Markup

from models.report import VagueMarker
from service.article_markup import set_block
from service.findings import Note
from service.marks import Mark, split

TEXT = "The <b>tyrant</b> & his guard."


def note(number: int, mark: Mark, spoken: str) -> Note:
    subject = VagueMarker(start=mark.start, end=mark.end, text=TEXT[mark.start : mark.end], kind="adverb")
    return Note("vague", "loaded", 0, subject, spoken, (mark,), number)


def set_text(*marks: Mark, spoken: str = "loaded word") -> str:
    [block] = split(TEXT, marks)
    return str(set_block(block, {mark.note: note(mark.note, mark, spoken) for mark in marks if mark.note}))


def test_text_is_text_and_no_html() -> None:
    assert set_text() == "The &lt;b&gt;tyrant&lt;/b&gt; &amp; his guard."


def test_marked_word_leads_to_its_note_and_says_what_it_is() -> None:
    assert set_text(Mark(7, 13, 1, "line", "term negative outlet", numbered=True), spoken='by "him"') == (
        "The &lt;b&gt;"
        '<u class="term negative outlet" data-n="1">tyrant</u>'
        '<a class="ref term negative outlet loaded" id="m1" href="#n1" data-n="1" '
        'aria-label="by &#34;him&#34;, note 1">1</a>'
        "&lt;/b&gt; &amp; his guard."
    )


def test_marks_nest_and_close_in_reverse() -> None:
    set_ = set_text(Mark(0, 24, 1, "bar", "content"), Mark(7, 13, 2, "line", "term"), Mark(7, 13, 3, "point", "down"))
    assert '<span class="content" data-n="1">The &lt;b&gt;<u class="term" data-n="2">' in set_
    assert '<span class="point" data-n="3">tyrant</span></u><span class="tone down" aria-hidden="true">▾</span>' in set_


def test_place_that_a_link_points_to_is_an_anchor() -> None:
    assert '<u class="here" id="here">tyrant</u>' in set_text(Mark(7, 13, 0, "line", "here"))


def test_every_character_is_there_once() -> None:
    marks = [Mark(start, start + 9, 0, "line", "boilerplate") for start in range(0, 20, 3)]
    assert Markup(set_text(*marks)).striptags() == TEXT
