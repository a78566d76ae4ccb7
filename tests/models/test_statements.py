"""Statements an editor would sign: text in; what is shown, whose, by which verb, and how the outlet takes it, out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import pipeline
from models.analyzers.attribution import acceptance
from models.article import Article
from models.report import AttributionItem, Report


def analyze(text: str) -> Report:
    return pipeline.analyze(Article(text=text))


def shown(text: str) -> list[AttributionItem]:
    return [item for item in analyze(text).attribution.items if item.shown]


@pytest.mark.parametrize(
    ("text", "lemma", "stance"),
    [
        ("The survey found that rents had doubled in the valley.", "find", "neutral"),
        ("The figures showed that rents had doubled in the valley.", "show", "neutral"),
        ("Mayor Lena Ortiz warned that the dam would fail.", "warn", "neutral"),
        ("Mayor Lena Ortiz denied that the dam had failed.", "deny", "neutral"),
        ("Mayor Lena Ortiz argued that the dam was safe.", "argue", "neutral"),
        ("Mayor Lena Ortiz claimed that the dam was safe.", "claim", "doubting"),
        ("Mayor Lena Ortiz insisted that the dam was safe.", "insist", "doubting"),
        ("Mayor Lena Ortiz falsely said that the dam was safe.", "say", "doubting"),
        ("Mayor Lena Ortiz pointed out that the dam was old.", "point out", "endorsing"),
        ("Mayor Lena Ortiz acknowledged that the dam was old.", "acknowledge", "endorsing"),
        ("“The dam is a scandal,” Mayor Lena Ortiz fumed.", "fume", "emotive"),
        ("Mayor Lena Ortiz slammed the bill on Monday.", "slam", "emotive"),
        ("Mayor Lena Ortiz criticized the bill on Monday.", "criticize", "neutral"),
    ],
)
def test_the_stance_is_the_outlets(text: str, lemma: str, stance: str) -> None:
    (item,) = analyze(text).attribution.items
    assert item.cue is not None
    assert (item.cue.lemma, item.cue.stance) == (lemma, stance)


@pytest.mark.parametrize(
    "text",
    [
        "The board voted on Monday to close the mill, and the gates were shut.",
        "Tomas Reik sued the bank, and the court banned the sale of the mill.",
        "Lena Ortiz signed the bill on Monday, and the rain went on.",
        "The council hopes to open a school in May.",
        "The council plans to open a school in May.",
        "The board refused to sell the mill to the bank.",
        "Did she ever say that the road was safe?",
        "If he says that the road is safe, we will go.",
        "The council wants her to say that the road is safe.",
        "Lena Ortiz never said that the road was safe.",
        "Tomas Reik declined to comment on the sale of the mill.",
        "The bank did not return a request for comment.",
    ],
)
def test_acts_plans_hopes_refusals_and_what_nobody_said_are_no_statements(text: str) -> None:
    report = analyze(text)
    assert [item for item in report.attribution.items if item.shown] == []
    assert report.attribution.sources == []


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Tomas Reik declined to comment on the sale.", "declined to comment"),
        ("Tomas Reik refused to answer questions about the loan.", "refused to answer"),
        ("Tomas Reik did not return a request for comment.", "did not return a request"),
        ("Tomas Reik would not say whether the mill was sold.", "would not say"),
        ("Tomas Reik could not be reached for comment.", "could not be reached"),
    ],
)
def test_a_refusal_to_answer_is_its_sources_and_no_statement(text: str, refusal: str) -> None:
    report = analyze(text)
    names = {entity.id: entity.name for entity in report.entities}
    (told,) = report.attribution.no_reply
    assert told.text.startswith(refusal)
    assert names[told.entity or ""] == "Tomas Reik"
    assert report.attribution.items == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“No,” Lena Ortiz said. “We will wait. It is late.”", ["“No,”", "“We will wait. It is late.”"]),
        ("“No,” Lena Ortiz said of the plan to sell the mill.", ["“No,”"]),
        ("Asked about the mill, Lena Ortiz said, “We will wait.”", ["“We will wait.”"]),
        ("The plan, Lena Ortiz said, “was dead.”", ["The plan", "“was dead.”"]),
        ("Lena Ortiz told the council that the mill was sold.", ["that the mill was sold"]),
        ("Lena Ortiz blasted the bill.", ["the bill"]),
    ],
)
def test_a_statement_is_all_that_one_cue_hands_on_and_no_more(text: str, content: list[str]) -> None:
    (item,) = shown(text)
    assert [span.text for span in (item.content, *item.content_parts)] == content


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("Lena Ortiz, who said that the mill was sold, left early.", "Lena Ortiz", "Lena Ortiz"),
        (
            "The mill belongs to the Harbour Bank, which said that it would stay open.",
            "the Harbour Bank",
            "Harbour Bank",
        ),
        ("The Harbour Bank’s statement said that the mill was sold.", "The Harbour Bank’s statement", "Harbour Bank"),
        ("Some Republicans said that the bill was a mistake.", "Some Republicans", None),
        ("Several Democrats said that the bill was a mistake.", "Several Democrats", None),
    ],
)
def test_a_source_is_a_whole_phrase_and_members_are_not_their_party(
    text: str, source: str, speaker: str | None
) -> None:
    report = analyze(text)
    names = {entity.id: entity.name for entity in report.entities}
    (item,) = report.attribution.items
    assert item.source is not None
    assert (item.source.text, names.get(item.speaker or "")) == (source, speaker)


def test_only_what_is_shown_is_counted() -> None:
    report = analyze(
        "Lena Ortiz said that the mill was sold. The council hopes to open a school in May.\n\n"
        "Tomas Reik stood for the sale of the mill."
    )
    items = report.attribution.items
    least = acceptance.load().shown
    assert [item.shown for item in items] == [item.strength is not None and item.strength >= least for item in items]
    assert [(one.name, one.count, one.items) for one in report.attribution.sources] == [("Lena Ortiz", 1, [0])]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_likely_statements_with_exact_words(text: str) -> None:
    whole = f"Lena Ortiz said that {text} was late."
    try:
        article = Article(text=whole)
    except ValueError:
        return
    report = pipeline.analyze(article)
    for item in report.attribution.items:
        assert 0 <= (item.strength or 0) <= 1
        assert report.article.text[item.content.start : item.content.end] == item.content.text
    counted = {at for source in report.attribution.sources for at in source.items}
    assert counted == {at for at, item in enumerate(report.attribution.items) if item.shown}
