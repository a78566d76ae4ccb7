"""The launcher: runs the store and the Procfile's parts in the foreground, and stops them in order."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from redis.exceptions import BusyLoadingError

from workers import settings, store
from workers.server import Lock, Server, ServerFailed, check_version
from workers.settings import HOUSE, Settings
from workers.store import StoreUnavailable

STOP_SECONDS = {"web": 2.5, "worker": 4.5}
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0  # a part that ran so long starts with short pauses again
_ATTEMPTS_BEFORE_READY = 3
_LOOK_SECONDS = 0.1
_STARTING_SECONDS = 60.0  # what a part may take until it answers for the first time


class CannotRun(Exception):
    """The service can't be started; the message says what to do."""


class Pauses:
    """How long to wait before something that died is started again: at first hardly, then up to half a minute."""

    def __init__(self, name: str) -> None:
        self.deaths = 0
        self._name = name
        self._started = self._again_at = 0.0

    def note_start(self) -> None:
        """It was started just now."""
        self._started = time.monotonic()

    def note_death(self, how: str) -> None:
        """It ended just now."""
        if time.monotonic() - self._started > _STEADY_SECONDS:
            self.deaths = 0
        pause = min(_LONGEST_PAUSE, 0.5 * 2**self.deaths)
        self.deaths += 1
        self._again_at = time.monotonic() + pause
        _tell(f"{self._name} {how}; starting it again in {pause:g} s.")

    def are_over(self) -> bool:
        """May it be started now?"""
        return time.monotonic() >= self._again_at


class Part:
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
            preexec_fn=die_with_parent,  # noqa: PLW1509 - the launcher has one thread
        )

    def look_after(self) -> None:
        """Start it again if it died, with pauses."""
        if self._process is None:
            if self.pauses.are_over():
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
                _tell(f"{self.name} was still busy after {seconds:g} s and is ended; what it was at is taken up again.")
        self._end_group()
        self._process.wait()

    def _end_group(self) -> None:
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


def read_procfile(path: Path = HOUSE / "Procfile") -> dict[str, str]:
    """Read the parts and their commands, in order."""
    lines = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines())
    return {name.strip(): command.strip() for name, colon, command in lines if colon and not name.startswith("#")}


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Have the kernel send this process a signal when its parent ends, however it ends (Linux; elsewhere nothing)."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, number)


def run() -> None:
    """Run everything until SIGINT or SIGTERM. Raises CannotRun or ServerFailed with a message for the operator."""
    chosen = settings.current()
    settings.refuse_openness(chosen)
    _check_port(chosen)
    stop = _Stop()
    with ExitStack() as stack:
        server = None
        if chosen.redis_url:
            check_version(chosen.redis_url)
            address = chosen.redis_url
        else:
            stack.enter_context(Lock(chosen.data_dir / "lock"))
            server = Server(chosen.data_dir, before_exec=die_with_parent)
            stack.callback(server.stop)
            server.start()
            address = server.url
        environment = _prepare_environment(chosen, address)
        parts = [Part(name, command, environment) for name, command in read_procfile().items()]
        for part in reversed(parts):  # left in the order of the Procfile: web, then worker, then the store
            stack.callback(part.stop, STOP_SECONDS.get(part.name, 2.0))
        for part in parts:
            part.start()
        _look_after(parts, server, chosen, stop)
        _tell("Stopping …")


def _look_after(parts: list[Part], server: Server | None, chosen: Settings, stop: _Stop) -> None:
    ready = False
    pauses = Pauses("store")
    watch = Watch(parts, server, chosen)
    while not stop.is_asked():
        if server:
            _look_after_store(server, pauses, stop)
        for part in parts:
            part.look_after()
            if not ready and part.pauses.deaths >= _ATTEMPTS_BEFORE_READY:
                raise CannotRun(f"{part.name} does not start: its own words are above.")
        if not ready and _is_ready(chosen):
            ready = True
            watch.start()
            print(f"Parallax is ready: http://{chosen.host}:{chosen.port}", flush=True)
        time.sleep(_LOOK_SECONDS)


