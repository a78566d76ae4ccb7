"""Where names begin and end behind offices, in lists and in brackets, and who bears a name that two bear."""

from __future__ import annotations

import pytest

from models.article import Article
from models.document import Document, read


def named(text: str) -> dict[str, tuple[str, list[str]]]:
    document: Document = read(Article(title="The harbour", text=text))
    return {e.name: (e.kind, [document.text[m.start : m.end] for m in e.mentions]) for e in document.entities}


def held(text: str) -> dict[str, str]:
    return {name: kind for name, (kind, _) in named(text).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # An office, its place and its field are no part of whoever holds it.
        ("Mayor of Berkeley Ann Selby on Monday left.", {"Berkeley": "place", "Ann Selby": "person"}),
        ("They met California US Reps. Ann Selby and Tom Moor.", dict.fromkeys(("Ann Selby", "Tom Moor"), "person")),
        ("Now Harrow County Fire Chief Ann Selby left.", {"Harrow County": "place", "Ann Selby": "person"}),
        ("Then Montana State Auditor Ann Selby left.", {"Montana": "place", "Ann Selby": "person"}),
        ("So said Senate President Pro Tem Tom Moor.", {"Tom Moor": "person"}),
        ("She beat Democratic Ann Selby by two votes.", {"Ann Selby": "person"}),
        ("They sued Alabama Friday over the ban.", {"Alabama": "place"}),
        (
            "The Joint Chiefs of Staff Gen. Tom Moor left.",
            {"Joint Chiefs of Staff": "organization", "Tom Moor": "person"},
        ),
        # A saint, a king and a whole name in that of a house or a place.
        ("A service is held at St. Ann's Harbour Church today.", {"St. Ann's Harbour Church": "organization"}),
        ("He lives in St. Anselm, a town.", {"St. Anselm": "place"}),
        ("They met at the King Selby Hotel.", {"King Selby Hotel": "place"}),
        ("They met in the Ann Lee King Harbour Park.", {"Ann Lee King Harbour Park": "place"}),
        # Lines of a list, and a signature.
        ("Harrow Medical Center (2014–2017): $1,100,000", {"Harrow Medical Center": "organization"}),
        ("— Ann C. Selby, National Review", {"Ann C. Selby": "person", "National Review": "organization"}),
        # A team is no town.
        ("The New York Jets lost again.", {"New York Jets": "organization"}),
        # What is no name.
        ("They courted the Polish-American vote.", {}),
        ("The ferry has Internet access.", {}),
        ("It was a Harvard University National poll.", {"Harvard": "organization"}),
        ("They are pro-Selby Democrats.", {"Selby": "person", "Democratic Party": "organization"}),
        # Two bodies, and a body of another.
        (
            "The Office of Public Records and Justice Department agreed.",
            {"Office of Public Records": "organization", "Department of Justice": "organization"},
        ),
        (
            "It asked the Justice Department Office of Public Records.",
            {"Justice Department Office of Public Records": "organization"},
        ),
        ("Superstorm Ann came.", {"Superstorm Ann": "other"}),
        # The state's seat in Washington, and its own chamber.
        ("It is the Alabama Senate race.", {"Alabama": "place", "Senate": "organization"}),
        ("The Alabama Senate voted.", {"Alabama Senate": "organization"}),
        # Rivals, and a case at law.
        ("It is Ann Selby vs. Tom Moor.", {"Ann Selby": "person", "Tom Moor": "person"}),
        ("It is Selby v. Moor.", {"Selby v. Moor": "other"}),
        ("He named Ann Selby & Tom Moor.", {"Ann Selby": "person", "Tom Moor": "person"}),
        ("They sued Selby & Moor.", {"Selby & Moor": "organization"}),
        # A party and where its member is from; an office with a hyphen; who speaks in a script.
        ("So said Tom Moor (R-Santa Clarita) today.", {"Tom Moor": "person"}),
        ("So said Director-General Tom Moor.", {"Tom Moor": "person"}),
        # Somebody and somebody's office; numbers; bands; companies and what they are quoted as.
        ("It was the Trump FBI.", {"Trump": "person", "Federal Bureau of Investigation": "organization"}),
        ("He took Harrow Flight 41.", {"Harrow Flight 41": "other"}),
        ("He is of Clerks Local 25.", {"Clerks Local 25": "organization"}),
        ("They fought Ansar al-Selby.", {"Ansar al-Selby": "organization"}),
        ("They sell to makers like Selby Corp. SLBY, of note.", {"Selby Corp.": "organization"}),
        ("She works at Children’s Hospital of Selby.", {"Children’s Hospital of Selby": "organization"}),
        ("The Selby Committee Democratic staff wept.", {"Selby Committee": "organization"}),
        ("He asked ex-U.S. envoys.", {"United States": "place"}),
        ("They met in Hong Kong.", {"Hong Kong": "place"}),
        ("So said Shin Beom-chul.", {"Shin Beom-chul": "person"}),
        # A law of two fields; an owner's sign that is a part of the name, and one that is none.
        ("It broke the Water and Safety Act.", {"Water and Safety Act": "other"}),
        ("They shop at Macy's.", {"Macy's": "organization"}),
        ("Now Wendy wept in Wendy's house.", {"Wendy": "person"}),
        # Where something stands, and what is read there.
        ("The tiny town of Dixmoor wept.", {"Dixmoor": "place"}),
        ("They met near Selby, Iowa.", {"Selby": "place", "Iowa": "place"}),
        ("The Al-Selby station said so.", {"Al-Selby": "organization"}),
        ("(It sank.) In Mexico, it did not.", {"Mexico": "place"}),
        ("They met at Selby University on Long Island.", {"Selby University": "organization", "Long Island": "place"}),
        ("She pays the Harbour Device Tax.", {"Harbour Device Tax": "other"}),
    ],
)
def test_names_end_where_they_do(text: str, expected: dict[str, str]) -> None:
    found = held(text)
    assert {name: found.get(name) for name in expected} == expected
    assert set(found) - set(expected) <= {"California"}


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        ("Alex Van der Moor left. Then Van der Moor wept.", "Alex Van der Moor", ["Alex Van der Moor", "Van der Moor"]),
        ("Omar bin Selby left. They met bin Selby.", "Omar bin Selby", ["Omar bin Selby", "bin Selby"]),
        ("So said President [Donald] Trump today.", "Trump", ["Trump"]),
        ("It bought Orvan Capital. Then Orvan closed it.", "Orvan Capital", ["Orvan Capital", "Orvan"]),
        ("It bought Orvan Inc. today. Then Orvan said no.", "Orvan Inc.", ["Orvan Inc.", "Orvan"]),
        ("Dzhokhar Moor left. Now Dzhohar Moor wept.", "Dzhokhar Moor", ["Dzhokhar Moor", "Dzhohar Moor"]),
        ("The Selby Olympics began. Now the Olympics end.", "Selby Olympics", ["Selby Olympics", "Olympics"]),
        ("He met Ann Christie. Later Chrisite left.", "Ann Christie", ["Ann Christie", "Chrisite"]),
        ("The Center for Sea Law sued. Then the Center left.", "Center for Sea Law", ["Center for Sea Law", "Center"]),
        ("It is the Selby Navy Yard. A Navy Yard crew wept.", "Selby Navy Yard", ["Selby Navy Yard", "Navy Yard"]),
        ("He fled Guantanamo Bay. Few leave Guantanamo.", "Guantanamo Bay", ["Guantanamo Bay", "Guantanamo"]),
        ("The case is (D-W.Va.) closed.", "West Virginia", ["W.Va"]),
        ("The Harbour Spending Account (HSA) is dear, as HSAs are.", "Harbour Spending Account", None),
        (
            "Donald Trump Jr. spoke. They asked President Trump. Then Trump Jr. left.",
            "Donald Trump Jr.",
            ["Donald Trump Jr.", "Trump Jr."],
        ),
        (
            "George H.W. Moor died. His son George W. Moor wept. So George H.W. Moor is mourned.",
            "George W. Moor",
            ["George W. Moor"],
        ),
    ],
)
def test_names_of_one_are_joined(text: str, name: str, mentions: list[str] | None) -> None:
    _, found = named(text)[name]
    assert found == (mentions or ["Harbour Spending Account", "HSA", "HSAs"])


def test_a_town_is_not_the_hospital_called_after_it() -> None:
    found = named("Ridgecrest Hospital was emptied. The quake was felt in Ridgecrest.")
    assert found["Ridgecrest Hospital"] == ("organization", ["Ridgecrest Hospital"])
    assert found["Ridgecrest"] == ("place", ["Ridgecrest"])
