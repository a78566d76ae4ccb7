"""Harm told so that nobody does it; and where somebody near may have done it, or nobody did."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models import reader
from models.analyzers.framing import acts, hidden
from models.article import Article
from models.document import read


def hide(text: str, likely: float = 0.5) -> list[str]:
    """The hidden agents of a text of whose every word the reader thinks that it hides one, so likely."""
    document = reader.read(read(Article(text=text)))
    devices = {"hidden_agent": np.full(len(document.tokens), likely, np.float32)}
    document = document.with_reading(replace(document.reading, devices=devices))
    found = hidden.hidden_agents(document, acts.find(document))
    assert not any(device.shown for device in found)
    assert all(device.text in device.note for device in found)
    return [device.text for device in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two students were killed on Monday.", ["Two students were killed"]),
        ("The tenants were forced to leave their homes.", ["The tenants were forced"]),
        ("Families have been separated from their children.", ["Families have been separated"]),
        ("The journalist was beaten with batons.", ["The journalist was beaten"]),
        ("The attack left six people dead.", ["The attack left six people dead"]),
    ],
)
def test_harm_that_nobody_does(text: str, expected: list[str]) -> None:
    assert hide(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Two students were killed by soldiers.",  # the doer is told
        "Two students were killed on Monday. A captain shot them.",  # near
        "Police came to the square. Two students were killed.",  # somebody armed is near
        "Two students were killed in the earthquake.",  # nobody did it
        "The killing of two students shocked the town.",  # what happened has a name
        "“Two students were killed,” she said.",  # somebody else's words
        "The prisoners were freed on Monday.",  # no harm
        "The homes were destroyed on Monday.",  # nobody is harmed
    ],
)
def test_nothing_is_hidden(text: str) -> None:
    assert hide(text) == []


def test_the_reader_decides() -> None:
    assert hide("Two students were killed on Monday.", likely=0.001) == []
