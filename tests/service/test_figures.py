"""Numbers as they are shown, and where an article stands among the reference's."""

from __future__ import annotations

import pytest

from models.classifiers import reference
from models.report import Report, VocabularyRates
from service import figures


@pytest.mark.parametrize(("share", "shown"), [(0.412, "41\u00a0%"), (0.0, "0\u00a0%"), (0.004, "under 1\u00a0%")])
def test_percent(share: float, shown: str) -> None:
    assert figures.percent(share) == shown


@pytest.mark.parametrize(("value", "shown"), [(0.3, "+0.30"), (-0.3, "−0.30"), (-0.004, "0.00")])
def test_signed(value: float, shown: str) -> None:
    assert figures.signed(value) == shown


def rate(report: Report, outlet: float) -> VocabularyRates:
    known, rates = reference.load(), report.vocabulary.rates
    assert known is not None
    assert rates is not None
    own = rates.outlet.model_copy(update={"per_1000": outlet, "percentile": known.percentile("outlet", outlet)})
    return rates.model_copy(update={"outlet": own, "reference": known.about, "reference_articles": known.articles})


@pytest.mark.parametrize(("mine", "at"), [(0.0, 0), (2.4, 0), (2.5, 1), (6.5, 2), (32.4, 12), (32.5, 13), (900.0, 13)])
def test_an_article_stands_in_one_bin_of_the_whole_reference(report: Report, mine: float, at: int) -> None:
    known = reference.load()
    assert known is not None
    spread = figures.spread(rate(report, mine))
    assert list(spread) == ["outlet"]  # the quoted rate of this report has no percentile
    bins = spread["outlet"]
    assert [bin.here for bin in bins] == [place == at for place in range(14)]
    assert sum(bin.articles for bin in bins) == known.articles
    assert (bins[0].label, bins[-1].label) == ("0–2.5", "32.5 or more")


def test_no_place_among_articles_of_another_reference(report: Report) -> None:
    assert figures.spread(report.vocabulary.rates) == {}  # "news"
    assert figures.spread(None) == {}
