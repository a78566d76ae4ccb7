"""Cast: roles with the words that show them, sides, where the accused answers, and who is not heard."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.analyzers.cast.lists import ROLES, load
from models.article import Article
from models.pipeline import analyze
from models.report import CastMember, Report


def read(text: str, title: str | None = None) -> Report:
    return analyze(Article(title=title, text=text))


def find(report: Report, name: str) -> CastMember:
    return next(one for one in report.attribution.cast if name.casefold() in one.name.casefold())


@pytest.mark.parametrize(
    ("text", "name", "role", "evidence"),
    [
        ("Sen. Ann Lee, D-Ohio, said that the bridge was safe.", "Lee", "politician", "Sen."),
        ("Tom Hale, a Republican from Texas, said that the bridge was safe.", "Hale", "politician", "Republican"),
        ("State Department spokeswoman Wilma Grant said that it was safe.", "Grant", "official", "State Department"),
        ("Wilma Grant, a professor of law at Harrow University, said it was safe.", "Grant", "expert", "professor of"),
        ("Tom Hale, chief executive of Harrow Steel, said it was safe.", "Hale", "business", "chief executive"),
        ("Maria Ortiz, whose son was hurt, said that she heard a crack.", "Ortiz", "affected", "whose son"),
        ("Reporter Joan Reik of the Harrow Post wrote that the rail was loose.", "Reik", "media", "Reporter"),
        ("A senior administration official said that the rail was loose.", "official", "anonymous", None),
        ("The indictment says that the rail was loose.", "indictment", "document", "indictment"),
        ("Critics say that the rail was loose.", "Critics", "vague", "Critics"),
        ("Prosecutors said that the rail was loose.", "Prosecutors", "official", "Prosecutors"),
    ],
)
def test_a_source_has_a_role_and_the_words_that_show_it(text: str, name: str, role: str, evidence: str | None) -> None:
    member = find(read(text), name)
    assert member.role == role
    if evidence is not None:
        assert member.evidence is not None
        assert member.evidence.text == evidence


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("Sen. Ann Lee, D-Ohio, said that the bridge was safe.", "Lee", "D-Ohio"),
        ("Sen. Tom Hale, R-Texas, said that the bridge was safe.", "Hale", "R-Texas"),
        ("Tom Hale, a Democrat from Harrow, said that the bridge was safe.", "Hale", "Democrat"),
        ("State Department spokeswoman Wilma Grant said that it was safe.", "Grant", "State Department"),
        ("Wilma Grant, a professor of law at Harrow University, said it was safe.", "Grant", None),
        ("Sen. Tom Hale, R-S.C., said that the bridge was safe.", "Hale", "R-S.C."),
        ("It was late for Rep. Ann Lee, D-Calif. Rep. Tom Hale, D-Texas, said that it was safe.", "Hale", "D-Texas"),
        ("Police said that the bridge was safe.", "olice", None),
        ("Tom Hale, the National Security Council's spokesman, said it was safe.", "Hale", "National Security Council"),
        (
            "Capt. Tom Hale, a spokesman for the Harrow Navy's Fifth Fleet overseeing the gulf, said it was safe.",
            "Hale",
            "the Harrow Navy's Fifth Fleet",
        ),
    ],
)
def test_a_side_is_told_in_the_articles_own_words(text: str, name: str, side: str | None) -> None:
    assert find(read(text), name).side == side


def test_some_of_a_party_are_no_party() -> None:
    report = read("Some Republicans said that the bridge was safe. The Republican Party has not met.")
    member = find(report, "Republicans")
    assert member.speaker is None
    assert member.name == "Some Republicans"


@pytest.mark.parametrize(
    ("text", "accused", "answer"),
    [
        (
            "Mayor Tom Hale blamed Ann Lee for the fall. The bridge is old. “I told them,” Lee said.",
            "blamed Ann Lee",
            7,
        ),
        ("Ann Lee was charged with theft on Monday. Lee said that she took nothing.", "Ann Lee was charged", 6),
        ("Ann Lee said that she took nothing. Tom Hale accused Ann Lee of theft.", "accused Ann Lee", None),
        ("Ann Lee accused the mayor of theft. Lee said that she had seen it.", None, None),
        ("Tom Hale praised Ann Lee for her work. Lee said that she was glad.", None, None),
    ],
)
def test_the_accused_answers_so_many_words_later_or_never(text: str, accused: str | None, answer: int | None) -> None:
    member = find(read(text), "Lee")
    assert (member.accused and member.accused.text) == accused
    assert member.answer == answer


def test_whoever_is_accused_and_says_nothing_is_missed() -> None:
    silent = (
        "Police accused Ann Lee of theft on Monday. Lee, who ran the office for ten years, was charged with taking "
        "the money and was arrested at home. “She betrayed us,” said Tom Hale, the mayor. Lee was fired in May. "
        "Hale called Lee a thief and a liar. Prosecutors said that Lee had used the money for a car."
    )
    report = read(silent, "Ann Lee charged with theft")
    names = {entity.id: entity.name for entity in report.entities}
    missed = {names[one.entity]: one for one in report.attribution.unheard}
    assert missed["Ann Lee"].why == "accused"
    assert "Ann Lee" in missed["Ann Lee"].evidence.text
    assert "Tom Hale" not in missed
    heard = read(silent + " “I never took a cent,” Lee said.", "Ann Lee charged with theft")
    names = {entity.id: entity.name for entity in heard.entities}
    assert "Ann Lee" not in {names[one.entity] for one in heard.attribution.unheard}


@pytest.mark.parametrize(
    ("role", "text", "name"), [(role, *example) for role in ROLES for example in load().roles[role].examples]
)
def test_every_role_keeps_its_own_examples(role: str, text: str, name: str) -> None:
    assert find(read(text), name).role == role


@pytest.mark.parametrize(
    ("role", "text", "name"), [(ruling.role, *example) for ruling in load().rulings for example in ruling.examples]
)
def test_every_ruling_keeps_its_own_examples(role: str, text: str, name: str) -> None:
    assert find(read(text), name).role == role


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        # A listed name needs no description; a last name alone only where it is rare.
        ("Mr. Inhofe said that the bridge was safe.", "Inhofe", "politician"),
        ("Mnuchin said that the bridge was safe.", "Mnuchin", "official"),
        ("Elizabeth B. Warren said that the bridge was safe.", "Warren", "politician"),
        # A country speaks for itself, whatever stands beside it; a list is not whom it includes.
        ("Harrow media denied it. Peru said that the bridge was safe.", "Peru", "official"),
        ("A number of Republicans, including radio host Bo Ray, said that it was safe.", "Republicans", "politician"),
        # No trade's, no state's, nobody's: what looks like a ruling and is none.
        ("Ann Lee, head of the Harrow Poets’ Association, said it was safe.", "Lee", "activist"),
        ("Ann Lee, director of the department of health, said it was safe.", "Lee", "official"),
        ("Senate Majority Leader Tom Hale said that it was safe.", "Hale", "politician"),
        ("Democratic strategist Tom Hale said that it was safe.", "Hale", "expert"),
        ("NRA leaders said that it was safe.", "NRA leaders", "activist"),
        ("A new poll of 900 drivers surveyed in May found that it was safe.", "poll", "document"),
        # What a clause holds, and where something is, says of nobody what they are.
        ("Ann Lee, who lives a mile from the county border, said it was safe.", "Lee", "other"),
        ("Growth is booming in Harrow City, Ann Lee said, and the bridge is safe.", "Lee", "other"),
        ("Ann Lee, who works for the county, said it was safe.", "Lee", "official"),
        # A bank is no county, and a committee of the party no mere committee.
        ("Ann Lee, president of Harrow County National Bank, said it was safe.", "Lee", "business"),
        ("Tom Hale, a spokesman for the National Republican Committee, said it was safe.", "Hale", "politician"),
        # A study is a document, whoever wrote it.
        ("A study by an economist at Harrow University found it was safe.", "study", "document"),
        ("Caltech seismologist Ann Lee said it was safe.", "Lee", "expert"),
        # The body that somebody founded is said to be one.
        ("Ann Lee, founder of Clean Harrow, an advocacy group for rivers, said it was safe.", "Lee", "activist"),
        ("Ann Lee, founder of Clean Harrow, a maker of soap, said it was safe.", "Lee", "business"),
    ],
)
def test_lists_and_rulings_reach_no_further_than_they_say(text: str, name: str, role: str) -> None:
    assert find(read(text), name).role == role


@pytest.mark.parametrize(
    ("text", "cast"),
    [
        # Whoever is described again: nameless, or by a noun that the article says of one who is named.
        (
            "A Democratic strategist in Harrow said that it was late. The strategist said that it was cold.",
            ["A Democratic strategist in Harrow"],
        ),
        (
            "One official said that it was late. Another official said that it was cold. The official said it was wet.",
            ["Another official", "One official", "The official"],
        ),
        ("Ann Moor, a lawyer for Tom Hale, said it was late. His attorney said that it was cold.", ["Ann Moor"]),
        (
            "Rep. Tom Hale, an Ohio Republican, said it was late. The Ohio Republican said that it was cold.",
            ["Tom Hale"],
        ),
        (
            "Rep. Tom Hale, an Ohio Republican, said it was late. The Iowa Republican said that it was cold.",
            ["The Iowa Republican", "Tom Hale"],
        ),
        (
            "Harrow city officials said that it was late. Officials said that it was cold.",
            ["Harrow city officials"],
        ),
        (
            "The Lee campaign said it was late. Ms. Lee’s campaign said it was wet. The Hale campaign said it was so.",
            ["Ms. Lee’s campaign", "The Hale campaign"],
        ),
        # A site is its owner's.
        (
            "The National Conference of County Clerks met. The vote was late, according to the NCCC website.",
            ["National Conference of County Clerks"],
        ),
        ("The vote was late, according to the website.", ["the website"]),
    ],
)
def test_everybody_stands_once(text: str, cast: list[str]) -> None:
    assert sorted(member.name for member in read(text).attribution.cast) == cast


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (
            "A study of rents found that they fell. The study says that wages rose. The same study says few moved.",
            ["A study of rents"],
        ),
        ("A study found that rents fell. Another study says that wages rose.", ["A study", "Another study"]),
        # Polls are one where nobody else held one of them.
        (
            "A new poll of 900 drivers found that rents fell. The poll in May says few moved.",
            ["A new poll of 900 drivers"],
        ),
        (
            "A Quinnipiac poll found that rents fell. A Marist poll says that they rose.",
            ["A Quinnipiac poll", "A Marist poll"],
        ),
        ("A study found that rents fell. The report says that wages rose.", ["A study", "The report"]),
    ],
)
def test_a_document_stands_once(text: str, documents: list[str]) -> None:
    assert sorted(one.name for one in read(text).attribution.cast) == sorted(documents)


@pytest.mark.parametrize("share", ["22%", "Another 20 percent", "Three in ten"])
def test_a_figure_is_no_source(share: str) -> None:
    assert read(f"{share} said that the bridge was safe.").attribution.cast == []
    assert [one.role for one in read("20 percent of voters said that it was safe.").attribution.cast] == ["other"]


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=300))
def test_any_text_has_a_cast_with_exact_spans(noise: str) -> None:
    report = read(f"{noise} Ann Lee said that it fell. {noise}")
    for member in report.attribution.cast:
        for span in (member.evidence, member.accused):
            assert span is None or report.article.text[span.start : span.end] == span.text
    for one in report.attribution.unheard:
        assert report.article.text[one.evidence.start : one.evidence.end] == one.evidence.text
