"""Nothing accepted is lost: every fault strikes a running service while it reads, and everything ends, once.

`make soak` runs these many times over, with hundreds of articles at random moments.
"""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import redis

from models.article import Article
from service import create_app
from tests.conftest import serve_alone, wait_until
from tests.workers import chaos
from tests.workers.stack import STORY, Stack
from workers import queue, store
from workers.parent import die_with_parent
from workers.store.server import Server


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A service that faults may strike."""
    started = Stack(tmp_path_factory.mktemp("stack"))
    yield started
    started.service.stop(signal.SIGTERM)


# The longest; of each kind another one runs always: all of it is killed, the store is lost, something hangs.
LONG = (chaos.kill_parts, chaos.pause_store, chaos.hang_store, chaos.take_store_away)


@pytest.mark.parametrize(
    "fault",
    [pytest.param(fault, marks=pytest.mark.soak if fault in LONG else ()) for fault in chaos.FAULTS],
    ids=lambda fault: fault.__name__,
)
def test_everything_accepted_ends_once_after(fault: Callable[[Stack], None], stack: Stack) -> None:
    """Three articles are sent in, two are being read when the fault strikes; nobody helps."""
    before = stack.ended()
    titles = [f"slow: {number} {fault.__name__}" for number in range(3)]
    accepted = {title: stack.submit(title) for title in titles}
    wait_until(lambda: any(stack.starts(title.partition(": ")[2]) for title in titles))
    fault(stack)
    wait_until(lambda: all(map(stack.end_of, accepted.values())))
    wait_until(lambda: {stack.end_of(identifier) for identifier in accepted.values()} == {"done"})
    assert stack.ended() - before == len(accepted)


def test_random_faults_over_many_articles(stack: Stack) -> None:
    """A short `make soak`."""
    faults = [chaos.kill_pool_process, chaos.kill_parts, chaos.kill_web_process, chaos.kill_store]
    assert chaos.soak(stack, articles=24, faults=faults, pause=0.1, seed=7)["articles"] == 24


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A store of one's own for this process."""
    with serve_alone(tmp_path) as started:
        yield started


def article(title: str) -> dict[str, str]:
    return {"title": title, "text": STORY}


find_web = cache(create_app)  # once: it asks for the store's address each time


def refuses(title: str) -> bool:
    """Is this article answered 503, with a time to try again and a problem that names the store?"""
    answer = find_web().test_client().post("/api/v1/articles", json=article(title))
    assert answer.status_code in {202, 503}
    if answer.status_code == 202:
        return False
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json["code"] == "store_unavailable"
    return True


def test_read_only_store_answers_503_and_keeps_nothing_half_made(own: Server) -> None:
    client = redis.Redis.from_url(own.url)
    assert not refuses("Before")
    keys = set(client.scan_iter())
    with chaos.read_only(client):
        assert refuses("While it is read only")
        assert find_web().test_client().get("/api/v1/reports").status_code == 200
        assert set(client.scan_iter()) == keys
    assert not refuses("While it is read only")


def test_full_disk_answers_503_and_keeps_what_was_accepted(tmp_path: Path) -> None:
    """The store's files may not grow beyond 60 kB, as on a full disk; then there is room again."""

    def fill_disk() -> None:
        die_with_parent()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    accepted = []
    with serve_alone(tmp_path, fill_disk):
        while not refuses(f"Number {len(accepted)}"):
            accepted.append(Article(**article(f"Number {len(accepted)}")))
            assert len(accepted) < 1_000, "the disk was never full"
    with serve_alone(tmp_path):
        assert len(accepted) > 10
        assert store.figures().queued == len(accepted)
        for one in accepted:
            submitted = queue.submit(one)
            assert submitted.status == "queued"
            assert store.article(submitted.id) == one
        assert store.figures().queued == len(accepted)
        assert not refuses("There is room again")


def test_store_that_hangs_is_answered_503_within_seconds(own: Server) -> None:
    assert own.process is not None
    own.process.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        assert refuses("While it hangs")
        assert time.monotonic() - began < 15
    finally:
        own.process.send_signal(signal.SIGCONT)
    wait_until(lambda: not refuses("Afterwards"))
