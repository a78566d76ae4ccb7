"""Bodies of requests that are no JSON, of another kind or too large, and the longest that is taken."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from models.limits import LIMITS
from tests.service.test_api import problem
from workers import store

BODIES = [
    (b"", "bad_json", "line 1, column 1"),
    (b'{"text": "a",}', "bad_json", "line 1, column 14"),
    (b'{"text": NaN}', "bad_json", "NaN"),
    (b"[" * 100_000, "bad_json", "nested too deeply"),
    (b'{"a": ' * 33 + b"1" + b"}" * 33, "bad_json", "32 levels"),
    (b'{"text": "[[[[[[ \\" [[[[[[", "x": ' + b"[" * 33, "bad_json", "32 levels"),
    (b'{"text": "\xff\xfe"}', "bad_encoding", "byte 10"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "bad_encoding", "PDF"),
]


@pytest.mark.parametrize(("body", "code", "message"), BODIES, ids=lambda given: str(given)[:24])
def test_a_body_that_is_no_json(client: FlaskClient, body: bytes, code: str, message: str) -> None:
    answer = client.post("/api/v1/articles", data=body, content_type="application/json")
    assert message in problem(answer, 400, code)["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/pdf", "application/x-www-form-urlencoded", ""])
def test_another_content_type(client: FlaskClient, kind: str) -> None:
    answer = client.post("/api/v1/articles", data=b"x", content_type=kind or None)
    assert "application/json" in problem(answer, 415, "unsupported_media_type")["detail"]


def test_a_body_too_large_is_not_even_read(client: FlaskClient) -> None:
    body = b'{"text": "' + b"a" * client.application.config["MAX_CONTENT_LENGTH"] + b'"}'
    answer = client.post("/api/v1/articles", data=body, content_type="application/json")
    assert "bytes" in problem(answer, 413, "too_large")["detail"]


def test_the_longest_article_in_its_longest_spelling_is_taken(client: FlaskClient) -> None:
    body = b'{"text": "' + rb"\ud83d\ude00" * LIMITS.text_characters + b'"}'
    answer = client.post("/api/v1/articles", data=body, content_type="application/json")
    assert answer.status_code == 202
    store.delete(answer.json["id"])
