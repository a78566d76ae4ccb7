"""Distinctive words: weighted log-odds with an informative Dirichlet prior."""

import pytest

from models.comparison import compare
from models.comparison.distinctive import log_odds

LINE = "People in the town spoke about the plan for the harbour on Monday evening."


def test_log_odds_by_hand() -> None:
    """(ln(11/(1000+1000-11)) - ln(2/(1000+1000-2))) / sqrt(1/11 + 1/2), Monroe et al. 2008, equations 16 and 22."""
    assert log_odds(10, 1000, 1, 1000, 1.0, 1000) == pytest.approx(2.223, abs=0.001)
    assert log_odds(5, 800, 5, 800, 2.0, 1600) == 0
    assert log_odds(3, 0, 5, 800, 2.0, 1600) == 0


def test_words_and_names_apart(make_report) -> None:
    one = make_report(
        " ".join(f"{LINE} The swindle goes on. Otto Lund nodded." for _ in range(14)),
        names={"person:Otto Lund": ("Lund",)},
    )
    other = make_report(" ".join(f"{LINE} The project goes on. Otto Lund nodded." for _ in range(14)))
    rows = compare([one, other]).distinctive
    assert [(row.article, row.kind, row.term) for row in rows if row.term in ("swindle", "project", "Otto Lund")] == [
        (0, "name", "Otto Lund"),
        (0, "word", "swindle"),
        (1, "word", "project"),
    ]
    swindle = next(row for row in rows if row.term == "swindle")
    assert [entry.count for entry in swindle.by_article] == [14, 0]
    assert swindle.z > 1.96
    assert [entry.z for entry in swindle.by_article] == [swindle.z, -swindle.z]
    assert [span.text for span in swindle.by_article[0].spans] == ["swindle"] * 5
    assert not any(row.term in ("the", "harbour", "people") for row in rows)


def test_rare_differences_are_left_out(make_report) -> None:
    reports = [make_report(f"{LINE} A {word} came. A {word} left.") for word in ("swan", "heron")]
    assert compare(reports).distinctive == []


def test_grammar_and_pronouns_are_left_out(make_report) -> None:
    one = make_report(" ".join(f"{LINE} She had been there." for _ in range(14)))
    other = make_report(" ".join(f"{LINE} They slept." for _ in range(14)))
    assert not {"she", "had", "been", "they"} & {row.term for row in compare([one, other]).distinctive}
