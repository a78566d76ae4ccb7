"""The roster: which workers are up, and the figures that an operator asks for first."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import cast

from workers.store.connection import DAY, key, reach

_WORKER_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Figures:
    """What an operator asks first."""

    queued: int
    running: int
    reports: int
    oldest_seconds: float
    """How long the first in the queue has waited; 0 when nobody waits."""
    done: int
    """Articles ended with a report since this store began."""
    failed: int
    bytes: int
    """Memory that the server uses."""
    workers: list[str]


def announce_worker(name: str) -> None:
    """Say that a worker is up and has loaded its models."""
    with reach() as client:
        client.zadd(key("workers"), {name: time.time() + _WORKER_SECONDS})


def knows_worker(name: str) -> bool:
    """Was this worker announced, and not dismissed since?"""
    with reach() as client:
        return client.zscore(key("workers"), name) is not None


def dismiss_worker(name: str) -> None:
    """Say that a worker has stopped."""
    with reach() as client:
        client.zrem(key("workers"), name)


def workers() -> list[str]:
    """Name the workers that answered within the last 15 seconds."""
    with reach() as client:
        client.zremrangebyscore(key("workers"), "-inf", time.time() - DAY)
        names = cast(list[bytes], client.zrangebyscore(key("workers"), time.time(), "+inf"))
    return [name.decode() for name in names]


def figures() -> Figures:
    """Count what waits, what runs, what was done and what it takes."""
    with reach() as client:
        pipe = client.pipeline(transaction=False)
        for name in ("waiting", "running", "reports"):
            pipe.zcard(key(name))
        pipe.zrange(key("waiting"), 0, 0)
        pipe.hgetall(key("counts"))
        pipe.info("memory")
        queued, running, reports, first, counts, memory = pipe.execute()
        began = client.hget(key("article", first[0].decode()), "submitted") if first else None
    return Figures(
        queued=queued,
        running=running,
        reports=reports,
        oldest_seconds=max(0.0, time.time() - float(cast(bytes, began))) if began else 0.0,
        done=int(counts.get(b"done", 0)),
        failed=int(counts.get(b"failed", 0)),
        bytes=int(memory["used_memory"]),
        workers=workers(),
    )
