"""`python -m workers.network`: everything that waits for a host outside, in threads of their own.

Links are fetched, feeds looked at, callbacks delivered. None of it sits in the processes that analyse, which therefore
never wait for a stranger; and no host has more than a few of the places here (`workers/store/outbound.py`).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from workers import logbook, settings, store
from workers.extraction import link
from workers.extraction.refusal import Refused
from workers.extraction.source import Link
from workers.queue.celery import send
from workers.store import Errand, ErrandKind, StoreUnavailable
from workers.tasks.callbacks import deliver_callback
from workers.tasks.feeds import read_feed

PLACES = 16
_LOOK_SECONDS = 0.1
_AWAY_SECONDS = 1.0
_ANNOUNCE_SECONDS = 2.0
_SLOW_SECONDS = 3.0  # an errand that takes longer speaks against its host
_ROOM_SECONDS = 5.0  # above what a host may take, until an errand counts as lost

_log = logbook.logger(__name__)


def fetch(identifier: str) -> None:
    """Fetch the page of a link, and have its article read; or say why that can't be."""
    submitted = store.article(identifier)
    if not isinstance(submitted, Link):  # deleted meanwhile, or fetched already
        return
    logbook.follow(request=store.find_request(identifier), id=identifier)
    try:
        page = link.read(submitted)
    except Refused as refused:
        store.fail(identifier, refused.reason, refused.code)
        return
    lane = store.arrive(identifier, page)
    if lane:
        send("analyze_article", identifier, queue=lane)
        store.confirm_sent(identifier)


ERRANDS: dict[ErrandKind, Callable[[str], None]] = {"link": fetch, "feed": read_feed, "callback": deliver_callback}


class Pool:
    """So many threads, each at one errand; of those without one, one at a time asks the store for the next."""

    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._held: set[Errand] = set()
        self._over = threading.Event()

    def run(self) -> None:
        """Do errands until asked to stop; then give back what is not done."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._over.set())
        for _ in range(PLACES):
            threading.Thread(target=self._work, name="errand", daemon=True).start()
        name = store.name_worker(os.getpid())
        while not self._over.wait(_ANNOUNCE_SECONDS):
            try:
                store.announce_worker(name, "network")
            except StoreUnavailable as error:
                _log.warning("nobody knows of the network's process", why=str(error))
        try:
            store.dismiss_worker(name, "network")
            for errand in list(self._held):
                store.give_back(errand)
        except StoreUnavailable:
            _log.info("the store went first")

    def _work(self) -> None:
        while True:
            errand = self._await_errand()
            began = time.monotonic()
            try:
                ERRANDS[errand.kind](errand.subject)
                store.end_errand(errand, slow=time.monotonic() - began > _SLOW_SECONDS)
            except StoreUnavailable as error:
                _log.warning("errand put off", kind=errand.kind, id=errand.subject, why=str(error))
            except Exception as error:  # noqa: BLE001 - whatever it was, the thread goes on; its message may quote a page
                _log.error("errand failed", kind=errand.kind, id=errand.subject, error=type(error).__name__)
            self._held.discard(errand)
            logbook.follow()

    def _await_errand(self) -> Errand:
        with self._asking:
            while True:
                try:
                    errand = store.take_errand(PLACES, settings.current().link_seconds + _ROOM_SECONDS)
                except StoreUnavailable:
                    time.sleep(_AWAY_SECONDS)
                    continue
                if errand and not self._over.is_set():
                    self._held.add(errand)
                    return errand
                time.sleep(_LOOK_SECONDS)


def main() -> int:
    """Run until SIGTERM or SIGINT."""
    logbook.configure()
    Pool().run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
