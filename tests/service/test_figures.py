"""Numbers as they are shown, and where an article stands among the reference's."""

from __future__ import annotations

import pytest

from models.classifiers import reference
from models.report import Genre, Report
from service import figures


@pytest.mark.parametrize(("share", "shown"), [(0.412, "41\u00a0%"), (0.0, "0\u00a0%"), (0.004, "under 1\u00a0%")])
def test_percent(share: float, shown: str) -> None:
    assert figures.percent(share) == shown


@pytest.mark.parametrize(("value", "shown"), [(0.3, "+0.30"), (-0.3, "−0.30"), (-0.004, "0.00")])
def test_signed(value: float, shown: str) -> None:
    assert figures.signed(value) == shown


def rate(report: Report, outlet: float, genre: Genre | None = None) -> Report:
    """The same report with this rate in its own voice, beside the reference's articles of this genre."""
    known, rates = reference.load(), report.vocabulary.rates
    assert known is not None
    assert rates is not None
    percentile = known.group(genre).percentile("outlet", outlet)
    own = rates.outlet.model_copy(update={"per_1000": outlet, "percentile": percentile, "words": 500})
    rates = rates.model_copy(update={"outlet": own, "reference": known.tell(genre)})
    return report.model_copy(
        update={
            "article": report.article.model_copy(update={"genre": genre}),
            "vocabulary": report.vocabulary.model_copy(update={"rates": rates}),
        }
    )


@pytest.mark.parametrize(("mine", "at"), [(0.0, 0), (2.4, 0), (2.5, 1), (6.5, 2), (32.4, 12), (32.5, 13), (900.0, 13)])
def test_an_article_stands_in_one_bin_of_the_whole_reference(report: Report, mine: float, at: int) -> None:
    known = reference.load()
    assert known is not None
    spread = figures.spread(rate(report, mine))
    assert list(spread) == ["outlet"]  # the quoted rate of this report has no percentile
    bins = spread["outlet"]
    assert [bin.here for bin in bins] == [place == at for place in range(14)]
    assert sum(bin.articles for bin in bins) == known.whole.articles
    assert (bins[0].label, bins[-1].label) == ("0–2.5", "32.5 or more")


def test_no_place_among_articles_of_another_reference(report: Report) -> None:
    assert figures.spread(report) == {}  # "news"
    assert figures.name_compared(report) == "US political articles of 2012–2020"
    assert list(figures.set_beside(report)) == []


def test_an_opinion_piece_stands_among_opinion_pieces(report: Report) -> None:
    known = reference.load()
    assert known is not None
    column, satire = rate(report, 3.0, "opinion"), rate(report, 3.0, "satire")
    assert figures.name_compared(column) == "US political opinion pieces of 2012–2020"
    assert sum(bin.articles for bin in figures.spread(column)["outlet"]) == known.genres["opinion"].articles
    # What is much in news is usual in a column.
    assert known.group("opinion").percentile("outlet", 3.0) < 60 < 85 < known.group("news").percentile("outlet", 3.0)
    assert figures.name_compared(satire) == "US political articles of 2012–2020"  # too few of them


def test_frames_devices_and_cast_beside_the_reference(framed: Report) -> None:
    known = reference.load()
    assert known is not None
    news = known.genres["news"]
    found = list(figures.set_beside(rate(framed, 6.0, "news")))
    assert found == [
        figures.Beside("frames", "a conflict of sides", "leads", figures.percent(news.frame("conflict"))),
        figures.Beside("frames", "a matter of money", "present", figures.percent(news.frame("economic"))),
        figures.Beside("devices", "Nobody in particular", "2.0", figures.rate(news.device("vague_source"))),
    ]  # one in 500 words, and no motive, of which the reference shows none; too few words are given to sources
