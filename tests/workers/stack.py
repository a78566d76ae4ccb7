"""A whole service with the worker of `tests/workers/faults.py`, for faults to strike."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import psutil
import redis

from tests.conftest import PATIENCE, Service, ask, find_port, start_service, wait_until

COMMAND = (sys.executable, "-m", "tests.workers.faulty_service", "run")
TIME_LIMIT = 30
HUNG_SECONDS = 20
STORY = "The harbour board met on Tuesday. Its chair, Ines Calder, said that the boat would sail by June. " * 4


@dataclass
class Stack:
    """A house that faults may strike, and that is built up again on its old ground."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    service: Service = field(init=False)

    def __post_init__(self) -> None:
        (self.data / "faults").mkdir(parents=True, exist_ok=True)
        self.port = find_port()
        self.build()

    def build(self) -> None:
        """Start the house."""
        more = {
            "PARALLAX_TEST_FAULTS": str(self.data / "faults"),
            "PARALLAX_TIME_LIMIT": str(TIME_LIMIT),
            "PARALLAX_HUNG_SECONDS": str(HUNG_SECONDS),
            "WEB_CONCURRENCY": "2",
        }
        self.service = start_service(
            self.data, self.port, command=COMMAND, log=self.data / "log", **more | self.settings
        )

    def find(self, words: str) -> list[psutil.Process]:
        """Find the house's processes of a kind, main process first."""
        found = []
        for process in psutil.Process(self.service.process.pid).children(recursive=True):
            try:
                if words in " ".join(process.cmdline()):
                    found.append(process)
            except psutil.NoSuchProcess:
                continue
        return sorted(found, key=lambda process: len(process.parents()) if process.is_running() else 99)

    def await_main(self, words: str) -> psutil.Process:
        """The main process of a kind, as soon as there is one: it may just be started again."""
        wait_until(lambda: self.find(words))
        return self.find(words)[0]

    def submit(self, title: str) -> str:
        """Send an article in until it is accepted; gives its id."""
        deadline = time.monotonic() + 2 * PATIENCE
        while time.monotonic() < deadline:
            try:
                status, answer = ask(f"{self.service.url}/api/v1/articles", {"title": title, "text": STORY})
            except (OSError, ValueError, HTTPException):  # the web process itself was away
                time.sleep(0.2)
                continue
            if status in {200, 202}:
                return str(answer["id"])
            assert status == 503, answer
            time.sleep(0.5)
        raise AssertionError("never accepted")

    def end_of(self, identifier: str) -> str | None:
        """How did it end: "done", the reason of its failure, or None while it has not."""
        try:
            status, answer = ask(f"{self.service.url}/api/v1/reports/{identifier}")
        except (OSError, ValueError, HTTPException):
            return None
        return {200: "done", 422: str(answer.get("detail"))}.get(status)

    def ended(self) -> int:
        """How many articles ended, with a report or without one, as the store has counted?"""
        return sum(int(count) for count in self.client().hgetall("parallax:counts").values())

    def starts(self, name: str) -> int:
        """How often was the article with this name taken up?"""
        notes = self.data / "faults" / name
        return len(notes.read_text().splitlines()) if notes.exists() else 0

    def client(self) -> redis.Redis:
        """The store's own client."""
        return redis.Redis.from_url(read_address(self.data), socket_timeout=20)


def read_address(data: Path) -> str:
    """Give the address of the embedded store."""
    return str(json.loads((data / "store.json").read_text())["url"])
