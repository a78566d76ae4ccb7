"""Whole sources and nothing beside them, with the reader: text in, each statement's source and content out."""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article


def propose(text: str, *, shown: bool = False) -> list[tuple[str | None, str | None, str]]:
    """Source, cue and content of every statement, or of those that are shown."""
    items = pipeline.analyze(Article(text=text)).attribution.items
    return [(i.source and i.source.text, i.cue and i.cue.text, i.content.text) for i in items if i.shown or not shown]


def read(text: str) -> list[tuple[str | None, str | None, str]]:
    """Source, cue and content of every statement that is shown."""
    return propose(text, shown=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ortiz told Brann’s harbour masters at the Coastal Union and Seafront that the bridge was safe.",
            ("Ortiz", "told", "that the bridge was safe"),
        ),
        (
            "The Fifth District ruling said Lomas Water Board broke no law.",
            ("The Fifth District ruling", "said", "Lomas Water Board broke no law"),
        ),
        (
            "The Harbour Post quoted the former mayor admitting that it was “a fair question.”",
            ("the former mayor", "admitting", "that it was “a fair question.”"),
        ),
        (
            "According to the League for Free Rivers, the boys have asked for a new pool.",
            ("the League for Free Rivers", "According to", "the boys have asked for a new pool"),
        ),
    ],
)
def test_a_source_ends_before_its_verb_and_at_the_comma_behind_according_to(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in propose(text)


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Ortiz thanked the crew of the ferry on Monday, saying it had saved lives.", "Ortiz", "saying"),
        ("Castle sent a letter to Ortiz on Friday arguing that the pool should stay open.", "Castle", "arguing"),
    ],
)
def test_what_stands_behind_a_preposition_or_as_an_object_does_not_speak(text: str, source: str, cue: str) -> None:
    assert (source, cue) in [found[:2] for found in propose(text)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Almost all traders say that the old bridge is safe.", "Almost all traders"),
        ("Almost every baker in town said the flour was bad.", "Almost every baker in town"),
        ("Advocates for free ferries say that the fares are too high.", "Advocates for free ferries"),
        ("Critics of the bridge argue that it is too dear.", "Critics of the bridge"),
    ],
)
def test_a_source_is_its_whole_noun_phrase(text: str, source: str) -> None:
    assert [found[0] for found in read(text)] == [source]


def test_a_content_ends_where_somebody_else_speaks() -> None:
    found = propose("When told by a clerk that the pool leaked, Castle replied, “It does not.”")
    assert "that the pool leaked" in [content for _, _, content in found]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The council would reportedly offer Castle or her son a post at the harbour.", "The council would"),
        ("Those boats are reportedly returning to their port.", "Those boats are"),
    ],
)
def test_what_is_reported_has_its_subject(text: str, content: str) -> None:
    assert content in [found[2] for found in propose(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The marchers are showing us that the damage of the flood is not over.",
        "Castle, the mayor, is noted for the patience and skill that could help her.",
        "Castle’s angry tweet about Ortiz suggests the mayor may run again.",
    ],
)
def test_what_the_outlet_makes_of_somebody_is_no_statement(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Irene Castle and her supporters have maintained that the pool leaks.", "named"),
        ("A club called Harbour Friends said that the pool leaks.", "named"),
        ("Tech firms and social networks have said that the tax is too high.", "unnamed"),
        ("The networks said that the tax is too high.", "media"),
    ],
)
def test_whoever_has_a_name_is_named_and_companies_are_no_media(text: str, kind: str) -> None:
    items = pipeline.analyze(Article(text=text)).attribution.items
    assert [item.source_type for item in items if item.shown] == [kind]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Those who support this mayor said that the plan was the best in years.", "Those who support this mayor"),
        (
            "Mayor Lee's letter, which few have read, said that the ferry was safe.",
            "Mayor Lee's letter, which few have read",
        ),
        ("“We are too late,” said Rep. Ann Lee, D-Calif. Rep. Bo Cole, D-Texas, agrees.", "Rep. Ann Lee, D-Calif"),
        (
            "Gary Cole, who served on the island from 1986 to 2007, would not comment on the ferry and said he had not "
            "heard about the vote.",
            "Gary Cole",
        ),
        ("A poll published last week showed that most sailors like the ferry.", "A poll published last week"),
    ],
)
def test_a_source_is_closed_and_no_part_of_what_is_told_of_it(text: str, source: str) -> None:
    assert source in [found[0] for found in read(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("According to the FBI website, the lake is safe to swim in.", "Federal Bureau of Investigation", "official"),
        ("Ann Lee’s latest piece described the ferry as a danger to the island.", "Ann Lee", "named"),
        ("The activist group Harbourwatch.org insists that the ferry must go.", "Harbourwatch.org", "named"),
        ("According to a tally by Reuters, nine ferries have been sold this year.", "Reuters", "media"),
        ("Some reports suggested that the ferry would be sold.", None, "vague"),
        ("A report we published in May estimated that sailors make up a tenth of the island.", None, "document"),
    ],
)
def test_pages_pieces_and_tallies_speak_for_whoever_they_belong_to(text: str, speaker: str | None, kind: str) -> None:
    report = pipeline.analyze(Article(text=text))
    names = {entity.id: entity.name for entity in report.entities}
    (item,) = report.attribution.items
    assert (names.get(item.speaker or ""), item.source_type) == (speaker, kind)


def test_an_adverb_in_parentheses_tells_the_stance_too() -> None:
    report = pipeline.analyze(
        Article(text="Lee has been consistently (and correctly) arguing that the plan was a mistake.")
    )
    assert [item.cue and item.cue.stance for item in report.attribution.items] == ["endorsing"]
