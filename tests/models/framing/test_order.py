"""Where each main person first appears and first speaks, and what the headline takes up."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from models import reader
from models.analyzers import attribution
from models.analyzers.framing import order
from models.article import Article
from models.document import Document, read
from models.document.neighbours import MAIN
from models.report import Order

TITLE = "Ann Moss closes the ferry to Harran"
TEXT = (
    "The ferry to Harran stopped on Monday.\n\n"
    "Ann Moss signed the paper in the morning. Nobody waved. The harbour was quiet and the gulls slept.\n\n"
    "Omar Rojas, who steered the ferry, packed his things at noon. “I heard it from the baker,” Rojas said.\n\n"
    "Moss closes the harbour office in May, too. Rojas is looking for work."
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=150)


def put_in_order(title: str | None, text: str) -> tuple[Document, Order | None]:
    document = reader.read(read(Article(title=title, text=text)))
    return document, order.analyze(document, attribution.analyze(document))


def test_who_comes_first_and_who_speaks_late() -> None:
    document, found = put_in_order(TITLE, TEXT)
    assert found is not None
    names = {entity.id: entity.name for entity in document.entities}
    moss, rojas = found.people
    assert [names[moss.entity], names[rojas.entity]] == ["Ann Moss", "Omar Rojas"]
    assert (moss.mentioned, moss.speaks, moss.in_headline) == (0.0, None, True)
    assert not rojas.in_headline
    assert rojas.speaks is not None
    words = TITLE.split() + TEXT.split()
    last = len(words) - 1
    assert rojas.mentioned == round(words.index("Omar") / last, 3)
    assert rojas.speaks == round(words.index("“I") / last, 3)


def test_what_the_headline_takes_up() -> None:
    document, found = put_in_order(TITLE, TEXT)
    assert found is not None
    assert found.headline is not None
    assert found.headline.verdict is None
    assert "The ferry to Harran stopped on Monday." in [span.text for span in found.headline.takes_up]
    assert all(document.text[span.start : span.end] == span.text for span in found.headline.takes_up)
    assert "Nobody waved." not in [span.text for span in found.headline.takes_up]


def test_without_a_headline_nothing_is_taken_up() -> None:
    _, found = put_in_order(None, TEXT)
    assert found is not None
    assert found.headline is None
    assert not any(person.in_headline for person in found.people)


@settings(deadline=None, max_examples=25)
@given(st.none() | TEXTS, TEXTS)
def test_shares_and_spans_hold_in_any_text(title: str | None, text: str) -> None:
    document, found = put_in_order(title, f"{text}.")
    if found is not None:
        assert len(found.people) <= MAIN
        for span in found.headline.takes_up if found.headline else ():
            assert document.text[span.start : span.end] == span.text
