"""Links: what is fetched and, above all, what is not. Every refusal against a real server, where one can be."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import text

from tests.conftest import find_port
from tests.site import ARTICLE, Reply, Site
from workers.desk import guard, link, wire
from workers.desk.guard import is_public
from workers.desk.refusal import Refused

pytestmark = pytest.mark.usefixtures("choose")

CERTIFICATES = Path(__file__).parents[2] / "certificates"
HTML = {"Content-Type": "text/html"}


def refused(url: str) -> str:
    """The code of the refusal of a link."""
    with pytest.raises(Refused) as found:
        link.fetch(url)
    assert found.value.reason.endswith(".")
    return found.value.code


def move(where: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": where})


@pytest.fixture
def inner() -> Iterator[Site]:
    """A site at a private address that nobody opened; it must never be asked."""
    with Site("127.0.0.2") as opened:
        opened.pages["/article"] = Reply(ARTICLE)
        yield opened
    assert opened.asked == []
    assert opened.met == 0


def test_a_page_is_fetched_by_a_polite_reader(site: Site) -> None:
    site.pages["/article?id=1"] = Reply(ARTICLE)
    answer = link.fetch(site.url("/article?id=1#part"))
    assert (answer.status, answer.type, answer.body.decode()) == (200, "text/html", ARTICLE)
    assert site.asked == ["/robots.txt", "/article?id=1"]
    assert site.headers[1]["User-Agent"].startswith("Parallax/")
    assert site.headers[1]["Host"] == f"127.0.0.1:{site.port}"
    assert "Cookie" not in site.headers[1]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_compressed_page_is_unpacked(site: Site, pack: Callable[[bytes], bytes]) -> None:
    encoding = "gzip" if pack is gzip.compress else "deflate"
    site.pages["/article"] = Reply(pack(ARTICLE.encode()), headers=HTML | {"Content-Encoding": encoding})
    assert link.fetch(site.url()).body.decode() == ARTICLE


def test_five_redirects_are_followed_and_six_are_not(site: Site) -> None:
    for at in range(6):
        site.pages[f"/{at}"] = move(f"/{at + 1}", (301, 302, 303, 307, 308, 302)[at])
    site.pages["/6"] = Reply(ARTICLE)
    assert link.fetch(site.url("/1")).url == site.url("/6")
    assert refused(site.url("/0")) == "link_too_many_redirects"


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
    assert is_public(wire.ip_address(address))


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
    monkeypatch.setattr("workers.desk.guard.is_public", lambda _: True)
    monkeypatch.setattr("workers.desk.guard.is_allowed", lambda _: False)
    assert refused(site.url()) == "link_private_address"
    assert site.asked == []


@given(text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_any_address_is_one_or_is_refused(rest: str) -> None:
    for url in (rest, f"http:{rest}", f"http://{rest}", f"https://harrow.example{rest}"):
        with suppress(Refused):
            found = guard.examine(url)
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


def drip(out: IO[bytes]) -> None:
    while True:
        out.write(b" ")
        out.flush()
        time.sleep(0.05)


def flood(out: IO[bytes]) -> None:
    while True:
        out.write(b"<p>more</p>" * 1000)


def test_a_body_that_drips(site: Site, choose: Any) -> None:
    choose(PARALLAX_LINK_SECONDS="1")
    site.pages["/article"] = Reply(write=drip)
    assert refused(site.url()) == "link_too_slow"


def answer_raw(say: Callable[[socket.socket], object]) -> int:
    """A server that says no HTTP of ours to whoever calls; its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listening:
            while True:
                called, _ = listening.accept()
                with called:
                    try:
                        say(called)
                    except OSError:
                        continue

    threading.Thread(target=serve, daemon=True).start()
    return int(listening.getsockname()[1])


def test_headers_that_drip(choose: Any) -> None:
    choose(PARALLAX_LINK_SECONDS="1")

    def say(called: socket.socket) -> None:
        called.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            called.sendall(b"x")
            time.sleep(0.05)

    assert refused(f"http://127.0.0.1:{answer_raw(say)}/") == "link_too_slow"


def test_a_host_that_says_nothing(choose: Any) -> None:
    choose(PARALLAX_LINK_SECONDS="1")
    assert refused(f"http://127.0.0.1:{answer_raw(lambda called: time.sleep(3))}/") == "link_too_slow"


