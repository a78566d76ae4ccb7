"""What stands at the head of a report is true, counts what it shows, and leads to its words."""

from __future__ import annotations

from typing import Any

import pytest

from models.classifiers import reference
from models.report import AttributionItem, NoReply, QuotationFinding, Report, Span
from service import findings, marks, sections, summary
from service.clauses import SummaryLink
from tests.service.by_hand import place


def glance(report: Report) -> dict[str, str]:
    return {
        one.about: "".join(piece.text if isinstance(piece, SummaryLink) else piece for piece in one.pieces)
        for one in summary.summarise(report, findings.find(report))
    }


def change(report: Report, part: str, **changes: Any) -> Report:
    return report.model_copy(update={part: getattr(report, part).model_copy(update=changes)})


def test_a_glance_is_told_with_its_evidence(framed: Report) -> None:
    assert glance(framed) == {
        "words": "The outlet calls Oren Tal ruthless tyrant, and writes regime.",
        "heard": "Most of the quoted words are given to Oren Tal (said).",
        "frame": "It leads as a conflict of sides (His regime gave no details.); the headline says more than the "
        "body carries: signed a pact on Monday.",
    }


def test_every_link_of_a_glance_leads_somewhere(framed: Report) -> None:
    found = findings.find(framed)
    anchors = {f"m{note.number}" for note in found.notes} | {marks.name_place(one) for one in sections.places(framed)}
    links = [
        piece
        for statement in summary.summarise(framed, found)
        for piece in statement.pieces
        if isinstance(piece, SummaryLink)
    ]
    assert len(links) == 5
    assert {link.anchor for link in links} <= anchors


def test_a_report_of_schema_1_says_what_it_knows(report: Report) -> None:
    assert list(glance(report)) == ["words"]


def test_nothing_is_said_of_a_text_that_was_not_read(report: Report) -> None:
    unread = change(report, "article", language="de")
    assert summary.summarise(unread, findings.find(unread)) == []


# -- wording -----------------------------------------------------------------------------------------------------------


def _with_terms(report: Report, **changes: Any) -> Report:
    return change(report, "vocabulary", terms=[one.model_copy(update=changes) for one in report.vocabulary.terms])


def test_of_a_column_it_is_the_author_who_speaks(framed: Report) -> None:
    assert glance(change(framed, "article", genre="opinion"))["words"].startswith("The author calls Oren Tal")


def test_no_sentence_rests_on_what_somebody_is_told_to_say(report: Report) -> None:
    words = next(term for term in report.vocabulary.terms if term.text == "ruthless tyrant")
    content = Span(**words.model_dump(include=set(Span.model_fields)))
    said = report.attribution.items[3].model_copy(update={"content": content})
    changed = change(report, "attribution", items=[*report.attribution.items[:3], said])
    assert glance(changed)["words"] == "The outlet writes Tyrant and regime."


def test_whom_a_word_is_about_is_told_only_where_it_stands_at_the_name(framed: Report) -> None:
    regime = [term for term in framed.vocabulary.terms if term.text == "regime"]
    assert glance(change(framed, "vocabulary", terms=regime))["words"] == "The outlet writes regime."


@pytest.mark.parametrize("changes", [{"category": "verdict"}, {"rule": "reader.loaded"}, {"shown": False}])
def test_words_that_hold_too_seldom_are_not_told_first(framed: Report, changes: dict[str, Any]) -> None:
    assert "writes" not in glance(_with_terms(framed, **changes)).get("words", "")


