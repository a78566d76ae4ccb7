"""Agreement against published worked examples, and what counts as the same mark."""

import math
from typing import Any, Literal

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.agreement import Continuum, alpha, alpha_of_units, alpha_over_characters, interval, kappa, match, merge
from models.coding import results
from models.coding.entries import Mark as CoderMark
from research.corpus.layers import compare_loaded, compare_statements, same_name, to_level


def test_alpha_of_binary_data_as_published() -> None:
    # Krippendorff 2011, "Computing Krippendorff's alpha-reliability", A: two observers, ten units
    ours, theirs = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    assert alpha(list(zip(ours, theirs, strict=True))) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_nominal_data_as_published() -> None:
    # the same, B: five categories, twelve units
    assert alpha(list(zip("aabbdcccedda", "babbbcccedddd"[:12], strict=True))) == pytest.approx(0.692, abs=0.0005)


def test_ordinal_alpha_weighs_a_step_less_than_a_leap() -> None:
    levels = [(-2, -2), (-1, -1), (0, 0), (1, 1), (2, 2)]
    step, leap = [*levels, (1, 2)], [*levels, (-2, 2)]
    assert alpha(levels, "ordinal") == 1
    assert 1 > alpha(step, "ordinal") > alpha(leap, "ordinal")


def test_ordinal_alpha_by_hand() -> None:
    # Values 1 (three times), 2 (twice), 3 (once): distances (3/2 + 2/2)^2, (3/2 + 2 + 1/2)^2, (2/2 + 1/2)^2.
    pairs = [(1, 1), (1, 2), (2, 3)]
    expected = 2 * (3 * 2 * 2.5**2 + 3 * 1 * 4**2 + 2 * 1 * 1.5**2)
    observed = 2 * (2.5**2 + 1.5**2)
    assert alpha(pairs, "ordinal") == pytest.approx(1 - 5 * observed / expected)


def test_alpha_says_nothing_where_all_values_are_one() -> None:
    assert math.isnan(alpha([(0, 0), (0, 0)]))


def test_alpha_over_characters_is_one_for_the_same_spans_and_none_by_chance() -> None:
    assert alpha_over_characters([(100, [[(10, 20)], [(10, 20)]])]) == 1
    assert alpha_over_characters([(100, [[(10, 20)], [(60, 70)]])]) < 0


def test_alpha_over_characters_is_nominal_alpha_with_every_character_a_unit() -> None:
    texts = [(12, [[(0, 4)], [(2, 5), (9, 40)], []]), (7, [[], [(1, 2)]])]
    units = [
        [any(s <= at < e for s, e in marked) for marked in coders] for length, coders in texts for at in range(length)
    ]
    assert alpha_over_characters(texts) == pytest.approx(alpha(units))


# Krippendorff 2011, C: four observers, twelve units, some values missing.
FOUR = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
UNITS = [[int(value) for value in unit if value != "."] for unit in zip(*map(str.split, FOUR), strict=True)]


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_alpha_of_many_coders_with_values_missing_as_published(
    level: Literal["nominal", "ordinal"], published: float
) -> None:
    assert alpha(UNITS, level) == pytest.approx(published, abs=0.0005)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=4), min_size=2, max_size=20))
def test_alpha_is_that_of_the_library(units: list[list[int]]) -> None:
    # Castro's `krippendorff`, which takes counts of values a unit; ours is needed for units that stand often.
    counts = [[unit.count(value) for value in range(1, 6)] for unit in units]
    if len({value for unit in units for value in unit}) > 1:
        for level in ("nominal", "ordinal"):
            assert alpha(units, level) == pytest.approx(
                krippendorff.alpha(value_counts=counts, level_of_measurement=level)
            )


def test_alpha_of_units_as_published() -> None:
    # Krippendorff 2004, "Content Analysis", p. 254: two observers, from 150 to 450, categories c and k
    c = Continuum(300, [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]])
    k = Continuum(300, [[(30, 90), (150, 200)], [(30, 90), (150, 200)]])
    assert alpha_of_units([c]) == pytest.approx(0.7286, abs=0.0001)
    assert alpha_of_units([k]) == 1
    assert alpha_of_units([c, k]) == pytest.approx(0.8591, abs=0.0005)


@pytest.mark.parametrize(
    "continua", [[], [Continuum(10, [[], []])], [Continuum(10, [[(0, 3)]])], [Continuum(0, [[], []])]]
)
def test_alpha_of_units_says_nothing_where_nothing_can_be_compared(continua: list[Continuum]) -> None:
    assert math.isnan(alpha_of_units(continua))