def test_a_name_server_that_says_nothing(choose: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(PARALLAX_LINK_SECONDS="1")

    def look_up(*_: object, **__: object) -> None:
        time.sleep(3)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert refused("http://harrow.example/") == "link_too_slow"


@pytest.mark.parametrize(
    "said",
    [
        b"220 mail.harrow.example ESMTP\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Filler: x\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-Filler: " + b"x" * 100_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_answers_that_are_no_http(said: bytes) -> None:
    def say(called: socket.socket) -> None:
        called.recv(1000)
        called.sendall(said)

    assert refused(f"http://127.0.0.1:{answer_raw(say)}/") == "link_broken"


def test_a_body_that_breaks_off(site: Site) -> None:
    site.pages["/article"] = Reply(headers=HTML | {"Content-Length": "9999"}, write=lambda out: out.write(b"<p>x"))
    assert refused(site.url()) == "link_broken"


def test_an_endless_body(site: Site) -> None:
    site.pages["/article"] = Reply(write=flood)
    assert refused(site.url()) == "link_too_large"


def test_a_body_that_says_it_is_too_large(site: Site) -> None:
    site.pages["/article"] = Reply(headers=HTML | {"Content-Length": "5000001"}, write=lambda out: None)
    assert refused(site.url()) == "link_too_large"


def test_a_bomb(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, compresslevel=1)
    assert len(bomb) < 1_000_000
    site.pages["/article"] = Reply(bomb, headers=HTML | {"Content-Encoding": "gzip"})
    assert refused(site.url()) == "link_too_large"


@pytest.mark.parametrize(
    ("body", "encoding"), [(b"x", "br"), (b"x", "gzip, gzip"), (b"x", "zstd"), (b"no gzip at all", "gzip")]
)
def test_compression_that_can_not_be_read(site: Site, body: bytes, encoding: str) -> None:
    site.pages["/article"] = Reply(body, headers=HTML | {"Content-Encoding": encoding})
    assert refused(site.url()) == "link_compressed"


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream", "text/css", ""])
def test_types_that_are_no_page(site: Site, kind: str) -> None:
    site.pages["/article"] = Reply(ARTICLE, headers={"Content-Type": kind} if kind else {})
    assert refused(site.url()) == "link_wrong_type"


ROBOTS = {"Content-Type": "text/plain"}


def test_robots_txt_says_no(site: Site) -> None:
    site.pages["/article"] = site.pages["/open"] = Reply(ARTICLE)
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /article\n", headers=ROBOTS)
    assert refused(site.url()) == "link_robots"
    assert link.fetch(site.url("/open")).status == 200
    assert site.asked == ["/robots.txt", "/open"]


def test_robots_txt_says_no_to_us_alone(site: Site) -> None:
    site.pages["/robots.txt"] = Reply("User-agent: *\nAllow: /\n\nUser-agent: Parallax\nDisallow: /\n", headers=ROBOTS)
    assert refused(site.url()) == "link_robots"


def test_robots_txt_of_the_host_that_a_redirect_leads_to(site: Site) -> None:
    with Site() as other:
        other.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /\n", headers=ROBOTS)
        site.pages["/away"] = move(other.url())
        assert refused(site.url("/away")) == "link_robots"
        assert other.asked == ["/robots.txt"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_txt_that_can_not_be_had(site: Site, status: int) -> None:
    site.pages["/robots.txt"] = Reply(status=status)
    assert refused(site.url()) == "link_robots_unreachable"
    assert site.asked == ["/robots.txt"]


def test_a_robots_txt_without_end(site: Site) -> None:
    site.pages["/robots.txt"] = Reply(headers=ROBOTS, write=flood)
    assert refused(site.url()) == "link_robots_unreachable"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "link_gone"), (410, "link_gone"), (401, "link_forbidden"), (403, "link_forbidden"),
        (451, "link_forbidden"), (429, "link_busy"), (503, "link_busy"), (500, "link_status"), (418, "link_status"),
        (304, "link_status"),
    ],
)  # fmt: skip
def test_pages_that_are_not_there(site: Site, status: int, code: str) -> None:
    site.pages["/article"] = Reply(status=status)
    assert refused(site.url()) == code


@pytest.fixture
def secure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site with a certificate for harrow.example, by an authority that nobody knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "certificate.pem", CERTIFICATES / "key.pem")
    with Site(tls=context) as opened:
        opened.pages["/article"] = Reply(ARTICLE)
        yield opened


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tests' authority is known, the way an operator makes one known."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    wire.trust.cache_clear()
    yield
    wire.trust.cache_clear()


def test_a_certificate_by_nobody_known(secure: Site, name_hosts: Any) -> None:
    name_hosts({"harrow.example": [["127.0.0.1"]]})
    assert refused(secure.url(host="harrow.example")) == "link_tls"
    assert secure.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_host(secure: Site, name_hosts: Any) -> None:
    name_hosts({"quay.example": [["127.0.0.1"]], "harrow.example": [["127.0.0.1"]]})
    assert refused(secure.url(host="quay.example")) == "link_tls"
    assert refused(secure.url()) == "link_tls"  # by its address alone
    assert secure.asked == []
    assert link.fetch(secure.url(host="harrow.example")).body.decode() == ARTICLE


def test_a_host_that_speaks_no_tls(site: Site) -> None:
    assert refused(site.url().replace("http:", "https:")) == "link_tls"