def test_where_nothing_is_told_first_those_heard_most_are_named(framed: Report) -> None:
    bare = _with_terms(framed, category="verdict").model_copy(update={"framing": None})
    bare = bare.model_copy(update={"quotations": []})
    tal, _, _, she, workers = framed.attribution.items

    def told(*items: AttributionItem, times: int) -> dict[str, str]:
        longer = [item.model_copy(update={"content_parts": [item.content] * times}) for item in items]
        return glance(change(bare, "attribution", items=longer, cast=[]))

    assert told(tal, times=0) == {}  # of few words
    assert told(tal, times=4) == {"heard": "Among those heard: Oren Tal (said)."}
    assert tal.cue
    cheered = tal.cue.model_copy(update={"end": tal.cue.end + 3, "text": "said to"})  # he said to cheers
    assert told(tal.model_copy(update={"cue": cheered}), times=4) == {"heard": "Among those heard: Oren Tal (said)."}
    assert told(tal.model_copy(update={"cue": None}), times=4) == {}  # signed: no word says that he speaks
    assert told(she, workers, times=4) == {}  # nobody whom a source names


def _rated(report: Report, count: int, words: int) -> Report:
    """The report as news of so many words, so many of them loaded."""
    known, rates = reference.load(), report.vocabulary.rates
    assert known
    assert rates
    own = rates.outlet.model_copy(update={"count": count, "words": words, "percentile": 99.0})
    rates = rates.model_copy(update={"outlet": own, "reference": known.tell("news")})
    return change(change(report, "article", genre="news"), "vocabulary", rates=rates)


def test_how_unusual_the_wording_is_is_told_where_chance_leaves_it_unusual(framed: Report) -> None:
    many, one = glance(_rated(framed, 9, 500))["words"], glance(_rated(framed, 1, 500))["words"]
    assert "more such words than in at least 9" in many
    assert "of 100 US political news articles" in many
    assert "such words" not in one
    column = change(_rated(framed, 9, 500), "article", genre="opinion")
    assert "such words" not in glance(column)["words"]


def test_plain_news_is_called_plain_and_nothing_else_is(framed: Report) -> None:
    terms = [term for term in framed.vocabulary.terms if term.voice == "quoted"]
    sentences = [one.model_copy(update={"shown": False, "bias": 0.1}) for one in framed.sentences]
    people = [one.model_copy(update={"labels": []}) for one in framed.entities]
    plain = change(framed, "vocabulary", terms=terms).model_copy(update={"sentences": sentences, "entities": people})
    assert glance(plain)["words"] == "The outlet uses no loaded word of its own that Parallax is sure of."
    may_be = framed.vocabulary.terms[0].model_copy(update={"shown": False, "strength": 0.5})
    headline = sentences[0].model_copy(update={"bias": 0.65})
    for other in (
        change(plain, "article", genre="opinion"),
        plain.model_copy(update={"sentences": framed.sentences}),  # a sentence that a careful reader calls biased
        plain.model_copy(update={"sentences": [headline, *sentences[1:]]}),
        plain.model_copy(update={"entities": framed.entities}),  # a label that judges
        change(plain, "vocabulary", terms=[*terms, may_be]),
    ):
        assert "words" not in glance(other)


# -- who is heard ------------------------------------------------------------------------------------------------------


def _saying(framed: Report, *speakers: str | None) -> Report:
    """The report with its two quotations of a whole sentence given to these; None is nobody known."""
    assert framed.quotations
    names = {"e1": "Tal", "e2": "Corvin", None: "he"}
    said = framed.attribution.items[0]
    items = [
        said.model_copy(
            update={
                "content": framed.attribution.items[at].content,
                "source": Span(**place("Tal") | {"text": names[who]}),
                "speaker": who,
            }
        )
        for at, who in enumerate(speakers)
    ]
    told = [one.model_copy(update={"speaker": who}) for one, who in zip(framed.quotations, speakers, strict=False)]
    return change(framed.model_copy(update={"quotations": told}), "attribution", items=items, cast=[])


@pytest.mark.parametrize(
    ("speakers", "told"),
    [
        (("e1", "e1"), "Most of the quoted words are given to Oren Tal (said)."),
        (("e1", "e2"), "Oren Tal (said) and Lena Corvin (said) are quoted."),
        (("e1", None), None),  # whose are the others? to name him alone might hide somebody
        ((None, None), None),
    ],
)
def test_who_is_quoted_is_told_with_how_much_of_it(
    framed: Report, speakers: tuple[str | None, ...], told: str | None
) -> None:
    assert glance(_saying(framed, *speakers)).get("heard") == told


