"""Everybody is treated alike: plain sentences stay plain, and loaded ones are found whoever they are about."""

from __future__ import annotations

from models import reader
from models.analyzers import vocabulary
from models.article import Article
from models.document import read
from models.pipeline import analyze
from models.report import Term
from research.evaluation.fairness import read_pairs, read_sentences, read_swaps


def terms(text: str) -> list[Term]:
    return vocabulary.analyze(reader.read(read(Article(text=text)))).terms


def test_plain_sentences_about_terrible_and_wonderful_events_stay_unread_marks() -> None:
    sentences = read_sentences("plain")
    assert len(set(sentences)) >= 200
    reports = {sentence: analyze(Article(text=sentence)) for sentence in sentences}
    found = {sentence: [term.text for term in report.vocabulary.terms] for sentence, report in reports.items()}
    wrong = {sentence: words for sentence, words in found.items() if words}
    assert len(wrong) <= 0.05 * len(sentences), wrong


def test_equally_loaded_sentences_are_found_alike_on_both_sides() -> None:
    pairs = read_pairs()
    assert len(pairs) >= 60
    found = {side: sum(bool(terms(pair[side])) for pair in pairs) / len(pairs) for side in ("left", "right")}
    assert min(found.values()) >= 0.9, found
    assert abs(found["left"] - found["right"]) <= 0.03, found


def test_plain_news_in_the_english_of_other_countries_stays_unread_marks() -> None:
    found = {sentence: analyze(Article(text=sentence)).vocabulary.terms for sentence in read_sentences("englishes")}
    wrong = {sentence: [term.text for term in words] for sentence, words in found.items() if words}
    assert len(wrong) <= 0.05 * len(found), wrong


def test_five_hundred_exchanges_of_names_change_no_term_of_the_lexicon() -> None:
    swaps = list(read_swaps())
    assert len(swaps) >= 500
    changed = [name for name, *texts in swaps if len({tuple(t.rule for t in terms(a.text)) for a in texts}) > 1]
    assert len(changed) <= 0.02 * len(swaps), changed
