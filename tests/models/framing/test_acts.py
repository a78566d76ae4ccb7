"""Who does what to whom, and in which form it is told: one sentence a case, in words of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import reader
from models.analyzers.framing import acts
from models.article import Article
from models.document import Document, read
from models.report import Act, Span


def read_text(text: str, title: str | None = None) -> Document:
    return reader.read(read(Article(title=title, text=text)))


def tell(act: Act) -> tuple[str, str, str | None, str | None]:
    """Form, lemma, doer and undergoer of an act."""
    return (
        act.form,
        act.lemma,
        act.doer.span.text if act.doer else None,
        act.undergoer.span.text if act.undergoer else None,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldiers shot two students on Monday.", ("active", "shoot", "Soldiers", "two students")),
        ("Two students were shot by soldiers.", ("passive_by", "shoot", "soldiers", "Two students")),
        ("Two students were shot on Monday.", ("passive", "shoot", None, "Two students")),
        ("Two students died in the shooting.", ("no_doer", "die", None, "Two students")),
        ("The killing of two students shocked the town.", ("noun", "kill", None, "two students")),
        ("The killing of two students by soldiers shocked the town.", ("noun", "kill", "soldiers", "two students")),
        ("Shots rang out in the square.", ("no_doer", "shoot", None, None)),
        ("The officer who arrested the journalist left.", ("active", "arrest", "The officer", "the journalist")),
        ("The men arrested in the raid were released.", ("passive", "arrest", None, "The men")),
        ("A gunman opened fire, killing three people.", ("active", "kill", "A gunman", "three people")),
        ("Officers chased and beat the prisoner with batons.", ("active", "beat", "Officers", "the prisoner")),
        ("The board fired the director last week.", ("active", "fire", "The board", "the director")),
        ("Officers laid off in May have sued the county.", ("passive", "lay off", None, "Officers")),
        ("The ministry deported 300 families in March.", ("active", "deport", "The ministry", "300 families")),
        ("The tenants were forced to leave their homes.", ("passive", "force", None, "The tenants")),
        ("Firefighters rescued a child from the river.", ("active", "rescue", "Firefighters", "a child")),
        ("The king pardoned nine dissidents.", ("active", "pardon", "The king", "nine dissidents")),
        ("The town cancelled 40 jobs in April.", ("active", "cancel", "The town", "40 jobs")),
        ("French-led airstrikes on the village woke the nuns.", ("noun", "bomb", "French-led", "the village")),
        ("People were chased and shot by a gunman.", ("passive_by", "shoot", "a gunman", "People")),
        ("Two were killed and 14 wounded in the shooting.", ("passive", "wound", None, "14")),
        ("The girl was killed in Lima by a gunman.", ("passive_by", "kill", "a gunman", "The girl")),
        ("He was fired a day that was ruled by quarrels.", ("passive", "fire", None, "He")),
        ("Children were separated from their parents.", ("passive", "separate", None, "Children")),
        ("The blast killed four workers.", ("no_doer", "kill", None, "four workers")),
        ("The attack left six people dead.", ("no_doer", "leave dead", None, "six people")),
        ("A dozen villagers lost everything when rebels attacked them.", ("active", "attack", "rebels", "them")),
        ("The pilot was shot down over the bay.", ("passive", "shoot down", None, "The pilot")),
        ("The number of farmers arrested in June rose.", ("passive", "arrest", None, "farmers")),
        ("An FBI raid on the house woke the street.", ("noun", "raid", "FBI", "the house")),
        ("The miners were forced to leave the valley.", ("passive", "force", None, "The miners")),
        ("Guards forced the miners into exile.", ("active", "force", "Guards", "the miners")),
        ("The parents of children who were killed by rebels wept.", ("passive_by", "kill", "rebels", "children")),
        ("He was jailed for beating a guard with a bat.", ("active", "beat", "He", "a guard")),
        ("Ann Moss, whose father was murdered, spoke.", ("passive", "murder", None, "whose father")),
        ("The state cut 90 jobs and mills cut 40 jobs.", ("active", "cut", "The state", "90 jobs")),
        ("It was a month after he fired the clerk.", ("active", "fire", "he", "the clerk")),
    ],
)
def test_a_deed_is_told_with_its_doer_and_form(text: str, expected: tuple[str, str, str | None, str | None]) -> None:
    assert expected in [tell(act) for act in acts.find(read_text(text))]


def test_a_verb_has_its_particle_and_a_title_its_name() -> None:
    text = "Device firms are laying off workers. The owner fired former Mill Director Ines Calder in May."
    document = read_text(text)
    laid_off, fired = acts.find(document)
    names = {entity.id: entity.name for entity in document.entities}
    assert laid_off.verb.text == "laying off"
    assert fired.undergoer is not None
    assert names[fired.undergoer.entity or ""] == "Ines Calder"


@pytest.mark.parametrize(
    "text",
    [
        "The senator attacked the plan.",  # criticism
        "The president has said nothing about pardoning the clerk.",
        "The section prohibits employees from taking part.",
        "These pictures have forced people to face the truth.",
        "The senator attacked the mayor over the budget.",
        "The committee killed the bill.",
        "They shot a film in Lisbon.",
        "She fired off a letter to the board.",
        "The company released a statement.",
        "The minister died of cancer.",  # nobody's deed
        "Four people were killed in the earthquake.",
        "The crash killed two drivers.",
        "Soldiers did not shoot the students.",  # negated, planned, feared, supposed, asked, charged
        "Nobody was killed.",
        "The army plans to arrest the students.",
        "They feared that soldiers would kill the students.",
        "If soldiers kill the students, the town will rise.",
        "Did soldiers shoot the students?",
        "He was accused of killing two students.",
        "He was nearly killed.",
        "Police protect people.",  # a habit
        "He killed himself.",
        "The film kills time.",
        "Moss torched Rojas over the budget.",
        "She was going to fire the director.",
        "She has been thinking about firing the director.",
        "Moss fired back at Rojas.",
        "The mayor dismissed her critics.",
        "Moss suspended her campaign.",
        "He died from a self-inflicted gunshot wound.",
        "Moss attacked Rojas over the war in Karsh.",
        "The plan would end in officers killing prisoners.",
        "They asked who killed the students.",
        "She is single, and he is separated.",
        "The documentary “Moss” was released by the network.",
        "He dragged his mother out to the rally.",
        "They had him killed.",
        "Write to us at [email protected] today.",
        "LOMAS (Wire) — A bus left the road, killing four people.",
        "The rules are aimed at protecting nurses.",
        "The pilot was shot at, and came home.",  # missed, or another verb with its particle
        "They were so fired up that they sang.",
        "The press has been speculating that Moss fired the clerk.",
        "She feared an outcry from firing the clerk.",  # spoken of, and not done
        "Under the guise of protecting people, the mayor sells the park.",
        "The council has moved towards prosecuting the clerk.",
        "There are situations where firms are laying off workers.",
        "A judge issued a warrant for the arrest of the clerk.",
        "Murder of innocents is a sin.",  # a kind of deed
        "Mayors win by pardoning villagers.",
        "The rule applies to those villagers arrested for theft.",
        "Moss has been forced to wonder who his friends are.",  # nobody forces him
        "The poll released on Monday asked 900 voters.",
        "My past is stalking me.",
        "The mill was forced into bankruptcy.",
        "The clerk either left or was fired, depending on whom you ask.",
        "The school is being funded by a tax.",
        "Lawyers from groups financed by Rojas met.",
        "Moss captured the majority in the council.",
        "They spoke of somebody having him killed.",
        "Nine farmers died of injuries from the vaping of oil.",
        "Moss, in the latest poll released this month, is ahead.",
    ],
)
def test_no_deed_is_told(text: str) -> None:
    assert [tell(act) for act in acts.find(read_text(text))] == []


def test_an_entity_is_named_where_it_acts_and_where_it_suffers() -> None:
    document = read_text("Omar Rojas sued Ann Moss in May. Later she was fired by the board.")
    names = {entity.id: entity.name for entity in document.entities}
    sued, fired = acts.find(document)
    parties = [party.entity for party in (sued.doer, sued.undergoer, fired.undergoer) if party]
    assert [names[entity] for entity in parties if entity] == ["Omar Rojas", "Ann Moss", "Ann Moss"]
    assert (fired.form, fired.effect, sued.effect) == ("passive_by", "harm", "force")


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Ann Moss and Omar Rojas were arrested in May. Ann Moss slept. Omar Rojas slept.", "arrest"),  # two, not one
        ("Ann Moss slept. The owner of the mill says she fired the clerk.", "fire"),  # not Moss
        ("Ann Moss spoke of Ina Vale after she was demoted. Ann Moss slept. Ina Vale slept.", "demote"),  # who of them?
    ],
)
def test_no_name_is_told_where_it_is_open_or_one_of_two(text: str, lemma: str) -> None:
    (act,) = acts.find(read_text(text))
    assert act.lemma == lemma
    assert [party.entity for party in (act.doer, act.undergoer) if party and party.span.text != "the clerk"] == [None]


def test_the_span_holds_verb_doer_and_undergoer() -> None:
    document = read_text("In the evening two students were shot by soldiers near the bridge.")
    (act,) = acts.find(document)
    assert act.text == "two students were shot by soldiers"
    assert act.verb.text == "shot"


def test_who_tells_it_is_whoever_speaks() -> None:
    quoted, told = acts.find(read_text("“Soldiers shot my son,” she said. Soldiers shot her son."))
    assert (quoted.voice, told.voice) == ("quoted", "outlet")


def test_a_headline_leaves_out_what_a_sentence_needs() -> None:
    document = read_text("The town is in mourning.", title="Three protesters killed in Lomas")
    assert [tell(act) for act in acts.find(document)] == [("passive", "kill", None, "Three protesters")]


def spans(act: Act) -> list[Span]:
    return [act, act.verb, *(party.span for party in (act.doer, act.undergoer) if party)]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200)
WORDS = (
    "killed",
    "was",
    "shot",
    "by",
    "police",
    "the",
    "arrest of",
    "two men",
    "who",
    "left",
    "dead",
    ",",
    "’s",
    ".",
    "Ann",
    "é",
    "\u202e",
)


@settings(deadline=None, max_examples=40)
@given(st.one_of(TEXT, st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_every_span_holds_in_any_text(text: str) -> None:
    document = read_text(f"{text}.")
    for act in acts.find(document):
        for span in spans(act):
            assert document.text[span.start : span.end] == span.text
        assert act.start <= act.verb.start < act.verb.end <= act.end
