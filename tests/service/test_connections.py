"""What one client may take from the others: threads, memory, room on the disk. On real sockets, against what ships."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import socket
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from models.article import Article
from models.report import Report, Span, Term
from service import findings
from tests.conftest import wait_until
from tests.service.by_hand import build_report
from tests.service.test_door import Web
from workers import store
from workers.parent import die_with_parent
from workers.store.server import Server

WORD = "cruel "


def keep(name: str, words: int) -> Report:
    """A report in the store with so many marks, one on each word."""
    text = (WORD * words).strip()
    one = build_report().vocabulary.terms[0]
    places = [Span(start=at * len(WORD), end=at * len(WORD) + len(WORD) - 1, text=WORD.strip()) for at in range(words)]
    terms = [Term.model_validate(one.model_dump() | place.model_dump() | {"target": None}) for place in places]
    whole = build_report(id=hashlib.sha256(name.encode()).hexdigest()[:32], sentences=[], entities=[])
    report = whole.model_copy(
        update={
            "article": whole.article.model_copy(update={"text": text, "title": None, "title_end": 0}),
            "vocabulary": whole.vocabulary.model_copy(update={"terms": terms}),
            "attribution": whole.attribution.model_copy(update={"items": [], "sources": [], "vague": []}),
            "sentiment": whole.sentiment.model_copy(update={"arc": []}),
        }
    )
    store.claim(report.id, Article(text=text))
    assert store.save(report)
    return report


@pytest.fixture(scope="module")
def long(server: Server) -> Iterator[Report]:
    """A report of 20,000 marks: its exports have megabytes."""
    kept = keep("long", 20_000)
    yield kept
    store.delete(kept.id)


@pytest.fixture(scope="module")
def web(server: Server) -> Iterator[Web]:
    started = Web(server)
    yield started
    started.stop()


def begin(web: Web, path: str) -> socket.socket:
    """Ask for something, and take the first bytes of the answer."""
    opened = web.connect(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    opened.settimeout(60)
    assert opened.recv(100).startswith(b"HTTP/1.1 200")
    return opened


@pytest.mark.parametrize("what", ["", "/findings.csv", "/spacy.json", "/annotations.jsonld"])
def test_readers_who_take_a_little_now_and_then_keep_nobody_out(web: Web, long: Report, what: str) -> None:
    """More of them than there are threads; each has begun to read an answer of megabytes."""
    slow = [begin(web, f"/api/v1/reports/{long.id}{what}") for _ in range(4)]
    for opened in slow:
        assert opened.recv(100)
        assert web.get("/") == 200
    for opened in slow:
        opened.close()


def test_a_batch_that_streams_its_results_to_slow_readers_keeps_nobody_out(web: Web, long: Report) -> None:
    """Its results are longer than what may be made ahead of a reader, so that their makers have to wait."""
    upload = store.Upload()
    upload.add(b"{}")
    batch = upload.claim("jsonl", "an engine", None)
    store.add_lines(batch, [], [], 30)
    for number in range(1, 31):
        store.assign(batch, number, long.id)
    slow = [begin(web, f"/api/v1/batches/{batch}/results.jsonl") for _ in range(4)]
    for _ in range(3):
        assert web.get("/") == 200
    for opened in slow:
        opened.close()
    store.forget_batch(batch)


def test_what_waits_for_slow_readers_is_bounded(server: Server, long: Report) -> None:
    """Thirty of them would hold some 200 MB; the process may keep half of that, and no file at all."""
    web = Web(server, PARALLAX_PATIENCE="600")
    process = psutil.Process(web.process.pid)
    readers = [begin(web, f"/api/v1/reports/{long.id}") for _ in range(4)]
    size = len(urllib.request.urlopen(f"http://127.0.0.1:{web.port}/api/v1/reports/{long.id}").read())
    count = 150_000_000 // size + 5
    for _ in range(count):
        readers.append(begin(web, f"/api/v1/reports/{long.id}"))
    shut = sum(is_shut(opened) for opened in readers[: count // 4])
    assert shut > 0
    assert not is_shut(readers[-1])
    assert [file.path for file in process.open_files() if Path(file.path).is_relative_to("/tmp")] == []
    for opened in readers:
        opened.close()
    web.stop()


def is_shut(opened: socket.socket) -> bool:
    """Read what is on its way; did the other side end before all of it was there?"""
    opened.settimeout(1)
    try:
        while opened.recv(1 << 20):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def test_pages_that_take_long_to_make_do_not_hold_up_the_health(server: Server) -> None:
    """Asked for eight times at once, by one thread more than there are; health is answered before any of them."""
    heavy = keep("heavy", 14_000)
    web = Web(server, PARALLAX_WEB_THREADS="4")
    done: list[str] = []

    def ask() -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{web.port}/reports/{heavy.id}") as answer:
            done.append(str(answer.status))

    asked = [threading.Thread(target=ask) for _ in range(8)]
    for one in asked:
        one.start()
    for _ in range(5):
        assert web.get("/healthz") == 200
    assert web.get("/method") == 200
    done.append("others")
    for one in asked:
        one.join(120)
    assert sorted(done) == ["200"] * 8 + ["others"]
    assert done.index("others") < 8
    web.stop()
    store.delete(heavy.id)


def test_a_page_shows_no_more_notes_than_it_has_room_for(web: Web, long: Report) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{web.port}/reports/{long.id}") as answer:
        page = answer.read().decode()
    assert f'id="n{findings.SHOWN}"' in page
    assert f'id="n{findings.SHOWN + 1}"' not in page
    assert "20,000 notes, more than a page can show" in page


def fill_disk() -> None:
    """No file of this process may grow beyond 100 kB, as on a full disk."""
    die_with_parent()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


@pytest.fixture(scope="module")
def full(server: Server) -> Iterator[Web]:
    """A web process whose disk is full."""
    started = Web(server, before_exec=fill_disk)
    yield started
    started.stop()


@pytest.mark.parametrize("how", ["length", "chunks", "form"])
def test_a_body_for_which_the_disk_has_no_room_is_answered(full: Web, how: str) -> None:
    body = json.dumps({"text": "a" * 1_500_000}).encode()
    head = b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    if how == "form":
        head = b"POST /api/v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + body + b"\r\n--x--\r\n"
    if how == "chunks":
        sent = head + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    else:
        sent = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    status, headers, answer = full.ask(sent)
    assert (status, headers["content-type"]) == (503, "application/problem+json")
    assert json.loads(answer)["code"] == "store_unavailable"
    assert int(headers["retry-after"]) > 0
    assert full.get("/") == 200


HOSTS = {
    "of 300 letters": b"a" * 300,
    "with a label of 70": b"a" * 70 + b".example",
    "with two ports": b"127.0.0.1:80:80",
    "with a port that is none": b"127.0.0.1:99999",
    "with a user": b"somebody@127.0.0.1",
    "of dots": b"..",
    "empty": b"",
    "not of ASCII": "überall.example".encode(),
    "with half a bracket": b"[::1",
    "with a path": b"localhost/reports",
}


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS.keys())
@pytest.mark.parametrize("path", ["/", "/api/v1/reports", "/nowhere"])
def test_a_host_that_is_none_is_refused(web: Web, host: bytes, path: str) -> None:
    status, headers, _ = web.ask(b"GET %b HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n\r\n" % (path.encode(), host))
    assert status == 400
    assert "x-request-id" in headers


@pytest.mark.parametrize("host", [b"localhost", b"LOCALHOST:8000", b"127.0.0.1", b"[::1]:8000", b"127.0.0.1:65535"])
def test_a_host_that_is_ours_is_answered(web: Web, host: bytes) -> None:
    assert web.ask(b"GET / HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n\r\n" % host)[0] == 200


POST = b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
BARE = {
    "everywhere": b"GET / HTTP/1.1\nHost: localhost\n\n",
    "after a field": b"GET / HTTP/1.1\r\nHost: localhost\nX-One: 1\r\n\r\n",
    "at the end of the header": b"GET / HTTP/1.1\r\nHost: localhost\r\n\n",
    "after a chunk's length": POST + b"5\nabcde\n0\n\n",
    "after a chunk": POST + b"5\r\nabcde\n0\r\n\r\n",
    "in a trailer": POST + b"0\r\nX-One: 1\n\n",
    "at the end": POST + b"0\r\n\n",
}


@pytest.mark.parametrize("sent", BARE.values(), ids=BARE.keys())
def test_bare_line_feeds_are_refused_at_once(web: Web, sent: bytes) -> None:
    status, headers, body = web.ask(sent)
    assert (status, headers["content-type"]) == (400, "application/problem+json")
    assert json.loads(body)["code"] == "bad_request"


@pytest.mark.parametrize("sent", [POST + b"1;" + b"a" * 8_000, POST + b"0\r\n" + b"X-One: 1\r\n" * 800])
def test_lines_between_chunks_do_not_go_on_for_ever(web: Web, sent: bytes) -> None:
    assert web.ask(sent)[0] == 400


@pytest.mark.parametrize("path", ["/static/none?v=1", "/static/none.css?v=abc", "/nowhere?v=1", "/reports/none"])
def test_errors_are_not_kept(web: Web, path: str) -> None:
    status, headers, _ = web.ask(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert (status, headers["cache-control"]) == (404, "no-store")


def test_several_processes_answer_and_one_that_dies_is_replaced(server: Server) -> None:
    web = Web(server, WEB_CONCURRENCY="2")
    main = psutil.Process(web.process.pid)
    first = {child.pid for child in main.children()}
    assert len(first) == 2
    os.kill(min(first), signal.SIGKILL)
    wait_until(lambda: len({child.pid for child in main.children()} - {min(first)}) == 2)
    for _ in range(10):
        assert web.get("/method") == 200
    with urllib.request.urlopen(f"http://127.0.0.1:{web.port}/metrics") as answer:
        assert 'route="/method",status="200"} 10.0' in answer.read().decode()
    web.stop()
    assert web.process.returncode == 0
    assert not any(psutil.pid_exists(child) for child in first)
