"""From article to report: exact, repeatable, honest about what it can't say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import version
from models.article import Article
from models.pipeline import analyze
from models.report import Report

ANY_TEXT = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), st.sampled_from("\n \"'“”‘’.,!?—")),
    min_size=1,
    max_size=300,
).filter(str.strip)
WORDS = ["the tyrant", "regime", "said", "Moore", "“", "”", '"', "critics", "many believe", "slammed", ".", ","]
WORDS += ["\n\n", "Mr.", "Lee", "he", "claimed that", "It was"]
ALMOST_NEWS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join).filter(str.strip)

STORY = (
    "The city council of Harrow voted on Monday to close the old bridge over the Lind.\n\n"
    "“This is a disgraceful betrayal of the east side,” council member Ana Moore said after the vote. "
    "She claimed that nobody had asked the people who live there.\n\n"
    "Mayor Tom Lee said that the bridge was unsafe. According to a report by the state, two of its "
    "pillars are cracked. "
    "Critics say the mayor wants to sell the land. Lee denied it.\n\n"
    "The regime in city hall has ruled for twelve years. The bridge will close on Friday, and work on a new one "
    "will begin in May, the council said.\n\nFollow Dana Reed on Twitter @danareed."
)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a report that claims to be words of the article."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def assert_exact(report: Report) -> None:
    text = report.article.text
    for span in spans(report.model_dump()):
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["text"]


def timeless(report: Report) -> dict[str, Any]:
    content = report.model_dump()
    del content["provenance"]["analyzed_at"], content["provenance"]["milliseconds"]
    return content


@given(st.one_of(ANY_TEXT, ALMOST_NEWS))
@settings(max_examples=60, deadline=None)
def test_every_span_is_exact_and_nothing_raises(text: str) -> None:
    report = analyze(Article(title="A title", text=text))
    assert report.article.text == f"A title\n\n{text}"
    assert_exact(report)
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_the_same_article_gives_the_same_report() -> None:
    alone = timeless(analyze(Article(text=STORY)))
    analyze(Article(text="Something else was read between. It was short."))
    assert timeless(analyze(Article(text=STORY))) == alone


def test_a_report_says_what_made_it() -> None:
    report = analyze(Article(text=STORY, id="story-1"))
    assert report.id == Article(text=STORY, id="story-1").digest(version.engine())
    assert report.article.id == "story-1"
    assert report.provenance.engine == version.engine()
    assert {"boilerplate", "label", "cues"} <= report.provenance.lexicons.keys()
    assert_exact(report)


def test_a_long_enough_english_article_gets_rates() -> None:
    report = analyze(Article(text=STORY))
    assert {note.code for note in report.notes} == {"boilerplate"}
    assert report.vocabulary.rates is not None
    assert report.attribution.attributed_share is not None


@pytest.mark.parametrize("text", ["The tyrant fell.", "The tyrant fell. " * 4, "tyrant " * 500])
def test_too_short_says_so_and_gives_no_rates(text: str) -> None:
    report = analyze(Article(text=text))
    assert "short_text" in {note.code for note in report.notes}
    assert report.vocabulary.rates is None
    assert report.attribution.attributed_share is None
    assert report.sentences
    if "fell" in text:
        assert "tyrant" in [term.text for term in report.vocabulary.terms]


def test_another_language_says_so_and_marks_nothing() -> None:
    text = "Le maire a fermé le vieux pont. « C’est une honte », a dit Anne Moreau, tyran de la ville. " * 8
    report = analyze(Article(text=text))
    assert "not_english" in {note.code for note in report.notes}
    assert report.article.language == "fr"
    assert (report.vocabulary.terms, report.attribution.items, report.entities) == ([], [], [])
    assert report.vocabulary.rates is None
    assert all(sentence.bias is None and sentence.because == [] for sentence in report.sentences)


def test_boilerplate_counts_in_nothing() -> None:
    plain = analyze(Article(text=STORY.rsplit("\n\n", 1)[0]))
    full = analyze(Article(text=STORY))
    assert full.article.words == plain.article.words
    assert full.vocabulary.rates == plain.vocabulary.rates
    assert full.sentiment == plain.sentiment
    assert [entity.name for entity in full.entities] == [entity.name for entity in plain.entities]


def test_unbalanced_quotes_are_said() -> None:
    report = analyze(Article(text="“We never asked for this, Moore said. The vote was on Monday."))
    assert "unbalanced_quotes" in {note.code for note in report.notes}


@pytest.mark.parametrize(
    "shape",
    ["a", "word ", "\U0001f600", '"', "“", "' ", "“a” ", "Aa Bb ", "“He said that ", "Mr. "],
    ids=["letters", "words", "emoji", "marks", "open", "singles", "quotes", "names", "nested", "titles"],
)
def test_hostile_shapes_end(shape: str) -> None:
    assert_exact(analyze(Article(text=(shape * 8_000)[:8_000])))


def test_the_name_behind_the_cue_speaks_and_not_the_who_that_follows_it() -> None:
    report = analyze(
        Article(
            text="“Nobody asked us how a fishmonger gets his ice,” warned Tomas Reik, the respected head of the "
            "harbour traders, who has fought tirelessly for the quarter’s shops. Reik pointed out that a similar "
            "experiment in Port Sorrel had crippled trade there in its first year. His association will take the "
            "reckless decision to court."
        )
    )
    warned = report.attribution.items[0]
    (reik,) = (entity for entity in report.entities if entity.name == "Tomas Reik")
    assert warned.source is not None
    assert warned.source.text == (
        "Tomas Reik, the respected head of the harbour traders, who has fought tirelessly for the quarter’s shops"
    )
    assert (warned.source_type, warned.speaker) == ("named", reik.id)
    assert warned.content.text == "“Nobody asked us how a fishmonger gets his ice,”"
