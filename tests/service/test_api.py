"""Every route of the API and every refusal, on a real store."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import version
from models.article import Article
from models.importers import jsonlines
from models.report import Report
from workers import queue, store
from workers.importers import lines

SENTENCE = "The council of Marrow Hill met on Friday and spoke about the bridge. "


def post(client: FlaskClient, body: Any, **more: Any) -> TestResponse:
    return client.post("/api/v1/articles", json=body, **more)


def problem(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem in an answer, after checking what every one of them promises."""
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    found: dict[str, Any] = json.loads(response.data)
    assert found["status"] == status
    assert found["code"] == code
    assert found["title"]
    assert found["detail"]
    assert found["type"].endswith(code)
    return found


def test_submit_wait_and_ask(client: FlaskClient) -> None:
    answer = post(client, {"text": SENTENCE * 3, "title": "Bridge"})
    assert answer.status_code == 202
    body = answer.json
    assert body == {"id": body["id"], "status": "queued", "report": f"/api/v1/reports/{body['id']}"}
    assert answer.headers["Location"] == body["report"]

    again = post(client, {"title": "Bridge", "text": SENTENCE * 3})
    assert (again.status_code, again.json["id"]) == (202, body["id"])

    waiting = client.get(body["report"])
    assert waiting.status_code == 202
    assert waiting.json == {"id": body["id"], "status": "queued"}
    assert int(waiting.headers["Retry-After"]) >= 1
    store.delete(body["id"])


def test_a_report_that_is_there(client: FlaskClient, stored: Report) -> None:
    answer = client.get(f"/api/v1/reports/{stored.id}")
    assert answer.status_code == 200
    assert Report.model_validate_json(answer.data) == stored


def test_an_article_read_before_answers_200(client: FlaskClient, report: Report) -> None:
    identifier = post(client, {"text": "Read before. " * 20}).json["id"]
    store.save(report.model_copy(update={"id": identifier}))
    answer = post(client, {"text": "Read before. " * 20})
    assert (answer.status_code, answer.json["status"]) == (200, "done")
    store.delete(identifier)


def test_an_article_that_could_not_be_analysed(client: FlaskClient) -> None:
    identifier = post(client, {"text": "Bound to fail."}).json["id"]
    store.fail(identifier, "It took longer than 3 seconds, twice.")
    found = problem(client.get(f"/api/v1/reports/{identifier}"), 422, "analysis_failed")
    assert found["detail"] == "It took longer than 3 seconds, twice."
    store.delete(identifier)


def test_delete_leaves_nothing(client: FlaskClient, stored: Report) -> None:
    assert client.delete(f"/api/v1/reports/{stored.id}").status_code == 204
    problem(client.get(f"/api/v1/reports/{stored.id}"), 404, "not_found")
    problem(client.delete(f"/api/v1/reports/{stored.id}"), 404, "not_found")


def test_list_filter_and_go_on(client: FlaskClient, report: Report) -> None:
    made = []
    for at in range(3):
        identifier = queue.submit(Article(text=f"List {at}")).id
        facts = report.article.model_copy(update={"outlet": f"Listed {at % 2}", "title": f"Number {at}"})
        store.save(report.model_copy(update={"id": identifier, "article": facts}))
        made.append(identifier)
    first = client.get("/api/v1/reports?limit=2").json
    assert [summary["id"] for summary in first["reports"]] == made[:0:-1]
    rest = client.get(f"/api/v1/reports?limit=2&cursor={first['next']}").json
    assert rest["reports"][0]["id"] == made[0]
    assert [found["title"] for found in client.get("/api/v1/reports?outlet=listed 1").json["reports"]] == ["Number 1"]
    assert [found["title"] for found in client.get("/api/v1/reports?q=number 2").json["reports"]] == ["Number 2"]
    for identifier in made:
        store.delete(identifier)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=many", "limit=-1", "cursor=yesterday"])
def test_a_list_that_can_not_be_given(client: FlaskClient, query: str) -> None:
    problem(client.get(f"/api/v1/reports?{query}"), 400, "bad_request")


