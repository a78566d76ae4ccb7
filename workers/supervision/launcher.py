"""The launcher: runs the store and the Procfile's parts in the foreground, and stops them in order."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from workers import settings
from workers.parent import die_with_parent
from workers.settings import Settings
from workers.store.binary import ServerFailed
from workers.store.server import Lock, Server, check_version
from workers.supervision.processes import STOP_SECONDS, Pauses, Process, read_procfile, tell
from workers.supervision.watch import Watch, is_ready

_FIRST = ("web", "worker")  # what a first article needs; the others start when these answer, so as not to hold them up
_ATTEMPTS_BEFORE_READY = 3
_LOOK_SECONDS = 0.1
_LONGEST_STORE_PAUSE = 3.0  # everybody waits for it, and to try costs little


class CannotRun(Exception):
    """The service can't be started; the message says what to do."""


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
            address = {"REDIS_URL": chosen.redis_url}
        else:
            stack.enter_context(Lock(chosen.data_dir / "lock"))
            server = Server(chosen.data_dir, before_exec=die_with_parent)
            stack.callback(server.stop)
            server.start()
            # Every part asks the folder for the address, so that it is away for all when the folder is.
            address = {"REDIS_URL": "", "PARALLAX_DATA_DIR": str(chosen.data_dir)}
        environment = _prepare_environment(chosen, address)
        parts = [Process(name, command, environment) for name, command in read_procfile().items()]
        for part in reversed(parts):  # left in the order of the Procfile: web, then worker, then the store
            stack.callback(part.stop, STOP_SECONDS.get(part.name, 2.0))
        for part in parts:
            if part.name in _FIRST:
                part.start()
        _look_after(parts, server, chosen, stop)
        tell("Stopping …")


def _look_after(parts: list[Process], server: Server | None, chosen: Settings, stop: _Stop) -> None:
    ready = False
    pauses = Pauses("store", longest=_LONGEST_STORE_PAUSE)
    watch = Watch(parts, server, chosen)
    while not stop.is_asked():
        if server:
            _look_after_store(server, pauses, parts, stop)
        for part in parts:
            # The web answers without the store, if only that it is away; the others could do nothing.
            can_work = part.name == "web" or server is None or server.is_running()
            part.look_after(may_start=can_work and (ready or part.name in _FIRST))
            if not ready and part.pauses.deaths >= _ATTEMPTS_BEFORE_READY:
                raise CannotRun(f"{part.name} does not start: its own words are above.")
        if not ready and is_ready(chosen):
            ready = True
            watch.start()
            print(f"Parallax is ready: {chosen.origin}", flush=True)
        time.sleep(_LOOK_SECONDS)


def _look_after_store(server: Server, pauses: Pauses, parts: list[Process], stop: _Stop) -> None:
    """Start it again if it died, with pauses: a disk that is full today may have room tomorrow.

    What died while it was away most likely died of that, and need not wait any longer.
    """
    if server.is_running():
        if server.withdraw():
            tell("The files of the store are gone, so nothing more is taken in. Stop Parallax, and start it again.")
        return
    if server.process is not None:
        server.process = None
        pauses.note_death("ended")
    elif pauses.are_over():
        pauses.note_start()
        try:
            server.start(until=stop.is_asked)
            for part in parts:
                part.pauses.forget()
        except ServerFailed as error:
            tell(str(error))
            server.process = None
            pauses.note_death("did not start")


def _check_port(chosen: Settings) -> None:
    family, address = settings.find_address(chosen)
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise CannotRun(
                f"Parallax can't listen on {chosen.origin.removeprefix('http://')} ({error.strerror}). "
                f"Stop what uses that port, or choose another one: PORT={chosen.port % 65535 + 1} make run"
            ) from None


def _prepare_environment(chosen: Settings, address: dict[str, str]) -> dict[str, str]:
    temporary = chosen.data_dir / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return os.environ | {
        "HOST": chosen.host,
        "PORT": str(chosen.port),
        "TMPDIR": str(temporary),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        **address,
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
