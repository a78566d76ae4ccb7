"""The watch: does each part of the running service still answer, and is all of it ready?"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from workers import store
from workers.settings import Settings
from workers.store import StoreUnavailable
from workers.store.server import Server
from workers.supervision.processes import Process, tell

_STARTING_SECONDS = 60.0  # what a part may take until it answers for the first time


@dataclass
class _Watched:
    """What the watch knows of one part."""

    name: str
    number: Callable[[], int | None]
    answers: Callable[[], bool]
    end: Callable[[], None]
    starting: float = _STARTING_SECONDS
    seen: int | None = None
    well: int | None = None
    """The process that answered last; another one is still starting."""
    since: float = 0.0

    def look(self, patience: float) -> None:
        """End it when it has not answered for so long."""
        number, now = self.number(), time.monotonic()
        if number != self.seen or number is None:
            self.seen, self.since = number, now
        elif self.answers():
            self.well, self.since = number, now
        elif now - self.since > (patience if number == self.well else max(patience, self.starting)):
            tell(f"{self.name} has not answered for {now - self.since:.0f} s and is ended.")
            self.since = now
            self.end()


class Watch:
    """Looks every few seconds whether each part still answers; ends one that has not for long, to be started again."""

    def __init__(self, parts: list[Process], server: Server | None, chosen: Settings) -> None:
        self._patience = chosen.hung_seconds
        asks: dict[str, Callable[[Process], bool]] = {
            "web": lambda _: _answers(chosen),
            "worker": partial(_is_announced, "workers"),
            "network": partial(_is_announced, "network"),
        }
        self._watched = [
            _Watched(part.name, partial(getattr, part, "number"), partial(asks[part.name], part), part.end)
            for part in parts
            if part.name in asks
        ]
        if server:
            # It answers from its first instant, if only that it reads its data.
            self._watched.append(_Watched("store", lambda: server.number, server.answers, server.kill, starting=0))

    def start(self) -> None:
        """Look from now on, from a thread of its own: to wait for an answer takes time."""
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    def _look(self) -> None:
        while True:
            for one in self._watched:
                one.look(self._patience)
            time.sleep(min(5.0, self._patience / 4))


def _is_announced(where: Literal["workers", "network"], part: Process) -> bool:
    try:
        return part.number is None or store.name_worker(part.number) in store.workers(where)
    except StoreUnavailable:
        return True  # nobody can tell


def _answers(chosen: Settings) -> bool:
    """Does the web process answer? Asked straight, whatever http_proxy says; as localhost, which is always answered."""
    asked = http.client.HTTPConnection(chosen.near_host, chosen.port, timeout=5)
    try:
        asked.request("GET", "/healthz", headers={"Host": "localhost"})
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def is_ready(chosen: Settings) -> bool:
    """Do web, store and a worker answer?"""
    try:
        return _answers(chosen) and store.ping() and bool(store.workers())
    except StoreUnavailable:
        return False