FIELDS: list[tuple[Any, str, str, str]] = [
    ({}, "text", "missing", "Send the article’s text"),
    ({"text": ""}, "text", "too_short", "Paste"),
    ({"text": " \n\t "}, "text", "blank", "white space"),
    ({"text": 7}, "text", "string_type", "not a number"),
    ({"text": None}, "text", "string_type", "not null"),
    ({"text": ["a"]}, "text", "string_type", "not a list"),
    ({"text": "a" * 250_000}, "text", "too_long", "250,000 characters long; at most 200,000"),
    ({"text": "a", "headline": "b"}, "headline", "extra_forbidden", "“headline” is not a field"),
    ({"text": "a", "title": "b" * 2_001}, "title", "too_long", "2,001 characters long; at most 2,000"),
    ({"text": "a", "title": {"b": 1}}, "title", "string_type", "not an object"),
    ({"text": "a", "url": "javascript:alert(1)"}, "url", "url", "http"),
    ({"text": "a", "url": "ftp://x.example/"}, "url", "url", "http"),
    ({"text": "a", "published": "yesterday"}, "published", "published", "such as 2026-03-14"),
    ({"text": "a\x00b"}, "text", "control_character", "U+0000"),
    ({"text": "a\ud800b"}, "text", "lone_surrogate", "U+D800"),
    ({"text": "<!DOCTYPE html><html><body><p>Hello</p></body></html>"}, "text", "looks_like_html", "without the tags"),
    ({"text": "<div><p>One</p><p>Two</p></div>"}, "text", "looks_like_html", "without the tags"),
    ({"text": "%PDF-1.7 and so on"}, "text", "looks_like_pdf", "copy the article's text"),
    ({"text": "abc", "targets": [[0, 9]]}, "targets", "target_outside", "3 characters"),
    ({"text": "abc", "targets": [[0, 1]] * 1_001}, "targets", "too_long", "1,001 entries"),
    ({"text": "abc", "targets": "all"}, "targets", "list_type", "must be a list"),
    ([], "", "model_type", "a list"),
    ("text", "", "model_type", "a text"),
]


@pytest.mark.parametrize(("body", "field", "code", "message"), FIELDS)
def test_a_bad_field_is_named_with_what_to_do(
    client: FlaskClient, body: Any, field: str, code: str, message: str
) -> None:
    found = problem(post(client, body), 422, "invalid_article")
    error = next(error for error in found["errors"] if error["field"] == field)
    assert error["code"] == code
    assert message in error["message"]
    assert message in found["detail"]


@pytest.mark.parametrize(
    ("fields", "field", "kind"),
    [
        ({}, "text", "missing"),
        ({"text": ""}, "text", "empty"),
        ({"text": 7}, "text", "wrong_type"),
        ({"text": "a", "headline": "b"}, "headline", "unknown_field"),
        ({"text": "a", "title": "b" * 2_001}, "title", "too_long"),
        ({"text": "abc", "targets": [[0, 1]] * 1_001}, "targets", "too_many"),
        ({"text": "abc", "targets": "all"}, "targets", "wrong_type"),
        ({"text": "abc", "targets": [[0, 9]]}, "targets", "target_outside"),
        ({"text": "a", "private": "maybe"}, "private", "wrong_type"),
        ({"url": "harrow"}, "url", "url"),
        ({"url": " "}, "text", "missing"),
        ({"url": "http://127.0.0.1/"}, "url", "link_private_address"),
        ({"html": ""}, "html", "empty"),
        ({"html": "<p>One.</p>", "text": "One."}, "html", "unknown_field"),
        ([], "", "wrong_type"),
    ],
)
def test_every_way_in_says_the_same(client: FlaskClient, fields: Any, field: str, kind: str) -> None:
    found = problem(post(client, fields), 422, "invalid_article")["errors"]
    told = [(error["field"], error["kind"], error["message"]) for error in found]
    assert [(name, what) for name, what, _ in told] == [(field, kind)]
    errors = lines.validate(1, fields).errors
    assert [(error.field, error.kind, error.message) for error in errors] == told
    assert [error.code for error in errors] == [kind]
    if not isinstance(fields, dict) or not fields.keys() & {
        "url",
        "html",
    }:  # the command line fetches and extracts nothing
        [record] = jsonlines.read([json.dumps(fields)])
        assert [(error.field, error.kind, error.message) for error in record.errors] == told


