"""Batches through the web: sent, followed, read as one file; what is refused, and why."""

from __future__ import annotations

import csv
import io
import json
import time
import urllib.error
import urllib.request
from typing import Any

import pytest
import redis
from flask.testing import FlaskClient

from tests.conftest import Service
from workers import settings, store
from workers.tasks import batches

TEXT = "The regime of Marrow Hill closed the bridge. “This is a disgrace,” Ana Moore said on Monday. " * 6
ROWS = [["Headline", "Body", "Source", "Mood"], ["=1+1", TEXT, "The Quay", "calm"], ["Two", "", "The Lane", "calm"]]


def write_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def ask(url: str, body: bytes | None = None, kind: str = "", method: str | None = None) -> tuple[int, Any, Any]:
    """Status, headers, and the body: JSON read, anything else as text."""
    request = urllib.request.Request(url, body, {"Content-Type": kind} if kind else {}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            content = answer.read().decode()
            is_json = answer.headers.get_content_type() == "application/json"
            return answer.status, answer.headers, json.loads(content) if is_json else content
    except urllib.error.HTTPError as error:
        return error.code, error.headers, json.load(error)


def follow(service: Service, where: str) -> Any:
    """Ask until it is over."""
    for _ in range(600):
        status, _, state = ask(service.url + where)
        assert status == 200
        if state["status"] not in ("received", "reading"):
            return state
        time.sleep(0.2)
    raise AssertionError("not over within two minutes")


def test_a_csv_goes_in_and_comes_back_as_one_csv(service: Service) -> None:
    status, headers, sent = ask(f"{service.url}/api/v1/batches", write_csv(ROWS), "text/csv")
    assert status == 202
    assert headers["Location"] == f"/api/v1/batches/{sent['id']}"
    state = follow(service, headers["Location"])
    assert state["status"] == "done"
    assert state["counts"] == {
        "waiting": 0, "queued": 0, "running": 0, "done": 1, "failed": 0, "refused": 1, "cancelled": 0, "deleted": 0,
    }  # fmt: skip
    assert state["columns"] == {"Headline": "title", "Body": "text", "Source": "outlet"}
    assert state["unknown_columns"] == ["Mood"]
    assert [(e["line"], e["field"], e["code"]) for e in state["errors"]] == [(3, "Body", "empty")]

    _, kind, table = ask(service.url + state["results"]["results.csv"])
    assert kind["Content-Type"] == "text/csv; charset=utf-8"
    one, two = csv.DictReader(io.StringIO(table))
    assert (one["line"], one["status"], one["title"], one["outlet"]) == ("2", "done", "'=1+1", "The Quay")
    assert one["report"] == f"{service.url}/reports/{one['id']}"
    assert int(one["loaded_own"]) >= 6
    assert (two["line"], two["status"], two["error"]) == ("3", "refused", "Body: is empty. Paste the article’s text.")

    _, _, lines = ask(service.url + state["results"]["results.jsonl"])
    first, second = map(json.loads, lines.splitlines())
    assert (first["line"], first["report"]["article"]["outlet"]) == (2, "The Quay")
    assert (second["status"], second["report"]) == ("refused", None)

    _, _, table = ask(service.url + state["results"]["findings.csv"])
    found = list(csv.DictReader(io.StringIO(table)))
    assert "regime" in [row["text"] for row in found]
    assert {row["report"] for row in found} == {one["id"]}

    status, _, again = ask(f"{service.url}/api/v1/batches", write_csv(ROWS), "text/csv")
    assert (status, again["id"]) == (200, sent["id"])
    assert ask(service.url + headers["Location"], method="DELETE")[0] == 204
    assert ask(service.url + headers["Location"])[0] == 404
    assert ask(f"{service.url}/api/v1/reports/{one['id']}")[0] == 200


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{}", "application/json", 415, "unsupported_media_type"),
        (b"", "text/csv", 422, "invalid_request"),
        (b"x" * 1001, "application/jsonl", 413, "too_large"),
    ],
)
def test_what_is_refused_at_the_door(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, body: bytes, kind: str, status: int, code: str
) -> None:
    small = settings.current().model_copy(update={"batch_bytes": 1000})
    monkeypatch.setattr(settings, "current", lambda: small)
    answer = client.post("/api/v1/batches", data=body, content_type=kind)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_unknown_batch_and_unknown_result_are_404(client: FlaskClient) -> None:
    assert client.get("/api/v1/batches/none").status_code == 404
    assert client.get("/batches/none").status_code == 404
    sent = client.post("/api/v1/batches", data=b'{"text": "A"}', content_type="application/jsonl").get_json()
    assert client.get(f"/api/v1/batches/{sent['id']}/results.xml").status_code == 404
    assert client.post(f"/api/v1/batches/{sent['id']}/cancel").get_json()["status"] == "cancelled"


