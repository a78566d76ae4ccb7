"""What the articles of an outlet come to together."""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article
from models.classifiers import reference
from models.comparison import columns
from models.outlets import counting, figures
from models.outlets.records import Counts, Heard, Interval, name_key
from models.report import Category
from service import examples


def article(words: int = 500, terms: int = 5, category: Category = "label") -> Counts:
    """One short record."""
    return Counts(
        words={"outlet": words, "quoted": 100},
        terms={category: {"outlet": terms, "quoted": 0}},
        verbs={"neutral": {"say": 3}, "doubting": {"claim": 1}},
        sources={
            "named": Heard(articles=1, statements=2, words=60),
            "vague": Heard(articles=1, statements=1, words=20),
        },
        speakers={"Ines Calder": 60},
    )


def test_below_ten_articles_nothing_is_said() -> None:
    assert figures.measure([article()] * 9) is None
    assert figures.measure([article()] * 10) is not None


def test_rates_are_sums_over_sums_with_an_interval_over_articles() -> None:
    found = figures.measure([article(words=1000, terms=2), article(words=500, terms=10)] * 10)
    assert found is not None
    rate = found.total["outlet"]
    assert (rate.count, rate.value) == (120, 8.0)
    assert 4 < rate.low < 8 < rate.high < 13
    assert found.by_category["label"]["outlet"].value == 8.0
    assert found.words == {"outlet": 15_000, "quoted": 2_000}
    assert figures.measure([article(words=1000, terms=2), article(words=500, terms=10)] * 10) == found


def test_articles_that_are_all_alike_leave_no_doubt() -> None:
    found = figures.measure([article()] * 12)
    assert found is not None
    assert (found.total["outlet"].low, found.total["outlet"].high) == (10.0, 10.0)


def test_nothing_found_is_not_nothing_there() -> None:
    found = figures.measure([article()] * 10)
    assert found is not None
    quoted = found.total["quoted"]
    assert (quoted.count, quoted.value, quoted.low, quoted.high) == (0, 0.0, 0.0, 3.689)


def test_verbs_and_sources_are_shares() -> None:
    found = figures.measure([article()] * 10)
    assert found is not None
    assert {stance: share.value for stance, share in found.stances.items()} == {"doubting": 0.25, "neutral": 0.75}
    assert {kind: share.value for kind, share in found.sources.items()} == {"named": 0.75, "vague": 0.25}
    assert [(verb.lemma, verb.stance, verb.count) for verb in found.verbs] == [
        ("say", "neutral", 30),
        ("claim", "doubting", 10),
    ]
    assert [(one.name, one.articles, one.words) for one in found.speakers] == [("Ines Calder", 10, 600)]


def test_each_rate_stands_beside_the_reference() -> None:
    known = reference.load()
    assert known is not None
    expected = 1000 * sum(found["outlet"] for found in known.whole.terms.values()) / known.whole.words["outlet"]
    many, few = figures.measure([article(terms=50)] * 10), figures.measure([article(terms=0)] * 10)
    assert many is not None
    assert few is not None
    assert many.total["outlet"].reference == pytest.approx(expected, abs=0.001)
    assert (many.total["outlet"].against_reference, few.total["outlet"].against_reference) == ("more", "less")


def interval(value: float, low: float, high: float) -> Interval:
    return Interval(count=10, value=value, low=low, high=high)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (interval(10, 8, 12), interval(5, 4, 6), "more"),
        (interval(5, 4, 6), interval(10, 8, 12), "less"),
        (interval(10, 6, 14), interval(8, 5, 12), "no_difference"),
        # The intervals touch, and yet the difference is more than chance: 3 ± √(2² + 0.9²).
        (interval(10, 8, 12), interval(7, 6, 7.9), "more"),
    ],
)
def test_two_outlets_told_apart(one: Interval, other: Interval, apart: str) -> None:
    assert figures.tell_apart(one, other) == apart


def test_thousands_of_articles_are_resampled_in_blocks() -> None:
    few, many = (
        figures.measure([article(terms=1), article(terms=9)] * 200),
        figures.measure([article(terms=1), article(terms=9)] * 2000),
    )
    assert few is not None
    assert many is not None
    assert many.total["outlet"].value == few.total["outlet"].value == 10.0
    widths = [found.total["outlet"].high - found.total["outlet"].low for found in (few, many)]
    assert widths[0] / widths[1] == pytest.approx(10**0.5, rel=0.15)


def test_a_report_is_counted_by_voice_category_verb_and_source() -> None:
    report = pipeline.analyze(examples.ARTICLES[1])
    counts = counting.count(columns.read(0, report))
    assert counts is not None
    assert sum(counts.words.values()) == report.article.words
    terms = report.vocabulary.shown
    assert sum(found["outlet"] for found in counts.terms.values()) == sum(term.voice == "outlet" for term in terms)
    assert sum(heard.words for heard in counts.sources.values()) == sum(s.words for s in report.attribution.sources)
    cues = [item.cue.lemma for item in report.attribution.items if item.cue]
    assert sum(sum(verbs.values()) for verbs in counts.verbs.values()) == len(cues) > 0


def test_what_is_too_short_for_rates_counts_in_no_figure() -> None:
    assert counting.count(columns.read(0, pipeline.analyze(Article(text="The regime fell.")))) is None


@pytest.mark.parametrize("name", ["The Quay", "  the  QUAY ", "THE\u00a0QUAY", "ＴＨＥ Quay"])
def test_spellings_of_one_outlet(name: str) -> None:
    assert name_key(name) == "the quay"
