"""Names in several forms, titles of works, makes, short states: one entity each, whole, of its kind, or none."""

from __future__ import annotations

import pytest

from models import reader
from models.article import Article
from models.document import Document, names, read


def named(document: Document) -> dict[str, list[str]]:
    return {e.name: [document.text[m.start : m.end] for m in e.mentions] for e in document.entities}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # With the particle, in small letters or at the start of a sentence; the last two of three names.
        (
            "They asked Omar al-Selby. But al-Selby slept. Al-Selby is old.",
            {"Omar al-Selby": ["Omar al-Selby", "al-Selby", "Al-Selby"]},
        ),
        (
            "They hailed Carmen de Selby. De Selby wept.",
            {"Carmen de Selby": ["Carmen de Selby", "De Selby"]},
        ),
        (
            "They asked Tom Abdul Selby. Abdul Selby slept.",
            {"Tom Abdul Selby": ["Tom Abdul Selby", "Abdul Selby"]},
        ),
        # The initials of a president, and of whoever speaks in an interview.
        ("LBJ was loud. They knew Lyndon Johnson.", {"Lyndon Johnson": ["LBJ", "Lyndon Johnson"]}),
        (
            "They met at dawn.\n\nAB: Why?\n\nTS: They asked Ann Bell.\n\nThey asked Tom Selby.",
            {"Ann Bell": ["AB", "Ann Bell"], "Tom Selby": ["TS", "Tom Selby"]},
        ),
        # Offices in short, and of several.
        ("William Barr left. They like AG Barr.", {"William Barr": ["William Barr", "Barr"]}),
        ("They met Congresswomen Ann Hale and Eve Selby.", {"Ann Hale": ["Ann Hale"], "Eve Selby": ["Eve Selby"]}),
        # States as they are written behind a town, and a city by its initials.
        ("They left Harrow, Ga., and then Ky.", {"Harrow": ["Harrow"], "Georgia": ["Ga"], "Kentucky": ["Ky"]}),
        ("They drove to LA at dawn.", {"Los Angeles": ["LA"]}),
        ("They flew over sub-Saharan Africa.", {"Sub-Saharan Africa": ["sub-Saharan Africa"]}),
        ("They met at dawn with North African leaders.", {}),
        # Realms, ships, districts and papers.
        ("The State of Israel asked Israel.", {"Israel": ["State of Israel", "Israel"]}),
        ("The USS Selby sank. The Selby is old.", {"USS Selby": ["USS Selby", "Selby"]}),
        ("They won the 2nd Congressional District.", {"2nd Congressional District": ["2nd Congressional District"]}),
        (
            "They asked the Harrow Post-Dispatch. The Post-Dispatch slept.",
            {"Harrow Post-Dispatch": ["Harrow Post-Dispatch", "Post-Dispatch"]},
        ),
        # Two universities, a coalition for what it is for, and a verb.
        (
            "They left Harrow University and Selby University.",
            {"Harrow University": ["Harrow University"], "Selby University": ["Selby University"]},
        ),
        (
            "They lead the Coalition for a Quiet Harbour.",
            {"Coalition for a Quiet Harbour": ["Coalition for a Quiet Harbour"]},
        ),
        ("Why do Obama and others like it?", {"Obama": ["Obama"]}),
        # A team by a people's name, and a bill by its number.
        (
            "They like the Cleveland Indians. The Indians won.",
            {"Cleveland Indians": ["Cleveland Indians", "Indians"]},
        ),
        ("They voted for House Bill 238 at dawn.", {"House Bill 238": ["House Bill 238"]}),
        # Somebody and a country, both by one word.
        ("They scorn Putin & Iran.", {"Putin": ["Putin"], "Iran": ["Iran"]}),
        ("They scorn Hillary & Chelsea.", {"Hillary": ["Hillary"], "Chelsea": ["Chelsea"]}),
        # Small words and signs inside a body's name.
        (
            "She sits on the Committee on the Canals and the Roads.",
            {"Committee on the Canals and the Roads": ["Committee on the Canals and the Roads"]},
        ),
        (
            "She founded the Organization of Women’s Freedom.",
            {"Organization of Women’s Freedom": ["Organization of Women’s Freedom"]},
        ),
        (
            "The Organization for Security and Cooperation in Europe met, and the OSCE left.",
            {
                "Organization for Security and Cooperation in Europe": [
                    "Organization for Security and Cooperation in Europe",
                    "OSCE",
                ]
            },
        ),
    ],
)  # fmt: skip
def test_forms_of_one_name(text: str, expected: dict[str, list[str]]) -> None:
    assert named(read(Article(text=text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She wrote “Twilight of Freedom” and “Worthy Fights: A Life in War and Peace,” both long.", []),
        ("He read 'Moor Ally Aided Campaign of Clerk' twice.", ["Moor"]),
        ("They like “Lamps and Roads of Harrow” more.", ["Harrow"]),
    ],
)
def test_in_the_title_of_a_work_capitals_are_no_sign(text: str, expected: list[str]) -> None:
    assert list(named(read(Article(text=text)))) == expected


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Two M1A1 Selby tanks came.", "M1A1 Selby", "other"),
        ("They flew a Dunmore S-76B home.", "Dunmore S-76B", "other"),
        ("They bombed the Zorblat air base.", "Zorblat", "place"),
        ("They left the Zorblat port.", "Zorblat", "place"),
        ("Hale & Reik printed it.", "Hale & Reik", "organization"),
        ("The Dunmore Office Building burned.", "Dunmore Office Building", "place"),
        ("They shut the Dunmore Research Reactor.", "Dunmore Research Reactor", "place"),
        ("They fought the Harbour Protection Protocols.", "Harbour Protection Protocols", "other"),
        ("She gave to the National Endowment for the Canals.", "National Endowment for the Canals", "organization"),
    ],
)
def test_kinds(text: str, name: str, kind: str) -> None:
    assert [(e.name, e.kind) for e in read(Article(text=text)).entities] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Moor wrote #BoycottHarrow and #HarrowStrong on Monday.", ["Ann Moor"]),
        ("Ann Moor wrote #STOPITpic.twitter.com/tbLeuXucHx on Monday.", ["Ann Moor"]),
        (
            "She works at the Harrow Reik School of Business. Tom Hale is a Harrow Reik School of Business Associate "
            "Professor, too.",
            ["Harrow Reik School of Business", "Tom Hale"],
        ),
    ],
)
def test_tags_links_and_offices_name_nobody(text: str, expected: list[str]) -> None:
    assert [e.name for e in names.refine(reader.read(read(Article(text=text))))] == expected
