"""What belongs to somebody's words and what the outlet adds, with the reader: text in, contents out."""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article


def read(text: str) -> list[tuple[str | None, list[str]]]:
    """Source and content, in its parts, of every statement that is shown."""
    items = pipeline.analyze(Article(text=text)).attribution.items
    return [
        (i.source and i.source.text, [i.content.text, *(part.text for part in i.content_parts)])
        for i in items
        if i.shown
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Ortiz said the council would close the ferry, which has run since 1950.",
            "the council would close the ferry",
        ),
        (
            "Half of the sailors said they had written to the council within a year – the highest level of any group.",
            "they had written to the council within a year",
        ),
        ("In the poll 78% said they always vote, compared with 49% of the general public.", "they always vote"),
        (
            "Sixty-nine percent said they like the mayor, just above the 68 percent who said the same about Cole.",
            "they like the mayor",
        ),
        (
            "About 22% say they are not happy with the ferry, while the largest share – around half – have no opinion.",
            "they are not happy with the ferry",
        ),
        (
            "Advocates believe that the new trams are key to cleaner air, but not all experts agree with them on that.",
            "that the new trams are key to cleaner air",
        ),
        ("Lee said the paper never called her, as if she ever answered her phone.", "the paper never called her"),
    ],
)
def test_what_the_outlet_adds_is_no_content(text: str, content: str) -> None:
    assert [parts for _, parts in read(text)] == [[content]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Cole noted the other day, a lot of sailors wanted the ferry gone.", "a lot of sailors wanted the ferry gone"),
        ("Ortiz told them the tough mayor had to go.", "the tough mayor had to go"),
    ],
)
def test_a_time_and_a_hearer_before_the_clause_are_no_content(text: str, content: str) -> None:
    assert [parts for _, parts in read(text)] == [[content]]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Papers that live on scandals risk their own good name, Bishop Cole said on Friday.",
            "Papers that live on scandals risk their own good name",
        ),
        (
            "Closing the old ferry would be the end of the island, Senator Ann Lee predicted on Sunday.",
            "Closing the old ferry would be the end of the island",
        ),
        (
            "Brann, for example, like Lomas is all sand and wind, the geographer Ann Lee said.",
            "Brann, for example, like Lomas is all sand and wind",
        ),
        (
            "Castle told the weekly that waiting for the trams was a great loss and building them without a plan "
            "amounted to a mistake.",
            "that waiting for the trams was a great loss and building them without a plan amounted to a mistake",
        ),
    ],
)
def test_a_content_has_its_subject_and_its_second_clause(text: str, content: str) -> None:
    assert [parts for _, parts in read(text)] == [[content]]


def test_a_quotation_that_fills_the_next_sentence_goes_on() -> None:
    text = (
        "“As you know, I am a doctor and no sailor,” Lee wrote in a long letter to the Harbour Post. "
        "“I came to the island to help people.”"
    )
    assert read(text) == [
        ("Lee", ["“As you know, I am a doctor and no sailor,”", "“I came to the island to help people.”"])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Lee’s website explained that the bill:",
        "And remarks from several sailors show that they are still looking for a boat.",
    ],
)
def test_a_broken_clause_and_what_remarks_show_are_no_statements(text: str) -> None:
    assert read(text) == []


def test_of_what_is_told_in_passing_only_the_clause_is_content() -> None:
    text = "Lee delivered a speech on Friday, maintaining as she did for years that she “did nothing wrong.”"
    assert read(text) == [("Lee", ["that she “did nothing wrong.”"])]


def test_a_second_saying_in_an_aside_is_a_statement_of_its_own() -> None:
    text = "Mayor Lee said on Sunday the vote would not matter, adding the island had better things to do."
    assert read(text) == [
        ("Mayor Lee", ["the vote would not matter"]),
        ("Mayor Lee", ["the island had better things to do"]),
    ]


def test_a_posts_link_is_no_content_and_a_signature_has_its_outlet() -> None:
    post = "We are ready for the storm! https://t.co/abcDEF — Ann Lee (@annlee) March 14, 2026"
    assert read(post) == [("Ann Lee", ["We are ready for the storm!"])]
    signed = "“Nobody needs the old ferry on this coast.” — Bo Cole, Island Times"
    assert read(signed) == [("Bo Cole, Island Times", ["“Nobody needs the old ferry on this coast.”"])]


def test_a_line_that_echoes_leads_in_a_statement() -> None:
    text = (
        "Senator Ann Lee echoed:\n\nThe council today sent sailors a gift. I thank Senator Cole for his help with it. "
        "The rule cracks down on smugglers."
    )
    assert [source for source, _ in read(text)] == ["Senator Ann Lee"]
