"""Connections: waitress reads requests and writes answers in one loop, beside the threads that make the answers.

So a request reaches a thread when all of it is there, and an answer waits outside the threads to be taken. What is
added here: how slow a client may be, how much may wait for slow ones, and that nobody has all threads.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import ChunkedReceiver
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import BadRequest, Error

from service.problems import Refusal
from service.security import HEADERS
from workers import logbook

HEALTH = "/healthz"

_log = logbook.logger(__name__)

_LEAST_ARRIVING = 50_000  # bytes that a large body must bring a second, once its patience is used up
_LEAST_LEAVING = 10_000  # bytes that a reader must take a second, likewise
_MOST_LEAVING = 100_000_000  # bytes of answers that wait at once to be taken; beyond it the slowest reader goes
_LONGEST_LINE = 4_096  # bytes of what stands between chunks
_LINGER_SECONDS = 5  # that a client may go on sending what nobody reads any more, until it sees its answer
_MOST_LENT = 50
_BARE = re.compile(rb"(?<!\r)\n")


class NoRoom(Error):
    """A body can't be kept while it arrives."""

    code = 503
    reason = "Service Unavailable"


class Parser(HTTPRequestParser):
    """A request as it arrives. One whose lines end without a carriage return is refused, not waited for."""

    completed: bool

    def received(self, data: bytes) -> int:
        """Take in what came; gives how much of it belongs to this request."""
        if self.body_rcv is None and not self.completed:
            head = (self.header_plus + data).partition(b"\r\n\r\n")[0].lstrip(b"\r\n")
            if _BARE.search(head):
                return self._refuse("A line ends without a carriage return", data)
        try:
            taken = int(super().received(data))
        except OSError:
            self.error = NoRoom("There is no room for a body of this size at the moment; try again later")
            self.completed = True
            return len(data)
        except ValueError:  # an address that Python can't take apart
            return self._refuse("The request can't be understood", data)
        if isinstance(self.body_rcv, ChunkedReceiver) and not self.completed:
            between = self.body_rcv.control_line + self.body_rcv.trailer
            if _BARE.search(between) or len(between) > _LONGEST_LINE:
                return self._refuse("The lines between chunks can't be understood", data)
        return taken

    def _refuse(self, why: str, data: bytes) -> int:
        self.error = BadRequest(why)
        self.completed = True
        return len(data)


class Turned(ErrorTask):
    """The answer to what is no request that we take: a problem, as from everywhere else."""

    def execute(self) -> None:
        """Write it, and close."""
        error = self.request.error
        code = {413: "too_large", 431: "too_large", 503: "store_unavailable"}.get(error.code, "bad_request")
        body = Refusal(error.code, code, f"{error.reason}: {error.body}.").problem.model_dump_json().encode()
        self.status = f"{error.code} {error.reason}"
        self.content_length = len(body)
        self.response_headers = [("Content-Type", "application/problem+json"), *HEADERS.items()]
        if error.code == 503:
            self.response_headers.append(("Retry-After", "10"))
        self.set_close_on_finish()
        self.write(body)


class Visitor(HTTPChannel):
    """One connection."""

    parser_class = Parser
    error_task_class = Turned
    began = 0.0
    answered = 0.0
    offered = 0
    leaves = 0.0
    """Until when it is read, and nobody listens: its answer is on its way, and closing now could overtake it."""

    @property
    def last_activity(self) -> float:
        """When anything happened last, on the clock that is never set."""
        return self._active

    @last_activity.setter
    def last_activity(self, _: float) -> None:
        self._active = time.monotonic()

    @property
    def path(self) -> str:
        """What the request asks for that is answered next."""
        return getattr(self.requests[0], "path", "")

    def received(self, data: bytes) -> bool:
        """Take in what came; `began` is when the first of it did."""
        if self.request is None:
            self.began = time.monotonic()
        going_on = bool(super().received(data))
        if self.arrived() and self.server.arriving() > self.server.most_arriving:
            self.will_close = True
        return going_on

    def arrived(self) -> int:
        """Bytes of a body that is not whole yet."""
        return self.request.body_bytes_received if self.request is not None else 0

    def write_soon(self, data: Any) -> int:
        """Have it sent; `answered` is when what now waits to be taken began to."""
        with self.outbuf_lock:
            if not self.total_outbufs_len:
                self.answered, self.offered = time.monotonic(), 0
            self.offered += len(data)
        written = int(super().write_soon(data))
        if self.total_outbufs_len:
            self.server.make_room()
        return written

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Wait until more of a long answer may be made. Meanwhile another thread takes this one's place."""
        if self.total_outbufs_len > self.adj.outbuf_high_watermark:
            with self.server.task_dispatcher.lend(self.path):
                super()._flush_outbufs_below_high_watermark()

    def handle_write(self) -> None:
        """Send; where that was the last answer, say so, and read on for a while before closing."""
        if self.total_outbufs_len:
            self._flush_exception(self._flush_some_if_lockable if self.requests else self._flush_some)
        if self.will_close:
            self.handle_close()
        elif self.close_when_flushed and not self.total_outbufs_len:
            self.leaves = time.monotonic() + _LINGER_SECONDS
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)

    def writable(self) -> bool:
        """Is there anything to send, or to close?"""
        return bool(self.will_close if self.leaves else super().writable())

    def readable(self) -> bool:
        """Is it to be read?"""
        return bool(self.leaves and not self.will_close) or bool(super().readable())

    def handle_read(self) -> None:
        """Read; of one that leaves nothing is kept."""
        if not self.leaves:
            super().handle_read()
        elif not self.recv(self.adj.recv_bytes):
            self.handle_close()

    def is_overdue(self, now: float, patience: float) -> bool:
        """Is it idle, does a request not end, or an answer not go out?"""
        if self.leaves:
            return now > self.leaves
        if self.request is not None and now > self.began + patience + self.arrived() / _LEAST_ARRIVING:
            return True
        if left := int(self.total_outbufs_len):
            return now > self.answered + patience + (self.offered - left) / _LEAST_LEAVING
        return not self.requests and now > self.last_activity + patience


