"""What tests of the workers share: a running worker and clock, and a bare server for tests of what the store keeps."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.conftest import LOOPBACK, SECRET, serve_alone
from tests.workers.parts import Worker, run_part
from workers.store.server import Server


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that no worker listens to, used by `workers.store` in this module."""
    with serve_alone(tmp_path_factory.mktemp("own")) as started:
        yield started


@pytest.fixture
def client(own: Server) -> redis.Redis:
    """The server's own client, emptied before each test."""
    opened = redis.Redis.from_url(own.url)
    opened.flushall()
    return opened


@pytest.fixture(scope="session")
def worker(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """A running worker on the store of `server`; a title of the form "<fault>: <name>" makes it fail.

    Beside it runs the network's process, which fetches links.
    """
    faults = tmp_path_factory.mktemp("faults")
    environment = os.environ | {
        "REDIS_URL": server.url,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "WORKER_CONCURRENCY": "2",
        "PARALLAX_LINK_SECONDS": "30",
        "PARALLAX_WORKER_MEMORY": "700",
        "PARALLAX_LINK_ALLOWED": LOOPBACK,
        "PARALLAX_CALLBACK_SECRET": SECRET,
        "PARALLAX_CALLBACK_ATTEMPTS": "3",
        "PARALLAX_TEST_FAULTS": str(faults),
    }
    started = Worker(faults, environment)
    with run_part("network", environment):
        started.start()
        yield started
        started.stop()


@pytest.fixture(scope="session")
def clock(worker: Worker) -> Iterator[subprocess.Popen[bytes]]:
    """A running clock beside the worker."""
    with run_part("clock", worker.environment) as started:
        yield started
