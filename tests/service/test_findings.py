"""Every finding gets one number, and what stands out is true."""

from __future__ import annotations

from models.report import NoReply, Report, Span
from service import findings, marks, summary
from service.summary import Statement, SummaryLink


def read(statement: Statement) -> str:
    return "".join(piece.text if isinstance(piece, SummaryLink) else piece for piece in statement.pieces)


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


def test_no_sentence_rests_on_what_somebody_is_told_to_say(report: Report) -> None:
    words = next(term for term in report.vocabulary.terms if term.text == "ruthless tyrant")
    said = report.attribution.items[3].model_copy(
        update={"content": Span(**words.model_dump(include=set(Span.model_fields)))}
    )
    items = [*report.attribution.items[:3], said]
    changed = report.model_copy(update={"attribution": report.attribution.model_copy(update={"items": items})})
    sentences = [read(one) for one in summary.summarise(changed, findings.find(changed))]
    assert sentences[0].startswith("The outlet uses 5 loaded words in its own voice, such as Tyrant, regime,")
    assert sentences[1] == "2 of its own loaded words are about Oren Tal: Tyrant, regime."


def test_what_stands_out_is_said_with_its_evidence(report: Report) -> None:
    found = findings.find(report)
    said = summary.summarise(report, found)
    assert [read(statement) for statement in said] == [
        "The outlet uses 7 loaded words in its own voice, such as Tyrant, ruthless tyrant, regime. "
        "Outside quotation marks that is more, per 1,000 words, than in 93 of 100 news articles.",
        "4 of its own loaded words are about Oren Tal: Tyrant, ruthless tyrant, regime.",
        "3 sources are heard; Oren Tal gets the most room, 12\u00a0% of the article’s words (said, boasted).",
        "One statement is introduced by a verb that doubts it: claimed.",
        "2 claims rest on nobody in particular: many believe, reportedly.",
    ]
    numbers = {note.number for note in found.notes}
    assert all(
        piece.note in numbers for statement in said for piece in statement.pieces if isinstance(piece, SummaryLink)
    )


def test_who_is_spoken_about_and_never_heard(report: Report) -> None:
    assert [entity.name for entity in summary.silent(report)] == ["Northern Union"]


def test_who_was_asked_and_gave_no_answer_is_told_apart(report: Report) -> None:
    (union,) = summary.silent(report)
    refusal = NoReply(start=0, end=6, text=report.article.text[:6], entity=union.id)
    attribution = report.attribution.model_copy(update={"no_reply": [refusal]})
    assert summary.silent(report.model_copy(update={"attribution": attribution})) == []


def test_nothing_is_said_of_a_text_that_was_not_read(report: Report) -> None:
    empty = report.model_copy(
        update={
            "article": report.article.model_copy(update={"language": "de"}),
            "vocabulary": report.vocabulary.model_copy(update={"terms": [], "rates": None}),
            "attribution": report.attribution.model_copy(update={"items": [], "sources": [], "vague": []}),
            "entities": [],
            "sentences": [],
        }
    )
    assert summary.summarise(empty, findings.find(empty)) == []


def test_a_near_tie_shows_no_tone(report: Report) -> None:
    entity = report.entities[2]
    unsure = entity.model_copy(update={"mentions": [m.model_copy(update={"sure": 0.5}) for m in entity.mentions]})
    found = findings.find(report.model_copy(update={"entities": [unsure]}))
    assert found.numbers("entity") == {}
    assert findings.find(report).numbers("entity")["e3"]


def test_boilerplate_is_shown_as_such(report: Report) -> None:
    [mark] = findings.find_boilerplate(report)
    assert report.article.text[mark.start : mark.end] == "Follow the Plain Gazette for more."