def test_kappa_as_published() -> None:
    # Artstein & Poesio 2008, "Inter-coder agreement for computational linguistics", their example of two coders:
    # 100 utterances, Stat or IReq; both Stat 20, both IReq 50, A's Stat is B's IReq 20, the other way round 10.
    pairs = [("s", "s")] * 20 + [("s", "i")] * 20 + [("i", "s")] * 10 + [("i", "i")] * 50
    assert kappa(pairs) == pytest.approx(0.348, abs=0.0005)


def test_kappa_says_nothing_of_one_value_or_of_none() -> None:
    assert math.isnan(kappa([("a", "a")] * 3))
    assert math.isnan(kappa([]))
    assert kappa([("a", "b"), ("b", "a")]) == -1


def test_f1_of_marks_as_published() -> None:
    # SemEval-2013 task 9.1 as nervaluate documents it (README, “Putting all together”): by type, a mark meets one that
    # it overlaps and that is of its type. 3 correct, 2 incorrect, 1 missed, 1 spurious: precision, recall and F1 0.5.
    gold = [("brand", 0, 1), ("drug", 6, 7), ("drug", 9, 10), ("drug", 12, 13), ("drug", 15, 16), ("group", 19, 20)]
    system = [("brand", 3, 4), ("drug", 5, 7), ("brand", 9, 10), ("drug", 12, 13), ("drug", 15, 16), ("drug", 18, 20)]
    marks = [
        [CoderMark(id=f"m{at}", layer="l", category=what, start=start, end=end) for at, (what, start, end) in each]
        for each in (enumerate(gold), enumerate(system))
    ]
    counts = results.compare([(marks[0], marks[1])], {what: what for what, _, _ in gold})
    assert [int(count) for count in counts] == [3, 3, 3]  # both; the first alone; the second alone
    assert float(results.f1(counts)) == 0.5


def test_spans_that_touch_are_one() -> None:
    assert merge([(5, 9), (0, 3), (3, 4), (8, 12), (20, 21)]) == [(0, 4), (5, 12), (20, 21)]


def test_an_interval_is_over_articles() -> None:
    counts = np.array([[1.0, 1.0]] * 5 + [[0.0, 1.0]] * 5)
    low, high = interval(counts, lambda sums: sums[..., 0] / sums[..., 1])
    assert 0 < low < 0.5 < high < 1
    assert interval(counts, lambda sums: sums[..., 0] / sums[..., 1]) == (low, high)
    assert all(map(math.isnan, interval(counts[:1], lambda sums: sums[..., 0])))


def _loaded(start: int, end: int, category: str = "verdict") -> dict[str, Any]:
    return {"start": start, "end": end, "category": category}


def test_marks_meet_once_the_largest_overlap_first() -> None:
    ours, theirs = [_loaded(0, 10), _loaded(8, 20)], [_loaded(5, 20)]
    pairs = match(ours, theirs, lambda a, b: True, lambda mark: [(mark["start"], mark["end"])])
    assert pairs == [(1, 0)]


def test_loaded_words_meet_within_a_group_of_categories() -> None:
    ours = {"loaded": [_loaded(0, 5, "verdict"), _loaded(10, 15, "fear"), _loaded(20, 25, "contested")]}
    theirs = {"loaded": [_loaded(0, 5, "contempt"), _loaded(10, 15, "praise"), _loaded(30, 35, "contested")]}
    compared = compare_loaded(ours, theirs)
    assert compared.pairs == [(0, 0)]
    assert compared.counts() == [1, 2, 2]


def test_statements_meet_where_half_of_the_shorter_content_is_shared() -> None:
    ours = {"statements": [{"content": [(0, 100)]}, {"content": [(200, 210), (220, 230)]}]}
    theirs = {"statements": [{"content": [(60, 100)]}, {"content": [(225, 245)]}]}
    assert compare_statements(ours, theirs).pairs == [(0, 0)]


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Victor Hale", "Hale", True),
        ("Mayor Hale", "the mayor", False),
        ("President Marin", "Marin", True),
        ("the council", "Council", True),
        ("Ana Moore", "Ben Moore", False),
        (None, None, True),
        (None, "Hale", False),
    ],
)
def test_names_of_one_bearer(ours: str | None, theirs: str | None, same: bool) -> None:
    assert same_name(ours, theirs) is same


def test_a_portrayal_has_five_levels() -> None:
    assert [to_level(value) for value in (-1, -0.61, -0.3, 0, 0.2, 0.21, 0.7)] == [-2, -2, -1, 0, 0, 1, 2]
