"""Which line breaks end a paragraph? Text in, exact paragraphs out."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models import pipeline
from models.article import Article
from models.document import flow, read

WRAPPED = (
    "The council of Marsh closed the ferry on Monday, after its engineers had\n"
    "found water in the hull. Lena Ortiz, who sells fish on the quay, said that\n"
    "half of her customers had stayed away and that nobody had asked her. “This\n"
    "is a shameful betrayal of every stall on the quay,” said Tomas\n"
    "Reik, the smith.\n"
    "\n"
    "Buses go round by the bridge, Ann Lee, the mayor\n"
    "of Marsh, said. They run until ten."
)


def lines(text: str) -> list[str]:
    """The paragraphs, their inner breaks as spaces."""
    return [" ".join(text[start:end].split()) for start, end in flow.paragraphs(text)]


def test_a_wrapped_text_has_the_sentences_names_and_quotations_of_the_same_text_unwrapped() -> None:
    unwrapped = "\n\n".join(" ".join(block.split()) for block in WRAPPED.split("\n\n"))
    told = []
    for text in (WRAPPED, unwrapped):
        report = pipeline.analyze(Article(title="Council closes ferry", text=text))
        names = {entity.id: entity.name for entity in report.entities}
        told.append(
            (
                [" ".join(report.article.text[s.start : s.end].split()) for s in report.sentences],
                [(entity.name, entity.kind, len(entity.mentions)) for entity in report.entities],
                [
                    (names.get(i.speaker or ""), i.kind, " ".join(i.content.text.split()))
                    for i in report.attribution.items
                ],
                [(term.text, term.voice) for term in report.vocabulary.terms],
            )
        )
    assert told[0] == told[1]
    assert len(told[0][0]) == 1 + 5
    assert ("Tomas Reik", "direct", "“This is a shameful betrayal of every stall on the quay,”") in told[0][2]


@pytest.mark.parametrize("width", [40, 60, 72, 78, 100])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_text_wrapped_at_any_usual_width_is_as_before(width: int, ending: str) -> None:
    paragraphs = [
        "The first shift starts at seven, and the second one ends at ten in the evening, as the union had asked for.",
        "Nobody works on a Sunday. That was the point on which the talks had failed in the spring, when Ortiz left.",
        "It is over.",
    ]
    text = (ending * 2).join(textwrap.fill(one, width).replace("\n", ending) for one in paragraphs)
    assert lines(text) == paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Dear neighbours, \nwe met on Monday with Tomas \nReik. It went well. \n\nAnn",
            ["Dear neighbours, we met on Monday with Tomas Reik. It went well.", "Ann"],
            id="a flowed letter: a space before the break",
        ),
        pytest.param(
            "> The council of Marsh closed the ferry on Monday, after its engineers had\n"
            "> found water in the hull.\n\nThat is what he wrote.\nHe was wrong.",
            [
                "> The council of Marsh closed the ferry on Monday, after its engineers had > found water in the hull.",
                "That is what he wrote.",
                "He was wrong.",
            ],
            id="mail that quotes a mail",
        ),
        pytest.param(
            "The union wants three things, and it has waited for them since the\nspring:\n"
            "- a shift that starts at seven and ends at four, with a pause of an hour\n  at noon\n"
            "- no work on a Sunday\n1. a doctor",
            [
                "The union wants three things, and it has waited for them since the spring:",
                "- a shift that starts at seven and ends at four, with a pause of an hour at noon",
                "- no work on a Sunday",
                "1. a doctor",
            ],
            id="the items of a list, each wrapped",
        ),
        pytest.param(
            "The ferry is old\nand the river\nwide\nwho would cross\nby night",
            ["The ferry is old", "and the river", "wide", "who would cross", "by night"],
            id="verse",
        ),
        pytest.param(
            "O captain of the ferry, stand and steer,\nThe night is long, the further bank is near,\n"
            "And those who wait there hold a lantern high\nTo tell you from the dark that is the sky.",
            [
                "O captain of the ferry, stand and steer,",
                "The night is long, the further bank is near,",
                "And those who wait there hold a lantern high",
                "To tell you from the dark that is the sky.",
            ],
            id="verse in long lines",
        ),
        pytest.param(
            WRAPPED + "\n\nMarsh Town Hall\n12 Quay Street\nMarsh MA1 2AB",
            [*lines(WRAPPED), "Marsh Town Hall", "12 Quay Street", "Marsh MA1 2AB"],
            id="an address below wrapped text",
        ),
        pytest.param(
            "Council closes ferry\nThe council of Marsh closed the ferry on Monday. It has water in its hull.\n"
            "Nobody was asked.\nthe end",
            [
                "Council closes ferry",
                "The council of Marsh closed the ferry on Monday. It has water in its hull.",
                "Nobody was asked.",
                "the end",
            ],
            id="one paragraph a line",
        ),
    ],
)
def test_which_lines_belong_together(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@given(st.text(st.sampled_from("ab A.>-—:\n\r\t “”\u2028"), max_size=300))
@settings(max_examples=200, deadline=None)
def test_paragraphs_cover_every_word_in_order(text: str) -> None:
    found = flow.paragraphs(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())


@given(st.lists(st.sampled_from(["Ann", "the", "ferry", "said.", "“No,”", "and", "left"]), min_size=1, max_size=60))
@example(["Ann", "and", "Ann"])
@settings(max_examples=50, deadline=None)
def test_a_text_on_one_line_is_one_paragraph_of_the_document(words: list[str]) -> None:
    text = " ".join(words)
    assert [(p.start, p.end) for p in read(Article(text=text)).paragraphs] == [(0, len(text))]
