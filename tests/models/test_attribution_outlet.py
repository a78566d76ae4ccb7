"""Where a content ends because the outlet goes on, with the reader: text in, exact contents out."""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article


def contents(text: str) -> list[list[str]]:
    items = pipeline.analyze(Article(text=text)).attribution.items
    return [[item.content.text, *(part.text for part in item.content_parts)] for item in items if item.shown]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Mayor Ann Lee said there were too few buses in the valley and called on the council to buy more.",
            ["there were too few buses in the valley", "the council to buy more"],
        ),
        (
            "Harlan touted his record on clean rivers, and framed the vote in the terms of a farmer.",
            ["his record on clean rivers"],
        ),
        ("Lee says the bridge is old and needs paint.", ["the bridge is old and needs paint"]),
        (
            "Lee said the plan was sound and that the council would vote on it.",
            ["the plan was sound and that the council would vote on it"],
        ),
    ],
)
def test_a_second_verb_of_the_speaker_is_no_content(text: str, said: list[str]) -> None:
    assert contents(text) == [[one] for one in said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The survey noted that many nurses never took a break, but did not say why.",
            "that many nurses never took a break",
        ),
        ("Mora accused the bank of hiding its losses, but gave no evidence.", "the bank of hiding its losses"),
        (
            "Mayor Jane Castle claims that she never saw the letter (she did, at a hearing in May).",
            "that she never saw the letter",
        ),
        (
            "Reik lamented the way the police spoke in the case of Ms. Hale – a homeless woman and one of the "
            "poorest in the town.",
            "the way the police spoke in the case of Ms. Hale",
        ),
        ("Like other coastal towns, Selby argues fishing is part of its heritage.", "fishing is part of its heritage"),
        ("Ms. Werner said on Monday that the harbour would close.", "that the harbour would close"),
    ],
)
def test_what_the_outlet_adds_is_no_content(text: str, said: str) -> None:
    assert contents(text) == [[said]]


def test_what_is_told_before_it_is_quoted_is_a_statement_of_its_own() -> None:
    text = (
        "In the past two years there have been three fires in the old quarter, Ms. Nance said. “Never mind the rest of "
        "the town.”"
    )
    assert contents(text) == [
        ["In the past two years there have been three fires in the old quarter"],
        ["“Never mind the rest of the town.”"],
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("According to the gazette, Mora asked her aides about the empty mill.", "the gazette", "According to"),
        ("Tom Reik said buying the mill was no goal of his.", "Tom Reik", "said"),
        (
            "That is a plan floated last week by Mayor Ann Lee, who said “no plan is perfect.”",
            "Mayor Ann Lee",
            "said",
        ),
    ],
)
def test_a_source_is_no_other_clauses_word(text: str, source: str, cue: str) -> None:
    items = pipeline.analyze(Article(text=text)).attribution.items
    assert [item.source and item.source.text for item in items if item.cue and item.cue.text == cue] == [source]


def test_a_verb_that_opens_its_sentence_has_its_speaker_behind_it() -> None:
    text = (
        "Senator Ann Moore said the vote was lost. Added Committee Chairman Bo Ray, “We will not vote on this again.”"
    )
    items = [item for item in pipeline.analyze(Article(text=text)).attribution.items if item.shown]
    assert [(item.source and item.source.text, item.content.text) for item in items] == [
        ("Senator Ann Moore", "the vote was lost"),
        ("Committee Chairman Bo Ray", "“We will not vote on this again.”"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor's letter amounted to an admission that the bridge is unsafe.",
        "The council members had agreed to a full ban on fires.",
        "The growers hope the rain can save the wheat.",
        "A drug from Velin Labs called XR5 that can slow the fever was shown to mice.",
    ],
)
def test_what_nobody_says_is_no_statement(text: str) -> None:
    assert contents(text) == []


def test_whoever_works_on_state_media_is_none() -> None:
    text = "Lena Ortiz, who works on state media campaigns for Harbour Watch, said the law was weak."
    assert [item.source_type for item in pipeline.analyze(Article(text=text)).attribution.items] == ["named"]
