"""Parts of the running service by themselves: each of the Procfile, and a worker that has faults."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import wait_until
from workers import store
from workers.parent import die_with_parent
from workers.settings import HOUSE
from workers.supervision.processes import read_procfile


@contextmanager
def run_part(name: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A part of the Procfile, running meanwhile; the network's process with the pauses of tests."""
    command = read_procfile()[name].replace("workers.network", "tests.workers.faults")
    started = subprocess.Popen(
        ["/bin/sh", "-c", f"exec {command}"],
        cwd=HOUSE,
        env=environment,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - it calls one function of C
    )
    yield started
    started.terminate()
    started.wait()


@dataclass
class Worker:
    """A real worker with the faults of `tests/workers/faults.py`."""

    faults: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until its models are loaded."""
        before = set(store.workers())
        command = read_procfile()["worker"].replace("workers.queue.celery", "tests.workers.faults")
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {command}"],
            cwd=HOUSE,
            env=self.environment,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - it calls one function of C
        )
        wait_until(lambda: set(store.workers()) - before)

    def kill(self) -> None:
        """End it at once with all its processes, as a fault would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Let it end what it is at."""
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def starts(self, name: str) -> int:
        """How often was the article with this name taken up?"""
        notes = self.faults / name
        return len(notes.read_text().splitlines()) if notes.exists() else 0
