"""The clock: what it calls for comes in its seconds, whatever becomes of the time of day."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import serve_alone, wait_until
from tests.workers.parts import Worker
from workers import store
from workers.queue import batches
from workers.queue.clock import DayTime, Rounds
from workers.settings import HOUSE
from workers.store import Errand, Feed
from workers.store.server import Server

DAY = 86_400


class Watches:
    """A watch that only goes on, and a day time that may be set."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.set = 0.0

    def now(self) -> float:
        return self.passed

    def day(self) -> float:
        return 1_700_000_000 + self.passed + self.set


@given(st.lists(st.tuples(st.floats(0.05, 3), st.sampled_from([0.0, -1.0, -600.0, -DAY, 600.0, DAY])), min_size=1))
def test_tasks_come_as_often_as_they_should_however_the_day_is_set(steps: list[tuple[float, float]]) -> None:
    watches = Watches()
    rounds = Rounds({"often": 1.0, "seldom": 2.0}, watches.now)
    called = {"often": [0.0], "seldom": [0.0]}
    assert rounds.take_due() == ["often", "seldom"]
    for seconds, jump in steps:
        watches.passed += seconds
        watches.set += jump
        for task in rounds.take_due():
            called[task].append(watches.passed)
        assert watches.passed - called["often"][-1] < 1
        assert watches.passed - called["seldom"][-1] < 2


@pytest.mark.parametrize(
    ("jump", "found"),
    [(0, 0), (-1, 0), (1, 0), (-3, 3), (-600, 600), (-DAY, DAY), (600, 0), (DAY, 0)],
)
def test_a_day_that_was_set_back_is_noticed_once(jump: float, found: float) -> None:
    watches = Watches()
    day = DayTime(watches.now, watches.day)
    watches.passed += 10
    assert day.find_step() == 0
    watches.set += jump
    watches.passed += 10
    assert day.find_step() == pytest.approx(found, abs=0.01)
    assert day.find_step() == 0


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A store of one's own."""
    with serve_alone(tmp_path) as started:
        yield started


@pytest.mark.parametrize("back", [600, DAY])
def test_what_is_due_by_the_old_time_is_due_by_the_new_one(
    own: Server, back: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + back)
    feed = Feed(id=store.name_feed("https://press.example/"), url="https://press.example/", interval=900, added=0)
    store.add_feed(feed, 10)
    store.ask_callback("report", "0" * 32, "https://press.example/hook")
    slow = Errand("link", "1" * 32, "slow.example")
    store.end_errand(slow, slow=True)
    store.send_out(slow)
    assert store.take_errand(16, 5) == slow
    store.announce_worker("a host:1")
    monkeypatch.undo()
    assert (store.due_feeds(60), store.due_callbacks(10)) == ([], [])
    store.move_along(back)
    assert store.due_feeds(60) == [feed.id]
    assert [callback.subject for callback in store.due_callbacks(10)] == ["0" * 32]
    monkeypatch.setattr(time, "time", lambda: real() + 20)
    assert store.workers() == []  # it was not heard of for longer than it may be silent
    assert store.take_errand(16, 5) == slow


@pytest.mark.parametrize("samples", [[[100.0, 0], [50.0, 5]], [[100.0, 0], [100.0, 5]], [[100.0, 7]], []])
def test_a_batch_read_over_a_clock_set_back_has_no_speed_rather_than_a_wrong_one(
    own: Server, samples: list[list[float]]
) -> None:
    upload = store.Upload()
    upload.add(b"{}")
    identifier = upload.claim("jsonl", "an engine", None)
    with store.connection.reach() as client:
        client.hset(f"parallax:batch:{identifier}", "samples", json.dumps(samples))
    found = store.batch(identifier)
    assert found is not None
    assert found.per_second is None


def test_a_batch_is_begun_while_the_clock_is_set_back(worker: Worker, tmp_path: Path) -> None:
    """A real clock whose time of day is ten minutes ahead, and then is not any more."""
    ahead, back, looked, told = (tmp_path / name for name in ("ahead", "back", "looked", "told"))
    ahead.write_text("600")
    set_back = (
        "import pathlib, time; real = time.time; "
        f"ahead, looked = pathlib.Path({str(ahead)!r}), pathlib.Path({str(looked)!r}); "
        "time.time = lambda: real() + float(ahead.read_text()); "
        "from workers.queue import clock; look = clock.DayTime.find_step; "
        "clock.DayTime.find_step = lambda day: looked.touch() or look(day); "
        "clock.main()"
    )
    with told.open("w") as lines:
        clock = subprocess.Popen([sys.executable, "-c", set_back], cwd=HOUSE, env=worker.environment, stderr=lines)
    try:
        wait_until(looked.exists)
        for title in ("Before", "Afterwards"):
            upload = store.Upload()
            upload.add(json.dumps({"text": "The bridge was closed on Friday. " * 8, "title": title}).encode())
            identifier = batches.accept(upload, "jsonl")
            wait_until(lambda name=identifier: (found := store.batch(name)) and found.status == "done")
            back.write_text("0")
            back.replace(ahead)  # in one piece: the clock may read it at any moment
        wait_until(lambda: "the time of day was set back" in told.read_text())
    finally:
        clock.terminate()
        clock.wait()
