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
            "The survey noted that many nurses never took a break, but didn't explain why.",
            "that many nurses never took a break",
        ),
        ("Mora accused the bank of hiding its losses, but gave no evidence.", "the bank of hiding its losses"),
        ("Castle claims he never saw the letter (he did, at a hearing in May).", "he never saw the letter"),
        (
            "Reik criticized the way the police spoke in the case of Ms. Hale – a homeless woman and one of the "
            "poorest in the town.",
            "the way the police spoke in the case of Ms. Hale",
        ),
        ("Like other coastal towns, Selby argues fishing is part of its heritage.", "fishing is part of its heritage"),
        ("Ms. Werner said on Monday that the harbour would close.", "that the harbour would close"),
    ],
)
def test_what_the_outlet_adds_is_no_content(text: str, said: str) -> None:
    assert contents(text) == [[said]]
