"""Erasure: what was deleted leaves the server's file too, not only its memory.

An append-only file holds every write until the server writes it anew. `parallax:erase` names what was deleted or has
expired unread since, by the time from which it may go.
"""

from __future__ import annotations

import logging
import time
from typing import cast

from redis.exceptions import ResponseError

from workers.store.connection import key, reach

_SOONEST_SECONDS = 10  # between two writings; ten times as long as one takes, where that is more
_log = logging.getLogger(__name__)


def erase() -> None:
    """Have the server write its file anew, if anything is in it that should be gone; workers ask every few seconds."""
    with reach() as client:
        now = time.time()
        if not client.zcount(key("erase"), "-inf", now):
            return
        about = client.info("persistence")
        if not about.get("aof_enabled"):
            client.zremrangebyscore(key("erase"), "-inf", now)  # there is no such file
            return
        pause = max(_SOONEST_SECONDS, 10 * int(about.get("aof_last_rewrite_time_sec", 0)))
        if began := cast(bytes | None, client.get(key("erasing"))):
            if about["aof_rewrite_in_progress"] or about.get("aof_rewrite_scheduled") or now - float(began) < pause:
                return
            if about["aof_last_bgrewrite_status"] == "ok":
                client.zremrangebyscore(key("erase"), "-inf", float(began))
            client.delete(key("erasing"))
        elif client.set(key("erasing"), now, nx=True):
            try:
                client.bgrewriteaof()
            except ResponseError as error:  # a server that lets nobody ask for it
                _log.warning("the store does not write its file anew when asked (%s)", type(error).__name__)
