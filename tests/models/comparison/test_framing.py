"""The comparison of framing, on findings said by hand: headlines, frames, devices, stances, cast, order."""

from __future__ import annotations

from typing import Any

import pytest

from models.comparison import compare
from models.report import (
    Appearance,
    CastMember,
    Device,
    DeviceKind,
    Frame,
    Headline,
    Order,
    Origin,
    Report,
    Span,
    StanceFinding,
    Unheard,
)
from tests.models.comparison.conftest import build
from tests.models.comparison.findings import entity, find, with_attribution, with_framing


def test_headlines_tell_what_the_others_leave_out() -> None:
    names = {"person:Ilse Marden": ("Marden",), "organization:Calder Homes": ()}
    body = "Ilse Marden sold the gasworks to Calder Homes for 12 million. The council met on Monday."
    one = build(body, title="Marden sells gasworks to Calder Homes", outlet="The Post", names=names)
    other = build(body, title="Gasworks sold for 12 million", outlet="The Gull", names=names)
    third = build("The gasworks were sold. Nobody said to whom.", title="Town sells gasworks", outlet="The Echo")
    sold = body.partition(". ")[0]
    taken = Order(people=[], headline=Headline(verdict="carried", takes_up=[Span(**find(one, sold))]))
    first, second, last = compare([with_framing(one, order=taken), other, third]).headlines
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
        evidence = [Span(**find(report, "The two camps clashed over the quay."))] if level else []
        frame = Frame(name="conflict", level=level, probability=sure, evidence=evidence)
        absent = Frame(name="health", level=0, probability=0.01, evidence=[])
        reports.append(with_framing(report, frames=[frame, absent]))
    (row,) = compare(reports).frames
    assert (row.name, row.distinguishable) == ("conflict", apart)
    assert [cell.level for cell in row.by_article if cell] == [one[0], other[0]]


def _device(report: Report, words: str, kind: DeviceKind, *, shown: bool = True) -> Device:
    return Device(
        **find(report, words), kind=kind, voice="outlet", about=entity(report, "Berg"), rule="test", note="Look.",
        shown=shown,
    )  # fmt: skip


def test_devices_that_are_shown_are_counted_and_chance_is_said() -> None:
    names = {"person:Anna Berg": ("Berg",)}
    line = "Berg, eager to win vote {}, met the council in the old hall on Monday."
    body = " ".join(line.format(at) for at in range(12))
    one, other = (build(body, outlet=outlet, names=names) for outlet in ("The Post", "The Gull"))
    many = [_device(one, f"eager to win vote {at},", "motive") for at in range(12)]
    few = [_device(other, "eager to win vote 1,", "motive"), _device(other, "the old hall", "metaphor", shown=False)]
    devices = compare([with_framing(one, devices=many), with_framing(other, devices=few)]).devices
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
        holder, target = entity(report, "Anna Berg"), entity(report, "Otto Lund")
        evidence = Span(**find(report, f"Anna Berg {verb} Otto Lund."))
        told = StanceFinding(
            holder=holder, target=target, polarity=polarity or 1, probability=0.9, evidence=evidence, voice="outlet"
        )
        reports.append(with_framing(report, stances=[told] if polarity else []))
    (row,) = compare(reports).stances
    assert (row.holder, row.target, row.opposed) == ("Anna Berg", "Otto Lund", True)
    assert [cell and cell.polarity for cell in row.by_article] == [1, -1, None]


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
            CastMember(name="Anna Berg", speaker=entity(report, "Berg"), role="politician", side="Greens", words=8),
            CastMember(name="Otto Lund", speaker=entity(report, "Otto Lund"), role=role, words=4),
        ]
        reports.append(with_attribution(report, cast=cast))
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
        reports.append(with_attribution(report, cast=cast))
    compared = compare(reports).cast
    assert compared is not None
    assert [list(article.sides) for article in compared.by_article if article] == [[name], [name]]


def test_who_comes_first_and_where_the_accused_answers() -> None:
    names = {"person:Anna Berg": ("Berg",), "person:Otto Lund": ("Lund",)}
    body = "Otto Lund called Anna Berg a thief. Rain fell on the quay all day. Berg said that it was a lie."
    reports = []
    for outlet, answer in (("The Post", 9), ("The Gull", None)):
        report = build(body, outlet=outlet, names=names)
        berg, lund = entity(report, "Berg"), entity(report, "Otto Lund")
        people = [
            Appearance(entity=lund, mentioned=0.0, speaks=0.1, in_headline=False),
            Appearance(entity=berg, mentioned=0.2, speaks=0.8 if answer else None, in_headline=False),
        ]
        accused = Span(**find(report, "a thief"))
        if answer:
            cast = [CastMember(name="Berg", speaker=berg, role="politician", words=7, accused=accused, answer=answer)]
            report = with_attribution(report, cast=cast)
        else:
            report = with_attribution(report, unheard=[Unheard(entity=berg, why="accused", evidence=accused)])
        reports.append(with_framing(report, order=Order(people=people)))
    rows = compare(reports).order
    assert [row.name for row in rows] == ["Otto Lund", "Anna Berg"]
    told = [(cell.rank, cell.accused and cell.accused.text, cell.answer) for cell in rows[1].by_article if cell]
    assert told == [(2, "a thief", 9), (2, "a thief", None)]


def test_reports_of_schema_1_are_said_to_be_unread() -> None:
    old = build("The council met on Monday. It closed the market.", outlet="The Post").model_copy(
        update={"framing": None, "schema_version": "1"}
    )
    framed = [
        with_framing(build("The march began at noon.", outlet=outlet), acts=[]) for outlet in ("The Gull", "The Sun")
    ]
    comparison = compare([old, framed[0]])
    assert (comparison.acts, comparison.frames, comparison.devices, comparison.stances) == ([], [], None, [])
    assert "framing_unread" in {note.code for note in comparison.notes}
    assert "framing_unread" not in {note.code for note in compare(framed).notes}


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
