"""Pairs: who of two is for or against the other, as their sentence tells it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from models.article import Article
from models.pipeline import analyze
from models.report import PairSentiment


def _ask(text: str, p: str, q: str, title: str | None = None) -> PairSentiment:
    whole = f"{title}\n\n{text}" if title else text
    spans = [(whole.index(name), whole.index(name) + len(name)) for name in (p, q)]
    return analyze(Article(title=title, text=text, pairs=[(spans[0], spans[1])])).sentiment.pairs[0]


@pytest.mark.parametrize(
    ("text", "p", "q", "label"),
    [
        ("Hale accused Moore of lying to the voters about the bridge.", "Hale", "Moore", "p_against_q"),
        ("Hale accused Moore of lying to the voters about the bridge.", "Moore", "Hale", "q_against_p"),
        ("Senator Moore attacked Hale as a disgrace and a coward.", "Moore", "Hale", "p_against_q"),
        ("Senator Moore endorsed Hale and praised him as a great leader.", "Moore", "Hale", "p_for_q"),
        ("Both Moore and Hale travelled to the town of Harrow on Monday.", "Moore", "Hale", "none"),
    ],
)
def test_the_holder_and_the_sign(text: str, p: str, q: str, label: str) -> None:
    found = _ask(text, p, q)
    assert found.label == label
    assert (found.p.text, found.q.text) == (p, q)
    assert 0 < found.probability <= 1


def test_offsets_count_in_the_whole_text() -> None:
    found = _ask("Hale accused Moore of lying.", "Hale", "Moore", title="A quarrel")
    assert (found.p.start, found.p.end) == (11, 15)


def test_pairs_survive_signs_that_nobody_sees() -> None:
    text = "Ha\u00adle accused Moore of lying to the voters about the bridge."
    article = Article(text=text, pairs=[((0, 5), (14, 19))])
    found = analyze(article).sentiment.pairs[0]
    assert (found.p.text, found.q.text) == ("Ha\u00adle", "Moore")


def test_a_pair_outside_the_text_is_refused() -> None:
    with pytest.raises(ValidationError, match="must lie inside the text of 28 characters"):
        Article(text="Hale accused Moore of lying.", pairs=[((0, 4), (13, 99))])
