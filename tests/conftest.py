"""What tests share: a store server, a worker, the whole service as `make run` starts it, and a browser. All real."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import redis
from _pytest.nodeid import coerce_node_id
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from models.article import Article
from tests.browser import ARGUMENTS, find_browser
from tests.site import Site
from workers import queue, settings, store
from workers.parent import die_with_parent
from workers.queue import batches, comparisons
from workers.settings import HOUSE
from workers.store.server import Server

# A server of one's own (REDIS_URL=… make test) is used by the service below; tests of faults stop and kill theirs.
OWN_SERVER = os.environ.pop("REDIS_URL", None)
RUN = (sys.executable, "-m", "workers", "run")
READY = "Parallax is ready: "
SECRET = "a secret of the tests alone"  # signs callbacks
PATIENCE = 240.0  # seconds: a wait costs nothing once the thing is there, and machines are slow and busy
LOOPBACK = "127.0.0.1"  # where the tests' own sites stand; every other private address stays closed

# No example is too slow for a busy machine, and all machines draw the same ones; `make fuzz` draws others.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    derandomize="FUZZ" not in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")

# Side by side (make test), each process has a store, a worker and a service of its own, on free ports and in folders of
# its own. Tests that share one stay together; those of the whole service, which last longest, in two groups of every
# other file. Those of a store that nobody listens to come first: a process that has started a worker has none left.
# Then what takes longest; what is short fills the ends.
SHARED = ("server", "clock", "service", "worker")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say which tests share what: the largest thing that they ask for, else their file."""
    groups = {item: _find_shared(item) for item in items}

    def find_turn(item: pytest.Item) -> int:
        shared = groups[item]
        return SHARED.index(shared) if shared else len(SHARED) + ("models" in item.path.parts)

    items.sort(key=find_turn)
    if getattr(config.option, "loadgroup", False):
        files = sorted({item.path for item, shared in groups.items() if shared == "service"})
        for item, shared in groups.items():
            group = shared or item.path.relative_to(HOUSE).as_posix()
            if shared == "service":
                group += f" {files.index(item.path) % 2 + 1}"
            # What xdist does for its mark, where pytest 9.2 keeps the name of a test (xdist 3.8 looks for `_nodeid`).
            item._id = coerce_node_id(f"{item.nodeid}@{group}")


def _find_shared(item: pytest.Item) -> str | None:
    """Which of these does it ask for? One of the same name that its module makes for itself is none."""
    known = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    shared = [name for name, made in known.items() if made[-1].scope == "session"]
    return next((name for name in ("service", "clock", "worker", "server") if name in shared), None)


@dataclass(frozen=True)
class Service:
    """The whole service, started as `make run` starts it."""

    url: str
    data: Path
    process: subprocess.Popen[str]

    def stop(self, number: int = signal.SIGINT) -> float:
        """Ask it to stop; says how many seconds that took."""
        asked = time.monotonic()
        self.process.send_signal(number)
        self.process.wait()
        return time.monotonic() - asked


def ask(url: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    """Ask the service over HTTP; gives status and JSON."""
    content = json.dumps(body).encode() if body else None
    request = urllib.request.Request(url, data=content, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def find_port() -> int:
    """Name a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_a_terminal_would() -> None:
    """Die with us, and hear Ctrl-C: nohup and many CI runners have it ignored by all that they start."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start_service(
    data: Path,
    port: int | None = None,
    redis_url: str | None = None,
    command: Sequence[str] = RUN,
    log: Path | None = None,
    **more: str,
) -> Service:
    """Run `python -m workers run` and wait for its line; what it writes besides goes to `log`, or is shown."""
    environment = os.environ | {
        "PORT": str(port or find_port()),
        "PARALLAX_DATA_DIR": str(data),
        "REDIS_URL": redis_url or "",
        "WORKER_CONCURRENCY": "2",
        "PARALLAX_LINK_ALLOWED": LOOPBACK,
        "PARALLAX_FEED_INTERVAL_LEAST": "1",
        "PARALLAX_CALLBACK_SECRET": SECRET,
        "MAKEFLAGS": "",  # of a make that runs the tests: it may keep back what is written, and with it the line
        **more,
    }
    process = subprocess.Popen(
        command,
        cwd=HOUSE,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=log.open("a") if log else None,
        text=True,
        start_new_session=True,
        preexec_fn=_as_a_terminal_would,  # noqa: PLW1509 - two functions of C
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(READY):
            return Service(line.removeprefix(READY).strip(), data, process)
    raise AssertionError(f"The service did not start (status {process.wait()}); its own words are above.")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The running service, one for the whole session: `service.url`."""
    started = start_service(tmp_path_factory.mktemp("service"), redis_url=OWN_SERVER)
    yield started
    started.stop(signal.SIGTERM)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An embedded store server that this process's `workers.queue` and `workers.store` use."""
    started = Server(tmp_path_factory.mktemp("store"), before_exec=die_with_parent)
    started.start()
    redis.Redis.from_url(started.url).config_set("appendfsync", "everysec")  # no test of faults strikes this one
    os.environ["REDIS_URL"] = started.url
    settings.current.cache_clear()
    yield started
    started.stop()
    del os.environ["REDIS_URL"]
    settings.current.cache_clear()


@contextmanager
def serve_alone(data: Path, before_exec: Callable[[], None] = die_with_parent) -> Iterator[Server]:
    """A store server that `workers.queue` and `workers.store` use meanwhile, and no worker listens to."""
    started = Server(data, before_exec=before_exec)
    started.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REDIS_URL", started.url)
        for sender in (queue, comparisons, batches):  # Celery would keep this address for later tests
            patch.setattr(sender, "send", lambda *_, **__: None)
        settings.current.cache_clear()
        yield started
    settings.current.cache_clear()
    started.stop()


def wait_until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something is so; fails when it isn't in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not so within {seconds:g} s"
        time.sleep(0.05)


def finish(article: Article) -> store.State:
    """Submit an article and wait until it has ended, one way or the other."""
    identifier = queue.submit(article).id
    wait_until(lambda: has_ended(identifier))
    state = store.state(identifier)
    assert state is not None
    return state


def has_ended(identifier: str) -> bool:
    """Has this article a report or a failure?"""
    state = store.state(identifier)
    return state is not None and state.status in {"done", "failed"}


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on the loopback address: `site.pages["/path"] = Reply(…)`, `site.url("/path")`, `site.asked`."""
    with Site() as opened:
        yield opened


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers."""
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as started:
        yield started


def _be_patient(make: Callable[..., Any]) -> Callable[..., Any]:
    def made(**more: Any) -> Any:
        new = make(**more)
        new.set_default_timeout(PATIENCE * 1000)
        return new

    return made


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A real headless Chromium."""
    path = find_browser(playwright)
    opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, headless=True)
    opened.new_page, opened.new_context = _be_patient(opened.new_page), _be_patient(opened.new_context)
    yield opened
    opened.close()
