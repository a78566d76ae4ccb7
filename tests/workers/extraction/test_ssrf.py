"""The guard: which addresses are never connected to, however they are spelt, and whatever leads there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import text

from tests.conftest import find_port
from tests.site import ARTICLE, Reply, Site
from tests.workers.extraction.conftest import move, refused
from workers.extraction import http, link, ssrf
from workers.extraction.refusal import Refused
from workers.extraction.ssrf import is_public

pytestmark = pytest.mark.usefixtures("choose")


@pytest.fixture
def inner() -> Iterator[Site]:
    """A site at a private address that nobody opened; it must never be asked."""
    with Site("127.0.0.2") as opened:
        opened.pages["/article"] = Reply(ARTICLE)
        yield opened
    assert opened.asked == []
    assert opened.met == 0


@pytest.mark.parametrize(
    "url",
    ["ftp://harrow.example/a", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "gopher://a/", "//a"],
)
def test_other_schemes(url: str) -> None:
    assert refused(url) == "link_scheme"


@pytest.mark.parametrize(
    "url", ["http://ann@127.0.0.1:{}/", "http://ann:pw@127.0.0.1:{}/", "http://a.example@127.0.0.1:{}/"]
)
def test_names_and_passwords(url: str, site: Site) -> None:
    assert refused(url.format(site.port)) == "link_userinfo"
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.2", "127.0.0.2.", "127.2", "0x7f.2", "0x7f000002", "2130706434", "0177.0.0.2", "017700000002",
        "１２７.0.0.2", "127.0.0.%32", "127。0。0。2", "LOCALHOST.localdomain", "0.0.0.0", "0", "10.1.2.3",
        "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16",
        "192.0.0.192",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
        "[::1]", "[::]", "[::2]", "[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
        "[::ffff:127.0.0.2]", "[::ffff:a9fe:a9fe]", "[::ffff:8.8.8.8]", "[::127.0.0.2]", "[::ffff:0:127.0.0.2]",
        "[64:ff9b::127.0.0.2]", "[64:ff9b:1::1]", "[2002:7f00:2::1]", "[2001::1]", "[2001:db8::1]",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_in_every_spelling(host: str, inner: Site, name_hosts: Any) -> None:
    name_hosts({"localhost.localdomain": [["127.0.0.2"]]})
    assert refused(f"http://{host}:{inner.port}/article") == "link_private_address"


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001:81b::200e"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(http.ip_address(address))


def test_a_host_with_a_private_address_among_public_ones(inner: Site, name_hosts: Any) -> None:
    name_hosts({"harrow.example": [["127.0.0.1", "127.0.0.2"]]})
    assert refused(inner.url(host="harrow.example")) == "link_private_address"


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("http://127.0.0.2:{}/article", "link_private_address"),
        ("//127.0.0.2:{}/article", "link_private_address"),
        ("http://0x7f.2:{}/article", "link_private_address"),
        ("http://[::ffff:127.0.0.2]:{}/article", "link_private_address"),
        ("file:///etc/passwd", "link_scheme"),
        ("http://ann@127.0.0.2:{}/article", "link_userinfo"),
    ],
)
def test_a_redirect_leads_nowhere_that_a_link_may_not(site: Site, inner: Site, where: str, code: str) -> None:
    site.pages["/away"] = move(where.format(inner.port))
    assert refused(site.url("/away")) == code


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, inner: Site, name_hosts: Any) -> None:
    """A name server that gives a public address to the guard and a private one to whoever asks next finds nobody."""
    site.pages["/article"] = Reply(ARTICLE)
    name_hosts({"harrow.example": [["127.0.0.1"], ["127.0.0.1"], ["127.0.0.2"]]})
    assert link.fetch(site.url(host="harrow.example")).body.decode() == ARTICLE  # robots.txt, then the page
    assert site.headers[1]["Host"] == f"harrow.example:{site.port}"
    assert refused(site.url(host="harrow.example")) == "link_private_address"


def test_a_host_that_turns_private_between_two_hops(site: Site, inner: Site, name_hosts: Any) -> None:
    site.pages["/a"] = move(f"http://harrow.example:{site.port}/b")
    name_hosts({"harrow.example": [["127.0.0.1"], ["127.0.0.1"], ["127.0.0.2"]]})
    assert refused(site.url("/a", host="harrow.example")) == "link_private_address"


def test_robots_txt_is_guarded_like_a_page(site: Site, inner: Site) -> None:
    site.pages["/robots.txt"] = move(inner.url("/robots.txt"))
    assert refused(site.url()) == "link_private_address"


def test_this_machine_at_a_public_address(site: Site, name_hosts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was opened, and the guard takes the address for a public one: the connection itself shows who it is."""
    monkeypatch.setattr("workers.extraction.ssrf.is_public", lambda _: True)
    monkeypatch.setattr("workers.extraction.ssrf.is_allowed", lambda _: False)
    assert refused(site.url()) == "link_private_address"
    assert site.asked == []


@given(text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_any_address_is_one_or_is_refused(rest: str) -> None:
    for url in (rest, f"http:{rest}", f"http://{rest}", f"https://harrow.example{rest}"):
        with suppress(Refused):
            found = ssrf.examine(url)
            assert found.scheme in ("http", "https")
            assert (found.username, found.password) == (None, None)


@pytest.mark.parametrize("where", ["http://[", "http://", "//", "https://\x00", "http://a b/", "http://%"])
def test_a_redirect_to_no_address_at_all(site: Site, where: str) -> None:
    site.pages["/away"] = move(where)
    assert refused(site.url("/away")) in {"link_unknown_host", "link_scheme", "link_too_many_redirects"}


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b", "-", "x" * 64 + ".example"])
def test_hosts_that_are_none(host: str) -> None:
    assert refused(f"http://{host}/") == "link_unknown_host"


def test_a_port_where_nobody_listens() -> None:
    assert refused(f"http://127.0.0.1:{find_port()}/") == "link_unreachable"


def test_links_switched_off(site: Site, choose: Any) -> None:
    choose(PARALLAX_LINKS="false")
    assert refused(site.url()) == "link_off"
    assert site.asked == []


def test_only_some_hosts(site: Site, choose: Any, name_hosts: Any) -> None:
    choose(PARALLAX_LINK_HOSTS="harrow.example, quay.example")
    name_hosts({name: [["127.0.0.1"]] for name in ("harrow.example", "news.harrow.example", "notharrow.example")})
    site.pages["/article"] = Reply(ARTICLE)
    site.pages["/away"] = move(site.url("/article", host="notharrow.example"))
    assert link.fetch(site.url(host="harrow.example")).status == 200
    assert link.fetch(site.url(host="NEWS.harrow.example.")).status == 200
    assert refused(site.url(host="notharrow.example")) == "link_host_not_allowed"
    assert refused(site.url()) == "link_host_not_allowed"
    assert refused(site.url("/away", host="harrow.example")) == "link_host_not_allowed"
