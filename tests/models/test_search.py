"""Under which keys is a report filed, and which does a question ask for?"""

from __future__ import annotations

import pytest

from models.search import Wanted, find_places

FILED = Wanted(words="The councillors’ closing speech cost millions in Saint-Éloi")


@pytest.mark.parametrize(
    "word", ["councillor", "COUNCILLORS", "closes", "closed", "million", "saint-eloi", "Saint-Éloi"]
)
def test_forms_cases_and_accents_of_a_word_meet(word: str) -> None:
    (key,) = Wanted(words=word).keys
    assert key in FILED.keys


@pytest.mark.parametrize("word", ["council", "close-up", "mill", "eloi", "cos"])
def test_other_words_do_not(word: str) -> None:
    assert not set(Wanted(words=word).keys) & set(FILED.keys)


def test_words_of_most_articles_are_left_out_and_named() -> None:
    wanted = Wanted(words="the tram of The mayor")
    assert wanted.too_common == ["the", "of", "the"]
    assert len(wanted.keys) == 2
    assert Wanted(words="the of").is_empty
    assert Wanted().is_empty


def test_words_of_a_name_belong_together() -> None:
    assert len(Wanted(person="Marden").keys) == 1
    assert Wanted(person="Ilse Marden").keys == Wanted(person="Marden,  ILSE").keys
    assert not set(Wanted(person="Ilse Marden").keys) & set(Wanted(person="Ilse Vail").keys)
    assert not set(Wanted(person="Marden").keys) & set(Wanted(words="Marden").keys)


def test_days_ask_for_their_months() -> None:
    assert len(Wanted(since="2025-11-30", until="2026-02-01").months) == 4
    assert (
        Wanted(since="2026-05-02", until="2026-05-02").months == Wanted(since="2026-05-01", until="2026-05-31").months
    )
    assert len(Wanted(since="2020-03-01").months) == 10 + 80  # months of 2020, then whole years
    assert len(Wanted(since="0001-01-01", until="9999-12-31").months) == 201


def test_places_are_the_exact_words() -> None:
    text = "She closed the bridge. Closing it cost millions; the Bridge’s rail stays."
    stems = Wanted(words="close bridges").stems
    assert [text[start:end] for start, end in find_places(text, stems)] == ["closed", "bridge", "Closing", "Bridge’s"]
