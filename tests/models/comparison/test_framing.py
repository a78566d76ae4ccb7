"""The comparison of framing, on findings said by hand: headlines, deeds, frames, devices, stances, cast, order."""

from __future__ import annotations

from typing import Any

import pytest

from models.comparison import compare
from models.comparison_report.framing import ComparedAct
from models.report import (
    Act,
    ActForm,
    Appearance,
    CastMember,
    Device,
    DeviceKind,
    Frame,
    Framing,
    Headline,
    Order,
    Origin,
    Party,
    Report,
    Span,
    StanceFinding,
    Unheard,
)
from tests.models.comparison.conftest import build


def _find(report: Report, words: str) -> dict[str, Any]:
    start = report.article.text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _frame(report: Report, **parts: Any) -> Report:
    return report.model_copy(update={"framing": Framing(**parts)})


def _entity(report: Report, name: str) -> str | None:
    return next((entity.id for entity in report.entities if name in {m.text for m in entity.mentions}), None)


def _party(report: Report, words: str | None) -> Party | None:
    return Party(entity=_entity(report, words), span=Span(**_find(report, words))) if words else None


def _act(
    report: Report, clause: str, verb: str, family: str, form: ActForm, doer: str | None, undergoer: str | None
) -> Act:
    return Act(
        **_find(report, clause), verb=Span(**_find(report, verb)), lemma=verb.rsplit(maxsplit=1)[-1], family=family,
        doer=_party(report, doer), undergoer=_party(report, undergoer), form=form, effect="harm", voice="outlet",
    )  # fmt: skip


REST = " The march in Orne had begun at noon on Saturday. The square was closed until the evening."


def _tell(outlet: str, clause: str, verb: str, family: str, form: ActForm, doer: str | None, who: str) -> Report:
    report = build(f"{clause} in Orne on Saturday during the march on the square.{REST}", outlet=outlet)
    return _frame(report, acts=[_act(report, clause, verb, family, form, doer, who)])


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
        _frame(
            (report := build("Police shot two wolves near Telk in 2019, rangers said on Monday.", outlet="The Gull")),
            acts=[_act(report, "Police shot two wolves", "shot", "shoot", "active", "Police", "two wolves")],
        ),
        _frame(build(f"Two protesters sang.{REST}", outlet="The Gull")),
        _frame(
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
    one = _frame(
        one,
        acts=[
            _act(one, "Ana Holm was jailed", "jailed", "jail", "passive", None, "Ana Holm"),
            _act(
                one, "A judge in Telk jailed Holm", "judge in Telk jailed", "jail", "active", "A judge in Telk", "Holm"
            ),
        ],
    )
    other = build("Ana Holm was jailed on Friday. Otto Lund was jailed as well.", outlet="The Gull", names=names)
    other = _frame(
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
    one = _frame(
        one, acts=[_act(one, "Karl Falk fired Otto Lund", "fired", "dismiss", "active", "Karl Falk", "Otto Lund")]
    )
    other = build(body, outlet="The Gull", names=names)
    other = _frame(
        other, acts=[_act(other, "Otto Lund, whom he fired", "fired", "dismiss", "active", "he", "Otto Lund")]
    )
    assert _told(compare([one, other]).acts) == [([], [("Karl Falk", "active"), ("he", "active")])]


def test_headlines_tell_what_the_others_leave_out() -> None:
    names = {"person:Ilse Marden": ("Marden",), "organization:Calder Homes": ()}
    body = "Ilse Marden sold the gasworks to Calder Homes for 12 million. The council met on Monday."
    one = build(body, title="Marden sells gasworks to Calder Homes", outlet="The Post", names=names)
    other = build(body, title="Gasworks sold for 12 million", outlet="The Gull", names=names)
    third = build("The gasworks were sold. Nobody said to whom.", title="Town sells gasworks", outlet="The Echo")
    sold = body.partition(". ")[0]
    taken = Order(people=[], headline=Headline(verdict="carried", takes_up=[Span(**_find(one, sold))]))
    first, second, last = compare([_frame(one, order=taken), other, third]).headlines
    assert first.span is not None
    assert first.span.text == "Marden sells gasworks to Calder Homes"
    assert (first.verdict, [span.text for span in first.takes_up]) == ("carried", [sold])
    assert (first.names, second.names) == (["Ilse Marden", "Calder Homes"], [])
    assert [(one.text, one.kind, one.articles, one.told and one.told.text) for one in first.leaves_out] == [
        ("12 million", "number", [1], "12 million")
    ]
    assert [(one.text, one.articles, one.told and one.told.text) for one in second.leaves_out] == [
        ("Ilse Marden", [0], "Ilse"),
        ("Calder Homes", [0], "Calder"),
    ]
    assert {one.text: one.told for one in last.leaves_out} == {
        "Ilse Marden": None,
        "Calder Homes": None,
        "12 million": None,
    }
    assert [span.text for span in second.differing] == ["12 million"]


def test_no_headline_leaves_nothing_out() -> None:
    one = build("Berg spoke in the hall.", title="Berg speaks", outlet="The Post", names={"person:Berg": ()})
    article = one.article.model_copy(update={"title": None, "title_end": 0})
    bare = one.model_copy(update={"article": article, "id": "0" * 32})
    first, second = compare([one, bare]).headlines
    assert (first.leaves_out, second.span, second.leaves_out) == ([], None, [])


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((2, 0.95), (0, 0.05), True),
        ((1, 0.85), (0, 0.1), True),
        ((1, 0.6), (0, 0.4), False),
        ((2, 0.9), (1, 0.7), False),
        ((2, 0.9), (2, 0.9), False),
    ],
)
def test_frames_are_set_apart_where_both_are_sure(one: Any, other: Any, apart: bool) -> None:
    reports = []
    for outlet, (level, sure) in (("The Post", one), ("The Gull", other)):
        report = build("The two camps clashed over the quay. The vote is on Monday.", outlet=outlet)
        evidence = [Span(**_find(report, "The two camps clashed over the quay."))] if level else []
        frame = Frame(name="conflict", level=level, probability=sure, evidence=evidence)
        absent = Frame(name="health", level=0, probability=0.01, evidence=[])
        reports.append(_frame(report, frames=[frame, absent]))
    (row,) = compare(reports).frames
    assert (row.name, row.distinguishable) == ("conflict", apart)
    assert [cell.level for cell in row.by_article if cell] == [one[0], other[0]]


