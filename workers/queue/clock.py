"""`python -m workers.queue.clock`: calls for what must be looked at again and again.

What is due, and since when, stands in the store, so the clock keeps nothing: it may be stopped, killed or moved at any
time. Each of its tasks takes a lease first, so a second clock does no harm, and one that comes too late is dropped.

It counts seconds that nobody sets. Where the time of day is set back, it moves along what stands in the store by the
old time: else nothing of that would be done until the old time has come again.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping

from workers import logbook, store
from workers.queue.celery import call
from workers.store import StoreUnavailable

ROUNDS = {
    "tend_batches": 1.0,
    "look_at_feeds": 2.0,
    "look_at_callbacks": 1.0,
    "file_again": 5.0,
    "tend_rooms": 60.0,
}
"""Each task and the seconds between two calls for it."""
_SET_BACK_SECONDS = 2.0  # smaller steps are a clock that is kept right
_LOOK_SECONDS = 0.1

_log = logbook.logger(__name__)


class Rounds:
    """Which tasks are due?"""

    def __init__(self, rounds: Mapping[str, float], now: Callable[[], float] = time.monotonic) -> None:
        self._rounds = rounds
        self._now = now
        self._due = dict.fromkeys(rounds, now())

    def take_due(self) -> list[str]:
        """The tasks that are due; each is due again after its seconds."""
        due = [task for task, at in self._due.items() if at <= self._now()]
        self._due |= {task: self._now() + self._rounds[task] for task in due}
        return due


class DayTime:
    """Was the time of day set back?"""

    def __init__(self, now: Callable[[], float] = time.monotonic, day: Callable[[], float] = time.time) -> None:
        self._now, self._day = now, day
        self._ahead = day() - now()

    def find_step(self) -> float:
        """By how many seconds was it set back since the last look? 0 where it was not."""
        before, self._ahead = self._ahead, self._day() - self._now()
        return before - self._ahead if before - self._ahead > _SET_BACK_SECONDS else 0.0


def main() -> int:
    """Call until SIGTERM or SIGINT."""
    logbook.configure()
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    rounds, day, step = Rounds(ROUNDS), DayTime(), 0.0
    while not over.wait(_LOOK_SECONDS):
        step += day.find_step()
        try:
            if step:
                _log.warning("the time of day was set back", seconds=round(step))
                store.move_along(step)
                step = 0.0
            for task in rounds.take_due():
                call(task, expires=max(5.0, 2 * ROUNDS[task]))
        except StoreUnavailable as error:
            _log.warning("called for later", why=str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