def test_the_names_of_errors_that_go_are_told_with_what_follows(client: FlaskClient) -> None:
    old = post(client, {"text": ""})
    assert [(error["code"], error["kind"]) for error in old.json["errors"]] == [("too_short", "empty")]
    assert (old.headers["Deprecation"], old.headers["Sunset"]) == ("@1795910400", "Tue, 30 Nov 2027 00:00:00 GMT")
    assert 'rel="deprecation"' in old.headers["Link"]
    assert "Deprecation" not in post(client, {"text": " "}).headers  # blank is called so everywhere


def test_a_refusal_stays_short_whatever_was_sent(client: FlaskClient) -> None:
    wide = {f"field {at}": at for at in range(50_000)}
    found = problem(post(client, wide), 422, "invalid_article")
    assert len(found["errors"]) == 20
    long = problem(post(client, {"text": "a", "b" * 100_000: 1}), 422, "invalid_article")
    assert len(json.dumps(long)) < 2_000


def test_every_bad_field_is_told_at_once(client: FlaskClient) -> None:
    found = problem(post(client, {"url": "x", "published": "x", "nonsense": 1}), 422, "invalid_article")
    assert {error["field"] for error in found["errors"]} == {"url", "published", "nonsense"}


def test_addresses_and_methods_that_are_not_there(client: FlaskClient) -> None:
    problem(client.get("/api/v1/reports/none"), 404, "not_found")
    problem(client.get("/api/v1/nothing"), 404, "not_found")
    answer = client.put("/api/v1/articles")
    problem(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]


def test_comparisons_that_can_not_be_made(client: FlaskClient, stored: Report) -> None:
    def compare(*reports: Any) -> TestResponse:
        return client.post("/api/v1/comparisons", json={"reports": list(reports)})

    assert problem(compare(stored.id, "gone"), 404, "not_found")["errors"][0]["message"] == "gone"
    waiting = post(client, {"text": "Not read yet."}).json["id"]
    found = problem(compare(stored.id, waiting), 409, "not_ready")
    assert [error["message"] for error in found["errors"]] == [waiting]
    problem(compare(stored.id), 422, "invalid_request")
    problem(compare(stored.id, stored.id), 422, "invalid_request")
    problem(compare(*"abcdefg"), 422, "invalid_request")
    problem(compare(1, 2), 422, "invalid_request")
    problem(client.post("/api/v1/comparisons", json={"report": ["a", "b"]}), 422, "invalid_request")
    store.delete(waiting)


def test_a_full_queue_and_a_lost_store_say_when_to_come_back(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(article: Article) -> None:
        raise queue.QueueFull("Too many articles are waiting. Try again in a minute.")

    monkeypatch.setattr(queue, "submit", full)
    answer = post(client, {"text": "a"})
    problem(answer, 503, "queue_full")
    assert int(answer.headers["Retry-After"]) > 0

    def lost(identifier: str) -> None:
        raise store.StoreUnavailable("The store does not answer.")

    monkeypatch.setattr(store, "state", lost)
    answer = client.get("/api/v1/reports/any")
    problem(answer, 503, "store_unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_fault_of_ours_tells_nothing_of_the_article(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(article: Article) -> None:
        raise RuntimeError(article.text)

    monkeypatch.setattr(queue, "submit", break_down)
    answer = post(client, {"text": "zanzibarium"})
    problem(answer, 500, "internal")
    assert "zanzibarium" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_every_model_shows_its_card(client: FlaskClient) -> None:
    answer = client.get("/api/v1/models")
    assert answer.status_code == 200
    cards = {model["name"]: model["card"] for model in answer.json["models"]}
    assert {model["name"]: model["version"] for model in answer.json["models"]} == version.trained()
    for name in ("reader", "terms"):
        assert {"question", "data", "licence", "split", "measures", "experts_agree", "not_for"} <= cards[name].keys()
    for row in (*cards["terms"]["thresholds"]["ptc"], *cards["reader"]["decisions"]["thresholds"]):
        rate = row["recall"]
        assert 0 <= rate["low"] <= rate["value"] <= rate["high"] <= 1


def test_the_web_loads_no_analysis() -> None:
    program = (
        "import sys, service; service.create_app(); "
        "print({'sklearn', 'onnxruntime', 'textblob', 'nltk', 'tokenizers', 'models.pipeline'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
