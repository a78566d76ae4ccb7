"""A comparison under its permanent name: as a page, as JSON, as tables; kept as long as its reports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from models.article import Article
from models.comparison import compare
from models.comparison_report import Comparison
from models.report import Report
from service.comparison_exports import EXPORTS
from tests.service.conftest import build_report
from workers import settings, store
from workers.queue import comparisons


@pytest.fixture
def pair(stored: Report) -> Iterator[tuple[Report, Report]]:
    """Two reports of one text in the store, the second of an outlet whose name a spreadsheet would run."""
    other = build_report(
        id="f" * 32, article=stored.article.model_copy(update={"outlet": "=Ledger()", "published": "2026-03-15"})
    )
    store.claim(other.id, Article(title="Other", text=other.article.text), "articles")
    assert store.save(other)
    yield stored, other
    store.delete(other.id)


@pytest.fixture
def kept(pair: tuple[Report, Report]) -> Comparison:
    """Their comparison, as a worker would have left it in the store."""
    identifier = comparisons.ask([report.id for report in pair])
    made = compare(pair).model_copy(update={"id": identifier})
    assert store.save_comparison(made)
    return made


def test_it_is_asked_for_made_and_stays_at_its_address(
    client: FlaskClient, pair: tuple[Report, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = settings.current().model_copy(update={"comparison_wait": 0.01})
    monkeypatch.setattr(settings, "current", lambda: hasty)
    asked = client.post("/api/v1/comparisons", json={"reports": [report.id for report in pair]})
    where = asked.headers["Location"]
    assert (asked.status_code, asked.json) == (202, {"id": where.rsplit("/", 1)[1], "status": "queued"})
    assert asked.headers["Retry-After"] == "1"
    assert client.get(where).status_code == 202
    waiting = client.get(where.removeprefix("/api/v1"))
    assert waiting.status_code == 202
    assert "stays at this address" in waiting.text
    made = compare(pair).model_copy(update={"id": asked.json["id"]})
    assert store.save_comparison(made)
    assert Comparison.model_validate_json(client.get(where).data) == made
    again = client.post("/api/v1/comparisons", json={"reports": [report.id for report in pair]})
    assert (again.status_code, again.headers["Location"]) == (200, where)


def test_the_page_links_to_itself_and_to_every_table(client: FlaskClient, kept: Comparison) -> None:
    page = client.get(f"/comparisons/{kept.id}")
    assert page.status_code == 200
    assert f'<link rel="canonical" href="http://localhost/comparisons/{kept.id}">' in page.text
    for name in EXPORTS:
        assert f'href="/api/v1/comparisons/{kept.id}/{name}"' in page.text
    by_reports = client.get("/compare", query_string={"report": [article.id for article in kept.articles]})
    assert by_reports.text.partition("<main")[2] == page.text.partition("<main")[2]
    chooser = client.get(
        "/compare", query_string={"report": [kept.articles[0].id, kept.articles[1].id], "choose": "yes"}
    )
    assert chooser.text.count(" checked>") == 2


@pytest.mark.parametrize("name", EXPORTS)
def test_every_table_can_be_read_by_a_spreadsheet(client: FlaskClient, kept: Comparison, name: str) -> None:
    answer = client.get(f"/api/v1/comparisons/{kept.id}/{name}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="parallax-{kept.id[:8]}-{name}"'
    head, *rows = csv.reader(io.StringIO(answer.text))
    assert head[:2] == ["report", "outlet"]
    assert {len(row) for row in rows} <= {len(head)}
    assert {row[1] for row in rows} <= {"Plain Gazette", "'=Ledger()"}
    assert rows or name == "words.csv"  # two texts that are the same have no word of their own


def test_a_row_points_to_its_words(client: FlaskClient, pair: tuple[Report, Report], kept: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/v1/comparisons/{kept.id}/naming.csv").text)))
    tyrant = next(row for row in rows if row["text"] == "Tyrant")
    assert (tyrant["name"], tyrant["form"], tyrant["tone"]) == ("Oren Tal", "label", "negative")
    assert pair[0].article.text[int(tyrant["start"]) : int(tyrant["end"])] == "Tyrant"


def test_what_is_not_there(client: FlaskClient, kept: Comparison) -> None:
    unknown = client.get("/api/v1/comparisons/nothing")
    assert (unknown.status_code, unknown.json["code"]) == (404, "not_found")
    assert "Compare the reports again" in unknown.json["detail"]
    assert client.get("/comparisons/nothing").status_code == 404
    table = client.get(f"/api/v1/comparisons/{kept.id}/everything.csv")
    assert (table.status_code, "naming.csv" in table.json["detail"]) == (404, True)


def test_it_goes_with_its_first_report(client: FlaskClient, kept: Comparison) -> None:
    assert client.delete(f"/api/v1/reports/{kept.articles[1].id}").status_code == 204
    for address in ("/api/v1/comparisons/{}", "/api/v1/comparisons/{}/rates.csv", "/comparisons/{}"):
        assert client.get(address.format(kept.id)).status_code == 404