def _device(report: Report, words: str, kind: DeviceKind, *, shown: bool = True) -> Device:
    return Device(
        **_find(report, words), kind=kind, voice="outlet", about=_entity(report, "Berg"), rule="test", note="Look.",
        shown=shown,
    )  # fmt: skip


def test_devices_that_are_shown_are_counted_and_chance_is_said() -> None:
    names = {"person:Anna Berg": ("Berg",)}
    line = "Berg, eager to win vote {}, met the council in the old hall on Monday."
    body = " ".join(line.format(at) for at in range(12))
    one, other = (build(body, outlet=outlet, names=names) for outlet in ("The Post", "The Gull"))
    many = [_device(one, f"eager to win vote {at},", "motive") for at in range(12)]
    few = [_device(other, "eager to win vote 1,", "motive"), _device(other, "the old hall", "metaphor", shown=False)]
    devices = compare([_frame(one, devices=many), _frame(other, devices=few)]).devices
    assert devices is not None
    first, second = devices.by_article
    assert first is not None
    assert second is not None
    assert (first.total["outlet"].count, second.total["outlet"].count) == (12, 1)
    assert list(second.by_kind) == ["motive"]
    assert [(use.text, use.about) for use in second.uses] == [("eager to win vote 1,", "Anna Berg")]
    apart = {(one.kind, one.voice): one.distinguishable for one in devices.differences}
    assert apart == {(None, "outlet"): True, ("motive", "outlet"): True}


def test_stances_are_joined_by_whom_they_are_between() -> None:
    names = {"person:Anna Berg": ("Berg",), "person:Otto Lund": ("Lund",)}
    reports = []
    for outlet, verb, polarity in (("The Post", "praised", 1), ("The Gull", "attacked", -1), ("The Echo", "met", 0)):
        report = build(f"Anna Berg {verb} Otto Lund. It rained on Monday.", outlet=outlet, names=names)
        holder, target = _entity(report, "Anna Berg"), _entity(report, "Otto Lund")
        evidence = Span(**_find(report, f"Anna Berg {verb} Otto Lund."))
        told = StanceFinding(
            holder=holder, target=target, polarity=polarity or 1, probability=0.9, evidence=evidence, voice="outlet"
        )
        reports.append(_frame(report, stances=[told] if polarity else []))
    (row,) = compare(reports).stances
    assert (row.holder, row.target, row.opposed) == ("Anna Berg", "Otto Lund", True)
    assert [cell and cell.polarity for cell in row.by_article] == [1, -1, None]


def _give(report: Report, **parts: Any) -> Report:
    return report.model_copy(update={"attribution": report.attribution.model_copy(update=parts)})


