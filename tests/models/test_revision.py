"""Two versions of a draft: which words differ, which paragraph became which, and which findings went and came."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.lint import Draft, lint
from models.lint.house import House
from models.lint.revision import rewrite, turn_over

MARKS = House.model_validate({"word": [{"terms": ["sham", "mess"], "note": "A word."}]})


@pytest.mark.parametrize(
    ("before", "after", "removed", "inserted"),
    [
        ("The vote was a sham.", "The vote was a sham.", [], []),
        ("The regime slammed the plan.", "The council opposed the plan.", ["regime slammed"], ["council opposed"]),
        ("It failed.", "It failed again, they say.", [], ["again, they say"]),
        ("One stays.\n\nTwo goes away.", "One stays.", ["Two goes away."], []),
        ("One stays.", "Here is what is new.\n\nOne stays.", [], ["Here is what is new."]),
        ("  The ferry left.  \n", "The ferry left.", [], []),  # white space is no change
        ("", "Anything.", [], ["Anything."]),
    ],
)
def test_what_was_rewritten(before: str, after: str, removed: list[str], inserted: list[str]) -> None:
    made = rewrite(before, after)
    assert [before[start:end] for start, end in made.removed] == removed
    assert [after[start:end] for start, end in made.inserted] == inserted


def test_a_paragraph_stands_beside_what_it_became() -> None:
    before = "Fares rise in May.\nThe board met on Monday.\nPassengers are angry."
    after = "A lead of two lines.\nThe board met late on Monday.\nPassengers are angry.\nThe end."
    told = [
        (before[slice(*one)] if one else "", after[slice(*other)] if other else "")
        for one, other in rewrite(before, after).rows
    ]
    assert told == [
        ("Fares rise in May.", ""),
        ("", "A lead of two lines."),
        ("The board met on Monday.", "The board met late on Monday."),
        ("Passengers are angry.", "Passengers are angry."),
        ("", "The end."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "went", "came", "stayed"),
    [
        ("A sham, a mess.", "A vote, a mess.", [2], [], [10]),
        ("A sham and a sham.", "A vote and a sham.", [2], [], [13]),  # the second is the one that stays
        ("A mess.", "A sham.", [2], [2], []),
        ("First a sham.\nLast words here.", "Last words here.\nFirst a sham.", [], [], [25]),  # moved, and still found
    ],
)
def test_which_findings_went_and_came(
    before: str, after: str, went: list[int], came: list[int], stayed: list[int]
) -> None:
    ours, theirs = (lint(Draft(text), MARKS) for text in (before, after))
    found = turn_over(rewrite(before, after), ours, theirs)
    assert [one.start for one in found.went] == went
    assert [one.start for one in found.came] == came
    assert [one.start for one in found.stayed] == stayed


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab ’.\n", max_size=80), st.text(alphabet="ab ’.\n", max_size=80))
def test_what_is_left_of_both_is_the_same(before: str, after: str) -> None:
    made = rewrite(before, after)
    cut = [_without(before, made.removed), _without(after, made.inserted)]
    assert cut[0] == cut[1]
    assert all(after[now] == before[then] for then, now in made.kept.items())


def _without(text: str, stretches: list[tuple[int, int]]) -> str:
    for start, end in sorted(stretches, reverse=True):
        text = text[:start] + text[end:]
    return "".join(text.split())
