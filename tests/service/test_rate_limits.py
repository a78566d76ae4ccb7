"""How often somebody may ask, counted on a real store, by key and by address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service import create_app
from workers import keys, settings, store
from workers.parent import die_with_parent
from workers.store.server import Server

SECRET, KEY = keys.make("one", ["read"])
OTHER_SECRET, OTHER = keys.make("two", ["read"])
ADDRESSES = (f"192.0.2.{number}" for number in count(1))


@pytest.fixture
def open_app(server: Server) -> Iterator[FlaskClient]:
    """The web without keys, three requests a minute; nobody has asked yet."""
    yield from _serve(PARALLAX_RATE_LIMIT="3 per minute")


@pytest.fixture
def guarded(server: Server) -> Iterator[FlaskClient]:
    """The same with keys."""
    yield from _serve(PARALLAX_RATE_LIMIT="3 per minute; 100 per hour", PARALLAX_API_KEYS=f"{KEY} {OTHER}")


def _serve(**chosen: str) -> Iterator[FlaskClient]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in chosen.items():
            patch.setenv(name, value)
        settings.current.cache_clear()
        client = create_app().test_client()
        client.environ_base["REMOTE_ADDR"] = next(ADDRESSES)
        yield client
    settings.current.cache_clear()
    with store.connection.reach() as opened:
        for name in opened.scan_iter("parallax:pace*"):
            opened.delete(name)


def test_too_many_from_one_address_are_told_when_to_come_back(open_app: FlaskClient) -> None:
    for _ in range(3):
        assert open_app.get("/api/v1/reports").status_code == 200
    answer = open_app.get("/api/v1/reports")
    assert answer.status_code == 429
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "too_many_requests"
    assert "At most 3 per 1 minute" in answer.json["detail"]
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    page = open_app.get("/")
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert open_app.get("/api/v1/reports", environ_base={"REMOTE_ADDR": next(ADDRESSES)}).status_code == 200


def test_health_and_style_are_not_counted(open_app: FlaskClient) -> None:
    for _ in range(5):
        assert open_app.get("/healthz").status_code == 200
        assert open_app.get("/static/base.css").status_code == 200
    assert open_app.get("/").status_code == 200


def test_every_key_counts_for_itself_wherever_it_is_used(guarded: FlaskClient) -> None:
    one, two = ({"Authorization": f"Bearer {secret}"} for secret in (SECRET, OTHER_SECRET))
    for _ in range(3):
        where = {"REMOTE_ADDR": next(ADDRESSES)}
        assert guarded.get("/api/v1/reports", headers=one, environ_base=where).status_code == 200
    assert guarded.get("/api/v1/reports", headers=one).status_code == 429
    assert guarded.get("/api/v1/reports", headers=two).status_code == 200


def test_guessing_keys_is_counted_by_address(guarded: FlaskClient) -> None:
    for guess in range(3):
        answer = guarded.get("/api/v1/reports", headers={"Authorization": f"Bearer plx_{guess}"})
        assert answer.status_code == 401
    answer = guarded.post("/sign-in", data={"key": SECRET}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 429


def test_several_processes_count_together(open_app: FlaskClient) -> None:
    other = create_app().test_client()
    where = {"REMOTE_ADDR": open_app.environ_base["REMOTE_ADDR"]}
    assert [client.get("/", environ_base=where).status_code for client in (open_app, other, open_app, other)] == [
        200, 200, 200, 429,
    ]  # fmt: skip


def test_a_store_that_is_away_does_not_open_the_gates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = Server(tmp_path, before_exec=die_with_parent)
    started.start()
    monkeypatch.setenv("REDIS_URL", started.url)
    monkeypatch.setenv("PARALLAX_RATE_LIMIT", "3 per minute")
    settings.current.cache_clear()
    client = create_app().test_client()
    monkeypatch.undo()
    settings.current.cache_clear()
    started.kill()
    assert [client.get("/method").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_without_the_setting_nothing_is_counted(client: FlaskClient) -> None:
    assert all(client.get("/").status_code == 200 for _ in range(30))
