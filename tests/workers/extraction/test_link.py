"""Links: what is fetched and, above all, what is not. Every refusal against a real server, where one can be."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.site import ARTICLE, Reply, Site
from tests.workers.extraction.conftest import move, refused
from workers.extraction import http, link

pytestmark = pytest.mark.usefixtures("choose")

CERTIFICATES = Path(__file__).parents[2] / "certificates"
HTML = {"Content-Type": "text/html"}


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
    http.trust.cache_clear()
    yield
    http.trust.cache_clear()


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