def test_the_cast_is_shared_out_by_role_and_side() -> None:
    names = {"person:Anna Berg": ("Berg",), "person:Otto Lund": ("Lund",)}
    first, second = "“The quay is old and must go now,”", "“We will fight on,”"
    body = f"{first} said Anna Berg. {second} said Otto Lund. The mayor met the traders on Monday."
    reports = []
    for outlet, role in (("The Post", "activist"), ("The Gull", "affected")):
        report = build(
            body,
            outlet=outlet,
            names=names,
            said=(("Anna Berg", "said", "neutral", first), ("Otto Lund", "said", "neutral", second)),
        )
        cast = [
            CastMember(name="Anna Berg", speaker=_entity(report, "Berg"), role="politician", side="Greens", words=8),
            CastMember(name="Otto Lund", speaker=_entity(report, "Otto Lund"), role=role, words=4),
        ]
        reports.append(_give(report, cast=cast))
    cast = compare(reports).cast
    assert cast is not None
    post = cast.by_article[0]
    assert post is not None
    assert {role: (share.sources, share.words, share.share) for role, share in post.roles.items()} == {
        "politician": (["Anna Berg"], 8, 0.6667),
        "activist": (["Otto Lund"], 4, 0.3333),
    }
    assert {side: share.words for side, share in post.sides.items()} == {"Greens": 8}
    assert post.roles["politician"].low is None  # two statements make no interval
    assert cast.differences == []


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("R-Ky.", "Republican"),
        ("the GOP", "Republican"),
        ("Republicans", "Republican"),
        ("D-Calif", "Democrat"),
        ("Greens", "Greens"),
        ("Calder Homes", "Calder Homes"),
    ],
)
def test_a_side_has_one_name_in_all_texts(told: str, name: str) -> None:
    reports = []
    for outlet in ("The Post", "The Gull"):
        report = build("Anna Berg said that the quay was old. It rained.", outlet=outlet)
        cast = [CastMember(name="Anna Berg", role="politician", side=told, words=6)]
        reports.append(_give(report, cast=cast))
    compared = compare(reports).cast
    assert compared is not None
    assert [list(article.sides) for article in compared.by_article if article] == [[name], [name]]


def test_who_comes_first_and_where_the_accused_answers() -> None:
    names = {"person:Anna Berg": ("Berg",), "person:Otto Lund": ("Lund",)}
    body = "Otto Lund called Anna Berg a thief. Rain fell on the quay all day. Berg said that it was a lie."
    reports = []
    for outlet, answer in (("The Post", 9), ("The Gull", None)):
        report = build(body, outlet=outlet, names=names)
        berg, lund = _entity(report, "Berg"), _entity(report, "Otto Lund")
        people = [
            Appearance(entity=lund, mentioned=0.0, speaks=0.1, in_headline=False),
            Appearance(entity=berg, mentioned=0.2, speaks=0.8 if answer else None, in_headline=False),
        ]
        accused = Span(**_find(report, "a thief"))
        if answer:
            cast = [CastMember(name="Berg", speaker=berg, role="politician", words=7, accused=accused, answer=answer)]
            report = _give(report, cast=cast)
        else:
            report = _give(report, unheard=[Unheard(entity=berg, why="accused", evidence=accused)])
        reports.append(_frame(report, order=Order(people=people)))
    rows = compare(reports).order
    assert [row.name for row in rows] == ["Otto Lund", "Anna Berg"]
    told = [(cell.rank, cell.accused and cell.accused.text, cell.answer) for cell in rows[1].by_article if cell]
    assert told == [(2, "a thief", 9), (2, "a thief", None)]


def test_reports_of_schema_1_are_said_to_be_unread() -> None:
    old = build("The council met on Monday. It closed the market.", outlet="The Post").model_copy(
        update={"framing": None, "schema_version": "1"}
    )
    comparison = compare([old, SHOT])
    assert (comparison.acts, comparison.frames, comparison.devices, comparison.stances) == ([], [], None, [])
    assert "framing_unread" in {note.code for note in comparison.notes}
    assert "framing_unread" not in {note.code for note in compare([SHOT, PASSIVE]).notes}


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"outlet": "The Post"}, "The Post"),
        ({"outlet": None}, "A headline"),
        ({"outlet": None, "title": None}, "The council met on Monday and …"),
        ({"outlet": None, "title": None, "file": "draft.docx"}, "draft.docx"),
        ({"outlet": "The Gull"}, "The Gull (1)"),
    ],
)
def test_every_article_has_a_name(facts: dict[str, Any], name: str) -> None:
    text = "The council met on Monday and closed the market."
    one = build(text, outlet=facts["outlet"] or "")
    update: dict[str, Any] = {"outlet": facts["outlet"]}
    if facts.get("title", "") is None:
        update |= {"title": None, "title_end": 0, "text": text}
    changed: dict[str, Any] = {"article": one.article.model_copy(update=update), "sentences": []}
    if "file" in facts:
        origin = Origin(kind="file", name=facts["file"], tool="test", extracted_at="2026-11-29")
        changed["provenance"] = one.provenance.model_copy(update={"origin": origin})
    other = build(text, outlet="The Gull", title="Another")
    assert compare([one.model_copy(update=changed), other]).articles[0].name == name
