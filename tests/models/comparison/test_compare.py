"""The comparison as a whole: exact, deterministic, quick, on reports of the real pipeline."""

from collections.abc import Iterator
from typing import Any

import pytest

from models.article import Article
from models.comparison import compare
from models.comparison_report import Comparison
from models.pipeline import analyze
from models.report import Report

TELLINGS = {
    "The Harbour Post": (
        "Council shuts Nordvik fish market",
        "NORDVIK — The city council voted nine to four on Monday to close the old fish market, "
        "Mayor Anna Berg said.\n\n"
        "“We will rebuild the harbour before winter comes,” Berg told reporters after the vote.\n\n"
        "The market has stood on the quay since 1911. About 200 people work there, according to city records.\n\n"
        "Otto Lund, who leads the traders’ union, said the union would go to court. "
        "“This fight is not over,” Lund said.",
    ),
    "The Daily Gull": (
        "Ruthless mayor kills beloved market",
        "In a shameful late-night scheme, the ruthless Anna Berg and her cronies rammed through a vote to kill the "
        "beloved Nordvik fish market.\n\n"
        "“We will rebuild the harbour before winter comes,” Berg boasted to reporters.\n\n"
        "Traders wept. “This fight is not over,” warned union hero Otto Lund, a fisherman’s son.\n\n"
        "Karen Holm, 71, has sold crabs there for fifty years. She says nobody from the council ever asked her.",
    ),
    "Coast Business": (
        "Nordvik to sell quay site",
        "Nordvik’s council has approved the closure of its loss-making fish market by nine votes to four.\n\n"
        "The site, valued at 12 million, will be sold to developers, the mayor, Anna Berg, confirmed on Monday.\n\n"
        "Analysts said the sale would ease the city’s budget gap. Shares in the builder Quayside rose 4 per cent.\n\n"
        "The traders’ union claimed that 200 jobs were at risk.",
    ),
}


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [
        analyze(Article(title=title, text=text, outlet=outlet, published="2026-05-04"))
        for outlet, (title, text) in TELLINGS.items()
    ]


@pytest.fixture(scope="module")
def comparison(reports: list[Report]) -> Comparison:
    return compare(reports)


def _spans(value: Any, column: int | None = None) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Every span of a comparison, with the article it stands in."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield column, value
        for name, inner in value.items():
            if name in ("by_article", "headlines"):
                for at, entry in enumerate(inner):
                    yield from _spans(entry, at)
            else:
                yield from _spans(inner, column)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner, column)


def test_every_span_is_exact(comparison: Comparison, reports: list[Report]) -> None:
    spans = list(_spans(comparison.model_dump()))
    assert len(spans) > 50
    for column, span in spans:
        assert column is not None
        assert reports[column].article.text[span["start"] : span["end"]] == span["text"]


def test_every_row_has_every_column(comparison: Comparison) -> None:
    rows = [*comparison.entities, *comparison.sources, *comparison.quotations, *comparison.passages]
    rows += [comparison.vocabulary, *comparison.distinctive]
    assert {len(row.by_article) for row in rows} == {3}
    assert [article.outlet for article in comparison.articles] == list(TELLINGS)


def test_it_finds_what_the_three_share_and_what_not(comparison: Comparison) -> None:
    names = {entity.name: entity.articles for entity in comparison.entities}
    assert names["Anna Berg"] == 3
    assert names["Otto Lund"] == 2
    assert comparison.quotations[0].by_article[2] is None
    shared = [passage for passage in comparison.passages if passage.only_in is None]
    assert any(passage.by_article[0] and "rebuild" in passage.by_article[0].span.text for passage in shared)
    assert any("Karen Holm" in passage.names for passage in comparison.passages if passage.only_in == 1)


def test_it_is_deterministic(comparison: Comparison, reports: list[Report]) -> None:
    assert compare(reports).model_dump_json() == comparison.model_dump_json()


def test_it_survives_json(comparison: Comparison) -> None:
    assert Comparison.model_validate_json(comparison.model_dump_json()) == comparison


@pytest.mark.parametrize("count", [0, 1, 7])
def test_two_to_six(reports: list[Report], count: int) -> None:
    with pytest.raises(ValueError, match="takes 2 to 6 reports"):
        compare((reports * 3)[:count])


def test_empty_and_odd_texts() -> None:
    texts = ["…", "😀 " * 50, "“", "ein kurzer Satz auf Deutsch, der nicht gelesen wird."]
    odd = [analyze(Article(text=text)) for text in texts]
    found = compare(odd)
    assert found.entities == []
    assert found.vocabulary.differences == []
    assert all(article.outlet is None for article in found.articles)
