"""Whose a loaded word is, and where nobody is judged by it: what is reported, mentioned, denied or openly thought."""

from __future__ import annotations

import pytest

from models import reader
from models.analyzers import vocabulary
from models.analyzers.vocabulary import whose
from models.analyzers.vocabulary.aims import Word
from models.analyzers.vocabulary.targets import Targets
from models.article import Article
from models.classifiers import terms
from models.document import names, read
from models.pipeline import analyze


def _voices(text: str) -> dict[str, str]:
    """The words of the lists that judge somebody in a text, and whose each is."""
    document = names.settle(reader.read(read(Article(text=text))))
    found = [one for one in vocabulary.propose(document) if one.hit]
    voices = whose.judge(document, found, terms.describe(document, [one.known for one in found]))
    tokens = document.tokens
    return {
        document.text[tokens[one.first].start : tokens[one.last - 1].end]: judged.voice
        for one, judged in zip(found, voices, strict=True)
    }


@pytest.mark.parametrize(
    ("text", "word", "voice"),
    [
        ("Critics of the mayor say that the plan is shameful.", "shameful", "quoted"),
        ("The union argued that the offer was an insult and a sham.", "sham", "quoted"),
        ("Hale told the board that the inquiry was a sham.", "sham", "quoted"),
        ("She dismissed the report, saying that it was absurd.", "absurd", "quoted"),
        ("It fed the belief that the council is corrupt.", "corrupt", "quoted"),
        ("She has called the fence immoral.", "immoral", "quoted"),
        ("The mayor blamed what he called slanted coverage.", "slanted", "quoted"),
        ("Hale likened the mayor to a dictator.", "dictator", "quoted"),
        ("The mayor faced a backlash for being dishonest.", "dishonest", "quoted"),
        ("Critics say that the shameful plan was read twice.", "shameful", "outlet"),
        ("I think that the plan is shameful.", "shameful", "outlet"),
        ("It matters for sailors like myself who believe that the plan is shameful.", "shameful", "outlet"),
        ("It matters for sailors who believe that the plan is shameful.", "shameful", "quoted"),
        ("The audit showed that the plan was shameful.", "shameful", "outlet"),
        ("He asked whether the plan was shameful.", "shameful", "outlet"),
        ("The plan was shameful, as all could see.", "shameful", "outlet"),
    ],
)
def test_a_verdict_is_his_who_is_told_to_pass_it(text: str, word: str, voice: str) -> None:
    assert _voices(text)[word] == voice


def test_a_second_verdict_in_a_row_is_his_too() -> None:
    text = "She wrote that the council had acted shamefully and that its excuses were pathetic."
    assert _voices(text)["pathetic"] == "quoted"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The law would end a cruel and barbaric practice.", True),
        ("Supporters say the law would end a cruel and barbaric practice.", False),
    ],
)
def test_a_word_that_may_be_either_ones_is_not_shown(text: str, shown: bool) -> None:
    assert [term.shown for term in analyze(Article(text=text)).vocabulary.terms] == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor is no hero.",
        "The plan was not cynical.",
        "The vote was never a disgrace.",
        "A group of self-described anarchists sat in the square.",
        "“It is very troubling,” said Hale.",
    ],
)
def test_nobody_is_judged_by_a_word_that_is_denied_or_an_open_opinion(text: str) -> None:
    assert _voices(text) == {}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The mayor is a hero.", "hero"),
        ("The plan was not only cynical but late.", "cynical"),
        ("The plan should not be so cynical.", "cynical"),
        ("A group of anarchists sat in the square.", "anarchists"),
        ("“It is outrageous,” said Hale.", "outrageous"),
        ("“A troubling plan was read,” said Hale.", "troubling"),
    ],
)
def test_a_word_that_judges_stays(text: str, word: str) -> None:
    assert word in _voices(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Tom Hale, the clerk of Dover, became a strident critic of Ann Lee.", "strident"),
        ("Thousands of Ann Lee's devoted fans sang in the street.", "devoted"),
        ("Ann Lee and every fair-minded voter looked at the bridge.", "fair-minded"),
    ],
)
def test_whoever_stands_beside_others_is_not_judged_with_them(text: str, word: str) -> None:
    document = names.settle(reader.read(read(Article(text=text))))
    targets = Targets(document)
    at = next(k for k, token in enumerate(document.tokens) if token.text == word)
    lee = next(entity.id for entity in document.entities if entity.name == "Ann Lee")
    assert targets.aim(Word(at, at + 1, "praise", "positive"), None)[0] != lee
