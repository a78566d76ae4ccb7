"""Which sentences would a careful reader mark: the outlet's own, loaded or asserting; no quotation, no fragment."""

from __future__ import annotations

import pytest

from models.analyzers import vocabulary
from models.analyzers.sentences import analyze as analyze_sentences
from models.article import Article
from models.classifiers import sentences
from models.document import read as read_document
from models.pipeline import analyze
from models.reader import read
from models.report import SentenceFinding

PLAIN = "The council met on Monday in Harrow. It will vote on the budget in May. The bridge opened in 1931."


def find(text: str, words: str) -> SentenceFinding:
    report = analyze(Article(text=f"{PLAIN}\n\n{text}\n\nThe library opens at nine on weekdays."))
    return next(one for one in report.sentences if words in report.article.text[one.start : one.end])


@pytest.mark.parametrize(
    "text",
    [
        "The reckless mayor rammed her bloated vanity project through a cowed council.",
        "This disgraceful betrayal of honest families is the work of a corrupt regime.",
        "The mayor, desperate to distract from her shameful record, staged a pathetic stunt.",
    ],
)
def test_shown(text: str) -> None:
    found = find(text, text[:20])
    assert found.shown
    assert found.strength is not None
    assert found.strength > sentences.load().shown_from


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said that the vote will be held on Monday.",
        "Twelve people were hurt when the scaffold fell on Tuesday.",
        "The company employs 300 people at its plant near the harbour.",
    ],
)
def test_not_shown(text: str) -> None:
    found = find(text, text[:20])
    assert not found.shown
    assert found.strength is not None


def test_no_sentence_is_shown_without_a_word_to_point_at() -> None:
    document = read(read_document(Article(text="The reckless mayor rammed her bloated project through the council.")))
    words = vocabulary.analyze(document).terms
    (pointed,) = analyze_sentences(document, words)
    (bare,) = analyze_sentences(document, [word.model_copy(update={"voice": "quoted"}) for word in words])
    (faint,) = analyze_sentences(document, [word.model_copy(update={"strength": 0.3}) for word in words])
    assert (pointed.shown, bare.shown, faint.shown) == (True, False, False)
    assert pointed.strength == bare.strength == faint.strength


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“This is a disgraceful betrayal of honest families by a corrupt regime,” Hale said.", "disgraceful"),
        ("A shameful, reckless regime.", "shameful"),
    ],
)
def test_not_judged(text: str, words: str) -> None:
    found = find(text, words)
    assert (found.strength, found.shown) == (None, False)
    assert found.bias is not None  # what experts would say stays


def test_a_model_of_other_features_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "FEATURES", ("bias",))
    sentences.load.cache_clear()
    with pytest.raises(ValueError, match="trained for other features"):
        sentences.load()
    sentences.load.cache_clear()
