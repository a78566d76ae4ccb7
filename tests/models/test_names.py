"""Who and what an article names: exact mentions, joined, with the right kind."""

from __future__ import annotations

import pytest

from models.article import Article
from models.document import Document, Entity, read


def named(document: Document) -> dict[str, list[str]]:
    return {e.name: [document.text[m.start : m.end] for m in e.mentions] for e in document.entities}


def entity(document: Document, name: str) -> Entity:
    return next(e for e in document.entities if e.name == name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Titles, determiners and possessives are no part of a name; a last name joins its full name.
        (
            "Prime Minister Ingrid Halvorsen’s plan failed. “No,” Halvorsen said. Mrs. Halvorsen left.",
            {"Ingrid Halvorsen": ["Ingrid Halvorsen", "Halvorsen", "Halvorsen"]},
        ),
        (
            "Reporters asked Halvorsen about it. Ingrid Halvorsen declined.",
            {"Ingrid Halvorsen": ["Halvorsen", "Ingrid Halvorsen"]},
        ),
        ("A spokesman for dictator Omar al-Rashid wept.", {"Omar al-Rashid": ["Omar al-Rashid"]}),
        # Particles, initials, suffixes, hyphens, apostrophes.
        (
            "They met Ursula von der Meer and Pieter van den Berg.",
            {"Ursula von der Meer": ["Ursula von der Meer"], "Pieter van den Berg": ["Pieter van den Berg"]},
        ),
        (
            "They met George W. Hale and Ann O’Dell Jr. today.",
            {"George W. Hale": ["George W. Hale"], "Ann O’Dell Jr.": ["Ann O’Dell Jr."]},
        ),
        # A suffix tells one from somebody named before; who first comes with it keeps the bare name.
        (
            "President Orvan spoke. His son, Bert Orvan Jr., posted a clip. Orvan left, and Orvan Jr. stayed.",
            {"Orvan": ["Orvan", "Orvan"], "Bert Orvan Jr.": ["Bert Orvan Jr.", "Orvan Jr."]},
        ),
        (
            "Bert Orvan spoke. Bert Orvan Jr. posted a clip. Later Orvan left.",
            {"Bert Orvan": ["Bert Orvan", "Orvan"], "Bert Orvan Jr.": ["Bert Orvan Jr."]},
        ),
        (
            "They met Martin Calder Jr. in the hall. Martin Calder spoke, and Calder left.",
            {"Martin Calder Jr.": ["Martin Calder Jr.", "Martin Calder", "Calder"]},
        ),
        (
            "They met Dr. Calder in the hall. Martin Calder Jr. spoke.",
            {"Martin Calder Jr.": ["Calder", "Martin Calder Jr."]},
        ),
        ("They met Jean-Luc Moreau-Petit twice.", {"Jean-Luc Moreau-Petit": ["Jean-Luc Moreau-Petit"]}),
        ("They met José Ibáñez. Later Ibáñez slept.", {"José Ibáñez": ["José Ibáñez", "Ibáñez"]}),
        # Family names that come first; spellings with and without a hyphen.
        (
            "They met Kim Su-min and his guard. The talks with Kim Su Min went on. Then Kim left.",
            {"Kim Su-min": ["Kim Su-min", "Kim Su Min", "Kim"]},
        ),
        # Short for the same first name; a middle initial.
        (
            "They met Michael Darrow. Mike Darrow and Michael T. Darrow are one.",
            {"Michael T. Darrow": ["Michael Darrow", "Mike Darrow", "Michael T. Darrow"]},
        ),
        # Of two people of one last name the one named in full most often.
        (
            "They met Piet Darrow. Nora Darrow spoke first. Reporters like Nora Darrow. Later Darrow left.",
            {"Piet Darrow": ["Piet Darrow"], "Nora Darrow": ["Nora Darrow", "Nora Darrow", "Darrow"]},
        ),
        # Names with a possessive or commas inside.
        (
            "They left Martha’s Vineyard. The Bureau of Alcohol, Tobacco, Firearms and Explosives came. The ATF left.",
            {
                "Martha's Vineyard": ["Martha’s Vineyard"],
                "Bureau of Alcohol, Tobacco, Firearms and Explosives": [
                    "Bureau of Alcohol, Tobacco, Firearms and Explosives",
                    "ATF",
                ],
            },
        ),
        # An acronym with its expansion in brackets, and later alone.
        (
            "It was the Northern Rivers Authority (NRA). Later the NRA closed.",
            {"Northern Rivers Authority": ["Northern Rivers Authority", "NRA", "NRA"]},
        ),
        # Other names of countries and offices come from the lists, which also give the usual name.
        (
            "The DPRK and North Korea are one; so are the U.S. and America.",
            {"North Korea": ["DPRK", "North Korea"], "United States": ["U.S.", "America"]},
        ),
        # The demonym of a government means the state; of a person it means nothing.
        ("The Chilean government met Chilean poet Ana Rojas.", {"Chile": ["Chilean"], "Ana Rojas": ["Ana Rojas"]}),
        # Compounds.
        ("It was an anti-Putin rally of Putin-backed groups.", {"Putin": ["Putin", "Putin"]}),
        # Days, months and first words of sentences name nobody.
        ("On Tuesday it rained. Nobody came in March. However, Police said so. Critics agreed.", {}),
        # "and" joins a ministry's name, not two states.
        (
            "They met the Department of Roads and Bridges in Chile and Peru.",
            {
                "Department of Roads and Bridges": ["Department of Roads and Bridges"],
                "Chile": ["Chile"],
                "Peru": ["Peru"],
            },
        ),
        # A nickname in quotation marks stands inside a name, and later for it.
        (
            "Dwayne “Big Mack” Ellery sang. Later Ellery slept. They call him Big Mack.",
            {"Dwayne “Big Mack” Ellery": ["Dwayne “Big Mack” Ellery", "Ellery", "Big Mack"]},
        ),
        ('They met Earl "Skip" Moore twice.', {'Earl "Skip" Moore': ['Earl "Skip" Moore']}),
        ("They met Curtis “50 Cent” Jackson.", {"Curtis “50 Cent” Jackson": ["Curtis “50 Cent” Jackson"]}),
        ("They met Alfonso ‘the Fox’ Ortega.", {"Alfonso ‘the Fox’ Ortega": ["Alfonso ‘the Fox’ Ortega"]}),
        ("The Rev. Jesse “Duke” Ames prayed.", {"Jesse “Duke” Ames": ["Jesse “Duke” Ames"]}),
        ("They told Ann Moore “no” in Peru.", {"Ann Moore": ["Ann Moore"], "Peru": ["Peru"]}),
        ("“We met Ann Moore,” “Tom Reik said so.”", {"Ann Moore": ["Ann Moore"], "Tom Reik": ["Tom Reik"]}),
        # Ordinary words that open a sentence are nobody's surname, unless somebody bears it or only people do that.
        ("Work began in May. Fish died. Crews cleared the road. Music came on. Banks said so. Gold rose.", {}),
        ("Hope is left. Joy filled the hall. Snow fell. Winter came. Power failed. Cash ran out.", {}),
        (
            "Stone walls fell. Winter came. They met Ann Stone and Rose Winter. Stone slept. Young men came.",
            {"Ann Stone": ["Ann Stone", "Stone"], "Rose Winter": ["Rose Winter"]},
        ),
        (
            "They sued the Society for the Protection of Birds and the Committee on Ways and Means.",
            {
                "Society for the Protection of Birds": ["Society for the Protection of Birds"],
                "Committee on Ways and Means": ["Committee on Ways and Means"],
            },
        ),
        (
            "Castle took the floor. Baker did not. Crews came. They met Irene Castle, Ben Crews and Ann Baker.",
            {
                "Irene Castle": ["Castle", "Irene Castle"],
                "Ann Baker": ["Baker", "Ann Baker"],
                "Ben Crews": ["Ben Crews"],
            },
        ),
        ("They met Hamilton Fish. Fish slept.", {"Hamilton Fish": ["Hamilton Fish", "Fish"]}),
        ("Fish wrote again.", {"Fish": ["Fish"]}),
        # What a title is about is no name; a title may stand inside a body's name.
        (
            "Harbour Chief Neil Harlan and Transport Secretary Ann Lee left.",
            {"Neil Harlan": ["Neil Harlan"], "Ann Lee": ["Ann Lee"]},
        ),
        (
            "They sued the Texas Department of Criminal Justice.",
            {"Texas Department of Criminal Justice": ["Texas Department of Criminal Justice"]},
        ),
        (
            "Department of Criminal Justice Director Ann Lee left.",
            {"Department of Criminal Justice": ["Department of Criminal Justice"], "Ann Lee": ["Ann Lee"]},
        ),
        ("They sued the Office of the Mayor.", {"Office of the Mayor": ["Office of the Mayor"]}),
        (
            "They sued the Department of Children, Youth and Families.",
            {"Department of Children, Youth and Families": ["Department of Children, Youth and Families"]},
        ),
        (
            "They sued the Department of Agriculture, Food, and Trade.",
            {"Department of Agriculture, Food, and Trade": ["Department of Agriculture, Food, and Trade"]},
        ),
        (
            "They met at the University of Zorblat, Ann Lee and Tom Reik.",
            {"University of Zorblat": ["University of Zorblat"], "Ann Lee": ["Ann Lee"], "Tom Reik": ["Tom Reik"]},
        ),
    ],
)
def test_mentions(text: str, expected: dict[str, list[str]]) -> None:
    document = read(Article(text=text))
    names_only = {
        e.name: [document.text[m.start : m.end] for m in e.mentions if m.form != "pronoun"] for e in document.entities
    }
    assert names_only == expected


