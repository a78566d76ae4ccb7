"""Is a sentence of the body sure to say what the headline says?"""

from __future__ import annotations

import pytest

from models import reader
from models.analyzers.framing import carried
from models.article import Article
from models.document import read

AROUND = (
    "Rain fell on Orne for most of the week.\n\n{sentence} The gulls did not mind.\n\nShops close at six in winter."
)


def find(title: str, sentence: str) -> str | None:
    """The sentence that carries the headline."""
    document = reader.read(read(Article(title=title, text=AROUND.format(sentence=sentence))))
    at = carried.find(document)
    return None if at is None else document.text[document.sentences[at].start : document.sentences[at].end]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (
            "Moss closes Harran ferry",
            "Mayor Ann Moss closed the Harran ferry on Monday after forty years, to save money.",
        ),
        (
            "Judge blocks tram line in Orne",
            "On Tuesday a judge blocked the tram line in Orne until the noise was measured.",
        ),
        (
            "Council will not sell harbour",
            "The council will not sell the harbour, whatever the price, its clerk told a meeting on Friday.",
        ),
        (
            "Four students suspended after fire",
            "The school said that four students had been suspended after the fire in its old library.",
        ),
    ],
)
def test_a_sentence_that_says_the_same_carries_it(title: str, sentence: str) -> None:
    assert find(title, sentence) == sentence


@pytest.mark.parametrize(
    ("title", "sentence", "why"),
    [
        ("Moss closes Harran ferry", "Mayor Ann Moss did not close the Harran ferry on Monday.", "not so"),
        ("Moss closes Harran ferry", "Mayor Ann Moss may close the Harran ferry on Monday.", "supposed"),
        ("Moss closes Harran ferry", "Mayor Ann Moss wants to close the Harran ferry on Monday.", "wanted"),
        ("Rojas sues Moss over ferry", "Ann Moss sued Omar Rojas over the ferry on Monday, he said.", "swapped"),
        ("Four students suspended after fire", "The school said two students were suspended after the fire.", "fewer"),
        ("Council bans boats from harbour", "The council banned some boats from the harbour on Monday.", "some"),
        ("Judge blocks tram line in Orne", "A judge looked at the tram line in Orne on Tuesday.", "another verb"),
        ("Judge blocks tram line in Orne", "Judge blocks tram line in Orne", "the headline again"),
        ("Will the judge block the tram line in Orne?", "A judge blocked the tram line in Orne on Tuesday.", "asks"),
        ("Why a judge blocked the tram line in Orne", "A judge blocked the tram line in Orne on Tuesday.", "asks why"),
        ("A judge, a tram and Orne", "A judge blocked the tram line in Orne on Tuesday.", "claims nothing"),
    ],
)  # fmt: skip
def test_one_that_does_not_say_quite_the_same_does_not(title: str, sentence: str, why: str) -> None:
    assert find(title, sentence) is None, why


def test_nothing_is_carried_without_a_headline() -> None:
    assert carried.find(reader.read(read(Article(text=AROUND.format(sentence="A judge blocked the line."))))) is None
