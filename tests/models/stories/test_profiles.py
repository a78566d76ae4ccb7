"""A profile: what of a report tells its event."""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article
from models.comparison import columns
from models.stories import profiles

TITLE = "Ferry strike shuts Quillport harbour"
BODY = """The ferrymen of Quillport went on strike on Monday, and the harbour stood still for the first time in \
nine years.

Their union, led by Ines Calder, asks for two free days in a row. The harbour master, Tobin Ashgrove, said that the \
boats would sail again by Friday.

Calder told reporters that nobody had asked the ferrymen. The town lives on its ferries, and the market was empty."""


def draw(**more: str) -> profiles.Profile:
    return profiles.draw(columns.read(0, pipeline.analyze(Article(title=TITLE, text=BODY, **more))))


def test_rare_words_and_names_weigh_most() -> None:
    profile = draw(published="2026-03-14T09:30:00Z")
    assert sorted(profile.names, key=lambda name: -profile.names[name])[:2] == ["quillport", "calder"]
    assert {"ferrymen", "quillport"} <= set(sorted(profile.body, key=lambda term: -profile.body[term])[:6])
    assert set(profile.title) == {"ferry", "strike", "shuts", "quillport", "harbour"}
    assert profile.body["ferrymen"] > profile.body["town"]
    assert profile.day == 739_689


def test_every_bag_has_length_one() -> None:
    profile = draw()
    for bag in (profile.title, profile.lead, profile.body, profile.names):
        assert sum(weight**2 for weight in bag.values()) == pytest.approx(1, abs=0.01)


def test_keys_are_the_rarest_terms_and_names_24_at_most() -> None:
    keys = profiles.find_keys(draw())
    assert {"ferrymen", "quillport", "calder", "ashgrove"} <= set(keys)
    assert not {"the", "monday", "said"} & set(keys)
    assert len(keys) == len(set(keys)) <= 24


@pytest.mark.parametrize(
    ("published", "day"),
    [("0001-01-01", 1), ("2026-05-12", 739_748), ("2026-05-12T23:59:00+02:00", 739_748), (None, None), ("soon", None)],
)
def test_day_of_publication(published: str | None, day: int | None) -> None:
    assert profiles.count_day(published) == day


def test_a_text_of_one_word_has_a_profile() -> None:
    profile = profiles.draw(columns.read(0, pipeline.analyze(Article(text="Ferries!"))))
    assert (profile.title, profile.body, profile.names) == ({}, {"ferries": 1.0}, {})


def test_a_word_without_end_is_no_term() -> None:
    report = pipeline.analyze(
        Article(title="Q" * 500, text=f"The ferry of {'Z' * 500} sailed. {'z' * 500} followed it.")
    )
    profile = profiles.draw(columns.read(0, report))
    assert max(len(term) for bag in (profile.title, profile.body, profile.names) for term in (*bag, "")) < 61
