"""Private reports, and those that are gone once read: as pages, as JSON, as downloads."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from models.article import Article
from models.report import Report
from models.version import engine
from service.exports import EXPORTS
from workers import queue, store
from workers.extraction.source import Link, Page
from workers.tasks import batches


@pytest.fixture
def fleeting(client: FlaskClient, report: Report) -> Iterator[str]:
    """A finished report that is gone once read."""
    yield from _store(Article(title="Fleeting", text="Gone once read. " * 9, retain=False), report)


@pytest.fixture
def private(client: FlaskClient, report: Report) -> Iterator[str]:
    """A finished report that is in no list."""
    yield from _store(Article(title="Private", text="For few eyes. " * 9, private=True), report)


def _store(article: Article, report: Report, keep: bool = False) -> Iterator[str]:
    identifier = queue.submit(article).id
    facts = report.article.model_copy(update={"title": article.title, "outlet": "The Hidden Post"})
    assert store.save(report.model_copy(update={"id": identifier, "article": facts}))
    yield identifier
    if not keep:
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


def test_correcting_one_is_reading_it_and_keeps_the_choice(client: FlaskClient, fleeting: str) -> None:
    where = f"/?correct={fleeting}"
    assert client.head(where).status_code == 200
    answer = client.get(where)
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'name="retain" value="no" checked' in answer.text
    assert "has been shown once, here, and is gone" in answer.text
    assert f"/reports/{fleeting}" not in answer.text
    assert client.get(where).status_code == client.get(f"/reports/{fleeting}").status_code == 404


def test_correcting_a_private_one_keeps_the_choice(client: FlaskClient, private: str) -> None:
    for _ in range(2):
        page = client.get(f"/?correct={private}").text
        assert 'name="private" value="yes" checked' in page
        assert f"/reports/{private}" in page


def read_words(body: bytes) -> str:
    """The words of an answer, those inside a Word file too."""
    if body.startswith(b"PK"):
        body = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml")
    return body.decode()


def test_whatever_shows_a_word_of_it_takes_it_away(client: FlaskClient, report: Report) -> None:
    """Every address that takes a report's id, so that no route is forgotten."""
    addresses = {
        re.sub(r"<any\(['\"]?(\w+)[^>]*>", r"\1", rule.rule)
        for rule in client.application.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and "<identifier>" in rule.rule
    }
    addresses |= {f"/api/v1/reports/<identifier>/{name}" for name in EXPORTS}
    addresses |= {
        "/?correct=<identifier>", "/compare?report=<identifier>", "/compare?report=<identifier>&report=none&choose",
        "/reports/<identifier>/judge?finding=term-3", "/reports/<identifier>?words=plain&at=0-5",
    }  # fmt: skip
    showing = 0
    for address in sorted(addresses):
        [identifier] = _store(Article(title="Fleeting", text="Gone once read. " * 9, retain=False), report, keep=True)
        asked = address.replace("<identifier>", identifier).replace("<name>", "x").replace("<judgement>", "x")
        body = read_words(client.application.test_client().get(asked).data)
        shown = "Veldmark" in body or "Fleeting" in body
        assert not shown or store.state(identifier) is None, address
        showing += shown
        store.delete(identifier)
    assert showing >= len(EXPORTS) + 3


def test_asking_whether_to_delete_it_tells_nothing_of_it(client: FlaskClient, fleeting: str) -> None:
    page = client.post(f"/reports/{fleeting}/delete").text
    assert "Fleeting" not in page
    assert store.state(fleeting) is not None


def test_nobody_can_judge_what_nobody_may_read_twice(client: FlaskClient, fleeting: str) -> None:
    where = f"/api/v1/reports/{fleeting}/judgements"
    assert client.get(f"/reports/{fleeting}/judge?finding=term-3").status_code == 404
    assert client.get(where).status_code == client.get(f"{where}.csv").status_code == 404
    assert client.post(where, json={"finding": "term-3", "verdict": "agree"}).status_code == 404
    assert client.get(f"/reports/{fleeting}").status_code == 200


