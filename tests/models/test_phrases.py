"""Phrases are found where they begin, the longest first, and never past the end that was named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document.phrases import Phrases

KNOWN = {"witch": 1, "witch hunt": 2, "witch hunt of the year": 3, "hunt": 4}


@pytest.fixture(scope="module")
def phrases() -> Phrases[int]:
    found: Phrases[int] = Phrases()
    for phrase, item in KNOWN.items():
        found.add(phrase.split(), item)
    found.add(("hunt",), 5)
    return found


@pytest.mark.parametrize(
    ("text", "first", "end", "found"),
    [
        ("the witch hunt goes on", 1, 5, [(3, [2]), (2, [1])]),
        ("the witch hunt goes on", 0, 5, []),
        ("the witch hunt goes on", 2, 5, [(3, [4, 5])]),
        ("the witch hunt goes on", 1, 2, [(2, [1])]),
        ("witch hunt of the year", 0, 5, [(5, [3]), (2, [2]), (1, [1])]),
        ("witch hunt of the year", 0, 4, [(2, [2]), (1, [1])]),
        ("witch hunt of the", 0, 4, [(2, [2]), (1, [1])]),
    ],
)
def test_phrases_at_a_word(
    phrases: Phrases[int], text: str, first: int, end: int, found: list[tuple[int, list[int]]]
) -> None:
    assert list(phrases.at(text.split(), first, end)) == found


WORDS = st.lists(st.sampled_from(["witch", "hunt", "of", "the", "year"]), min_size=1, max_size=12)


@given(WORDS, st.data())
def test_what_is_found_stands_there_and_nothing_is_missed(words: list[str], data: st.DataObject) -> None:
    phrases: Phrases[str] = Phrases()
    for phrase in KNOWN:
        phrases.add(phrase.split(), phrase)
    first = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(first + 1, len(words)))
    found = {item: last for last, items in phrases.at(words, first, end) for item in items}
    expected = {
        phrase: first + len(phrase.split())
        for phrase in KNOWN
        if words[first:end][: len(phrase.split())] == phrase.split()
    }
    assert found == expected
