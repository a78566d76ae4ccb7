"""A bare server for tests of what the store keeps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis

from tests.conftest import serve_alone
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
