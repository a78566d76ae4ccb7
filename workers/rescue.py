"""The rescue: no article is lost when a worker is killed, and none is taken for lost while somebody reads it.

Celery hands a dead worker's tasks out again only when their visibility timeout, which must exceed the longest
analysis, has passed. Here every running analysis holds a lease of a few seconds that its process renews; a task that
was handed to a worker and has no lease is put back at once.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import time
from typing import Any

from celery.bootsteps import StartStopStep

from workers import store
from workers.celery import QUEUES, app, send
from workers.store import StoreUnavailable

GRACE_SECONDS = 15  # from the hand-over of a task to its lease: a process may have to start and load its models first
_EVERY_SECONDS = 5

_log = logging.getLogger(__name__)


def name_worker(number: int) -> str:
    """Name a worker by its machine and its main process."""
    return f"{socket.gethostname()}:{number}"


class Rescue(StartStopStep):  # type: ignore[misc]
    """Runs in each worker's main process: says that the worker lives, and looks after what others left."""

    requires = ("celery.worker.components:Timer", "celery.worker.components:Pool")

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._timer: Any = None
        self._name = name_worker(os.getpid())
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
            _log.warning("%s Trying again.", error)

    def _look_into_queue(self) -> None:
        with app.connection_for_write() as connection:
            try:
                channel = connection.default_channel
                _restore_stranded(channel)
                missed = store.find_pending() if _is_idle(channel) else set()
            except connection.connection_errors as error:
                raise StoreUnavailable(f"The queue does not answer ({type(error).__name__}).") from error
        # Not at first sight: between queue and worker a task is for an instant in neither.
        for identifier in missed & self._missed:
            _send_again(identifier)
        self._missed = missed


def _send_again(identifier: str) -> None:
    """Send the task of an article that was accepted, but whose task never reached the queue or was lost in it."""
    _log.warning("sending article %s again", identifier)
    send("analyze_article", identifier, queue=store.lane(identifier))
    store.confirm_sent(identifier)


def _restore_stranded(channel: Any) -> None:
    """Put tasks that a dead worker held back at the head of the queue."""
    # ZRANGE, not ZRANGEBYSCORE: kombu's client adds its prefix to the keys of only some commands.
    late = time.time() - GRACE_SECONDS
    for tag in channel.client.zrange(channel.unacked_index_key, 0, late, byscore=True):
        handed = channel.client.hget(channel.unacked_key, tag)
        if handed and not store.is_leased(_read_subject(handed)):
            _log.warning("a task of a lost worker goes back into the queue")
            channel.qos.restore_by_tag(tag.decode(), leftmost=True)


def _is_idle(channel: Any) -> bool:
    """Is no task in the queue, and none in a worker's hands?"""
    return not any(map(channel.client.llen, QUEUES)) and not channel.client.hlen(channel.unacked_key)


def _read_subject(handed: bytes) -> str:
    try:
        message, *_ = json.loads(handed)
        return str(message["headers"]["subject"])
    except (ValueError, KeyError, TypeError):
        return ""  # a foreign message: nobody reads it, Celery drops it when it comes by again
