"""Who is cleared, whose blame or praise is denied, whom a label is about: no feeling against what the words say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.article import Article
from models.pipeline import analyze

NAME = "Paul Denby"


def toward(sentence: str) -> tuple[int, int]:
    """Polarity of the target asked for, and of the mention found, both of Paul Denby."""
    at = sentence.index(NAME)
    report = analyze(Article(text=sentence, targets=[(at, at + len(NAME))]))
    mention = next(m for e in report.entities if e.name == NAME for m in e.mentions if m.start == at)
    return report.sentiment.targets[0].polarity, mention.polarity


@pytest.mark.parametrize(
    "sentence",
    [
        # Cleared.
        "A jury cleared Paul Denby of all charges on Monday.",
        "Paul Denby, a teacher from Dover, was acquitted of theft after nine days.",
        "Paul Denby was exonerated by the inquiry.",
        "The report absolved Paul Denby of any blame.",
        "Cleared of fraud, Paul Denby went home.",
        "Paul Denby was found not guilty of murder.",
        "The jury found Paul Denby not guilty of bribery.",
        # Charges that are gone.
        "Prosecutors dropped the charges against Paul Denby.",
        "The court dismissed the fraud case against Paul Denby.",
        "The case against Paul Denby collapsed on Friday.",
        "The judge threw out the suit against Paul Denby.",
        "Paul Denby's conviction was quashed on appeal.",
        # Accused wrongly, or taken back.
        "All charges were dropped against Paul Denby in May.",
        "Paul Denby was declared innocent of all counts.",
        "Paul Denby was wrongly accused of theft.",
        "Police apologised to Paul Denby for the arrest.",
        "The police wrongly named Paul Denby as the killer.",
        "The paper that had accused Paul Denby withdrew its story and apologised.",
        # Blame that is denied.
        "There is no evidence that Paul Denby had taken a crown.",
        "Paul Denby did not lie, the court found.",
        "Nothing in the file suggests that Paul Denby stole.",
        "I do not think that Paul Denby is a liar.",
        "Paul Denby is no thief.",
        "Paul Denby was never corrupt.",
        "Paul Denby is anything but a fool.",
        "Nobody blamed Paul Denby for the crash.",
        "No one had a bad word for Paul Denby.",
        "The auditors found no fault with Paul Denby, who keeps the accounts.",
        "Not a single complaint was made against Paul Denby.",
        "It would be wrong to call Paul Denby a failure.",
        "It is unfair to blame Paul Denby for the flood.",
    ],
)
def test_nobody_is_shown_badly_by_what_is_denied_of_him(sentence: str) -> None:
    assert -1 not in toward(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Few would call Paul Denby a great speaker.",
        "Nobody would call Paul Denby honest.",
        "Paul Denby is no hero.",
        "Paul Denby is far from honest.",
        "Hardly anyone trusts Paul Denby.",
        "Paul Denby is hardly a genius.",
        "Paul Denby is by no means a saint.",
        "Paul Denby has never been a good mayor.",
        "Paul Denby was not praised for his work.",
        "Ann Moore, unlike Paul Denby, was hailed as a hero.",
    ],
)
def test_nobody_is_praised_by_what_is_denied_of_him(sentence: str) -> None:
    assert 1 not in toward(sentence)


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        # The denial is itself denied, or is about something else.
        ("Paul Denby was not cleared of lying to the voters.", -1),
        ("The court refused to drop the charges against Paul Denby.", -1),
        ("Nobody doubts that Paul Denby stole the money.", -1),
        ("Paul Denby is not only a liar but a thief.", -1),
        ("Paul Denby did not apologise for the lies.", -1),
        ("Paul Denby is a thief, and there is no rain today.", -1),
        ("No better friend than Paul Denby could be found.", 1),
    ],
)
def test_what_is_not_denied_stays(sentence: str, polarity: int) -> None:
    assert toward(sentence) == (polarity, polarity)


@pytest.mark.parametrize(
    ("sentence", "against"),
    [
        ("The coward Paul Denby won the prize and smiled.", 1),
        ("The tyrant of Dover, Paul Denby, was loved by all.", 1),
        ("Paul Denby, a preening empty suit, was praised by the band.", 1),
        ("The heroic Paul Denby was killed in the war.", -1),
        ("Paul Denby, a visionary, lost the trial and wept.", -1),
    ],
)
def test_no_feeling_stands_against_the_label(sentence: str, against: int) -> None:
    assert against not in toward(sentence)


def test_he_is_cleared_with_his_name() -> None:
    text = "Fraud charges against Paul Denby were dropped, and he went home."
    (entity,) = [e for e in analyze(Article(text=text)).entities if e.name == NAME]
    assert [(m.text, m.polarity != -1) for m in entity.mentions] == [(NAME, True), ("he", True)]


CLEARING = "no not never cleared guilty against unlike wrong to call far from anything but"
DENYING = "he fool hero charges dropped wrongly accused , . was threw out 's conviction withdrew"
WORDS = [*CLEARING.split(), *DENYING.split(), NAME, "Ann Moore"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
@settings(deadline=None, max_examples=60)
def test_probabilities_stay_probabilities(words: list[str]) -> None:
    text = f"The mayor said in the town that {' '.join(words)}"
    report = analyze(Article(text=text, targets=[(0, len(text))]))
    assert all(0 <= m.sure <= 1 for e in report.entities for m in e.mentions)
    assert sum(report.sentiment.targets[0].probabilities.values()) == pytest.approx(1, abs=1e-3)
