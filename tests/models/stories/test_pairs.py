"""Do two reports tell the same event?"""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article
from models.comparison import columns
from models.stories import linkage, pairs, profiles
from models.stories.profiles import Profile
from service import examples

OTHER = Article(
    title="Orchard growers of Pell Valley fear a late frost",
    published="2026-05-12",
    text="The growers of Pell Valley lit small fires between their trees on Tuesday night. A frost in May would cost "
    "them half of the cherries, said Greta Lindqvist, who speaks for two hundred orchards. The weather office expects "
    "three cold nights. Buses brought pickers home early, and the council lent its pumps.",
)


@pytest.fixture(scope="module")
def told() -> list[Profile]:
    """One event as three outlets tell it."""
    return [profiles.draw(columns.read(0, pipeline.analyze(article))) for article in examples.ARTICLES]


@pytest.fixture(scope="module")
def other() -> Profile:
    """Another event of the same day."""
    return profiles.draw(columns.read(0, pipeline.analyze(OTHER)))


def test_one_event_told_three_times(told: list[Profile], other: Profile) -> None:
    joins = pairs.load().joins
    assert min(pairs.judge(told[0], told[1]), pairs.judge(told[1], told[2]), pairs.judge(told[0], told[2])) > joins
    assert max(pairs.judge(one, other) for one in told) < 0.05


def test_the_same_words_a_year_later_are_another_event(told: list[Profile]) -> None:
    later = told[0].model_copy(update={"day": (told[0].day or 0) + 365})
    assert pairs.judge(told[1], later) < pairs.load().joins < pairs.judge(told[1], told[0])


def test_features_by_name() -> None:
    one = Profile(day=10, title={"ferry": 1.0}, lead={"ferry": 0.6, "strike": 0.8}, body={"ferry": 1.0}, names={})
    other = Profile(day=12, title={"ferry": 1.0}, lead={"strike": 1.0}, body={"storm": 1.0}, names={"calder": 1.0})
    found = pairs.measure(one, other)
    assert {name: round(value, 3) for name, value in found.items()} == {
        "title": 1.0, "lead": 0.894, "body": 0.0, "names": 0.0, "days": 1.099,
    }  # fmt: skip
    assert pairs.measure(other, one) == found
    undated = pairs.measure(one, other.model_copy(update={"day": None}))
    assert round(undated["days"], 3) == 1.792


def test_a_report_joins_the_likeliest_story(told: list[Profile], other: Profile) -> None:
    assert linkage.choose(told[2], {"coast road": told[:2], "frost": [other]}) == "coast road"
    assert linkage.choose(other, {"coast road": told}) is None
    assert linkage.choose(told[0], {}) is None


def test_a_chain_of_neighbours_is_no_story(told: list[Profile], other: Profile) -> None:
    assert linkage.choose(told[0], {"mixed": [told[1], other, other, other]}) is None


def test_a_story_that_has_grown_takes_in_what_was_alone(told: list[Profile], other: Profile) -> None:
    assert linkage.pull(told[:2], {"third": told[2], "frost": other}) == ["third"]
