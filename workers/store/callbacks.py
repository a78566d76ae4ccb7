"""Callbacks: who wants to be told when an article or a batch has ended, and when that is tried next.

`callbacks` is a hash of records by id, `callbacks-due` names them by the time of the next look. A record goes when it
was delivered, given up, or when its article is deleted.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict

from workers import settings
from workers.store.connection import DAY, key, pack, reach, unpack

_STRANGE_SECONDS = 60


class Callback(BaseModel):
    """Somebody to be told."""

    model_config = ConfigDict(frozen=True)

    id: str
    """Name of the delivery: the same over all its attempts."""
    kind: Literal["report", "batch"]
    subject: str
    """Id of the article or the batch."""
    url: str
    added: float
    attempts: int = 0


def ask_callback(kind: Literal["report", "batch"], subject: str, url: str) -> None:
    """Have this address told once when the article or the batch has ended."""
    identifier = hashlib.sha256(f"{kind}\n{subject}\n{url}".encode()).hexdigest()[:32]
    now = time.time()
    record = Callback(id=identifier, kind=kind, subject=subject, url=url, added=now)
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.hsetnx(key("callbacks"), identifier, pack(record.model_dump_json()))
        pipe.zadd(key("callbacks-due"), {identifier: now}, nx=True)
        if kind == "report":  # deleting the article deletes the record
            pipe.sadd(key("listed", subject), f"{key('callbacks')} {identifier}")
            pipe.expire(key("listed", subject), settings.current().retention_days * DAY)
        pipe.execute()


def due_callbacks(most: int) -> list[Callback]:
    """The callbacks to look at now; those whose record is gone are dropped on the way."""
    with reach() as client:
        now = time.time()
        found = cast(list[bytes], client.zrangebyscore(key("callbacks-due"), "-inf", now, start=0, num=most))
        names = [name.decode() for name in found]
        packed = cast(list[bytes | None], client.hmget(key("callbacks"), names)) if names else []
        records = [unpack(Callback, content, name) for name, content in zip(names, packed, strict=True)]
        if gone := [name for name, content in zip(names, packed, strict=True) if content is None]:
            client.zrem(key("callbacks-due"), *gone)
        if strange := [name for name, record in zip(names, records, strict=True) if record is None]:
            # Another release wrote it, and can read it.
            client.zadd(key("callbacks-due"), dict.fromkeys(strange, now + _STRANGE_SECONDS), xx=True)
    return [record for record in records if record]


def callback(identifier: str) -> Callback | None:
    """The callback; None when it was delivered, given up or deleted."""
    with reach() as client:
        return unpack(Callback, cast(bytes | None, client.hget(key("callbacks"), identifier)), identifier)


def look_again(times: Sequence[tuple[str, float]]) -> None:
    """Look at these callbacks again, each after so many seconds."""
    if times:
        now = time.time()
        with reach() as client:
            client.zadd(key("callbacks-due"), {name: now + pause for name, pause in times}, xx=True)


def note_attempt(record: Callback, pause: float) -> None:
    """Keep that an attempt failed, and try again after so many seconds."""
    with reach() as client:
        if client.hexists(key("callbacks"), record.id):
            again = record.model_copy(update={"attempts": record.attempts + 1})
            client.hset(key("callbacks"), record.id, pack(again.model_dump_json()))
            client.zadd(key("callbacks-due"), {record.id: time.time() + pause}, xx=True)


def drop_callback(identifier: str) -> None:
    """It was delivered or given up."""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.hdel(key("callbacks"), identifier)
        pipe.zrem(key("callbacks-due"), identifier)
        pipe.execute()