def _look_after_store(server: Server, pauses: Pauses, stop: _Stop) -> None:
    """Start it again if it died, with pauses: a disk that is full today may have room tomorrow."""
    if server.is_running():
        return
    if server.process is not None:
        server.process = None
        pauses.note_death("ended")
    elif pauses.are_over():
        pauses.note_start()
        try:
            server.start(until=stop.is_asked)
        except ServerFailed as error:
            _tell(str(error))
            pauses.note_death("did not start")


@dataclass
class _Watched:
    """What the watch knows of one part."""

    name: str
    number: Callable[[], int | None]
    answers: Callable[[], bool]
    end: Callable[[], None]
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
        elif now - self.since > (patience if number == self.well else max(patience, _STARTING_SECONDS)):
            _tell(f"{self.name} has not answered for {now - self.since:.0f} s and is ended.")
            self.since = now
            self.end()


class Watch:
    """Looks every few seconds whether each part still answers; ends one that has not for long, to be started again."""

    def __init__(self, parts: list[Part], server: Server | None, chosen: Settings) -> None:
        self._patience = chosen.hung_seconds
        asks = {"web": lambda _: _answers(chosen), "worker": _is_announced}
        self._watched = [
            _Watched(part.name, partial(getattr, part, "number"), partial(asks[part.name], part), part.end)
            for part in parts
            if part.name in asks
        ]
        if server:
            self._watched.append(_Watched("store", lambda: server.number, _is_up, server.kill))

    def start(self) -> None:
        """Look from now on, from a thread of its own: to wait for an answer takes time."""
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    def _look(self) -> None:
        while True:
            for one in self._watched:
                one.look(self._patience)
            time.sleep(min(5.0, self._patience / 4))


def _is_announced(part: Part) -> bool:
    try:
        return part.number is None or store.name_worker(part.number) in store.workers()
    except StoreUnavailable:
        return True  # nobody can tell


def _answers(chosen: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(chosen.host, chosen.host)  # noqa: S104 - named, not bound
    try:
        with urllib.request.urlopen(f"http://{host}:{chosen.port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _is_ready(chosen: Settings) -> bool:
    try:
        return _answers(chosen) and store.ping() and bool(store.workers())
    except StoreUnavailable:
        return False


def _is_up() -> bool:
    """Does the store answer, if only that it reads its data?"""
    try:
        return store.ping()
    except StoreUnavailable as error:
        return isinstance(error.__cause__, BusyLoadingError)


def _check_port(chosen: Settings) -> None:
    family = socket.AF_INET6 if chosen.host.startswith("[") else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host.strip("[]"), chosen.port))
        except OSError as error:
            raise CannotRun(
                f"Parallax can't listen on {chosen.host}:{chosen.port} ({error.strerror}). "
                f"Stop what uses that port, or choose another one: PORT={chosen.port % 65535 + 1} make run"
            ) from None


def _prepare_environment(chosen: Settings, address: str) -> dict[str, str]:
    temporary = chosen.data_dir / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return os.environ | {
        "HOST": chosen.host,
        "PORT": str(chosen.port),
        "WEB_CONCURRENCY": str(chosen.web_concurrency),
        "PARALLAX_WEB_THREADS": str(chosen.web_threads),
        "REDIS_URL": address,
        "TMPDIR": str(temporary),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }


class _Stop:
    """Was the launcher asked to stop?

    GNU make hands a SIGTERM on to its recipe, but not a SIGINT that was sent to make alone: it stops catching it and
    waits. So a parent make that catches no SIGINT any more, or is gone, asks for it too.
    """

    def __init__(self) -> None:
        self._asked = False
        parent = os.getppid()
        self._make = parent if _is_make(parent) and _catches_interrupt(parent) else None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self._asked = True

    def is_asked(self) -> bool:
        return self._asked or (self._make is not None and not _catches_interrupt(self._make))


def _is_make(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/comm").read_text(encoding="utf-8").strip() in {"make", "gmake"}
    except OSError:
        return False


def _catches_interrupt(number: int) -> bool:
    try:
        lines = Path(f"/proc/{number}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    caught = next((int(line.split()[1], 16) for line in lines if line.startswith("SigCgt:")), 0)
    return bool(caught >> (signal.SIGINT - 1) & 1)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
