"""Every finding gets one number and its mark."""

from __future__ import annotations

import pytest

from models.report import NoReply, Report
from service import findings, marks, sections


def test_numbers_follow_the_text(report: Report) -> None:
    notes = findings.find(report).notes
    assert [note.number for note in notes] == list(range(1, len(notes) + 1))
    assert [note.at for note in notes] == sorted(note.at for note in notes)


def test_every_term_statement_marker_person_and_biased_sentence_has_a_note(report: Report) -> None:
    found = findings.find(report)
    assert len(found.numbers("term")) == len(report.vocabulary.terms)
    assert len(found.numbers("attribution")) == len(report.attribution.items)
    assert len(found.numbers("vague")) == len(report.attribution.vague)
    assert set(found.numbers("entity")) == {"e1", "e2", "e3"}
    biased = [at for at, sentence in enumerate(report.sentences) if (sentence.bias or 0) >= 0.5]
    assert list(found.numbers("sentence")) == biased


def test_every_note_has_one_numbered_mark_that_shows(report: Report) -> None:
    found = findings.find(report)
    blocks = marks.split(report.article.text, found.marks)
    closing = [
        m for block in blocks for run in block.runs for piece in run.segments for m in piece.closing if m.numbered
    ]
    assert sorted(mark.note for mark in closing) == [note.number for note in found.notes]


def test_a_term_in_quotation_marks_is_hollow(report: Report) -> None:
    quoted = [mark for mark in findings.find(report).marks if "term" in mark.style and "quoted" in mark.style]
    assert len(quoted) == 3


def test_what_is_less_sure_is_drawn_apart_and_counted_nowhere(framed: Report) -> None:
    found = findings.find(framed)
    unsure = [note for note in found.notes if not note.sure]
    assert [note.name for note in unsure] == ["term-10", "device-3"]
    assert all("unsure" in mark.style for note in unsure for mark in note.marks)
    assert found.unsure == 2
    assert (found.count("loaded"), found.count("devices")) == (10, 3)


def test_a_sentence_that_is_only_possibly_biased_is_less_sure(report: Report) -> None:
    headline = report.sentences[0].model_copy(update={"bias": 0.6})
    found = findings.find(report.model_copy(update={"sentences": [headline, *report.sentences[1:]]}))
    assert [note.sure for note in found.notes if note.kind == "sentence"] == [False, True]


def test_a_turn_of_speech_has_one_line_at_the_margin(report: Report) -> None:
    """Tal speaks twice in a row in one paragraph, Corvin in another."""
    statements = [note for note in findings.find(report).notes if note.kind == "attribution"]
    assert [note.folded for note in statements] == [False, True, False, True, False]


@pytest.mark.parametrize(
    ("strength", "word"), [(1.0, "sure"), (0.9, "sure"), (0.89, "likely"), (0.7, "likely"), (0.69, "possible")]
)
def test_one_scale(strength: float, word: str) -> None:
    assert findings.grade(strength) == word


def test_who_is_spoken_about_and_never_heard(report: Report) -> None:
    assert [entity.name for entity in sections.silent(report)] == ["Northern Union"]


def test_who_was_asked_and_gave_no_answer_is_told_apart(report: Report) -> None:
    (union,) = sections.silent(report)
    refusal = NoReply(start=0, end=6, text=report.article.text[:6], entity=union.id)
    attribution = report.attribution.model_copy(update={"no_reply": [refusal]})
    assert sections.silent(report.model_copy(update={"attribution": attribution})) == []


def test_a_near_tie_shows_no_tone(report: Report) -> None:
    entity = report.entities[2]
    unsure = entity.model_copy(update={"mentions": [m.model_copy(update={"sure": 0.5}) for m in entity.mentions]})
    found = findings.find(report.model_copy(update={"entities": [unsure]}))
    assert found.numbers("entity") == {}
    assert findings.find(report).numbers("entity")["e3"]


def test_boilerplate_is_shown_as_such(report: Report) -> None:
    [mark] = findings.find_boilerplate(report)
    assert report.article.text[mark.start : mark.end] == "Follow the Plain Gazette for more."
