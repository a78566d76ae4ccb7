"""Slow clients and broken requests, on real sockets against the web process as the Procfile starts it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service import create_app
from tests.conftest import find_port, wait_until
from workers.parent import die_with_parent
from workers.settings import HOUSE
from workers.store.server import Server
from workers.supervision.processes import read_procfile

PATIENCE = 3


class Web:
    """The web process alone: two threads, little patience."""

    def __init__(self, server: Server, before_exec: Callable[[], None] = die_with_parent, **more: str) -> None:
        self.port = find_port()
        environment = os.environ | {
            "REDIS_URL": server.url,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PORT": str(self.port),
            "PARALLAX_WEB_THREADS": "2",
            "PARALLAX_PATIENCE": str(PATIENCE),
            **more,
        }
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {read_procfile()['web']}"],
            cwd=HOUSE,
            env=environment,
            start_new_session=True,
            preexec_fn=before_exec,  # noqa: PLW1509 - no threads run yet
        )
        wait_until(self.is_up)

    def is_up(self) -> bool:
        try:
            return self.get("/healthz") == 200
        except OSError:
            return False

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return int(answer.status)

    def connect(self, sent: bytes = b"") -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        opened.sendall(sent)
        return opened

    def ask(self, sent: bytes) -> tuple[int, dict[str, str], bytes]:
        """Send bytes, read all that comes back."""
        with self.connect(sent) as opened:
            answer = b"".join(iter(lambda: opened.recv(65_536), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        return int(first.split()[1]), dict(line.lower().split(": ", 1) for line in lines), body

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="module")
def web(server: Server) -> Iterator[Web]:
    started = Web(server)
    yield started
    started.stop()


SLOW = {
    "nothing": b"",
    "half a header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "half a body": b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b'Content-Length: 1000\r\n\r\n{"text": "',
    "half a chunk": b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n100\r\nabc",
}


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW.keys())
def test_slow_clients_hold_up_nobody_and_are_shown_out(web: Web, sent: bytes) -> None:
    slow = [web.connect(sent) for _ in range(30)]
    assert web.get("/") == 200
    for opened in slow:  # neither answered nor kept
        opened.settimeout(60)
        assert not re.match(rb"HTTP/1.1 [25]", opened.recv(100))
        opened.close()


def test_who_sends_a_byte_now_and_then_is_shown_out_too(web: Web) -> None:
    opened = web.connect(SLOW["half a header"])

    def is_shut() -> bool:
        try:
            opened.sendall(b"a")
            opened.settimeout(0.2)
            return opened.recv(10) == b""
        except TimeoutError:
            return False
        except OSError:
            return True

    wait_until(is_shut)


def test_who_does_not_take_the_answer_holds_up_nobody(web: Web) -> None:
    deaf = [web.connect(b"GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 200) for _ in range(10)]
    assert web.get("/") == 200
    for opened in deaf:
        opened.close()


MOST = 32_768  # bytes of a header; what came beyond would have the kernel cut the answer off
BROKEN = {
    "no request": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", 400),
    "a long header": ((b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * MOST)[:MOST], 431),
    "many headers": ((b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Many: a\r\n" * MOST)[:MOST], 431),
    "two lengths": (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd", 400,
    ),
    "a negative length": (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -4\r\n\r\nabcd", 400),
    "another coding": (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\nabcd", 501),
    "a bad chunk": (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", 400),
    "a body without end": (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nabc", 413),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "status"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_request_is_answered_with_a_problem(web: Web, sent: bytes, status: int) -> None:
    answered, headers, body = web.ask(sent)
    assert answered == status
    assert headers["content-type"] == "application/problem+json"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert json.loads(body)["status"] == status
    assert web.get("/") == 200


def test_lengths_and_chunks_together_smuggle_nothing(web: Web) -> None:
    hidden = b"GET /api/v1/reports HTTP/1.1\r\nHost: localhost\r\n\r\n"
    sent = (
        b"POST /examples HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
        + str(len(hidden) + 5).encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden
    )  # fmt: skip
    with web.connect(sent) as opened:
        answer = b"".join(iter(lambda: opened.recv(65_536), b""))
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("how", ["length", "chunks"])
def test_a_body_too_large_is_refused_however_it_comes(web: Web, how: str) -> None:
    body = b'{"text": "' + b"a" * create_app().config["MAX_CONTENT_LENGTH"] + b'"}'
    head = b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    head += b"Content-Type: application/json\r\n"
    if how == "length":
        sent = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    else:
        sent = head + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    status, _, answer = web.ask(sent)
    assert (status, json.loads(answer)["code"]) == (413, "too_large")


def test_what_was_taken_in_is_answered_when_it_stops(server: Server) -> None:
    web = Web(server)
    opened = web.connect(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    web.process.send_signal(signal.SIGTERM)
    assert opened.recv(100).startswith(b"HTTP/1.1 200")
    web.process.wait()
    assert web.process.returncode == 0


def test_it_listens_nowhere_else_however_it_is_started(server: Server) -> None:
    environment = os.environ | {"REDIS_URL": server.url, "HOST": "0.0.0.0", "PORT": str(find_port())}
    ran = subprocess.run(
        [sys.executable, "-m", "service"],
        cwd=HOUSE, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "without keys" in ran.stderr
