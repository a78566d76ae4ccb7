"""What is nobody's words but the outlet's, though it looks like somebody's; and who answers it."""

from __future__ import annotations

import pytest

from tests.models.test_voices import analyze, quoted


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param(
            "What is a bond? Your questions answered",
            "The chancellor, Ann Lee, announced a bond.\n\nQ: What is a bond?\n\nA: A bond is a loan to the state.\n\n"
            "Q: What if I lose my job?\n\nA: You can sell it.",
            id="the outlet asks and answers itself",
        ),
        pytest.param(
            "Match report",
            "Note: The match was moved.\n\nUpdate: The gates open at six.\n\nPhoto: Ann Lee\n\nScore: 3-2\n\n"
            "Venue: Mill Lane.\n\nPrice: Ten pounds.",
            id="labels of facts",
        ),
        pytest.param(
            "Tonight",
            "England: Kane scored twice in the first half.\n\nWales: Ramsey hit the post.\n\nFrance: Nobody scored.\n\n"
            "09:14: Police close the bridge.\n\n09:30: The mayor arrives.",
            id="teams and times",
        ),
        pytest.param(
            "The candidates",
            "Ann Lee: a lawyer who has sat on the council since 2011.\n\nTom Reik: a baker, new to politics.\n\n"
            "Ruth Adler: the mayor's sister.",
            id="people described",
        ),
        pytest.param(
            "The new bond, explained",
            "The governor said in an interview on Monday that rates would rise.\n\nQ: What is a bond?\n\n"
            "A: It is a loan to the state.\n\nQ: Who can buy it?\n\nA: Anyone over 18.",
            id="an explainer that mentions an interview",
        ),
        pytest.param(
            "Senates meet",
            "WASHINGTON: The senate met on Monday.\n\nLONDON: The lords met too.\n\nPARIS: Nobody met.",
            id="datelines",
        ),
        pytest.param(
            "Demands",
            "The union wants three things:\n\n- a shift that starts at seven\n- no work on Sunday\n\n— a doctor\n\n"
            "The firm listed the following:\n\nTwo shifts are old. One is new.",
            id="lists",
        ),
        pytest.param(
            "Schools", "The council said it would close three schools: Mill Lane, Ashby and Marsh.", id="an enumeration"
        ),
        pytest.param("City: the new plan", "The city has a new plan. It was shown on Monday.", id="a headline"),
        pytest.param(
            "Ferry",
            "The ferry was built in 1931 and mended in 1960. — Reuters\n\nIt is old.\n\n— Ann Lee",
            id="credits and bylines",
        ),
        pytest.param(
            "To the council",
            "Dear neighbours,\n\nthe council has betrayed us.\n\nBest wishes,\n\nAnn Lee\nChair, Quay Society\n"
            "12 Mill Street",
            id="a letter and its signature",
        ),
        pytest.param(
            "Ferry",
            "They met one man – Tomas Reik.\n\nThe ferry – old as it is – will stay, and the mayor said so.",
            id="dashes in prose",
        ),
        pytest.param(
            "Ferry",
            "He saw two ways out of it: The council pays, or the ferry goes.\n\n> Read more: Ferry sold",
            id="colons in prose",
        ),
    ],
)
def test_what_only_looks_like_somebodys_words_is_the_outlets(title: str, text: str) -> None:
    assert quoted(analyze(text, title)) == []


def test_the_outlet_itself_is_known_by_its_name_and_its_author() -> None:
    text = (
        "MARSH POST: The ferry is old.\n\nREIK: It is.\n\nLEE: It leaks.\n\nMARSH POST: Will it last?\n\n"
        "Tomas Reik and Ann Lee run it."
    )
    spoken = [("turn", "Tomas Reik", "It is."), ("turn", "Ann Lee", "It leaks.")]
    assert quoted(analyze(text, outlet="The Marsh Post")) == spoken


def test_an_answer_is_a_direct_statement_and_its_loaded_words_are_the_speakers() -> None:
    report = analyze(
        "Lena Ortiz runs the ferry. She spoke to us on Sunday.\n\nQ: Did the mayor call you a liar?\n\n"
        "A: No. It was a disgrace all the same, I say."
    )
    (item,) = [item for item in report.attribution.items if item.content.text.startswith("No. It was")]
    assert (item.kind, item.source and item.source.text, item.source_type) == ("direct", "A", "named")
    assert [(term.text, term.voice) for term in report.vocabulary.terms if term.text == "disgrace"] == [
        ("disgrace", "quoted")
    ]
    assert not [item for item in report.attribution.items if "call you a liar" in item.content.text and item.speaker]


def test_a_headline_in_no_marks_is_somebodys_where_the_body_bears_it_out() -> None:
    text = "Tomas Reik spoke on Monday. “I will not pay for a rotten ferry,” he said."
    assert quoted(analyze(text, "Reik: I will not pay for rotten ferry"))[0] == (
        "turn",
        "Tomas Reik",
        "I will not pay for rotten ferry",
    )
    assert [form for form, _, _ in quoted(analyze(text, "Reik: a man against a plan"))] == ["marks"]