def test_among_others_is_said_where_others_are_quoted(framed: Report) -> None:
    spoken = _saying(framed, "e1", "e2")
    assert spoken.quotations
    words = Span(**place("Aid workers say that 40,000 people"))
    more = QuotationFinding(start=words.start, end=words.end, speaker=None, form="marks")
    others = spoken.model_copy(update={"quotations": [*spoken.quotations, more]})
    assert glance(others)["heard"] == "Among those quoted are Oren Tal (said) and Lena Corvin (said)."


def test_half_a_name_is_nobody_else(framed: Report) -> None:
    tal, corvin, _ = framed.entities
    same = framed.model_copy(update={"entities": [tal, corvin.model_copy(update={"name": "Tal"})]})
    spoken = change(_saying(same, "e1", "e2"), "attribution")
    assert "Lena" not in str(glance(spoken))
    assert "are quoted" not in str(glance(spoken))


def test_that_nobody_is_quoted(report: Report) -> None:
    silent = change(report, "attribution", items=[], sources=[]).model_copy(update={"quotations": []})
    assert glance(silent)["heard"].startswith("Nobody is quoted")


@pytest.mark.parametrize(
    ("accused", "answers"),
    [
        ("Tal was accused", True),
        ("ruthless tyrant of Veldmark", False),  # called names, and not accused of a thing
    ],
)
def test_who_is_accused_and_answers(framed: Report, accused: str, answers: bool) -> None:
    place_of_it = Span(**place("ruthless tyrant of Veldmark") | {"text": accused})
    tal = framed.attribution.cast[0].model_copy(update={"accused": place_of_it})
    heard = glance(change(framed, "attribution", cast=[tal]))["heard"]
    assert ("Oren Tal is accused (Tal was accused) and has a word afterwards (said)." in heard) is answers


def _asked(framed: Report, words: str, name: str) -> str | None:
    union = framed.entities[2]
    mention = union.mentions[0].model_copy(update=place(name, 1))
    asked = union.model_copy(update={"mentions": [mention]})
    refused = change(framed, "attribution", no_reply=[NoReply(**place(words), entity="e3")])
    return glance(refused.model_copy(update={"entities": [*framed.entities[:2], asked]})).get("unheard")


def test_who_was_asked(framed: Report) -> None:
    assert _asked(framed, "praised them", "Corvin") == "Northern Union was asked and gave no answer (praised them)."
    assert _asked(framed, "signed a pact", "Veldmark") is None, "the tyrant of it"
    speaks = NoReply(**place("His regime gave no details"), entity=framed.attribution.items[0].speaker)
    assert "unheard" not in glance(change(framed, "attribution", no_reply=[speaks]))


# -- as what it is told ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{"probability": 0.96}, {"level": 1}, {"name": "security"}])
def test_a_frame_that_does_not_surely_lead_is_not_told_first(framed: Report, changes: dict[str, Any]) -> None:
    assert framed.framing
    frames = [frame.model_copy(update=changes) for frame in framed.framing.frames if frame.name == "conflict"]
    assert "It leads" in glance(framed)["frame"]
    assert "It leads" not in glance(change(framed, "framing", frames=frames))["frame"]


def test_a_conflict_is_shown_by_a_sentence_that_names_two(framed: Report) -> None:
    assert framed.framing
    one, two = Span(**place("His regime gave no details.")), Span(**place("the border towns. Corvin praised them"))
    (conflict,) = (frame for frame in framed.framing.frames if frame.name == "conflict")
    frames = [conflict.model_copy(update={"evidence": [one, two]})]
    assert two.text in glance(change(framed, "framing", frames=frames))["frame"]
