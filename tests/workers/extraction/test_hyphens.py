"""Hyphens at the ends of lines: the word is whole again, and keeps the hyphen that is its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.extraction import hyphens


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("a long-", "term closure", "a long-term closure"),
        ("the govern-", "ment had known", "the government had known"),
        ("a disgrace-", "ful plan", "a disgraceful plan"),
        ("a fire-", "fighter from Corley", "a firefighter from Corley"),
        ("the inflamma-", "tory plan", "the inflammatory plan"),
        ("a well-", "known baker", "a well-known baker"),
        ("a right-", "wing party", "a right-wing party"),
        ("the two-", "year plan", "the two-year plan"),
        ("the anti-", "corruption squad", "the anti-corruption squad"),
        ("was re-", "elected on Monday", "was re-elected on Monday"),
        ("her ex-", "husband said", "her ex-husband said"),
        ("full-time and part-", "time jobs", "full-time and part-time jobs"),
        ("her mother-in-", "law said", "her mother-in-law said"),
        ("non-", "sense, he said", "nonsense, he said"),
        ("policy-", "makers met", "policymakers met"),
        ("the demon-", "strators left", "the demonstrators left"),
        ("unaccept-", "able, she said", "unacceptable, she said"),
        ("the Franco-", "German border", "the Franco-German border"),
        ("Mary Jones-", "Reed said", "Mary Jones-Reed said"),
        ("a post-", "2015 world", "a post-2015 world"),
        ("pre-", "and post-war houses", "pre- and post-war houses"),
        ("the govern\u00ad", "ment", "the government"),
        ("a long‐", "term lease", "a long‐term lease"),
        ("the mayor-", "council row", "the mayor-council row"),
    ],
)  # fmt: skip
def test_the_word_is_whole_again(line: str, following: str, expected: str) -> None:
    assert hyphens.is_cut(line)
    assert hyphens.join(line, following, set()) == expected


@pytest.mark.parametrize(
    ("said", "expected"), [({"tarnside"}, "the Tarnside path"), ({"tarn-side"}, "the Tarn-side path")]
)
def test_what_the_text_says_elsewhere_counts_most(said: set[str], expected: str) -> None:
    assert hyphens.join("the Tarn-", "side path", said) == expected


@pytest.mark.parametrize("line", ["It was closed -", "closed –", "closed —", "2015-", "--", "-", "", "closed"])
def test_other_signs_cut_no_word(line: str) -> None:
    assert not hyphens.is_cut(line)


@given(line=st.text(min_size=1), following=st.text(min_size=1))
def test_nothing_is_lost_but_the_hyphen(line: str, following: str) -> None:
    joined = hyphens.join(line, following, set())
    assert joined.replace(" ", "") in {(line + following).replace(" ", ""), (line[:-1] + following).replace(" ", "")}
