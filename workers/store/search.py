"""Search: which reports have these words, this person, this outlet, these days?

`parallax:search:<block>` holds, under each key of its reports (`models.search`), their places in the list of reports,
two bytes each, counted from the block's name; `parallax:search` names the blocks by the time they were opened. A block
takes reports for a fiftieth of the time that reports are kept, a day at least, and at most BLOCK of them, and goes with
the last of them.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import redis
from pydantic import BaseModel

from models.search import Wanted
from workers import settings
from workers.store.connection import DAY, key, reach, run, unpack
from workers.store.listing import PAGE, BadCursor, Page, Summary, read_summaries

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
    """Make a report findable under these keys, once. False when it was deleted meanwhile, or is in no list."""
    kept = settings.current().retention_days * DAY
    names = [key("article", identifier), key("reports"), key("search")]
    values = (identifier, key("search") + ":", int(time.time()), max(DAY, kept // 50), BLOCK, kept, keys)
    with reach() as client:
        return bool(run(client, "file", names, *values))


def search(wanted: Wanted, cursor: str | None = None, limit: int | None = None) -> Page[Hit]:
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
                return Page(_with_text(client, found), str(last))
            looked += len(places)
            for place, summary in _read(client, places):
                if _is_within(summary.published, wanted):
                    if len(found) == limit:
                        return Page(_with_text(client, found), str(last))
                    found.append(summary)
                last = place
        return Page(_with_text(client, found), None)


def _chunks(client: redis.Redis, wanted: Wanted, below: int | None, size: int) -> Iterator[list[int]]:
    """Places of the reports that have all keys, the newest first, some at a time."""
    if wanted.is_empty:
        return
    names = cast(list[bytes], client.zrange(key("search"), 0, -1, desc=True))
    fields = [*wanted.keys, *wanted.months]
    for at in range(0, len(names), _READ_AT_ONCE):
        pipe = client.pipeline(transaction=False)
        for name in names[at : at + _READ_AT_ONCE]:
            pipe.hmget(key("search", name.decode()), ["count", *fields])
        matched: list[int] = []
        for name, (count, *filed) in zip(names[at : at + _READ_AT_ONCE], pipe.execute(), strict=True):
            if count is None:
                client.zrem(key("search"), name)  # with the last of its reports
            else:
                offsets = _match([_unpack(one) for one in filed], len(wanted.keys))
                matched += [int(name) + offset for offset in offsets]
        ordered = sorted((place for place in matched if below is None or place < below), reverse=True)
        for first in range(0, len(ordered), size + 1):
            yield ordered[first : first + size + 1]


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
