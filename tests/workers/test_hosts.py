"""More than one machine: workers on other hosts, one of them cut off, and a store behind a password and TLS.

A host is a loopback address of its own, and the network to it a relay that can be cut.
"""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest
import redis

from models.article import Article
from tests.conftest import has_ended, start_service, wait_until
from tests.workers.parts import Worker
from tests.workers.relay import Relay
from tests.workers.stack import STORY
from tests.workers.test_launcher import analyze
from workers import queue, store
from workers.parent import die_with_parent
from workers.store.server import Server


def start_worker(folder: Path, address: str) -> Worker:
    """Start a worker that reaches the store at this address."""
    folder.mkdir()
    environment = os.environ | {
        "REDIS_URL": address,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "WORKER_CONCURRENCY": "1",
        "PARALLAX_TEST_FAULTS": str(folder),
    }
    worker = Worker(folder, environment)
    worker.start()
    return worker


def reach_by(relay: Relay, address: str, scheme: str = "redis") -> str:
    """Give the store's address as it is seen through the relay."""
    password = urllib.parse.urlsplit(address).password
    return f"{scheme}://:{password}@{relay.host}:{relay.port}/0"


@pytest.mark.usefixtures("worker")
def test_host_that_is_cut_off_loses_nothing_and_comes_back(server: Server, worker: Worker, tmp_path: Path) -> None:
    """Two hosts read; the cable of one is pulled in the middle; the other one does its work, nothing is done twice."""
    relay = Relay(urllib.parse.urlsplit(server.url).port or 0, host="127.0.0.2")
    far = start_worker(tmp_path / "far", reach_by(relay, server.url))
    client = redis.Redis.from_url(server.url)
    before = sum(map(int, client.hgetall("parallax:counts").values()))
    try:
        names = [queue.submit(Article(title=f"slow: far {number}", text=STORY)).id for number in range(8)]
        wait_until(lambda: any(far.starts(f"far {number}") for number in range(8)))
        relay.cut()
        wait_until(lambda: all(map(has_ended, names)))
        assert {state.status for name in names if (state := store.state(name))} == {"done"}
        relay.mend()
        wait_until(lambda: len(store.workers()) == 2)
        later = [queue.submit(Article(title=f"slow: later {number}", text=STORY)).id for number in range(8)]
        wait_until(lambda: all(map(has_ended, later)))
        assert any(far.starts(f"later {number}") for number in range(8))
        assert sum(map(int, client.hgetall("parallax:counts").values())) - before == 16
    finally:
        far.stop()
        relay.close()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for the loopback address, made for this test."""
    paths = tmp_path / "certificate.pem", tmp_path / "key.pem"
    options = "-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    command = ["openssl", "req", *options.split(), "-out", paths[0], "-keyout", paths[1]]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*paths)
    return paths[0], context


def test_whole_house_on_a_store_behind_password_and_tls(
    tmp_path: Path, certificate: tuple[Path, ssl.SSLContext]
) -> None:
    """Web, worker and clock reach a store of somebody else's through TLS, whose certificate they check."""
    path, context = certificate
    elsewhere = Server(tmp_path / "elsewhere", before_exec=die_with_parent)
    elsewhere.start()
    relay = Relay(urllib.parse.urlsplit(elsewhere.url).port or 0, tls=context)
    address = reach_by(relay, elsewhere.url, scheme="rediss")
    service = start_service(tmp_path / "house", redis_url=f"{address}?ssl_ca_certs={path}")
    try:
        analyze(service)
        assert relay.served > 3
        unchecked = subprocess.run(
            [sys.executable, "-m", "workers", "status"],
            env=os.environ | {"REDIS_URL": address},
            capture_output=True,
            text=True,
            check=False,
        )
        assert unchecked.returncode == 1
        assert "does not answer" in unchecked.stderr
    finally:
        service.stop()
        elsewhere.stop()
        relay.close()
