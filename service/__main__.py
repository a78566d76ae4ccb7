"""`python -m service`: the web process. It answers until it is asked to stop, then ends what was taken in."""

from __future__ import annotations

import gc
import logging
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from workers import logbook, settings
from workers.parent import die_with_parent
from workers.settings import Settings
from workers.supervision.processes import Pauses

_METRICS = "PROMETHEUS_MULTIPROC_DIR"
_HEADER_BYTES = 32_768
_MOST_CONNECTIONS = 500  # that a web process holds at once
_LOOK_SECONDS = 0.5
_SHOW_OUT_SECONDS = 0.5
_LAST_LOOKS = 3
_GRACE_SECONDS = 2.0
_FILES_A_CONNECTION = 2
_OTHER_FILES = 100


def main() -> int:
    """Listen and answer: in this process, or (WEB_CONCURRENCY) in several that it looks after."""
    chosen = settings.current()
    settings.refuse_openness(chosen)
    logbook.configure()
    _allow_files()
    family, address = settings.find_address(chosen)
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(1024)
        if chosen.web_concurrency == 1:
            return _serve(listening, chosen)
        # Counters of all processes, which whichever is asked adds up.
        with tempfile.TemporaryDirectory(prefix="parallax-metrics-") as folder:
            os.environ[_METRICS] = folder
            return _look_after(listening, chosen)


def _allow_files() -> None:
    """Raises SystemExit where this system's limit on open files is too low for the connections that are wanted."""
    needed = _FILES_A_CONNECTION * _MOST_CONNECTIONS + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < needed:
        if hard != resource.RLIM_INFINITY and hard < needed:
            raise SystemExit(
                f"A web process needs {needed} open files, and this system allows {hard}; raise the limit (ulimit -n)."
            )
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def _look_after(listening: socket.socket, chosen: Settings) -> int:
    """Start every process, and start again what dies; stop them when asked to."""
    stop = _Stop()
    pauses = [Pauses(f"web process {number}") for number in range(1, chosen.web_concurrency + 1)]
    running: dict[int, Pauses] = {}
    while not stop.asked:
        for one in pauses:
            if one not in running.values() and one.are_over():
                one.note_start()
                running[_fork(listening, chosen)] = one
        time.sleep(0.1)  # a signal ends it
        for number in _find_ended():
            running.pop(number).note_death("ended")
            _forget(number)
    for number in running:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGTERM)
    until = time.monotonic() + _GRACE_SECONDS + 1
    while running and time.monotonic() < until:
        for number in _find_ended():
            running.pop(number, None)
        time.sleep(0.05)
    return 0


def _find_ended() -> list[int]:
    ended = []
    with suppress(ChildProcessError):
        while number := os.waitpid(-1, os.WNOHANG)[0]:
            ended.append(number)
    return ended


def _forget(number: int) -> None:
    """Let the gauges of a process go with it; what it counted stays counted."""
    for path in Path(os.environ[_METRICS]).glob(f"gauge_live*_{number}.db"):
        path.unlink(missing_ok=True)


def _fork(listening: socket.socket, chosen: Settings) -> int:
    parent = os.getpid()
    number = os.fork()
    if number == 0:
        status = 1
        try:
            die_with_parent(signal.SIGKILL, parent)
            status = _serve(listening, chosen)
        finally:
            logging.shutdown()
            os._exit(status)
    return number


class _Stop:
    """Was this process asked to stop?"""

    def __init__(self) -> None:
        self.asked = False
        self.wake: Callable[[], object] = bool
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, *_: Any) -> None:
        self.asked = True
        self.wake()


def _serve(listening: socket.socket, chosen: Settings) -> int:
    stop = _Stop()
    from waitress import wasyncore
    from waitress.adjustments import Adjustments

    from service import create_app
    from service.connections import Doorway, Threads

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    app = create_app()
    largest = max(chosen.batch_bytes, chosen.files_bytes, app.config["MAX_CONTENT_LENGTH"])
    adjustments = Adjustments(
        ident="Parallax",
        connection_limit=_MOST_CONNECTIONS,
        max_request_header_size=_HEADER_BYTES,
        max_request_body_size=largest + 1_000_000,
        outbuf_overflow=sys.maxsize,  # answers wait in memory: how much of them is bounded, and no disk can be full
        log_socket_errors=False,
        # Who believes a proxy is `service.security`, as PARALLAX_TRUSTED_PROXIES says; nothing else reads them.
        clear_untrusted_proxy_headers=False,
    )
    sockets: dict[int, Any] = {}
    listening.setblocking(False)
    about = (listening.family, listening.type, listening.proto, listening.getsockname())
    doorway = Doorway(app, sockets, True, listening, Threads(chosen.web_threads), adjustments, about, bind_socket=False)
    doorway.most_arriving = settings.MOST_ARRIVING
    stop.wake = doorway.pull_trigger
    # Leave out of every later collection what stays as long as the process: each would stop a reader for 50 ms.
    gc.collect()
    gc.freeze()
    look = partial(wasyncore.loop, use_poll=True, map=sockets, count=1)
    shown_out = 0.0
    while not stop.asked:
        look(timeout=_LOOK_SECONDS)
        if time.monotonic() > shown_out + _SHOW_OUT_SECONDS:
            shown_out = time.monotonic()
            doorway.show_out(chosen.patience)
    for _ in range(_LAST_LOOKS):  # who has knocked already is let in
        look(timeout=0.05)
    doorway.accepting = False
    until = time.monotonic() + _GRACE_SECONDS
    while time.monotonic() < until and doorway.is_busy():
        look(timeout=0.05)
    return 0


if __name__ == "__main__":
    sys.exit(main())
