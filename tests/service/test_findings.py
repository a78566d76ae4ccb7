"""Every finding gets one number, and what stands out is true."""

from __future__ import annotations

import pytest

from models.report import NoReply, Report, Span
from service import findings, marks, sections, summary
from service.summary import Statement, SummaryLink


def read(statement: Statement) -> str:
    return "".join(piece.text if isinstance(piece, SummaryLink) else piece for piece in statement.pieces)


def glance(report: Report) -> dict[str, str]:
    return {one.about: read(one) for one in summary.summarise(report, findings.find(report))}


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
    assert glance(changed)["words"].startswith("The outlet calls Oren Tal Tyrant and regime, and writes heroes: more")


def test_a_glance_is_told_with_its_evidence(framed: Report) -> None:
    assert glance(framed) == {
        "words": "The outlet calls Oren Tal ruthless tyrant and regime, and writes heroes: more such words than in 93 "
        "of 100 US political articles of 2012–2020.",
        "told": "Two things are told as fact without a source: The pact enters into force in ten days and which paid "
        "for the talks; one claim rests on nobody in particular: that many believe will not last.",
        "heard": "Oren Tal (said) is quoted.",
        "frame": "It leads as a conflict of sides (His regime gave no details.); the headline says more than the "
        "body carries: signed a pact on Monday.",
    }


def test_a_frame_that_is_not_sure_is_not_told_first(framed: Report) -> None:
    assert framed.framing
    frames = [frame.model_copy(update={"probability": 0.92}) for frame in framed.framing.frames]
    unsure = framed.model_copy(update={"framing": framed.framing.model_copy(update={"frames": frames})})
    assert "a conflict of sides" in glance(framed)["frame"]
    assert "a conflict of sides" not in glance(unsure)["frame"]


def test_every_link_of_a_glance_leads_somewhere(framed: Report) -> None:
    found = findings.find(framed)
    anchors = {f"m{note.number}" for note in found.notes} | {marks.name_place(one) for one in sections.places(framed)}
    links = [
        piece
        for statement in summary.summarise(framed, found)
        for piece in statement.pieces
        if isinstance(piece, SummaryLink)
    ]
    assert len(links) == 9
    assert {link.anchor for link in links} <= anchors


def test_a_report_of_schema_1_says_what_it_knows(report: Report) -> None:
    assert list(glance(report)) == ["words", "heard"]


@pytest.mark.parametrize(
    ("percentile", "said"),
    [
        (100.0, "more such words than in 99 of 100 US"),
        (72.0, "more such words than in 72 of 100 US"),
        (50.0, "about as many such words as US"),
        (12.0, "fewer such words than in 88 of 100 US"),
        (0.0, "fewer such words than in 99 of 100 US"),
    ],
)
def test_how_unusual_the_wording_is(report: Report, percentile: float, said: str) -> None:
    rates = report.vocabulary.rates
    assert rates
    rates = rates.model_copy(update={"outlet": rates.outlet.model_copy(update={"percentile": percentile})})
    words = glance(report.model_copy(update={"vocabulary": report.vocabulary.model_copy(update={"rates": rates})}))
    assert said in words["words"]


def test_of_a_column_it_is_the_author_who_speaks(framed: Report) -> None:
    column = framed.model_copy(update={"article": framed.article.model_copy(update={"genre": "opinion"})})
    assert glance(column)["words"].startswith("The author calls Oren Tal")


def _say(framed: Report, **changes: object) -> Report:
    return framed.model_copy(update={"attribution": framed.attribution.model_copy(update=changes)})


def test_plain_news_is_called_plain_and_nothing_else_is(framed: Report) -> None:
    terms = [term for term in framed.vocabulary.terms if term.voice == "quoted" or not term.shown]
    sentences = [one.model_copy(update={"shown": False, "bias": 0.1}) for one in framed.sentences]
    changes = {"vocabulary": framed.vocabulary.model_copy(update={"terms": terms}), "sentences": sentences}
    plain = framed.model_copy(update=changes)
    assert glance(plain)["words"] == "The outlet uses no loaded word of its own that Parallax is sure of."
    for other in (
        plain.model_copy(update={"article": plain.article.model_copy(update={"genre": "opinion"})}),
        plain.model_copy(update={"sentences": framed.sentences}),  # a sentence that a careful reader calls biased
    ):
        assert "words" not in glance(other)


