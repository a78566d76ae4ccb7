"""Agreement against published worked examples, and what counts as the same mark."""

import math
from typing import Any

import pytest

from research.corpus.agreement import alpha, alpha_over_characters, match
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
    assert alpha_over_characters([(100, [(10, 20)], [(10, 20)])]) == 1
    assert alpha_over_characters([(100, [(10, 20)], [(60, 70)])]) < 0


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
