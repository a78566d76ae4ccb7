"""Private reports, and those that are gone once read: as pages, as JSON, as downloads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from models.article import Article
from models.report import Report
from workers import queue, store


@pytest.fixture
def fleeting(client: FlaskClient, report: Report) -> Iterator[str]:
    """A finished report that is gone once read."""
    yield from _store(Article(title="Fleeting", text="Gone once read. " * 9, retain=False), report)


@pytest.fixture
def private(client: FlaskClient, report: Report) -> Iterator[str]:
    """A finished report that is in no list."""
    yield from _store(Article(title="Private", text="For few eyes. " * 9, private=True), report)


def _store(article: Article, report: Report) -> Iterator[str]:
    identifier = queue.submit(article).id
    facts = report.article.model_copy(update={"title": article.title, "outlet": "The Hidden Post"})
    assert store.save(report.model_copy(update={"id": identifier, "article": facts}))
    yield identifier
    store.delete(identifier)


@pytest.mark.parametrize("address", ["/reports/{}", "/api/v1/reports/{}", "/api/v1/reports/{}/findings.csv"])
def test_it_is_read_once(client: FlaskClient, fleeting: str, address: str) -> None:
    where = address.format(fleeting)
    assert client.head(where).status_code == 200
    first = client.get(where)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-store"
    assert client.get(where).status_code == 404
    assert client.get(f"/api/v1/reports/{fleeting}").status_code == 404


def test_its_page_says_that_it_is_gone(client: FlaskClient, fleeting: str) -> None:
    page = client.get(f"/reports/{fleeting}").text
    assert "has been shown once, here, and is gone" in page
    assert "Delete this report" not in page


def test_a_waiting_page_can_look_without_reading(client: FlaskClient, fleeting: str) -> None:
    assert client.get(f"/reports/{fleeting}?look=").status_code == 204
    assert client.get(f"/reports/{fleeting}").status_code == 200


def test_it_can_not_be_compared(client: FlaskClient, fleeting: str, stored: Report) -> None:
    answer = client.post("/api/v1/comparisons", json={"reports": [stored.id, fleeting]})
    assert (answer.status_code, answer.json["code"]) == (422, "not_retained")
    assert answer.json["errors"][0]["message"] == fleeting
    assert client.get(f"/compare?report={stored.id}&report={fleeting}").status_code == 422
    assert client.get(f"/reports/{fleeting}").status_code == 200


def test_a_private_report_is_found_by_its_id_alone(client: FlaskClient, private: str, stored: Report) -> None:
    for address in ("/", "/compare", "/compare?q=hidden", "/api/v1/reports", "/api/v1/reports?outlet=The Hidden Post"):
        page = client.get(address).text
        assert private not in page
        assert "Hidden Post" not in page
    assert client.get(f"/reports/{private}").status_code == 200
    assert client.get(f"/reports/{private}").status_code == 200


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, {}),
        ({"private": "yes"}, {"private": True}),
        ({"retain": "no"}, {"retain": False}),
        ({"private": "", "retain": "yes"}, {}),
    ],
)
def test_the_form_has_a_box_for_each(client: FlaskClient, typed: dict[str, str], expected: dict[str, bool]) -> None:
    answer = client.post("/", data={"text": "Ticked or not.", **typed})
    identifier = answer.headers["Location"].removeprefix("/reports/")
    assert store.article(identifier) == Article(text="Ticked or not.", **expected)
    store.delete(identifier)


def test_a_form_with_errors_keeps_what_was_ticked(client: FlaskClient) -> None:
    page = client.post("/", data={"text": " ", "private": "yes"}).text
    assert 'name="private" value="yes" checked' in page
    assert 'name="retain" value="no" aria' in page


def test_json_takes_both(client: FlaskClient) -> None:
    body = {"text": "By program.", "private": True, "retain": False}
    identifier = client.post("/api/v1/articles", json=body).json["id"]
    assert identifier != client.post("/api/v1/articles", json={"text": "By program."}).json["id"]
    state = store.state(identifier)
    assert state is not None
    assert (state.listed, state.retained) == (False, False)
    answer = client.post("/api/v1/articles", json={"text": "a", "private": "yes"})
    assert answer.json["errors"][0]["field"] == "private"
    assert "must be true or false, not a text" in answer.json["errors"][0]["message"]
    store.delete(identifier)