BODIES = [
    {"url": "https://harrow.example/private-dinner"},
    {"text": "A text that somebody else has too."},
    {"html": "<p>A page that anybody can fetch.</p>"},
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("flags", [{"private": True}, {"retain": False}, {"private": True, "retain": False}])
def test_its_id_tells_nothing_and_nobody_joins_it(
    client: FlaskClient, body: dict[str, str], flags: dict[str, bool]
) -> None:
    one, two = (client.post("/api/v1/articles", json=body | flags).json for _ in range(2))
    kind = {"url": Link, "text": Article, "html": Page}[next(iter(body))]
    assert one["id"] != two["id"]
    assert kind.model_validate(body | flags).digest(engine()) not in (one["id"], two["id"])
    assert (one["status"], two["status"]) == ("queued", "queued")
    for made in (one, two):
        store.delete(made["id"])


@pytest.mark.parametrize("body", BODIES)
def test_what_is_neither_private_nor_fleeting_is_read_once(client: FlaskClient, body: dict[str, str]) -> None:
    one, two = (client.post("/api/v1/articles", json=body).json for _ in range(2))
    assert one["id"] == two["id"]
    store.delete(one["id"])


@pytest.fixture
def batch(client: FlaskClient, report: Report) -> Iterator[str]:
    """A batch with a line that is not to be retained and one that is, both read."""
    rows = [
        {"title": "Fleeting", "text": "Gone once read. " * 9, "retain": False},
        {"title": "Kept", "text": "Kept. " * 9},
    ]
    lines = "\n".join(map(json.dumps, rows))
    sent = client.post("/api/v1/batches", data=lines, content_type="application/jsonl").json["id"]
    batches.unpack_batch(sent)
    batches.tend_batches()
    ids = [row.article for row in store.batch_rows(sent) if row.article]
    for identifier, row in zip(ids, rows, strict=True):
        facts = report.article.model_copy(update={"title": row["title"]})
        assert store.save(report.model_copy(update={"id": identifier, "article": facts}))
    yield sent
    for identifier in ids:
        store.delete(identifier)
    client.delete(f"/api/v1/batches/{sent}")


@pytest.mark.parametrize("name", ["findings.csv", "results.csv", "results.jsonl"])
def test_a_batch_gives_it_out_once(client: FlaskClient, batch: str, name: str) -> None:
    assert "Veldmark" not in client.get(f"/api/v1/batches/{batch}").text
    first = client.get(f"/api/v1/batches/{batch}/{name}").text
    for again in (name, "findings.csv", "results.csv", "results.jsonl"):
        second = client.get(f"/api/v1/batches/{batch}/{again}").text
        assert "Fleeting" not in second
        assert len(second) < len(first) or again != name
        assert "Kept" in second or again == "findings.csv"


def test_a_batch_s_id_can_not_be_worked_out(client: FlaskClient) -> None:
    line = json.dumps({"url": "https://harrow.example/private-dinner", "private": True})
    sent, again = (
        client.post("/api/v1/batches", data=line, content_type="application/jsonl").json["id"] for _ in range(2)
    )
    content = "\n".join(("jsonl", hashlib.sha256(line.encode()).hexdigest(), engine()))
    assert sent == again != hashlib.sha256(content.encode()).hexdigest()[:32]
    client.delete(f"/api/v1/batches/{sent}")


def test_a_private_line_of_a_batch_becomes_one_article(client: FlaskClient) -> None:
    """However often whatever queues it was stopped in between."""
    line = json.dumps({"text": "For few eyes.", "private": True})
    sent = client.post("/api/v1/batches", data=line, content_type="application/jsonl").json["id"]
    batches.unpack_batch(sent)
    [number] = store.waiting_lines(sent, 9)
    first, new = store.assign(sent, number, "a" * 32, by_chance=True)
    assert (first, new) == ("a" * 32, True)
    batches.tend_batches()
    [row] = store.batch_rows(sent)
    assert row.article == first
    assert store.article(first) == Article(text="For few eyes.", private=True)
    store.delete(first)
    client.delete(f"/api/v1/batches/{sent}")
