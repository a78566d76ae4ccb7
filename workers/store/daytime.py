"""The time of day, which may be set back: what stands in the store by the old time is moved along."""

from __future__ import annotations

import time

from workers.store.connection import PREFIX, key, reach, run

_BY_TIME = (
    "unsent", "running", "erase", "workers", "network", "feeds", "rooms", "room-work", "callbacks-due",
    "outbound-held", "outbound-slow", "celery:unacked_index",
)  # fmt: skip
_LONGEST_LEASE = 120  # seconds; one that would last longer was taken by the old time
_PACE = f"{PREFIX}pace"


def move_along(seconds: float) -> None:
    """The clock was set back by so many seconds: what lies ahead by the old time lies as far ahead by the new one."""
    with reach() as client:
        run(client, "move_along", [key(name) for name in _BY_TIME], time.time(), seconds)
        for name in client.scan_iter(f"{key('lease')}:*", count=1000):
            if client.ttl(name) > _LONGEST_LEASE:
                client.expire(name, _LONGEST_LEASE)
        for name in client.scan_iter(f"*{_PACE}*", count=1000):  # nobody can tell whose requests are old
            client.delete(name)
