"""Recovery: no article is lost when a worker is killed, and none is taken for lost while somebody reads it.

Celery hands a dead worker's tasks out again only when their visibility timeout, which must exceed the longest
analysis, has passed. Here every running analysis holds a lease of a few seconds that its process renews; a task that
was handed to a worker and has no lease is put back at once. A task that got lost between two hands is sent again.

Who is to blame? A process that ends alone, while its worker lives on, was ended by its article; a worker that ends
with all its processes was ended by somebody else, and counts against nobody.
"""

from __future__ import annotations

import json
import os
import time
from typing import Any, get_args

from celery.bootsteps import StartStopStep
from celery.exceptions import TimeLimitExceeded, WorkerLostError
from celery.worker.request import Request

from workers import logbook, store
from workers.queue.broker import put_aside, read_subject
from workers.queue.celery import app, send
from workers.store import Lane, StoreUnavailable

GRACE_SECONDS = 8  # from the hand-over of a task to its lease: a process may have to start and load its models first
_EVERY_SECONDS = 2

_log = logbook.logger(__name__)


class Watched(Request):
    """A task in a worker's main process, which sees how the process that does it ends."""

    def on_failure(self, exc_info: Any, send_failed_event: bool = True, return_ok: bool = False) -> None:
        """Count the loss of a process against the article that it was reading."""
        error = getattr(exc_info.exception, "exc", exc_info.exception)
        trouble = {WorkerLostError: "worker_lost", TimeLimitExceeded: "time_limit"}.get(type(error))
        if trouble:
            identifier = self.args[0]
            _log.warning("process lost", id=identifier, trouble=trouble)
            try:
                store.blame(identifier, trouble)
            except StoreUnavailable as error:
                _log.warning("nobody is blamed", why=str(error))
        super().on_failure(exc_info, send_failed_event=send_failed_event, return_ok=return_ok)


class Recovery(StartStopStep):
    """Runs in each worker's main process: says that the worker lives, and looks after what others left."""

    requires = ("celery.worker.components:Timer", "celery.worker.components:Pool")

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._timer: Any = None
        self._name = store.name_worker(os.getpid())
        self._announced = False
        self._missed: set[str] = set()

    def start(self, parent: Any) -> None:
        """Look after the store every few seconds from now on."""
        self._timer = parent.timer.call_repeatedly(_EVERY_SECONDS, self._look)

    def stop(self, parent: Any) -> None:  # noqa: ARG002 - Celery's signature
        """Stop looking."""
        if self._timer:
            self._timer.cancel()
        try:
            store.dismiss_worker(self._name)
        except StoreUnavailable:
            _log.info("the store went first")

    def _look(self) -> None:
        try:
            # The first of its processes to load its models announced it; from then on it lives until it stops.
            self._announced = self._announced or store.knows_worker(self._name)
            if self._announced:
                store.announce_worker(self._name)
            for identifier in store.find_unsent(older=GRACE_SECONDS):
                _send_again(identifier)
            self._look_into_queue()
            store.erase()
        except StoreUnavailable as error:
            _log.warning("looking again later", why=str(error))
        except Exception as error:  # noqa: BLE001 - whatever it was, the next look must come
            _log.error("the recovery stumbled", error=type(error).__name__)

    def _look_into_queue(self) -> None:
        with app.connection_for_write() as connection:
            try:
                channel = connection.default_channel
                _restore_stranded(channel)
                missed = store.find_pending(idle=_is_idle(channel)) - _find_handed(channel)
            except connection.connection_errors as error:
                raise StoreUnavailable(f"The queue does not answer ({type(error).__name__}).") from error
        # Not at first sight: between queue and worker a task is for an instant in neither.
        for identifier in missed & self._missed:
            if store.may_send_again(identifier):
                _send_again(identifier)
        self._missed = missed


def _send_again(identifier: str) -> None:
    """Send the task of an article that was accepted, but whose task never reached the queue or was lost in it."""
    _log.warning("task sent again", id=identifier)
    send("analyze_article", identifier, queue=store.lane(identifier))
    store.confirm_sent(identifier)


def _restore_stranded(channel: Any) -> None:
    """Put tasks that a dead worker held back at the head of the queue."""
    # ZRANGE, not ZRANGEBYSCORE: kombu's client adds its prefix to the keys of only some commands.
    late = time.time() - GRACE_SECONDS
    for tag in channel.client.zrange(channel.unacked_index_key, 0, late, byscore=True):
        handed = channel.client.hget(channel.unacked_key, tag)
        subject = _read_subject(handed)
        if handed and subject is None:
            put_aside(channel.unacked_key, handed)
            channel.client.hdel(channel.unacked_key, tag)
            channel.client.zrem(channel.unacked_index_key, tag)
        elif subject is None or not store.is_leased(subject):
            _log.warning("task of a lost worker put back", id=subject)
            channel.qos.restore_by_tag(tag.decode())  # to the right, where the next one is taken from


def _is_idle(channel: Any) -> bool:
    """Does no task of an article wait in its queue?"""
    return not any(map(channel.client.llen, get_args(Lane)))


def _find_handed(channel: Any) -> set[str | None]:
    """Whose tasks are in a worker's hands?"""
    return set(map(_read_subject, channel.client.hvals(channel.unacked_key)))


def _read_subject(handed: bytes | None) -> str | None:
    try:
        message, _exchange, _routing_key = json.loads(handed or b"null")
    except (ValueError, TypeError):
        return None
    return read_subject(message)
