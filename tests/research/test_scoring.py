"""Measures count what they say they count."""

from __future__ import annotations

import math

import numpy as np
import pytest

from research.scoring import (
    Measure,
    Tally,
    confuse,
    count_hits,
    f1,
    find_least,
    find_tokens,
    macro_f1,
    mark_tokens,
    print_measures,
    ratio,
    read_measures,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Kim’s far-right ally", ["Kim’s", "far-right", "ally"]),
        ("“No!” - 3.5%", ["“", "No", "!", "”", "-", "3", ".", "5", "%"]),
        ("snake_case 'tis", ["snake", "_", "case", "'", "tis"]),
    ],
)
def test_tokens_are_words_or_single_signs(text: str, tokens: list[str]) -> None:
    assert [text[s:e] for s, e in find_tokens(text)] == tokens


def test_a_span_marks_what_it_touches() -> None:
    tokens = find_tokens("a reckless plan.")
    assert mark_tokens(tokens, [(4, 10)]).tolist() == [False, True, False, False]


def test_f1_and_macro_f1_are_the_textbook_ones() -> None:
    expected, found = np.array([1, 1, 0, 0], bool), np.array([1, 0, 1, 0], bool)
    assert f1(np.array(count_hits(expected, found))) == pytest.approx(0.5)
    cells = np.sum([confuse(0, 0, 2), confuse(0, 1, 2), confuse(1, 1, 2), confuse(1, 1, 2)], axis=0)
    assert macro_f1(cells) == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_an_interval_holds_its_value_and_narrows_with_more_groups() -> None:
    def width(groups: int) -> float:
        tally = Tally("share", ratio, "items")
        for n in range(groups):
            tally.add(str(n), [n % 2, 1])
        measure = tally.measure()
        assert measure is not None
        assert measure.low <= measure.value <= measure.high
        assert measure.n == groups
        return measure.high - measure.low

    assert width(400) < width(20)


def test_nothing_judged_is_no_measure() -> None:
    assert Tally("share", ratio, "items").measure() is None


def test_what_was_printed_can_be_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    measures = [
        Measure("babe.macro_f1, left", 0.64, 0.575, 0.714, 169, "sentences"),
        Measure("x", -0.1, -0.2, 0.0, 1, "a b"),
    ]
    print_measures(measures)
    assert read_measures(capsys.readouterr().out) == measures


@pytest.mark.parametrize(
    ("held", "share", "least"),
    [
        ([1, 1, 0, 1, 0], 0.75, 0.6),  # three of four from there on, whatever lies between
        ([1, 1, 0, 1, 0], 1.0, 0.8),
        ([1, 0.5, 0, 0, 0], 0.75, 0.8),  # a half counts half
        ([0, 1, 0, 1, 0], 0.9, math.inf),
    ],
)
def test_the_least_strength_from_which_enough_held(held: list[float], share: float, least: float) -> None:
    shuffled = [3, 0, 4, 1, 2]
    strengths = [0.9, 0.8, 0.7, 0.6, 0.5]
    assert find_least([strengths[k] for k in shuffled], [held[k] for k in shuffled], share) == least
