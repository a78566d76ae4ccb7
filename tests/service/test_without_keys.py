"""Without keys everybody on this machine may, and nobody else reaches it: names, proxies, where it listens."""

from __future__ import annotations

import subprocess
import sys

import pytest
from flask.testing import FlaskClient

from service import create_app, sessions
from workers import keys, settings

_, KEY = keys.make("reader", ["read"])


def test_without_keys_nobody_is_asked(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/metrics").status_code == 200
    assert client.get("/sign-in").headers["Location"] == "/"
    with client.application.test_request_context("/?next=/method"):
        assert sessions.read_onward("/method?x=1") == "/method?x=1"


@pytest.mark.parametrize("name", ["evil.example", "evil.example:8000", "localhost.evil.example", "192.168.0.7"])
def test_without_keys_no_other_name_leads_here(client: FlaskClient, name: str) -> None:
    # A site whose name leads to the loopback address: its page's requests look like our own.
    answer = client.get("/api/v1/reports", headers={"Host": name, "Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.json["code"]) == (421, "other_host")


@pytest.mark.parametrize("name", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_the_loopback_has_these_names(client: FlaskClient, name: str) -> None:
    assert client.get("/healthz", headers={"Host": name}).status_code == 200


@pytest.mark.parametrize(
    ("setting", "value", "answers"),
    [
        ({}, "press.example", 421),
        ({"PARALLAX_HOSTS": "press.example, other.example"}, "press.example:80", 200),
        ({"PARALLAX_HOSTS": "other.example"}, "press.example", 421),
        ({"PARALLAX_OPEN": "true"}, "press.example", 200),
        ({"PARALLAX_API_KEYS": str(KEY)}, "press.example", 200),
    ],
)
def test_names_are_a_setting(
    monkeypatch: pytest.MonkeyPatch, setting: dict[str, str], value: str, answers: int
) -> None:
    for name, given in setting.items():
        monkeypatch.setenv(name, given)
    settings.current.cache_clear()
    try:
        assert create_app().test_client().get("/healthz", headers={"Host": value}).status_code == answers
    finally:
        monkeypatch.undo()
        settings.current.cache_clear()


@pytest.mark.parametrize("believed", ["0", "1"])
def test_a_proxy_is_believed_only_when_it_is_known(monkeypatch: pytest.MonkeyPatch, believed: str) -> None:
    monkeypatch.setenv("PARALLAX_TRUSTED_PROXIES", believed)
    settings.current.cache_clear()
    try:
        answer = create_app().test_client().get("/healthz", headers={"X-Forwarded-Proto": "https"})
        assert ("Strict-Transport-Security" in answer.headers) == (believed == "1")
    finally:
        monkeypatch.undo()
        settings.current.cache_clear()


@pytest.mark.parametrize("command", [["-m", "workers", "run"], ["-c", "import service; service.create_app()"]])
def test_listening_elsewhere_without_keys_is_refused(command: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, *command], env={"HOST": "0.0.0.0"}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "won't listen on 0.0.0.0 without keys" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "[::]", "192.0.2.1", "parallax.example", "127.0.0.1.example"])
def test_these_are_elsewhere(host: str) -> None:
    with pytest.raises(SystemExit, match="without keys"):
        settings.refuse_openness(settings.read({"HOST": host}))


@pytest.mark.parametrize(
    "chosen",
    [{"HOST": "127.0.0.2"}, {"HOST": "localhost"}, {"HOST": "[::1]"}, {"HOST": "0.0.0.0", "PARALLAX_OPEN": "true"},
     {"HOST": "0.0.0.0", "PARALLAX_API_KEYS": str(KEY)}],
)  # fmt: skip
def test_listening_is_fine_on_loopback_with_keys_or_when_asked_for(chosen: dict[str, str]) -> None:
    settings.refuse_openness(settings.read(chosen))
