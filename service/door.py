"""The door: a Gunicorn worker that hands a request to a thread when all of it is there.

Gunicorn's own threads read from the network, so that as many slow clients as there are threads keep everybody out.
Waitress reads and writes in one loop beside them; here it runs in Gunicorn's processes.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from service.problems import Refusal
from service.security import HEADERS
from workers import settings

_LEAST_BYTES = 50_000  # that a large body must bring a second, once its patience is used up
_HEADER_BYTES = 32_768
_MOST_CONNECTIONS = 500  # that a web process holds at once
_MOST_ARRIVING = 1_000_000_000  # bytes of unfinished bodies, on disk where they are large
_LOOK_SECONDS = 0.5
_LAST_LOOKS = 3


class Turned(ErrorTask):
    """The answer to what is no request that we take: a problem, as from everywhere else."""

    def execute(self) -> None:
        """Write it, and close."""
        error = self.request.error
        code = "too_large" if error.code in (413, 431) else "bad_request"
        body = Refusal(error.code, code, f"{error.reason}: {error.body}.").problem.model_dump_json().encode()
        self.status = f"{error.code} {error.reason}"
        self.content_length = len(body)
        self.response_headers = [("Content-Type", "application/problem+json"), *HEADERS.items()]
        self.set_close_on_finish()
        self.write(body)


class Visitor(HTTPChannel):
    """One connection."""

    error_task_class = Turned
    began = 0.0

    def received(self, data: bytes) -> bool:
        """Take in what came; `began` is when the first of it did."""
        if self.request is None:
            self.began = time.time()
        going_on = bool(super().received(data))
        if self.arrived() and self.server.arriving() > self.server.most_arriving:
            self.will_close = True
        return going_on

    def arrived(self) -> int:
        """Bytes of a body that is not whole yet."""
        return self.request.body_bytes_received if self.request is not None else 0

    def is_too_slow(self, now: float, patience: float) -> bool:
        """Does a request not end, or does an answer not go out?"""
        if self.request is not None and now > self.began + patience + self.arrived() / _LEAST_BYTES:
            return True
        return bool(self.total_outbufs_len and now > self.last_activity + patience)


class Doorway(TcpWSGIServer):
    """One listening socket."""

    channel_class = Visitor
    most_arriving = 0
    patience = 0.0

    def maintenance(self, now: float) -> None:
        """Close what is idle, and who is too slow."""
        super().maintenance(now)
        for visitor in list(self.active_channels.values()):
            if visitor.is_too_slow(now, self.patience):
                visitor.will_close = True

    def arriving(self) -> int:
        """Bytes of all bodies that are not whole yet: a stranger's too, for who asks is seen afterwards."""
        return sum(visitor.arrived() for visitor in list(self.active_channels.values()))


class Door(Worker):
    """Gunicorn's worker."""

    doorways: tuple[Doorway, ...] = ()

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Stop at once, not after the next look."""
        super().handle_exit(sig, frame)
        for doorway in self.doorways:
            doorway.pull_trigger()

    def run(self) -> None:
        """Answer until asked to stop; then end what was taken in."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
        chosen = settings.current()
        largest = max(chosen.batch_bytes, chosen.files_bytes, self.wsgi.config["MAX_CONTENT_LENGTH"])
        adjustments = Adjustments(
            ident="Parallax",
            threads=self.cfg.threads,
            connection_limit=_MOST_CONNECTIONS,
            channel_timeout=chosen.patience,
            cleanup_interval=1,
            max_request_header_size=_HEADER_BYTES,
            max_request_body_size=largest + 1_000_000,
            log_socket_errors=False,
        )
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(self.cfg.threads)
        sockets: dict[int, Any] = {}
        for listening in self.sockets:
            sock = listening.sock
            self._refuse_openness(chosen, sock.getsockname()[0])
            about = (sock.family, sock.type, sock.proto, sock.getsockname())
            doorway = Doorway(
                self.wsgi, sockets, True, sock, dispatcher=threads, adj=adjustments, sockinfo=about, bind_socket=False
            )
            doorway.patience, doorway.most_arriving = chosen.patience, _MOST_ARRIVING
        self.doorways = tuple(found for found in sockets.values() if isinstance(found, Doorway))
        while self.alive and self.ppid == os.getppid():
            self._look(sockets)
        for _ in range(_LAST_LOOKS):  # who has knocked already is let in
            self._look(sockets, seconds=0.05)
        for doorway in self.doorways:
            doorway.accepting = False
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and any(_is_busy(doorway) for doorway in self.doorways):
            self._look(sockets)
        threads.shutdown(timeout=0.1)

    def _refuse_openness(self, chosen: settings.Settings, host: str) -> None:
        """Whatever Gunicorn was told to listen on (the application knows only HOST)."""
        try:
            settings.refuse_openness(chosen, host)
        except SystemExit as refused:
            self.log.critical(str(refused))
            sys.exit(Arbiter.WORKER_BOOT_ERROR)  # so that none is started in its place

    def _look(self, sockets: dict[int, Any], seconds: float = _LOOK_SECONDS) -> None:
        self.notify()
        wasyncore.loop(timeout=seconds, use_poll=True, map=sockets, count=1)


def _is_busy(doorway: Doorway) -> bool:
    """Is somebody still waiting for an answer?"""
    return any(visitor.requests or visitor.total_outbufs_len for visitor in list(doorway.active_channels.values()))
