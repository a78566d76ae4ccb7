"""Rooms go when nobody has done anything in them for long."""

from __future__ import annotations

import logging

from workers import store
from workers.queue import rooms
from workers.queue.celery import app
from workers.store import StoreUnavailable

_log = logging.getLogger(__name__)


@app.task(name="remove_old_rooms")
def remove_old_rooms() -> None:
    """Remove the rooms whose time is over."""
    with store.hold("rooms", 60) as ours:
        try:
            for identifier in store.rooms_over() if ours else ():
                rooms.remove(identifier)
        except StoreUnavailable as error:
            _log.warning("rooms are removed later: %s", error)
