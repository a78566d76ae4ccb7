"""Search: which reports have these words, this person, this outlet, these days?

`parallax:search:<block>` holds, under each key of its reports (`models.search`), their places in the list of reports,
two bytes each, counted from the block's name; `parallax:search` names the blocks by the highest place that each has
taken. A block takes reports for a fiftieth of the time that reports are kept, a day at least, and at most BLOCK of
them, and goes with the last of them.

What was stored before search was, or is filed under the keys of another version, is filed again by a chore
(`workers/tasks/refiling.py`). `parallax:refiling` says for which version (`models.search.VERSION`), which `place` in
the list of reports that has come to (none once it is through), and how often the next one was begun.
"""

from __future__ import annotations

import struct
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from operator import neg
from typing import cast

import redis
from pydantic import BaseModel

from models.search import VERSION, Wanted
from workers import settings
from workers.store.connection import DAY, key, reach, run, unpack
from workers.store.listing import PAGE, BadCursor, ListPage, Summary, read_summaries

BLOCK = 4_096
"""Reports of a block."""
_READ_AT_ONCE = 16  # blocks
_LOOKED_AT = 2_000  # reports that one page looks at before it answers with a cursor


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found, with its text."""

    summary: Summary
    text: str


class _Article(BaseModel):
    text: str


class _Text(BaseModel):
    """Of a report no more than its text."""

    article: _Article


def file(identifier: str, keys: bytes) -> bool:
    """Make a report findable under these keys and no others.

    False when it is so already, was deleted meanwhile, or is in no list.
    """
    kept = settings.current().retention_days * DAY
    names = [key("article", identifier), key("reports"), key("search")]
    values = (identifier, int(time.time()), max(DAY, kept // 50), BLOCK, keys)
    with reach() as client:
        return bool(run(client, "file", names, *values))


def next_unfiled(most: int) -> tuple[list[tuple[str, int]], int]:
    """The next reports to file again with their places, the oldest first, and how often the first of them was begun.

    Empty once all are filed as this version does. It is for one process at a time.
    """
    with reach() as client:
        version, place = cast(list[bytes | None], client.hmget(key("refiling"), ["version", "place"]))
        if version != str(VERSION).encode():
            client.hset(key("refiling"), mapping={"version": VERSION, "place": 0, "tries": 0})
            place = b"0"
        if place is None:
            return [], 0
        found = client.zrangebyscore(key("reports"), f"({place.decode()}", "+inf", 0, most, withscores=True)
        if not found:
            client.hdel(key("refiling"), "place", "tries")
            return [], 0
        tries = int(client.hincrby(key("refiling"), "tries", 1))
    return [(name.decode(), int(at)) for name, at in cast(list[tuple[bytes, float]], found)], tries


def go_on_behind(place: int) -> None:
    """Note that all reports up to this place are filed."""
    with reach() as client:
        client.hset(key("refiling"), mapping={"place": place, "tries": 0})


def count_unfiled() -> int:
    """How many reports are still to be gone through, so that search finds them by this version's keys?"""
    with reach() as client:
        version, place = cast(list[bytes | None], client.hmget(key("refiling"), ["version", "place"]))
        if version != str(VERSION).encode():
            return int(client.zcard(key("reports")))
        return int(client.zcount(key("reports"), f"({place.decode()}", "+inf")) if place is not None else 0


def search(wanted: Wanted, cursor: str | None = None, limit: int | None = None) -> ListPage[Hit]:
    """Which reports suit all that is wanted, newest first? Raises BadCursor for a cursor that was not given here.

    A page may hold fewer than `limit` where many suit the month and not the day; its cursor leads on.
    """
    limit = limit or PAGE
    try:
        below = int(cursor) if cursor else None
    except ValueError:
        raise BadCursor from None
    found: list[Summary] = []
    last, looked = None, 0
    with reach() as client:
        for places in _chunks(client, wanted, below, limit):
            if len(found) == limit or looked >= _LOOKED_AT:
                return ListPage(_with_text(client, found), str(last))
            looked += len(places)
            for place, summary in _read(client, places):
                if _is_within(summary.published, wanted):
                    if len(found) == limit:
                        return ListPage(_with_text(client, found), str(last))
                    found.append(summary)
                last = place
        return ListPage(_with_text(client, found), None)


def _chunks(client: redis.Redis, wanted: Wanted, below: int | None, size: int) -> Iterator[list[int]]:
    """Places of the reports that have all keys, the newest first, some at a time."""
    if wanted.is_empty:
        return
    blocks = cast(list[tuple[bytes, float]], client.zrange(key("search"), 0, -1, desc=True, withscores=True))
    fields = [*wanted.keys, *wanted.months]
    waiting: list[int] = []  # what blocks that were read hold below places that those to come may have
    for at in range(0, len(blocks), _READ_AT_ONCE):
        some, rest = blocks[at : at + _READ_AT_ONCE], blocks[at + _READ_AT_ONCE :]
        pipe = client.pipeline(transaction=False)
        for name, _ in some:
            pipe.hmget(key("search", name.decode()), ["count", *fields])
        for (name, _), (count, *filed) in zip(some, pipe.execute(), strict=True):
            if count is None:
                client.zrem(key("search"), name)  # with the last of its reports
            else:
                offsets = _match([_unpack(one) for one in filed], len(wanted.keys))
                waiting += [place for offset in offsets if (place := int(name) + offset) < (below or inf)]
        waiting.sort(reverse=True)
        ready = bisect_left(waiting, -(rest[0][1] if rest else -1), key=neg)
        for first in range(0, ready, size + 1):
            yield waiting[first : min(first + size + 1, ready)]
        del waiting[:ready]


def _match(filed: Sequence[set[int]], needed: int) -> set[int]:
    """In all of the first ones, and in one of the others, where there are any."""
    every, months = filed[:needed], filed[needed:]
    anywhere = [set().union(*months)] if months else []
    return set.intersection(*every, *anywhere)


def _unpack(places: bytes | None) -> set[int]:
    return set(struct.unpack(f">{len(places) // 2}H", places)) if places else set()


def _read(client: redis.Redis, places: Sequence[int]) -> Iterator[tuple[int, Summary]]:
    """What lists say of the reports at these places; those that have expired are left out."""
    pipe = client.pipeline(transaction=False)
    for place in places:
        pipe.zrangebyscore(key("reports"), place, place)
    there = [(place, names[0].decode()) for place, names in zip(places, pipe.execute(), strict=True) if names]
    for (place, _), summary in zip(there, read_summaries(client, [name for _, name in there]), strict=True):
        if summary:
            yield place, summary


def _is_within(published: str | None, wanted: Wanted) -> bool:
    if not (wanted.since or wanted.until):
        return True
    return bool(published) and (wanted.since or "") <= str(published)[:10] <= (wanted.until or "9999")


def _with_text(client: redis.Redis, summaries: Sequence[Summary]) -> list[Hit]:
    pipe = client.pipeline(transaction=False)
    for summary in summaries:
        pipe.hget(key("article", summary.id), "report")
    texts = [unpack(_Text, packed, "report") for packed in pipe.execute()]
    return [Hit(one, text.article.text if text else "") for one, text in zip(summaries, texts, strict=True)]
