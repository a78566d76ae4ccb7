"""Numbers as numbers, whatever they look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.comparison import columns, quantities
from models.comparison.quantities import Quantity
from tests.models.comparison.conftest import build


def _find(text: str) -> list[tuple[str, Quantity]]:
    column = columns.read(0, build(text))
    body = (at for at, sentence in enumerate(column.sentences) if sentence.part != "headline")
    found = [quantity for at in body for quantity in quantities.find(column.words_of(at), column.text)]
    return [(column.text[quantity.start : quantity.end], quantity) for quantity in found]


@pytest.mark.parametrize(
    ("text", "words", "kind", "low", "high"),
    [
        ("It killed 12 people.", "12", "count", 12, 12),
        ("It killed twelve people.", "twelve", "count", 12, 12),
        ("It killed a dozen people.", "a dozen", "count", 12, 12),
        ("It has 1,200 beds.", "1,200", "count", 1200, 1200),
        ("It has two hundred and fifty beds.", "two hundred and fifty", "count", 250, 250),
        ("Twenty-one boats sank.", "Twenty-one", "count", 21, 21),
        ("It cost half a million pounds.", "half a million", "count", 500_000, 500_000),
        ("It cost $1.2 million.", "1.2 million", "count", 1_200_000, 1_200_000),
        ("It cost £5bn.", "5bn", "count", 5e9, 5e9),
        ("About 1,200 people came.", "1,200", "count", 1080, 1320),
        ("At least 15 people died.", "15", "count", 15, 60),
        ("No more than 20 people came.", "20", "count", 5, 20),
        ("Between 10 and 12 boats sank.", "10 and 12", "count", 10, 12),
        ("Dozens of boats sank.", "Dozens", "count", 20, 200),
        ("Half of the voters agree.", "Half of", "count", 47.5, 52.5),
        ("It sank at 3 a.m. off Orne.", "3 a.m.", "clock", 180, 180),
        ("It sank at 15:30 off Orne.", "15:30", "clock", 930, 930),
        ("It sank at noon off Orne.", "noon", "clock", 720, 720),
        ("It sank on 3 March off Orne.", "3 March", "date", 203, 203),
        ("It sank on March 3rd off Orne.", "March 3rd", "date", 203, 203),
        ("It sank on the 3rd of March off Orne.", "3rd of March", "date", 203, 203),
        ("It sank on 2026-03-03 off Orne.", "2026-03-03", "date", 203, 203),
        ("It sank on Tuesday off Orne.", "Tuesday", "weekday", 1, 1),
        ("It sank in 1931 off Orne.", "1931", "year", 1931, 1931),
        ("The vote was nine to four.", "nine to four", "score", 90_004, 90_004),
        ("Neil Tarrant, 34, was held.", "34", "age", 34, 34),
        ("A 34-year-old man was held.", "34", "age", 34, 34),
        ("It began on the second floor.", "second", "ordinal", 2, 2),
    ],
)
def test_how_numbers_are_written(text: str, words: str, kind: str, low: float, high: float) -> None:
    ((found, quantity),) = _find(text)
    assert (found, quantity.kind) == (words, kind)
    assert (quantity.low, quantity.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text",
    [
        "Highway 12 was closed.",
        "Nobody saw it.",
        "One of them had seen it.",
        "They may march again.",
        "No one came.",
        "The ferry came in second gear.",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert [found for found, quantity in _find(text) if quantity.kind == "count"] == []


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("It killed 12 people.", "It killed a dozen people.", True),
        ("It killed 12 people.", "It killed 120 people.", False),
        ("About 1,200 people came.", "Some 1,187 people came.", True),
        ("It has 1,200 beds.", "It has 1,187 beds.", True),
        ("It has 1,200 beds.", "It has 2,100 beds.", False),
        ("Over 100 boats sank.", "Some 120 boats sank.", True),
        ("Over 100 boats sank.", "Some 80 boats sank.", False),
        ("It is 10 miles long.", "It is 16 km long.", True),
        ("It is 10 miles long.", "It is 10 km long.", False),
        ("It spilled 40,000 litres.", "It spilled 10,500 gallons.", True),
        ("It lasted two hours.", "It lasted 120 minutes.", True),
        ("It began at 3 p.m. there.", "It began at 15:00 there.", True),
        ("It began at 3 a.m. there.", "It began at 15:00 there.", False),
        ("It won 45.9 percent.", "It won 46 per cent.", True),
        ("It won 3-1.", "It won three to one.", True),
    ],
)
def test_which_numbers_may_be_one(one: str, other: str, agree: bool) -> None:
    ((_, mine),), ((_, theirs),) = _find(one), _find(other)
    assert mine.measure == theirs.measure
    assert quantities.agree(mine, theirs) == quantities.agree(theirs, mine) == agree


@given(st.text(alphabet="0123456789.,:-$%£ abmk–'’ndthst\u00b2\u0663", max_size=40))
def test_any_digits_are_read(text: str) -> None:
    for words, quantity in _find(f"It had {text} of them."):
        assert words
        assert quantity.low <= quantity.high
        assert quantity.first < quantity.last
