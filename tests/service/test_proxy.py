"""Behind a proxy: what PARALLAX_TRUSTED_PROXIES promises, through a real proxy and the web process that ships."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.service.proxy import Proxy
from tests.service.test_door import Web
from workers import keys, store
from workers.store.server import Server

SECRET, KEY = keys.make("editor", ["read", "submit"])


@pytest.fixture
def fresh(server: Server) -> Iterator[Server]:
    """The store, in which nobody has been counted."""
    yield server
    with store.connection.reach() as opened:
        for name in opened.scan_iter("*parallax:pace*"):
            opened.delete(name)


@pytest.fixture(scope="module")
def believed(server: Server) -> Iterator[Proxy]:
    """The web with a key and three requests a day, behind one proxy that it believes."""
    web = Web(server, PARALLAX_TRUSTED_PROXIES="1", PARALLAX_API_KEYS=str(KEY), PARALLAX_RATE_LIMIT="3 per day")
    with Proxy(web.port) as proxy:
        yield proxy
    web.stop()


@pytest.fixture
def behind(believed: Proxy, fresh: Server) -> Proxy:
    return believed


def sign_in(proxy: Proxy) -> str:
    """Give the key; gives the cookie."""
    form = urlencode({"key": SECRET})
    answer = proxy.ask(
        "/sign-in", body=form, Content_Type="application/x-www-form-urlencoded", Origin="https://parallax.example"
    )
    assert answer.status == 303, answer.content
    return str(answer.headers["Set-Cookie"])


def test_cookies_are_secure_and_browsers_are_told_to_stay_with_tls(behind: Proxy) -> None:
    cookie = sign_in(behind)
    assert cookie.startswith("__Host-parallax-session=")
    assert "; Secure" in cookie
    answer = behind.ask("/", Cookie=cookie.partition(";")[0])
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_every_client_has_a_budget_of_its_own(behind: Proxy) -> None:
    for _ in range(3):
        assert behind.ask("/", client="127.0.0.2").status == 401
    assert behind.ask("/", client="127.0.0.2").status == 429
    assert behind.ask("/", client="127.0.0.3").status == 401


def test_who_claims_another_address_counts_as_himself(behind: Proxy) -> None:
    claimed = ["192.0.2.1", "192.0.2.2", "192.0.2.3, 192.0.2.4", "unknown"]
    found = [behind.ask("/", client="127.0.0.4", X_Forwarded_For=name).status for name in claimed]
    assert found == [401, 401, 401, 429]


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nothing", "/healthz/x", "/static/none.css", "/reports/none"])
def test_unknown_addresses_are_counted_too(behind: Proxy, path: str) -> None:
    found = [behind.ask(path, client="127.0.0.5").status for _ in range(4)]
    assert found[3] == (404 if path.startswith("/static/") else 429)


@pytest.mark.parametrize("method", ["DELETE", "POST"])
def test_wrong_methods_are_counted_too(behind: Proxy, method: str) -> None:
    found = [behind.ask("/method", client="127.0.0.6", method=method, body="").status for _ in range(4)]
    assert found[3] == 429


def test_without_the_setting_nobody_is_believed(fresh: Server) -> None:
    web = Web(fresh, PARALLAX_RATE_LIMIT="3 per day", PARALLAX_HOSTS="localhost")
    with Proxy(web.port) as proxy:
        found = [proxy.ask("/", client=f"127.0.0.{number}", Host="localhost") for number in range(10, 14)]
    web.stop()
    assert [answer.status for answer in found] == [200, 200, 200, 429]
    assert "Strict-Transport-Security" not in found[0].headers