def test_of_words_that_no_list_has_nothing_is_told_first(framed: Report) -> None:
    terms = [term.model_copy(update={"rule": "reader.loaded"}) for term in framed.vocabulary.terms]
    found = framed.model_copy(update={"vocabulary": framed.vocabulary.model_copy(update={"terms": terms})})
    assert "words" not in glance(found)


def test_what_was_not_found_is_told_nowhere(framed: Report) -> None:
    assert framed.framing
    none = framed.model_copy(update={"framing": framed.framing.model_copy(update={"devices": []})})
    assert "told" not in glance(_say(none, unheard=[]))
    assert "unheard" not in glance(_say(none, unheard=[]))


def test_who_was_asked(framed: Report) -> None:
    refused = NoReply(**framed.attribution.vague[0].model_dump(include={"start", "end", "text"}), entity="e3")
    assert glance(_say(framed, no_reply=[refused]))["unheard"].startswith("Northern Union was asked")
    speaks = refused.model_copy(update={"entity": framed.attribution.items[0].speaker})
    assert "unheard" not in glance(_say(framed, no_reply=[speaks]))


def test_who_is_named_often_and_never_heard(report: Report) -> None:
    tal, corvin, union = report.entities

    def told(name: str, mentions: list[str], start: int = 100) -> str | None:
        places = [
            union.mentions[0].model_copy(update={"text": text, "start": start, "end": start + 4}) for text in mentions
        ]
        person = union.model_copy(update={"name": name, "kind": "person", "mentions": places})
        return glance(report.model_copy(update={"entities": [tal, corvin, person]})).get("unheard")

    assert told("Lena Holt", ["Lena Holt", "Holt", "She", "Holt", "the mayor", "Holt", "Holt"]) == (
        "Lena Holt is named 5 times and never heard (Lena Holt)."
    )
    assert told("Lena Holt", ["Lena Holt", "Holt", "She", "her", "the mayor", "The mayor"]) is None
    assert told("Holt", ["Holt"] * 5) is None, "it may be a case or a place"
    assert told("Lena Holt", ["Lena Holt"] * 5, start=700) is None, "the story is about somebody else"


def test_who_is_quoted_and_that_nobody_is(report: Report) -> None:
    said = report.attribution
    assert glance(report)["heard"] == "Oren Tal (said) is quoted."
    tal = next(item for item in said.items if item.kind == "direct")
    other = tal.model_copy(
        update={"speaker": "e3", "source": tal.source and tal.source.model_copy(update={"text": "Union"})}
    )
    both = said.model_copy(update={"items": [tal, other]})
    assert glance(report.model_copy(update={"attribution": both}))["heard"] == (
        "Oren Tal (said) and Northern Union (said) are quoted."
    )
    pronoun = other.model_copy(update={"source": tal.source and tal.source.model_copy(update={"text": "he"})})
    retold = tal.model_copy(update={"kind": "indirect"})
    unsure = said.model_copy(update={"items": [pronoun, retold]})
    assert "heard" not in glance(report.model_copy(update={"attribution": unsure}))
    silent = report.model_copy(
        update={"attribution": said.model_copy(update={"items": [], "sources": []}), "quotations": []}
    )
    assert glance(silent)["heard"].startswith("Nobody is quoted")


def test_what_is_less_sure_is_drawn_apart_and_counted_nowhere(framed: Report) -> None:
    found = findings.find(framed)
    unsure = [note for note in found.notes if not note.sure]
    assert [note.name for note in unsure] == ["term-10", "device-3"]
    assert all("unsure" in mark.style for note in unsure for mark in note.marks)
    assert found.unsure == 2
    assert (found.count("loaded"), found.count("devices")) == (10, 3)
    assert "applauded" not in str(glance(framed))


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


def test_a_source_is_introduced_by_a_word_once_and_never_by_a_colon(report: Report) -> None:
    said = report.attribution
    colon = said.items[0].cue.model_copy(update={"text": ":"}) if said.items[0].cue else None
    for items, words in (
        ([said.items[0], said.items[0].model_copy()], "(said)"),
        ([said.items[0].model_copy(update={"cue": colon}), said.items[1]], "(“This is a glorious day for our brave"),
    ):
        alone = said.model_copy(update={"items": items, "sources": said.sources[:1]})
        heard = glance(report.model_copy(update={"attribution": alone}))["heard"]
        assert words.replace("“", "‘") in heard
