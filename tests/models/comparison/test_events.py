"""One event or two: by deeds, places and dates, not by whom they name. Scenes and sentences are our own."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import combinations

import pytest

from models.article import Article
from models.comparison import compare
from models.comparison_report import Comparison
from models.pipeline import analyze
from models.report import Report
from workers.settings import HOUSE

SCENES = {
    scene["name"]: scene
    for scene in tomllib.loads((HOUSE / "research" / "evaluation" / "scenes.toml").read_text("utf-8"))["scene"]
}
PAIRS = [
    (name, (one, at), (other, there))
    for name in SCENES
    for (one, at), (other, there) in combinations([(event, at) for event in ("first", "second") for at in (0, 1)], 2)
]


@cache
def _report(name: str, event: str, at: int) -> Report:
    title, body = SCENES[name][event][at].split("\n\n", 1)
    return analyze(Article(title=title, text=body, outlet=f"Outlet {event} {at}", published="2026-03-04"))


def _compare(name: str, one: tuple[str, int], other: tuple[str, int]) -> Comparison:
    return compare([_report(name, *one), _report(name, *other)])


# What happened to Tarrant in prison is told by what he was convicted of: half of the words are those of the trial.
HARD = ("trial", ("first", 1), ("second", 1))


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [pytest.param(*pair, marks=pytest.mark.xfail(strict=True)) if pair == HARD else pair for pair in PAIRS],
)
def test_short_pieces_about_the_same_people_in_one_week(
    name: str, one: tuple[str, int], other: tuple[str, int]
) -> None:
    comparison = _compare(name, one, other)
    assert comparison.event is not None
    same = one[0] == other[0]
    assert (comparison.event.verdict in ("same", "probably_same")) == same
    assert comparison.pairs[0].same_event == same
    codes = {note.code for note in comparison.notes}
    assert bool(codes & {"different_events", "probably_different_events"}) != same


def test_it_says_why() -> None:
    two = _compare("governor", ("first", 0), ("second", 0)).event
    assert two is not None
    assert two.why == [
        "Only 5 % of what the shorter text tells stands in like words in the other.",
        "They tell no deed in the same words.",
        "They begin with different matters.",
        "Names alone are no event, and they share names: Harrow, Leland and Okoro.",
        "They were published within 2 days.",
    ]
    one = _compare("mayor", ("first", 0), ("first", 1)).event
    assert one is not None
    assert one.why[:2] == [
        "They tell the same deeds: “cost … pounds”.",
        "They begin with the same matter: “council”, “harbour” and “tram”.",
    ]
    assert "They give the same numbers: 410 million and three." in one.why


@pytest.mark.parametrize(
    ("published", "verdict"),
    [("2026-03-04", "same"), ("2026-03-05", "same"), ("2026-03-09", "probably_same")],
)
def test_where_dates_differ_it_is_only_probably_one_event(published: str, verdict: str) -> None:
    one, other = _report("mayor", "first", 0), _report("mayor", "first", 1)
    later = other.model_copy(update={"article": other.article.model_copy(update={"published": published})})
    event = compare([one, later]).event
    assert event is not None
    assert event.verdict == verdict


def test_a_standing_headline_makes_no_event() -> None:
    one, other = (
        analyze(Article(title="The week in brief", text=SCENES[name]["first"][0].split("\n\n", 1)[1], outlet=name))
        for name in ("governor", "footballer")
    )
    event = compare([one, other]).event
    assert event is not None
    assert event.verdict in ("different", "probably_different")


def test_two_events_share_no_fact() -> None:
    comparison = _compare("footballer", ("first", 0), ("second", 0))
    assert [passage for passage in comparison.passages if passage.only_in is None] == []
    assert comparison.contradictions == []


def test_of_three_the_one_that_tells_another_event_is_named() -> None:
    comparison = compare([_report("trial", "first", 0), _report("trial", "first", 1), _report("trial", "second", 0)])
    assert [(pair.a, pair.b, pair.same_event) for pair in comparison.pairs] == [
        (0, 1, True),
        (0, 2, False),
        (1, 2, False),
    ]
    assert comparison.event is not None
    assert comparison.event.same == min(pair.same for pair in comparison.pairs)