def test_a_headline_in_title_case_names_only_whom_the_body_names() -> None:
    document = read(
        Article(
            title="Harbor Bridge Will Close, Mayor Dalia Renner Says",
            text="The bridge over the harbor will close on Monday, Mayor Dalia Renner said. It will open again in May.",
        )
    )
    assert named(document) == {"Dalia Renner": ["Dalia Renner", "Dalia Renner"]}


def test_a_headline_may_begin_with_a_surname_that_is_a_word() -> None:
    document = read(
        Article(title="Savage signs water deal", text="Sen. Dale Savage signed a deal on Monday. Savage slept.")
    )
    assert named(document)["Dale Savage"] == ["Savage", "Dale Savage", "Savage"]


def test_a_headline_in_capitals() -> None:
    document = read(
        Article(title="RENNER CLOSES THE BRIDGE", text="Mayor Dalia Renner closed the bridge. Renner wept.")
    )
    assert named(document) == {"Dalia Renner": ["RENNER", "Dalia Renner", "Renner"]}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Missourians said the road was closed.", "Missourians", "other"),
        ("They met Dalia Renner.", "Dalia Renner", "person"),
        ("They met Zorblat, 45, at home.", "Zorblat", "person"),
        ("They met Zorblat Qwern, who slept.", "Zorblat Qwern", "person"),
        ("They met Sen. Zorblat.", "Zorblat", "person"),
        ("He joined the Zorblat Institute.", "Zorblat Institute", "organization"),
        ("He joined the University of Zorblat.", "University of Zorblat", "organization"),
        ("He sued Zorblat Corp. yesterday.", "Zorblat Corp.", "organization"),
        ("He wrote to the European Union.", "European Union", "organization"),
        ("He lives in Zorblat, Texas.", "Zorblat", "place"),
        ("He lives on Grant Street.", "Grant Street", "place"),
        ("He met Eli Lake.", "Eli Lake", "person"),
        ("He lives near Zorblat Valley.", "Zorblat Valley", "place"),
        ("He flew to Damascus.", "Damascus", "place"),
        ("They repealed the Zorblat Act.", "Zorblat Act", "other"),
        ("He fought in World War II.", "World War II", "other"),
    ],
)
def test_kind(text: str, name: str, kind: str) -> None:
    assert entity(read(Article(text=text)), name).kind == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One man, one "he".
        ("Senator Mark Ellery spoke. He was late.", {"Mark Ellery": ["He"]}),
        # A pronoun that fits two people is left alone.
        ("The aide saw Mark Ellery and Paul Tarrant. The car was his.", {}),
        # Gender decides, where the first name tells it.
        ("The aide saw Mark Ellery with Susan Tarrant. She smiled.", {"Susan Tarrant": ["She"]}),
        # Whose speech goes on after the quotation.
        ("“No,” Ellery said. The aide saw Paul Tarrant there. “Never,” he added.", {"Ellery": ["he"]}),
    ],
)
def test_pronouns_where_only_one_fits(text: str, expected: dict[str, list[str]]) -> None:
    document = read(Article(text=text))
    found = {
        e.name: [document.text[m.start : m.end] for m in e.mentions if m.form == "pronoun"] for e in document.entities
    }
    assert {name: words for name, words in found.items() if words} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Mark Ellery spoke. Then the president left.", {"Mark Ellery": ["the president"]}),
        ("Dalia Renner, the mayor, spoke. Then the mayor left.", {"Dalia Renner": ["the mayor"]}),
        ("It was late, said Dalia Renner, the mayor. The mayor left.", {"Dalia Renner": ["The mayor"]}),
        ("The mayor, Dalia Renner, spoke. Then the mayor left.", {"Dalia Renner": ["the mayor"]}),
        # Any president is nobody, until one is named again.
        ("President Mark Ellery spoke. A president may err. Then the president must leave.", {}),
        (
            "President Mark Ellery spoke. A president may err, Ellery said. Then the president left.",
            {"Mark Ellery": ["the president"]},
        ),
        # The president of a land is whoever is known to hold that office, or is called so here, and nobody else's.
        ("President Obama spoke. Then the Palestinian president left.", {}),
        (
            "Vladimir Putin met President Obama. The Russian president left.",
            {"Vladimir Putin": ["The Russian president"]},
        ),
        (
            "President Mark Ellery met Barack Obama. The Peruvian president left.",
            {"Mark Ellery": ["The Peruvian president"]},
        ),
        # Whom the article never names is no entity, and nobody else.
        ("In May, the mayor, a baker, left.", {}),
        ("Dalia Renner left, and the mayor, a baker, stayed.", {}),
        ("Dalia Renner saw the president.", {}),
        ("Zorblat Corp. grew. The company hired.", {"Zorblat Corp.": ["The company"]}),
        ("Zorblat Corp. sued Quarn Corp. The company hired.", {}),
        ("Republican leaders met.", {"Republican Party": ["Republican"]}),
        ("The former governor spoke of the country.", {}),
    ],
)
def test_roles(text: str, expected: dict[str, list[str]]) -> None:
    document = read(Article(text=text))
    found = {
        e.name: [document.text[m.start : m.end] for m in e.mentions if m.form == "role"] for e in document.entities
    }
    assert {name: words for name, words in found.items() if words} == expected


def test_a_party_in_small_letters_is_the_party() -> None:
    document = read(Article(text="A wing of the Democratic party won. The Democratic Party lost."))
    (party,) = document.entities
    assert [document.text[m.start : m.end] for m in party.mentions] == ["Democratic party", "Democratic Party"]


@pytest.mark.parametrize(
    "line",
    [
        "Follow Dalia Renner on Twitter at @dalia",
        "The bridge at dawn, May 3, 2026. REUTERS/Dalia Renner",
        "The bridge at dawn. Photo by Dalia Renner/Getty Images",
        "Photo: Dalia Renner",
        "The bridge at dawn. (Dalia Renner/Tribune via AP, File)",
    ],
)
def test_boilerplate_names_nobody(line: str) -> None:
    document = read(Article(text=f"The bridge closed. It will open again.\n\n{line}\n\nNobody was hurt. It rains."))
    assert document.entities == ()


def test_ids_follow_the_first_mention() -> None:
    document = read(Article(text="They met Dalia Renner in Peru. Paul Tarrant saw Renner in Peru."))
    assert [(e.id, e.name) for e in document.entities] == [
        ("e1", "Dalia Renner"),
        ("e2", "Peru"),
        ("e3", "Paul Tarrant"),
    ]
