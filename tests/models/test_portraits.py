"""What the outlet calls people, what they do, and how it feels about them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import reader
from models.analyzers import portraits
from models.article import Article
from models.classifiers import portrayal
from models.document import Document, read
from models.report import EntityFinding
from tests.models.readings import write


def portrait(document: Document, name: str) -> EntityFinding:
    return next(finding for finding in portraits.analyze(document) if finding.name == name)


def with_polarity(document: Document, lean: float, bias: float) -> Document:
    """The document as a reader would give it back that feels the same about everybody."""
    feeling = (max(0.0, -lean), 1 - abs(lean), max(0.0, lean))
    return write(
        document,
        bias=np.full(len(document.sentences), bias, np.float32),
        polarities={(m.start, m.end): feeling for e in document.entities for m in e.mentions},
    )


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Then Chilean dictator Omar Rojas spoke.", "Omar Rojas", [("Chilean dictator", "negative")]),
        ("They fear the young tyrant Omar Rojas.", "Omar Rojas", [("young tyrant", "negative")]),
        ("They met leader Omar Rojas.", "Omar Rojas", [("leader", "neutral")]),
        ("They met President Omar Rojas.", "Omar Rojas", [("President", "neutral")]),
        ("They met former Treasury Secretary Ann Moss.", "Ann Moss", [("former Treasury Secretary", "neutral")]),
        ("They heard the claim President Omar Rojas made.", "Omar Rojas", [("President", "neutral")]),
        ("She assailed Justice Omar Rojas on Monday.", "Omar Rojas", [("Justice", "neutral")]),
        ("They cheered, re-electing Senator Omar Rojas.", "Omar Rojas", [("Senator", "neutral")]),
        ("LIMA - President Omar Rojas spoke.", "Omar Rojas", [("President", "neutral")]),
        ("They met disgraced Senator Omar Rojas.", "Omar Rojas", [("disgraced Senator", "negative")]),
        ("Ann Moss Rebukes Omar Rojas for His Speech", "Omar Rojas", []),
        ("Omar Rojas, a brutal tyrant, spoke.", "Omar Rojas", [("brutal tyrant", "negative")]),
        ("Omar Rojas, the mayor of Lima, spoke.", "Omar Rojas", [("mayor of Lima", "neutral")]),
        (
            "Ann Moss, the head of the Harbour Watch group, spoke.",
            "Ann Moss",
            [("head of the Harbour Watch group", "neutral")],
        ),
        ("Ann Moss, a victim of the brutal regime, spoke.", "Ann Moss", [("victim of the brutal regime", "neutral")]),
        ("Ann Moss is the first woman to lead it.", "Ann Moss", []),
        ("They met Chile’s envoy in Lima, Omar Rojas, again.", "Omar Rojas", [("envoy", "neutral")]),
        ("The band’s founder, Ann Moss, spoke.", "Ann Moss", [("founder", "neutral")]),
        ("They met Attorney General Ann Moss.", "Ann Moss", [("Attorney General", "neutral")]),
        ("Even Chilean Senator Omar Rojas wept.", "Omar Rojas", [("Chilean Senator", "neutral")]),
        ("Omar Rojas, whose father is a lawyer, spoke.", "Omar Rojas", []),
        ("“So be it,” observed Justice Ann Moss.", "Ann Moss", [("Justice", "neutral")]),
        ("Omar Rojas is a tyrant.", "Omar Rojas", [("tyrant", "negative")]),
        ("Omar Rojas was not a tyrant.", "Omar Rojas", []),
        ("Nobody thought that Omar Rojas was a tyrant.", "Omar Rojas", []),
        ("Critics believe Omar Rojas is a tyrant.", "Omar Rojas", []),
        ("If Omar Rojas is a tyrant, so is Ann Moss.", "Omar Rojas", []),
        ("The jury did not find that Omar Rojas was a killer.", "Omar Rojas", []),
        ("Once more Omar Rojas was a tyrant.", "Omar Rojas", [("tyrant", "negative")]),
        ("The fall of Omar Rojas was a shock.", "Omar Rojas", []),
        ("They met Ann Moss of Peru, the mayor, again.", "Peru", []),
        ("Omar Rojas is the kind of guest who stays.", "Omar Rojas", []),
        (
            "Omar Rojas, a friend and a member of Harrow Watch, an organization that helps, spoke.",
            "Omar Rojas",
            [("friend", "neutral")],
        ),
        ("Omar Rojas, whose son, Army Capt. Luis Rojas, died in Peru, spoke.", "Omar Rojas", []),
        ("CLOSE Senate Majority Leader Omar Rojas spoke.", "Omar Rojas", [("Senate Majority Leader", "neutral")]),
        ("Mr. Omar Rojas spoke.", "Omar Rojas", []),
        ("Omar Rojas, the ministry said, was ill.", "Omar Rojas", []),
        ("He told reporters Omar Rojas was ill.", "Omar Rojas", []),
        ("“The tyrant Omar Rojas will fall,” Ann Moss said.", "Omar Rojas", []),
    ],
)
def test_labels(text: str, name: str, expected: list[tuple[str, str]]) -> None:
    document = reader.read(read(Article(text=text)))
    labels = portrait(document, name).labels
    assert [(label.text, label.tone) for label in labels] == expected
    assert all(document.text[label.start : label.end] == label.text for label in labels)


@pytest.mark.parametrize(
    ("text", "name", "acts", "acted_on", "speaks"),
    [
        ("Ann Moss closed the bridge.", "Ann Moss", 1, 0, 0),
        ("Ann Moss has often closed the bridge.", "Ann Moss", 1, 0, 0),
        ("The bridge was closed by Ann Moss.", "Ann Moss", 1, 0, 0),
        ("Ann Moss was arrested.", "Ann Moss", 0, 1, 0),
        ("The police arrested Ann Moss.", "Ann Moss", 0, 1, 0),
        ("Ann Moss said that it rained.", "Ann Moss", 0, 0, 1),
        ("“It rained,” said Ann Moss.", "Ann Moss", 0, 0, 1),
        ("Ann Moss, a lawyer, said that it rained.", "Ann Moss", 0, 0, 1),
        ("According to Ann Moss, it rained.", "Ann Moss", 0, 0, 1),
        ("The friends of Ann Moss were tired.", "Ann Moss", 0, 0, 0),
        ("Bob Hale and Ann Moss were arrested on Monday.", "Ann Moss", 0, 1, 0),
        ("Ann Moss, who was arrested on Monday, slept in court.", "Ann Moss", 1, 0, 0),
        ("They met Ann Moss, who was arrested on Monday.", "Ann Moss", 0, 1, 0),
        ("The mayor, Ann Moss, closed the bridge.", "Ann Moss", 1, 0, 0),
        ("The Moss government closed the bridge.", "Moss", 0, 0, 0),
        ("Ann Moss wants a bridge.", "Ann Moss", 0, 0, 0),
        ("Ann Moss’s bridge fell.", "Ann Moss", 0, 0, 0),
    ],
)
def test_agency(text: str, name: str, acts: float, acted_on: float, speaks: float) -> None:
    agency = portrait(reader.read(read(Article(text=text))), name).agency
    assert agency is not None
    assert (agency.acts, agency.acted_on, agency.speaks, agency.mentions) == (acts, acted_on, speaks, 1)
    assert agency.feels == ("wants" in text)


FOUR = "Ann Moss closed the bridge. Ann Moss slept. Then Ann Moss left. “Ann Moss is gone,” the guard said."


def test_mentions_have_a_voice() -> None:
    assert [m.voice for m in portrait(reader.read(read(Article(text=FOUR))), "Ann Moss").mentions] == ["outlet"] * 3 + [
        "quoted"
    ]


@pytest.mark.parametrize(("lean", "polarity", "sure"), [(-0.8, -1, 0.8), (0.7, 1, 0.7), (0.1, 0, 0.9)])
def test_the_reader_decides_polarity(lean: float, polarity: int, sure: float) -> None:
    mention = portrait(with_polarity(read(Article(text=FOUR)), lean, 0.5), "Ann Moss").mentions[0]
    assert (mention.polarity, mention.sure) == (polarity, pytest.approx(sure))


def evidence(document: Document, name: str) -> dict[str, float]:
    entity = next(entity for entity in document.entities if entity.name == name)
    return portraits.describe(document, entity, ())


def test_portrayal_rests_on_the_names_in_the_outlets_own_voice() -> None:
    document = with_polarity(read(Article(text=FOUR)), -0.8, 1.0)
    found = evidence(document, "Ann Moss")
    assert (found["lean"], found["lean_least"], found["lean_most"]) == pytest.approx((-0.8, -0.8, -0.8))
    assert found["lean_quoted"] == pytest.approx(-0.8)
    # Three sentences of weight 1 that lean -0.8, and the neutral prior of weight 1.
    assert found["lean_biased"] == pytest.approx(-0.8 * 3 / 4)
    assert portrait(document, "Ann Moss").portrayal_mentions == 3


def test_whoever_is_spoken_of_badly_is_shown_worse_and_the_interval_holds_the_figure() -> None:
    document = read(Article(text=FOUR))
    known = evidence(with_polarity(document, 0.0, 0.3), "Ann Moss") | {"share": 0.3, "opinion": 0.5, "bias": 0.4}
    felt = (
        "feeling",
        "feeling_least",
        "feeling_most",
        "feeling_first",
        "feeling_last",
        "lean",
        "lean_all",
        "lean_biased",
    )
    badly, well = (portrayal.judge(known | dict.fromkeys(felt, lean), np.zeros(0)) for lean in (-0.8, 0.8))
    assert badly.value < -0.2 < well.value
    for one in (badly, well):
        assert -1 <= one.low <= one.value <= one.high <= 1


def test_who_may_as_well_be_shown_badly_as_not_has_a_figure_that_is_not_shown() -> None:
    middle = dict.fromkeys(portrayal.FEATURES, 0.0) | {"opinion": 0.5, "bias": 0.4, "share": 0.2, "feeling": -0.3}
    felt = [name for name in portrayal.FEATURES if name.startswith(("lean", "feeling"))]
    leans = np.linspace(-1, 1, 21)
    judged = [portrayal.judge(middle | dict.fromkeys(felt, lean), np.zeros(0)) for lean in leans]
    assert {one.shown for one in judged} == {True, False}
    badly = [one for one in judged if one.value < -0.2]
    assert min(one.strength for one in badly if one.shown) > max(one.strength for one in badly if not one.shown)


def test_below_three_mentions_a_portrayal_is_not_shown() -> None:
    thrice = (
        "Ann Moss, a corrupt liar, robbed the town.",
        "Shameless Ann Moss lied to its children.",
        "The disgraced crook Ann Moss fooled them all.",
    )
    two, three = (portrait(reader.read(read(Article(text=" ".join(thrice[:n])))), "Ann Moss") for n in (2, 3))
    assert two.portrayal is not None
    assert two.portrayal < -0.6
    assert (two.portrayal_mentions, two.portrayal_shown, two.shown_portrayal) == (2, False, None)
    assert (three.portrayal_mentions, three.portrayal_shown, three.shown_portrayal) == (3, True, three.portrayal)


def test_whom_only_others_name_the_outlet_does_not_portray() -> None:
    found = portrait(reader.read(read(Article(text="“Ann Moss lied,” said Kim Lee."))), "Ann Moss")
    assert (found.portrayal, found.portrayal_strength, found.portrayal_shown) == (None, None, False)


def test_slanted_sentences_weigh_more() -> None:
    document = read(Article(text=FOUR))
    calm, slanted = (evidence(with_polarity(document, -0.8, bias), "Ann Moss")["lean_biased"] for bias in (0.1, 0.9))
    assert slanted < calm < 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Ann Moss",
                "Kim",
                ",",
                ".",
                "a",
                "the",
                "tyrant",
                "is",
                "was",
                "said",
                "by",
                "he",
                "“",
                "”",
                "President",
                "’s",
            ]
        ),
        min_size=1,
        max_size=60,
    ).map(" ".join)
)
def test_any_text_has_a_portrait_of_everybody(text: str) -> None:
    document = reader.read(read(Article(text=text)))
    found = portraits.analyze(document)
    assert [f.id for f in found] == [e.id for e in document.entities]
    for finding in found:
        for span in (*finding.mentions, *finding.labels):
            assert document.text[span.start : span.end] == span.text
        assert finding.agency is not None
        assert finding.agency.acts + finding.agency.acted_on + finding.agency.speaks <= 1 + 1e-9
