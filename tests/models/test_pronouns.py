"""Whom "he" and "she" mean, where the article itself says it."""

from __future__ import annotations

import pytest

from models.article import Article
from models.document import read


def pronouns(text: str) -> dict[str, list[str]]:
    document = read(Article(text=text))
    found = {
        e.name: [document.text[m.start : m.end] for m in e.mentions if m.form == "pronoun"] for e in document.entities
    }
    return {name: words for name, words in found.items() if words}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "Orvan" and "Selkirk" are no first names: two clear pronouns tell, and then a third can be told apart.
        (
            "President Orvan called off the talks. He said he was tired. Orvan had met Governor Selkirk before. "
            "Selkirk had left at noon. She said she was sorry. When Orvan called Selkirk, she hung up.",
            {"Orvan": ["He", "he"], "Selkirk": ["She", "she", "she"]},
        ),
        # One "she" against three of the others is somebody else.
        (
            "President Orvan called off the talks after she laughed. He said he was tired of his job.",
            {"Orvan": ["He", "he", "his"]},
        ),
    ],
)
def test_the_articles_own_pronouns_tell_a_gender(text: str, expected: dict[str, list[str]]) -> None:
    assert pronouns(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Behind a quotation goes on speaking who opened the sentence before it …
        (
            "The mayor, Tom Reed, said the bridge would close. Sen. Paul Cask, R-Ohio, called the plan a joke on "
            "Monday. “It will cost us the mill,” he said.",
            {"Paul Cask": ["he"]},
        ),
        # … also behind a phrase with its comma …
        (
            "Tom Reed said no. At a meeting on Monday, Paul Cask called it a joke. “It costs us the mill,” he said.",
            {"Paul Cask": ["he"]},
        ),
        # … and who spoke last, where nobody did.
        (
            "“The bridge will close,” Tom Reed said. The mill has 40 workers. “It will hurt,” he added.",
            {"Tom Reed": ["he"]},
        ),
        # A heading between two paragraphs speaks to nobody.
        (
            "“The bridge will close,” Tom Reed said.\n\nPAUL CASK VISITS THE MILL\n\n“It will hurt,” he added.",
            {"Tom Reed": ["he"]},
        ),
    ],
)
def test_who_goes_on_speaking(text: str, expected: dict[str, list[str]]) -> None:
    assert pronouns(text) == expected


def test_a_pronoun_that_may_be_two_people_leaves_those_behind_it_open() -> None:
    text = (
        "Mr. Reed often met Mr. Cask and Mr. Hale. Every week he spoke with Mr. Lorne and, aides say, he has the keys."
    )

    assert pronouns(text) == {}


def test_a_sentence_goes_on_with_whom_the_one_before_opens() -> None:
    text = "On Monday, Mr. Reed met Mr. Cask and Mr. Hale. He speaks with Mr. Lorne often."

    assert pronouns(text) == {"Reed": ["He"]}


def test_he_or_she_is_whoever_it_may_be() -> None:
    text = "Tom Reed met a guard. He or she will tell. Reed said each knows his or her car. Reed left when he saw it."

    assert pronouns(text) == {"Tom Reed": ["he"]}
