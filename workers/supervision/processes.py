"""The parts of the running service: the Procfile's commands, each with its processes and its pauses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from workers.parent import die_with_parent
from workers.settings import HOUSE

STOP_SECONDS = {"web": 2.5, "worker": 4.5}
_LONGEST_PAUSE = 10.0
_STEADY_SECONDS = 60.0  # a part that ran so long starts with short pauses again


def read_procfile(path: Path = HOUSE / "Procfile") -> dict[str, str]:
    """Read the parts and their commands, in order."""
    lines = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines())
    return {name.strip(): command.strip() for name, colon, command in lines if colon and not name.startswith("#")}


class Pauses:
    """How long to wait before something that died is started again: at first hardly, then up to `longest` seconds."""

    def __init__(self, name: str, longest: float = _LONGEST_PAUSE) -> None:
        self.deaths = 0
        self._name = name
        self._longest = longest
        self._started = self._again_at = 0.0

    def note_start(self) -> None:
        """It was started just now."""
        self._started = time.monotonic()

    def note_death(self, how: str) -> None:
        """It ended just now."""
        if time.monotonic() - self._started > _STEADY_SECONDS:
            self.deaths = 0
        pause = min(self._longest, 0.5 * 2**self.deaths)
        self.deaths += 1
        self._again_at = time.monotonic() + pause
        tell(f"{self._name} {how}; starting it again in {pause:g} s.")

    def forget(self) -> None:
        """What it died of is over."""
        self.deaths = 0
        self._again_at = 0.0

    def are_over(self) -> bool:
        """May it be started now?"""
        return time.monotonic() >= self._again_at


class Process:
    """One command of the Procfile, with every process that it starts."""

    def __init__(self, name: str, command: str, environment: Mapping[str, str]) -> None:
        self.name = name
        self.pauses = Pauses(name)
        self._command = command
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def number(self) -> int | None:
        """The number of its main process, while it has one."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches only the launcher."""
        self.pauses.note_start()
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {self._command}"],
            cwd=HOUSE,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, signal.SIGKILL, os.getpid()),  # noqa: PLW1509 - it calls one function
        )

    def look_after(self, may_start: bool = True) -> None:
        """Start it again if it died, with pauses, and as soon as it may."""
        if self._process is None:
            if may_start and self.pauses.are_over():
                self.start()
        elif self._process.poll() is not None:
            self._end_group()
            self.pauses.note_death(f"ended (status {self._process.returncode})")
            self._process = None

    def end(self) -> None:
        """End it at once with all its processes: it is alive, and does nothing."""
        self._end_group()

    def stop(self, seconds: float) -> None:
        """Ask it to end what it is at, wait, then end what is left."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                tell(f"{self.name} was still busy after {seconds:g} s and is ended; what it was at is taken up again.")
        self._end_group()
        self._process.wait()

    def _end_group(self) -> None:
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


def tell(line: str) -> None:
    """Say something to whoever started the service."""
    print(line, file=sys.stderr, flush=True)
