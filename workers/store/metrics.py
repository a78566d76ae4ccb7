"""Which workers are up, and the figures that an operator asks for first."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import Literal, cast

from workers import settings
from workers.store.connection import DAY, key, reach
from workers.store.outbound import BULK

Part = Literal["workers", "network"]

_WORKER_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Metrics:
    """What an operator asks first."""

    queued: int
    bulk: int
    """How many of the queued ones wait in the bulk lane."""
    running: int
    aside: int
    """Articles put aside: ended without a report, and kept to be tried again or dropped."""
    foreign: int
    """Messages put aside that were none of ours."""
    reports: int
    oldest_seconds: float
    """How long the one that came first has waited; 0 when nobody waits."""
    done: int
    """Articles ended with a report since this store began."""
    failed: int
    bytes: int
    """Memory that the server uses."""
    workers: list[str]
    outbound: int
    """Links, feeds and callbacks that wait for a host outside, or are being asked for there."""


def name_worker(number: int) -> str:
    """Name a worker by its machine and its main process."""
    return f"{socket.gethostname()}:{number}"


def announce_worker(name: str, part: Part = "workers") -> None:
    """Say that a worker is up and has loaded its models, or that a process of the network part is."""
    with reach() as client:
        client.zadd(key(part), {name: time.time() + _WORKER_SECONDS})


def knows_worker(name: str) -> bool:
    """Was this worker announced, and not dismissed since?"""
    with reach() as client:
        return client.zscore(key("workers"), name) is not None


def dismiss_worker(name: str, part: Part = "workers") -> None:
    """Say that a worker has stopped."""
    with reach() as client:
        client.zrem(key(part), name)


def workers(part: Part = "workers") -> list[str]:
    """Name the workers, or the processes of the network part, that answered within the last 15 seconds."""
    with reach() as client:
        client.zremrangebyscore(key(part), "-inf", time.time() - DAY)
        names = cast(list[bytes], client.zrangebyscore(key(part), time.time(), "+inf"))
    return [name.decode() for name in names]


def count_bytes() -> int:
    """Memory that the server uses, in bytes."""
    with reach() as client:
        return int(cast(dict[str, int], client.info("memory"))["used_memory"])


def is_nearly_full(more: int = 0) -> bool:
    """Does the server use more memory than it should (PARALLAX_STORE_BYTES), or would it with so many bytes more?"""
    return count_bytes() + more > settings.current().store_bytes


def figures() -> Metrics:
    """Count what waits, what runs, what was done and what it takes."""
    with reach() as client:
        pipe = client.pipeline(transaction=False)
        for name in ("waiting", "running", "reports", "aside"):
            pipe.zcard(key(name))
        for name in ("outbound", "outbound-held"):
            pipe.zcard(key(name))
        pipe.llen(key("foreign"))
        pipe.zcount(key("waiting"), BULK, "+inf")
        pipe.zrange(key("waiting"), 0, 0)
        pipe.zrangebyscore(key("waiting"), BULK, "+inf", 0, 1)
        pipe.hgetall(key("counts"))
        pipe.info("memory")
        queued, running, reports, aside, waiting_out, held_out, foreign, bulk, first, first_bulk, counts, memory = (
            pipe.execute()
        )
        began = [client.hget(key("article", name.decode()), "submitted") for name in {*first, *first_bulk}]
    return Metrics(
        queued=queued,
        bulk=bulk,
        running=running,
        aside=aside,
        foreign=foreign,
        reports=reports,
        oldest_seconds=max((time.time() - float(cast(bytes, time_)) for time_ in began if time_), default=0.0),
        done=int(counts.get(b"done", 0)),
        failed=int(counts.get(b"failed", 0)),
        bytes=int(memory["used_memory"]),
        workers=workers(),
        outbound=waiting_out + held_out,
    )
