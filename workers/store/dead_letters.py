"""Dead letters: articles that ended without a report, and messages that were none of ours, for a person to look at."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import cast

from workers.store.connection import key, reach, run

_MOST_MESSAGES = 1_000


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that was put aside."""

    id: str
    at: float
    """Unix time."""
    reason: str


def find_failures(most: int = 1_000) -> list[Failure]:
    """Name the articles that ended without a report, the newest first."""
    with reach() as client:
        found = cast(list[tuple[bytes, float]], client.zrevrange(key("aside"), 0, most - 1, withscores=True))
        pipe = client.pipeline(transaction=False)
        for name, _ in found:
            pipe.hmget(key("article", name.decode()), ["status", "reason"])
        told = pipe.execute()
        if gone := [name for (name, _), (status, _) in zip(found, told, strict=True) if status != b"failed"]:
            client.zrem(key("aside"), *gone)
    return [
        Failure(name.decode(), at, (reason or b"").decode())
        for (name, at), (status, reason) in zip(found, told, strict=True)
        if status == b"failed"
    ]


def requeue(identifier: str) -> bool:
    """Have an article that failed tried again: it waits, unsent. False when there is nothing to try."""
    names = [key("article", identifier), *map(key, ("waiting", "unsent", "sequence", "aside"))]
    with reach() as client:
        return bool(run(client, "requeue", names, identifier, time.time()))


def put_aside(entry: bytes) -> bool:
    """Keep a foreign message of the queue; of these the newest 1,000 are kept."""
    with reach() as client:
        pipe = client.pipeline()
        pipe.lpush(key("foreign"), entry)
        pipe.ltrim(key("foreign"), 0, _MOST_MESSAGES - 1)
        pipe.execute()
    return True


def drop_foreign() -> int:
    """Forget the foreign messages; gives how many there were."""
    with reach() as client:
        pipe = client.pipeline()
        pipe.llen(key("foreign"))
        pipe.delete(key("foreign"))
        return int(pipe.execute()[0])
