"""What two articles can't both be right about, and what only looks like it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.article import Article
from models.comparison import claims, columns, compare, contradictions, naming
from models.pipeline import analyze
from models.report import Report
from tests.models.comparison.conftest import build

SENTENCES: dict[str, list[list[str]]] = tomllib.loads(
    Path(__file__).with_name("opposites.toml").read_text(encoding="utf-8")
)
CLASHING = [(kind, *pair) for kind in ("number", "negation", "outcome") for pair in SENTENCES[kind]]


def _read(one: str, other: str) -> list[Report]:
    return [analyze(Article(text=text, outlet=outlet)) for text, outlet in ((one, "One"), (other, "Two"))]


def _kinds(reports: list[Report]) -> set[str]:
    read = [columns.read(at, report) for at, report in enumerate(reports)]
    figures = naming.join(reports)
    readings = [claims.read_all(column, figures) for column in read]
    return {clash.kind for clash in contradictions.find(readings, figures, [(0, 1)]) if not clash.disputed}


@pytest.mark.parametrize(("kind", "one", "other"), CLASHING)
def test_another_number_a_negation_or_another_outcome(kind: str, one: str, other: str) -> None:
    found = _kinds(_read(one, other))
    assert found
    assert found <= ({kind, "outcome"} if kind == "negation" else {kind, "number"} if kind == "number" else {kind})


@pytest.mark.parametrize(("one", "other"), SENTENCES["none"])
def test_the_same_in_other_words_or_by_another_person_is_none(one: str, other: str) -> None:
    assert _kinds(_read(one, other)) == set()


TEXTS = (
    "The hostel had passed an inspection in March, the council said. Mayor Irene Castle will resign on Friday, her "
    "office said on Monday. Roads around Mill Street were closed until noon. The court found Neil Tarrant guilty of "
    "theft. The fire killed 12 people in Redmoor.",
    "The hostel had failed an inspection in March, the council said. Mayor Irene Castle will not resign on Friday, her "
    "office said on Monday. Roads around Mill Street were closed until noon. The court found Neil Tarrant not guilty "
    "of theft. The fire killed fifteen people in Redmoor.",
)


def test_a_comparison_tells_them_first_with_their_words_and_speakers() -> None:
    found = compare(_read(*TEXTS)).contradictions
    told: list[Any] = [
        (
            row.kind,
            [(" / ".join(word.text for word in cell.differing), cell.speaker) for cell in row.by_article if cell],
        )
        for row in found
    ]
    assert told == [
        ("outcome", [("passed", "the council"), ("failed", "the council")]),
        ("negation", [("resign", "her office"), ("not resign", "her office")]),
        ("negation", [("guilty", "The court"), ("not guilty", "The court")]),
        ("number", [("12", None), ("fifteen", None)]),
    ]
    assert not any(row.between_versions for row in found)


def test_what_is_opposed_is_never_called_the_same() -> None:
    passages = [passage for passage in compare(_read(*TEXTS)).passages if passage.only_in is None]
    assert [(passage.identical, bool(passage.opposed)) for passage in passages] == [
        (False, True),
        (False, True),
        (True, False),
        (False, True),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("one", "other", "identical"),
    [
        ("The fire killed 12 people in the old mill.", "The fire killed twelve people in the old mill.", True),
        ("The plant employs 1,200 people in Corley today.", "The plant employs 1200 people in Corley today.", True),
        ("The fire killed 12 people in the old mill.", "The fire killed 13 people in the old mill.", False),
        ("Holm sued Lund over the lease of the quay.", "Lund sued Holm over the lease of the quay.", False),
        (
            "The red ferry left the harbour of Orne at dawn on Monday with all hands.",
            "The blue ferry left the harbour of Orne at dawn on Monday with all hands.",
            False,
        ),
        (
            "The union may accept the offer of the yard in Corley this week.",
            "The union may not accept the offer of the yard in Corley this week.",
            False,
        ),
    ],
)
def test_word_for_word_means_every_telling_word(one: str, other: str, identical: bool) -> None:
    (passage,) = (p for p in compare(_read(one, other)).passages if p.only_in is None)
    assert passage.identical == identical


def test_two_people_who_disagree_contradict_each_other_and_not_the_outlets() -> None:
    rest = " The river was high on Monday. Nobody was on the road at night. The county will meet again in June."
    one = f"The bridge over the Tarn is safe for trucks, Dana Hale said.{rest}"
    other = f"The bridge over the Tarn is unsafe for trucks, Ian Ruiz said.{rest}"
    comparison = compare(_read(one, other))
    assert comparison.contradictions == []
    passages = [p for p in comparison.passages if p.only_in is None]
    assert [bool(passage.opposed) for passage in passages] == [True, *[False] * (len(passages) - 1)]
    assert not passages[0].identical


def test_three_articles_stand_in_one_row() -> None:
    texts = [
        f"The fire in the hostel of Redmoor killed {number} people on Tuesday, the fire service said."
        for number in ("12", "twelve", "15")
    ]
    reports = [analyze(Article(text=text, outlet=str(at))) for at, text in enumerate(texts)]
    rows = compare(reports).contradictions
    told = [[cell and [word.text for word in cell.differing] for cell in row.by_article] for row in rows]
    assert told == [[["12"], ["twelve"], ["15"]]]


@given(
    st.lists(
        st.sampled_from(
            [
                "12",
                "120",
                "twelve",
                "not",
                "no",
                "never",
                "said",
                "resigned",
                "failed",
                "passed",
                "Castle",
                "“",
                "”",
                ",",
                ".",
                "to",
                "3.5",
                "$",
                "%",
            ]
        )
    )
)
def test_any_words_are_read_and_every_span_is_exact(words: list[str]) -> None:
    text = f"The council met. {' '.join(words)} The mayor left the hall."
    reports = [build(text, outlet="One"), build(text.replace("12", "15"), outlet="Two")]
    for row in compare(reports).contradictions:
        for report, cell in zip(reports, row.by_article, strict=True):
            for span in [cell.span, *cell.differing] if cell else []:
                assert report.article.text[span.start : span.end] == span.text


@given(st.text(max_size=200))
def test_any_text_is_compared(text: str) -> None:
    compare([build(text or "x", outlet="One"), build(f"{text} not 12", outlet="Two")])
