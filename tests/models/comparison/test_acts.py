"""The same deed, told by each article, on deeds said by hand: which are joined, and who does them in whose telling."""

from __future__ import annotations

from typing import Any

import pytest

from models.comparison import compare
from models.comparison_report.framing import ComparedAct
from models.report import (
    Act,
    ActForm,
    Report,
    Span,
)
from tests.models.comparison.conftest import build
from tests.models.comparison.findings import find, party, with_framing


def _act(
    report: Report, clause: str, verb: str, family: str, form: ActForm, doer: str | None, undergoer: str | None
) -> Act:
    return Act(
        **find(report, clause), verb=Span(**find(report, verb)), lemma=verb.rsplit(maxsplit=1)[-1], family=family,
        doer=party(report, doer), undergoer=party(report, undergoer), form=form, effect="harm", voice="outlet",
    )  # fmt: skip


REST = " The march in Orne had begun at noon on Saturday. The square was closed until the evening."


def _tell(outlet: str, clause: str, verb: str, family: str, form: ActForm, doer: str | None, who: str) -> Report:
    report = build(f"{clause} in Orne on Saturday during the march on the square.{REST}", outlet=outlet)
    return with_framing(report, acts=[_act(report, clause, verb, family, form, doer, who)])


SHOT = _tell("The Post", "Police shot two protesters", "shot", "shoot", "active", "Police", "two protesters")
PASSIVE = _tell("The Gull", "Two protesters were shot", "shot", "shoot", "passive", None, "Two protesters")
DIED = _tell("The Echo", "Two people died", "died", "die", "no_doer", None, "Two people")
BY = _tell("The Sun", "Two men were shot by police", "shot", "shoot", "passive_by", "police", "Two men")
NOUN = _tell("The Star", "The shooting of protesters", "shooting", "shoot", "noun", None, "protesters")


def _told(rows: list[ComparedAct]) -> list[tuple[list[str], list[tuple[str | None, str] | None]]]:
    return [
        (list(row.differ), [(cell.doer, cell.told[0].form) if cell else None for cell in row.by_article])
        for row in rows
    ]


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([PASSIVE], (["doer", "form"], [("Police", "active"), (None, "passive")])),
        ([DIED], (["doer", "form"], [("Police", "active"), (None, "no_doer")])),
        ([NOUN], (["doer", "form"], [("Police", "active"), (None, "noun")])),
        ([BY], (["form"], [("Police", "active"), ("police", "passive_by")])),
        (
            [PASSIVE, DIED],
            (["doer", "form"], [("Police", "active"), (None, "passive"), (None, "no_doer")]),
        ),
    ],
)
def test_the_same_deed_is_joined_whoever_does_it_and_in_any_form(others: list[Report], told: Any) -> None:
    assert _told(compare([SHOT, *others]).acts) == [told]


@pytest.mark.parametrize(
    "other",
    [
        _tell("The Gull", "Police arrested a singer", "arrested", "arrest", "active", "Police", "a singer"),
        _tell("The Gull", "A dog bit the mayor", "bit", "bite", "active", "A dog", "the mayor"),
        with_framing(
            (report := build("Police shot two wolves near Telk in 2019, rangers said on Monday.", outlet="The Gull")),
            acts=[_act(report, "Police shot two wolves", "shot", "shoot", "active", "Police", "two wolves")],
        ),
        with_framing(build(f"Two protesters sang.{REST}", outlet="The Gull")),
        with_framing(
            (helped := build(f"Police rescued two protesters.{REST}", outlet="The Gull")),
            acts=[
                _act(
                    helped, "Police rescued two protesters", "rescued", "rescue", "active", "Police", "two protesters"
                ).model_copy(update={"effect": "help"})
            ],
        ),
    ],
)
def test_another_deed_is_not_joined(other: Report) -> None:
    assert compare([SHOT, other]).acts == []


def test_a_name_tells_two_deeds_apart_and_a_later_place_names_the_doer() -> None:
    names = {"person:Ana Holm": ("Holm",), "person:Otto Lund": ("Lund",)}
    text = "Ana Holm was jailed on Friday. A judge in Telk jailed Holm for two years. Otto Lund was freed."
    one = build(text, outlet="The Post", names=names)
    one = with_framing(
        one,
        acts=[
            _act(one, "Ana Holm was jailed", "jailed", "jail", "passive", None, "Ana Holm"),
            _act(
                one, "A judge in Telk jailed Holm", "judge in Telk jailed", "jail", "active", "A judge in Telk", "Holm"
            ),
        ],
    )
    other = build("Ana Holm was jailed on Friday. Otto Lund was jailed as well.", outlet="The Gull", names=names)
    other = with_framing(
        other,
        acts=[
            _act(other, "Ana Holm was jailed", "jailed", "jail", "passive", None, "Ana Holm"),
            _act(other, "Otto Lund was jailed", "jailed as", "jail", "passive", None, "Otto Lund"),
        ],
    )
    (row,) = compare([one, other]).acts
    assert row.undergoer == "Ana Holm"
    assert [[telling.doer for telling in cell.told] for cell in row.by_article if cell] == [
        [None, "A judge in Telk"],
        [None],
    ]
    assert row.differ == ["doer"]


def test_a_he_that_nobody_could_resolve_is_somebody() -> None:
    """The text says who did it, were it only by a pronoun: nobody is left out."""
    body = "Otto Lund, whom he fired on Friday, had led the yard for nine years."
    names = {"person:Otto Lund": ("Lund",), "person:Karl Falk": ("Falk",)}
    one = build(f"Karl Falk fired Otto Lund on Friday. {body}", outlet="The Post", names=names)
    one = with_framing(
        one, acts=[_act(one, "Karl Falk fired Otto Lund", "fired", "dismiss", "active", "Karl Falk", "Otto Lund")]
    )
    other = build(body, outlet="The Gull", names=names)
    other = with_framing(
        other, acts=[_act(other, "Otto Lund, whom he fired", "fired", "dismiss", "active", "he", "Otto Lund")]
    )
    assert _told(compare([one, other]).acts) == [([], [("Karl Falk", "active"), ("he", "active")])]
