"""Words that nobody said, and who gave no answer: text in, statements and refusals out."""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article
from models.report import Report

ABOUT = " Irene Castle is the mayor. Hugh Barlow is the treasurer."


def analyze(text: str) -> Report:
    return pipeline.analyze(Article(text=text))


def said(report: Report) -> list[tuple[str | None, str]]:
    names = {entity.id: entity.name for entity in report.entities}
    return [(names.get(item.speaker or ""), item.content.text) for item in report.attribution.items]


@pytest.mark.parametrize(
    "text",
    [
        "At no point in the meeting did Castle say “we will close it.”",
        "Nor did she ever say that the pool leaks, and Castle left.",
        "If Mayor Irene Castle says “yes,” work could start in May.",
        "Unless Castle says “yes,” nothing will move.",
        "Should Castle say “yes,” work could start in May.",
        "Castle did not say “never,” but the builders have left.",
        "Castle never said that the pool would close.",
        "Castle hasn’t told anybody that the pool leaks.",
        "Did Castle say that the pool would close?",
        "Nobody said that the pool would close.",
        "No one told the board “the pool is lost.”",
        "They waited for Castle to say “yes.”",
        "Castle hesitated to say “yes.”",
        "Castle might say that it was late.",
        "Castle left without saying “goodbye.”",
        "Castle stopped short of calling him “a liar.”",
        "It would be wrong to call Hugh Barlow a failure.",
        "Castle said nothing.",
        "It is not true that Castle said “never.”",
        "Castle said “no comment.”",
    ],
)
def test_what_nobody_said_is_no_statement(text: str) -> None:
    report = analyze(text + ABOUT)
    assert said(report) == []
    assert all(quotation.speaker is None for quotation in report.quotations or [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Castle did not just say “no”; she shouted it.", ("Irene Castle", "“no”")),
        ("Castle could only say that she was sorry.", ("Irene Castle", "that she was sorry")),
        ("Castle went on to say “it is over.”", ("Irene Castle", "“it is over.”")),
        ("Castle took the stage to say that it was over.", ("Irene Castle", "that it was over")),
        ("Castle denied that the pool leaks.", ("Irene Castle", "that the pool leaks")),
        ("“I never said that,” Castle said.", ("Irene Castle", "“I never said that,”")),
        ("“Sleep well,” mothers would say.", (None, "“Sleep well,”")),
        ("Theresa May said that the pool leaks.", ("Theresa May", "that the pool leaks")),
        ("Castle, who had no comment at first, said that it leaks.", ("Irene Castle", "that it leaks")),
    ],
)
def test_what_sounds_denied_or_wished_for_and_was_said(text: str, expected: tuple[str | None, str]) -> None:
    assert expected in said(analyze(text + ABOUT))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Castle refused to say who had paid.", ("Irene Castle", "refused to say")),
        ("Castle declined to answer.", ("Irene Castle", "declined to answer")),
        ("Castle repeatedly declined to comment.", ("Irene Castle", "repeatedly declined to comment")),
        ("Castle did not return a request for comment.", ("Irene Castle", "did not return a request")),
        ("Castle didn't immediately respond to an email.", ("Irene Castle", "didn't immediately respond to an email")),
        ("Castle has yet to respond to our questions.", ("Irene Castle", "has yet to respond to our questions")),
        ("The board did not answer.", (None, "did not answer")),  # who is never named is nobody of the report
        ("The Harbour Board did not answer.", ("Harbour Board", "did not answer")),
        ("Castle could not be reached for comment.", ("Irene Castle", "could not be reached for comment")),
        ("Castle was not available for comment.", ("Irene Castle", "was not available for comment")),
        ("Castle had no comment.", ("Irene Castle", "had no comment")),
        ("Calls to Hugh Barlow went unanswered.", ("Hugh Barlow", "went unanswered")),
        ("Castle would neither confirm nor deny the report.", ("Irene Castle", "would neither confirm nor deny")),
        ("Castle neither confirmed nor denied it.", ("Irene Castle", "neither confirmed nor denied")),
        ("Castle ignored several requests.", ("Irene Castle", "ignored several requests")),
        (
            "Efforts to reach Hugh Barlow were unsuccessful.",
            ("Hugh Barlow", "Efforts to reach Hugh Barlow were unsuccessful"),
        ),
        ("A man who would not give his name declined to be interviewed.", (None, "declined to be interviewed")),
    ],
)
def test_who_gave_no_answer_is_told_and_is_not_heard(text: str, expected: tuple[str | None, str]) -> None:
    report = analyze(text + ABOUT)
    names = {entity.id: entity.name for entity in report.entities}
    assert [(names.get(one.entity or ""), one.text) for one in report.attribution.no_reply] == [expected]
    assert said(report) == []
    assert report.attribution.sources == []


@pytest.mark.parametrize(
    "text",
    [
        "Castle did not respond to treatment.",
        "The army refused to leave the town.",
        "Castle declined to run again.",
        "Castle failed to name a successor.",
        "Castle has not returned from Paris.",
        "Castle could not be moved.",
        "If Castle declines to comment, the paper goes to press.",
        "“She refused to say who had paid,” Barlow said.",
        "She did not answer the description.",
    ],
)
def test_what_is_no_refusal_to_answer(text: str) -> None:
    assert analyze(text + ABOUT).attribution.no_reply == []


def test_who_is_asked_or_urged_says_nothing() -> None:
    report = analyze(
        "Castle, asked if she had called him “a crook,” left. They demanded that Castle say “sorry.”" + ABOUT
    )
    assert [content for who, content in said(report) if who == "Irene Castle"] == []


def test_a_refusal_and_what_was_said_beside_it_are_told_apart() -> None:
    report = analyze("A lawyer for the board, Ann Lee, declined to comment, saying that the case was open." + ABOUT)
    assert said(report) == [("Ann Lee", "that the case was open")]
    assert [one.text for one in report.attribution.no_reply] == ["declined to comment"]


@pytest.mark.parametrize(
    "text",
    [
        "“The ferry will sail,” Councillor Ann Lee insisted. Islanders were not convinced.",
        "The ferry will sail in winter, Councillor Ann Lee insisted. Islanders were not convinced. “We have heard it,” "
        "said Tom Reik.",
        "“I finished it,” Councillor Ann Lee said.\nThat comment is a lie.",
        "Bonuses were small, Councillor Ann Lee said. Managers got far more.",
        "Councillor Ann Lee insisted: “The ferry will sail.” A neighbour shook his head. The boat is too small.",
    ],
)
def test_the_outlets_next_sentence_is_given_to_nobody(text: str) -> None:
    outlets = ("Islanders", "That comment", "Managers", "The boat")
    assert not [content for _, content in said(analyze(text)) if any(words in content for words in outlets)]
