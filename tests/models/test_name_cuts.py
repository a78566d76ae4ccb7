"""Names with small words inside, what only looks like one, which kind it is, and who is not the same."""

from __future__ import annotations

import pytest

from models.article import Article
from models.document import Document, read


def named(document: Document) -> dict[str, list[str]]:
    return {e.name: [document.text[m.start : m.end] for m in e.mentions] for e in document.entities}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Ordinary words whose capitals nothing asks for, joined by small ones.
        ("She gave to Bread for the Valley on Monday.", {"Bread for the Valley": ["Bread for the Valley"]}),
        ("He leads a group called Clerks for Life.", {"Clerks for Life": ["Clerks for Life"]}),
        ("The annual Road to the Summit conference met.", {"Road to the Summit": ["Road to the Summit"]}),
        ("It cites the 2016 Survey of Household Debts.", {"Survey of Household Debts": ["Survey of Household Debts"]}),
        ("They asked for a Share of the profits.", {}),
        ("She joined the Coalition to Stop Noise.", {"Coalition to Stop Noise": ["Coalition to Stop Noise"]}),
        ("He went with the Committee to Harrow.", {"Committee": ["Committee"], "Harrow": ["Harrow"]}),
        # Somebody behind his body's name, and the signs of shares.
        (
            "At the Harrow Policies Institute Michael Saltman spoke.",
            {"Harrow Policies Institute": ["Harrow Policies Institute"], "Michael Saltman": ["Michael Saltman"]},
        ),
        (
            "They named Harrow Corp (HRW.O), Quimbix Inc (QMBX.N) and Dunmore Foods (NYSE: DNM).",
            {
                "Harrow Corp": ["Harrow Corp"],
                "Quimbix Inc": ["Quimbix Inc"],
                "Dunmore Foods": ["Dunmore Foods"],
                "NYSE": ["NYSE"],
            },
        ),
        # An ordinal, and a small word that opens a name in the lists.
        (
            "The U.S. Court of Appeals for the 9th Circuit met. The 9th Circuit agreed. Al Qaeda, or al Qaeda, fled.",
            {
                "U.S. Court of Appeals for the 9th Circuit": [
                    "U.S. Court of Appeals for the 9th Circuit",
                    "9th Circuit",
                ],
                "al-Qaeda": ["Al Qaeda", "al Qaeda"],
            },
        ),
        # A body, and who speaks for it; a title that looks like a law.
        (
            "The Institute for Public Noise Chris Selby wept.",
            {"Institute for Public Noise": ["Institute for Public Noise"], "Chris Selby": ["Chris Selby"]},
        ),
        ("They asked Mayor Bill de Selby.", {"Bill de Selby": ["Bill de Selby"]}),
        # Programmes that the lists know.
        ("“No,” she said on Face the Nation.", {"Face the Nation": ["Face the Nation"]}),
        ("He spoke to “Fox News Sunday” again.", {"Fox News Sunday": ["Fox News Sunday"]}),
        # A body called after those it is for, and no body that somebody owns.
        (
            "They wrote to the Harrow Women’s Resource Center.",
            {"Harrow Women’s Resource Center": ["Harrow Women’s Resource Center"]},
        ),
        (
            "The Dunmore County Sheriff’s Department came.",
            {"Dunmore County Sheriff’s Department": ["Dunmore County Sheriff’s Department"]},
        ),
        # The party in the name of a body, and the party before an office.
        (
            "He led the Republican Governors Association.",
            {"Republican Governors Association": ["Republican Governors Association"]},
        ),
        (
            "They met the Democratic Mayors Association.",
            {"Democratic Mayors Association": ["Democratic Mayors Association"]},
        ),
        ("They met Republican House Speaker Ann Hale.", {"Ann Hale": ["Ann Hale"]}),
        (
            "He sat in the Dunmore County Men’s Central Jail.",
            {"Dunmore County Men’s Central Jail": ["Dunmore County Men’s Central Jail"]},
        ),
        # Two givers' names, and an office's word that opens a body's.
        (
            "The John S. and James L. Harrow Foundation paid with the Ann and Tom Selby Fund.",
            {
                "John S. and James L. Harrow Foundation": ["John S. and James L. Harrow Foundation"],
                "Ann and Tom Selby Fund": ["Ann and Tom Selby Fund"],
            },
        ),
        ("They met Ann and Tom Selby.", {"Ann Selby": ["Ann"], "Tom Selby": ["Tom Selby"]}),
        (
            "The National Conference of County Clerks met. The NCCC agreed.",
            {"National Conference of County Clerks": ["National Conference of County Clerks", "NCCC"]},
        ),
        (
            "The Bureau of Justice Statistics asked Moody’s Analytics.",
            {
                "Bureau of Justice Statistics": ["Bureau of Justice Statistics"],
                "Moody's Analytics": ["Moody’s Analytics"],
            },
        ),
        # Words of offices and peoples that open a body's name, and what ends one.
        (
            "They feared the National Canal Commission and National Spokesman Tom Selby.",
            {"National Canal Commission": ["National Canal Commission"], "Tom Selby": ["Tom Selby"]},
        ),
        (
            "She leads the American Council on Canals.",
            {"American Council on Canals": ["American Council on Canals"]},
        ),
        (
            "Critics of the White House on Wednesday asked the Associated Press and The New York Times.",
            {
                "White House": ["White House"],
                "Associated Press": ["Associated Press"],
                "New York Times": ["New York Times"],
            },
        ),
        (
            "They asked Senate Water Security and Road Affairs Committee Chairman Tom Selby.",
            {
                "Senate Water Security and Road Affairs Committee": [
                    "Senate Water Security and Road Affairs Committee"
                ],
                "Tom Selby": ["Tom Selby"],
            },
        ),
        # The secretary of a department, and not of his own name.
        ("They saw Secretary of Veterans Affairs Tom Selby.", {"Tom Selby": ["Tom Selby"]}),
        # Campuses, counties, abbreviations of states.
        (
            "She left the University of California, San Diego for Ohio.",
            {"University of California, San Diego": ["University of California, San Diego"], "Ohio": ["Ohio"]},
        ),
        ("Crews came from Los Angeles County.", {"Los Angeles County": ["Los Angeles County"]}),
        ("They met in Harrow, Va., and left.", {"Harrow": ["Harrow"], "Virginia": ["Va"]}),
        ("Ambassador to Libya J. Martin Hale left.", {"Libya": ["Libya"], "J. Martin Hale": ["J. Martin Hale"]}),
    ],
)
def test_a_name_is_whole(text: str, expected: dict[str, list[str]]) -> None:
    assert named(read(Article(text=text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They caught ten Selby’s and sei whales, and one Selby’s whale.", {}),
        ("His prose was Trumpian at best.", {}),
        ("They may levy an IPO tax.", {}),
        (
            "Added House Foreign Affairs Committee Chairman Ann Hale, who had read it: “No.”",
            {"House Foreign Affairs Committee": 1, "Ann Hale": 1},
        ),
        ("Critics called it anti-Semitism.", {}),
        ("He went AWOL.", {}),
        ("They cheered Crooked Tom and Crazy Ann Hale. “Don’t Hire Romney.”", {"Tom": 1, "Ann Hale": 1, "Romney": 1}),
        ("Most Conservative senators are glad, and Conservative leaders wept.", {}),
        ("“See the Zero Republicans on it, and Another Dem,” he wrote.", {"Republican Party": 1}),
        ("Ann Hale and Tom Ortiz met. The Hale-Ortiz talks failed.", {"Ann Hale": 2, "Tom Ortiz": 1}),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_is_none(text: str, expected: dict[str, int]) -> None:
    assert {name: len(said) for name, said in named(read(Article(text=text))).items()} == expected


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They moved to Silicon Valley.", "Silicon Valley", "place"),
        ("They walked into the upscale Dunmore mall.", "Dunmore", "place"),
        ("Toronto Pride has grown.", "Toronto Pride", "organization"),
        ("A drug from Dunmore Therapeutics failed.", "Dunmore Therapeutics", "organization"),
        ("Sunni Arabs feel threatened.", "Sunni Arabs", "other"),
        ("The drug slows Alzheimer’s, she said.", "Alzheimer's", "other"),
        ("He led Selby Veterans Against the Toll.", "Selby Veterans Against the Toll", "organization"),
        ("She sued the Office of Tenant Rights.", "Office of Tenant Rights", "organization"),
        ("They crossed the Selby Delta.", "Selby Delta", "place"),
        ("She waits in the Oval Office.", "Oval Office", "place"),
        ("He teaches at Ann Hale College of Law.", "Ann Hale College of Law", "organization"),
        ("Dunmore Democrats are glad.", "Dunmore Democrats", "other"),
        ("They dined with the Obamas.", "Obamas", "other"),
        ("She works for the security firm Zorblat.", "Zorblat", "organization"),
        ("She works for Zorblat, a security firm based there.", "Zorblat", "organization"),
        ("She works with Ann Zorblat, a nurse of the firm.", "Ann Zorblat", "person"),
        ("They walked in the French Quarter.", "French Quarter", "place"),
        ("She wrote of the Clinton administration.", "Clinton", "person"),
        ("They met a man from Texas who wept.", "Texas", "place"),
        ("They landed at Dunmore International Airport.", "Dunmore International Airport", "place"),
        ("She sits on the Committee on Canals.", "Committee on Canals", "organization"),
    ],
)
def test_a_name_has_its_kind(text: str, name: str, kind: str) -> None:
    assert [(e.name, e.kind) for e in read(Article(text=text)).entities] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The paper by its last word; a part that is not the whole; a department by what it is about.
        (
            "He told the Boston Globe. The Globe printed it.",
            {"Boston Globe": ["Boston Globe", "Globe"]},
        ),
        (
            "The HW Board of Governors met. HW has grown.",
            {"HW Board of Governors": ["HW Board of Governors"], "HW": ["HW"]},
        ),
        (
            "The Justice Department denied it. She said that Justice takes orders.",
            {"Department of Justice": ["Justice Department", "Justice"]},
        ),
        # A case at law is short for itself, and nobody.
        ("They heard Selby v. Harrow. Selby may fall.", {"Selby v. Harrow": ["Selby v. Harrow", "Selby"]}),
        # What ends as a longer name does; double last names; names that the lists join; a short department.
        (
            "They passed the Hale-Reik TRAIL Act. The TRAIL Act is old.",
            {"Hale-Reik TRAIL Act": ["Hale-Reik TRAIL Act", "TRAIL Act"]},
        ),
        (
            "They passed the Hale Water Act. The Water Act is old.",
            {"Hale Water Act": ["Hale Water Act"], "Water Act": ["Water Act"]},
        ),
        (
            "They asked Ann Huckabee Hale. Huckabee Hale left.",
            {"Ann Huckabee Hale": ["Ann Huckabee Hale", "Huckabee Hale"]},
        ),
        (
            "The Affordable Care Act is old. They hate Obamacare.",
            {"Affordable Care Act": ["Affordable Care Act", "Obamacare"]},
        ),
        (
            "The State Dept denied it. The State Department slept.",
            {"State Department": ["State Dept", "State Department"]},
        ),
        (
            "Crews cleared what Hurricane Agnes left. Agnes was slow.",
            {"Hurricane Agnes": ["Hurricane Agnes", "Agnes"]},
        ),
        # Of two committees the one named last.
        (
            "They asked the Dunmore Water Committee and then the Selby Road Committee. The Road Committee met. The "
            "Committee agreed.",
            {
                "Dunmore Water Committee": ["Dunmore Water Committee"],
                "Selby Road Committee": ["Selby Road Committee", "Road Committee", "Committee"],
            },
        ),
        (
            "They asked the Office of the Harbour Register. The Harbour Register is old.",
            {
                "Office of the Harbour Register": ["Office of the Harbour Register"],
                "Harbour Register": ["Harbour Register"],
            },
        ),
        # An honorific of the other gender is somebody else's.
        (
            "Tom Hale thanked them. “Mrs. Hale and I are glad,” Hale said.",
            {"Tom Hale": ["Tom Hale", "Hale"], "Mrs. Hale": ["Hale"]},
        ),
        (
            "Hodor Hale said he came. Hale said his son came. “Mrs. Hale is glad.”",
            {"Hodor Hale": ["Hodor Hale", "he", "Hale", "his"], "Mrs. Hale": ["Hale"]},
        ),
        # Two who share a last name.
        ("They thanked Tom and Ann Hale. Tom wept.", {"Tom Hale": ["Tom", "Tom"], "Ann Hale": ["Ann Hale"]}),
        ("Ann Hale came. Mrs. Hale is glad.", {"Ann Hale": ["Ann Hale", "Hale"]}),
        # The holder of an office is nobody's wife or son, whoever of that name is named in full.
        (
            "They wrote to President Obama. Michelle Obama came, and Mr. Obama wept.",
            {"Obama": ["Obama", "Obama"], "Michelle Obama": ["Michelle Obama"]},
        ),
        (
            "They hailed Putin. Ann Putin came. Putin wept.",
            {"Putin": ["Putin", "Putin"], "Ann Putin": ["Ann Putin"]},
        ),
        ("They asked Ann Putin. Putin wept.", {"Ann Putin": ["Ann Putin", "Putin"]}),
        (
            "George Bush wept. Jeb Bush came. Jeb Bush left. Bush wept.",
            {"George Bush": ["George Bush"], "Jeb Bush": ["Jeb Bush", "Jeb Bush", "Bush"]},
        ),
        (
            "Joe Biden met Hunter Biden. Hunter Biden left, and Biden stayed.",
            {"Joe Biden": ["Joe Biden", "Biden"], "Hunter Biden": ["Hunter Biden", "Hunter Biden"]},
        ),
    ],
)
def test_names_of_one_are_joined_and_no_others(text: str, expected: dict[str, list[str]]) -> None:
    assert named(read(Article(text=text))) == expected


def test_a_heading_and_a_verb_of_a_headline_are_nobody() -> None:
    assert named(read(Article(text="They met.\n\nJudicial Restraint\n\nThe law is old."))) == {}
    assert named(read(Article(title="Three Girls Sue CT Over New Rules", text="They met."))) == {"CT": ["CT"]}


def test_its_initials_in_brackets_tell_a_body() -> None:
    document = read(Article(text="A leader of Rose Harrow Action (RHA) spoke. RHA denied it in the Balkans."))

    assert {(e.name, e.kind) for e in document.entities} == {
        ("Rose Harrow Action", "organization"),
        ("Balkans", "place"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They met in Washington, D.C., on Monday. Washington slept.",
            {"Washington, D.C.": ["Washington, D.C.", "Washington"]},
        ),
        (
            "It rained in D.C. on Monday, and in Washington, Oregon and Ohio.",
            {"Washington, D.C.": ["D.C."], "Washington": ["Washington"], "Oregon": ["Oregon"], "Ohio": ["Ohio"]},
        ),
    ],
)
def test_washington_is_the_city_where_that_is_named(text: str, expected: dict[str, list[str]]) -> None:
    assert named(read(Article(text=text))) == expected