class Doorway(TcpWSGIServer):
    """One listening socket."""

    channel_class = Visitor
    most_arriving = 0

    def maintenance(self, now: float) -> None:
        """Nothing: waitress calls for it by a clock that may be set; `show_out` is called for instead."""

    def show_out(self, patience: float) -> None:
        """Close what is idle, and who is too slow."""
        now = time.monotonic()
        for visitor in list(self.active_channels.values()):
            if visitor.is_overdue(now, patience):
                visitor.will_close = True

    def arriving(self) -> int:
        """Bytes of all bodies that are not whole yet: a stranger's too, for who asks is seen afterwards."""
        return sum(visitor.arrived() for visitor in list(self.active_channels.values()))

    def make_room(self) -> None:
        """Show out who has left an answer waiting for longest, while too much waits."""
        waiting = [visitor for visitor in list(self.active_channels.values()) if visitor.total_outbufs_len]
        if sum(visitor.offered for visitor in waiting) > _MOST_LEAVING:
            min(waiting, key=lambda visitor: visitor.answered).will_close = True
            self.pull_trigger()

    def is_busy(self) -> bool:
        """Is somebody still waiting for an answer?"""
        return any(visitor.requests or visitor.total_outbufs_len for visitor in list(self.active_channels.values()))


class Threads:
    """The threads that make answers. One more answers for the process's health alone.

    No single address of ours holds more than half of them: they share one processor, so that more would make no answer
    sooner, and whoever asks for anything else would wait.
    """

    def __init__(self, count: int) -> None:
        self._most = (count + 1) // 2
        self._count = count
        self._running = self._lent = 0
        self._ready = threading.Condition()
        self._waiting: dict[bool, deque[Visitor]] = {False: deque(), True: deque()}
        self._held = Counter[str]()
        self._start(health=True)
        for _ in range(count):
            self._start()

    def add_task(self, visitor: Visitor) -> None:
        """Have the visitor's next request answered."""
        with self._ready:
            self._waiting[visitor.path == HEALTH].append(visitor)
            self._ready.notify_all()

    @contextmanager
    def lend(self, path: str) -> Iterator[None]:
        """Another thread works while this one waits for a reader. Raises ClientDisconnected where too many wait."""
        with self._ready:
            if self._lent >= _MOST_LENT:
                raise ClientDisconnected
            self._lent += 1
            self._held[path] -= 1
            self._ready.notify_all()
            if self._running - self._lent < self._count:
                self._start()
        try:
            yield
        finally:
            with self._ready:
                self._lent -= 1
                self._held[path] += 1

    def _start(self, health: bool = False) -> None:
        self._running += not health
        threading.Thread(target=self._work, args=(health,), name="answers", daemon=True).start()

    def _work(self, health: bool) -> None:
        while True:
            with self._ready:
                while (visitor := self._pick(health)) is None:
                    self._ready.wait()
                path = visitor.path
                self._held[path] += 1
            try:
                visitor.service()
            except Exception as error:  # noqa: BLE001 - whatever it was, the thread goes on
                _log.error("an answer could not be sent", error=type(error).__name__)
            with self._ready:
                self._held[path] -= 1
                if not self._held[path]:
                    del self._held[path]
                self._ready.notify_all()
                if not health and self._running - self._lent > self._count:
                    self._running -= 1
                    return

    def _pick(self, health: bool) -> Visitor | None:
        """Who came first among those whose turn it may be."""
        waiting = self._waiting[health]
        for at, visitor in enumerate(waiting):
            if health or self._held[visitor.path] < self._most:
                del waiting[at]
                return visitor
        return None