def test_the_form_says_what_is_wrong_with_the_file(client: FlaskClient) -> None:
    answer = client.post("/batches", data={})
    assert (answer.status_code, "Choose a file first." in answer.text) == (422, True)
    answer = client.post("/batches", data={"file": (io.BytesIO(b"x"), "photo.png")})
    assert (answer.status_code, "photo.png is none of the files" in answer.text) == (415, True)


def test_the_page_of_a_batch_works_without_scripts(client: FlaskClient) -> None:
    sent = client.post("/batches", data={"file": (io.BytesIO(write_csv(ROWS)), "two.csv")})
    assert sent.status_code == 303
    page = client.get(sent.headers["Location"])
    assert page.status_code == 202
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert "<progress" in page.text
    assert "two.csv" in page.text
    stopped = client.post(f"{sent.headers['Location']}/cancel", follow_redirects=True)
    assert "<h1>Cancelled</h1>" in stopped.text


def test_callback_without_a_secret_is_refused_by_name(client: FlaskClient) -> None:
    body = b'{"text": "A bell rang."}'
    for answer in (
        client.post("/api/v1/batches?callback_url=https://press.example/hook", data=body, content_type="text/csv"),
        client.post("/api/v1/articles", json={"text": "A bell rang.", "callback_url": "https://press.example/hook"}),
    ):
        refused = answer.get_json()
        assert (answer.status_code, [(e["field"], e["code"]) for e in refused["errors"]]) == (
            422,
            [("callback_url", "callbacks_off")],
        )
        assert "PARALLAX_CALLBACK_SECRET" in refused["detail"]


def test_a_batch_waits_outside_a_store_that_is_nearly_full(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused at the door; one that is in already is unpacked no further until there is room."""
    rows = "\n".join(json.dumps({"text": f"A text of its own, number {n}."}) for n in range(3))

    def choose(most: str) -> None:
        monkeypatch.setenv("PARALLAX_STORE_BYTES", most)
        settings.current.cache_clear()

    sent = client.post("/api/v1/batches", data=rows, content_type="application/jsonl").json["id"]
    choose("1")
    refused = client.post("/api/v1/batches", data=rows + "\n", content_type="application/jsonl")
    assert (refused.status_code, refused.json["code"]) == (503, "queue_full")
    assert refused.headers["Retry-After"]
    assert "nearly full" in refused.json["detail"]
    page = client.post("/batches", data={"file": (io.BytesIO(rows.encode()), "articles.jsonl")})
    assert page.status_code == 503
    assert not list(redis.Redis.from_url(store.url()).scan_iter("parallax:upload:*"))
    for _ in range(5):
        batches.unpack_batch(sent)
    state = store.batch(sent)
    assert state is not None
    assert (state.status, state.lines) == ("received", 0)
    choose("10000000000")
    batches.unpack_batch(sent)
    state = store.batch(sent)
    assert state is not None
    assert (state.status, state.lines) == ("reading", 3)
    assert client.delete(f"/api/v1/batches/{sent}").status_code == 204
    settings.current.cache_clear()


def test_lines_with_endless_fields_cost_the_store_no_more_than_they_are(client: FlaskClient) -> None:
    wide = json.dumps({"text": "A text."} | {f"field {n}": n for n in range(100_000)})
    long = json.dumps({"text": "A text.", "f" * 2_000_000: 1})
    before = store.count_bytes()
    sent = client.post("/api/v1/batches", data="\n".join([wide] * 5 + [long]), content_type="application/jsonl").json[
        "id"
    ]
    batches.unpack_batch(sent)
    assert store.count_bytes() - before < 500_000
    answer = client.get(f"/api/v1/batches/{sent}")
    assert answer.json["counts"]["refused"] == 6
    assert len(answer.data) < 100_000
    assert len(client.get(f"/api/v1/batches/{sent}/results.csv").data) < 100_000
    client.delete(f"/api/v1/batches/{sent}")
