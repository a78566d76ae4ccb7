"""Where one item ends and another begins, with the reader: text in, exact spans out."""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article
from models.report import Report


def read(text: str) -> Report:
    return pipeline.analyze(Article(text=text))


def speakers(report: Report) -> list[str | None]:
    names = {entity.id: entity.name for entity in report.entities}
    return [names.get(item.speaker or "") for item in report.attribution.items]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Lawyer James Cole told Senator Brann that the vote was legal.", "that the vote was legal"),
        ("Lena Ortiz told reporters that the bridge was safe.", "that the bridge was safe"),
    ],
)
def test_whom_it_was_told_to_is_no_content(text: str, content: str) -> None:
    assert [item.content.text for item in read(text).attribution.items] == [content]


@pytest.mark.parametrize(
    ("text", "source", "pieces"),
    [
        ("“You may choose,” said Ann Lee, “pay or go.”", "Ann Lee", ["“You may choose,”", "“pay or go.”"]),
        ("“It is over,” says the bailiff's letter, “pay up.”", "the bailiff's letter", ["“It is over,”", "“pay up.”"]),
        ("“You have one,” says the mayor's clerk, “or none.”", "the mayor's clerk", ["“You have one,”", "“or none.”"]),
        ("“You may go,” said Bo Ray, “or stay here.”", "Bo Ray", ["“You may go,”", "“or stay here.”"]),
        ("The statement read: “The order was lawful.”", "The statement", ["“The order was lawful.”"]),
    ],
)
def test_a_source_ends_where_its_words_go_on(text: str, source: str, pieces: list[str]) -> None:
    (item,) = read(text).attribution.items
    assert (item.source and item.source.text, [item.content.text, *(part.text for part in item.content_parts)]) == (
        source,
        pieces,
    )


def test_the_next_speakers_clause_is_no_further_part() -> None:
    report = read("Critics say the plan will fail, but the mayor insists it is sound.")
    assert [(i.source and i.source.text, i.content.text, i.content_parts) for i in report.attribution.items] == [
        ("Critics", "the plan will fail", []),
        ("the mayor", "it is sound", []),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Senators Kelly Moore and Bob Tanner said the deal was dead.", "Kelly Moore"),
        ("Kelly Moore, an aide to Bob Tanner, said the deal was dead.", "Kelly Moore"),
    ],
)
def test_of_two_who_speak_together_the_first_is_named(text: str, speaker: str) -> None:
    assert speakers(read(text)) == [speaker]


@pytest.mark.parametrize(("text", "content"), [('said " Lee "', '" Lee "'), ('said"Lee"', "Lee")])
def test_marks_without_a_word_between_them_hold_nothing(text: str, content: str) -> None:
    items = pipeline.analyze(Article(title="A title", text=text)).attribution.items
    assert [(item.source, item.content.text, item.content_parts) for item in items] == [(None, content, [])]
