"""Feeds: which are watched, when each is looked at next, and which of its items were read.

`feed:<id>` is the record, `feeds` names all by the time of their next look. `feed-seen:<id>` remembers a hash of every
item for as long as the feed shows it and some time after; `feed-items:<id>` holds the last ones with their articles,
in the order of `feed-order:<id>`; `feed-open:<id>` those of them whose articles have not ended.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from workers.store.connection import DAY, key, pack, reach, run, unpack

FeedStatus = Literal["active", "paused"]

ITEMS_KEPT = 500
_SEEN_SECONDS = 90 * DAY  # after its last sight in the feed
_PARTS = ("feed", "feed-seen", "feed-items", "feed-order", "feed-open", "feed-reports")


class Feed(BaseModel):
    """A feed that is watched."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Hash of its address.")
    url: str = Field(description="Where it stands.")
    title: str | None = Field(default=None, description="What it calls itself; null before the first look.")
    outlet: str | None = Field(default=None, description="Outlet of its articles; null: as each page says.")
    status: FeedStatus = Field(default="active", description="active: it is looked at; paused: it is not.")
    interval: int = Field(ge=1, description="Seconds between two looks.")
    added: float = Field(description="When it was added, Unix time.")
    looked: float | None = Field(default=None, description="When it was last looked at, Unix time.")
    trouble: str | None = Field(default=None, description="Why the last look failed; null when it did not.")
    troubles: int = Field(default=0, ge=0, description="Looks that failed in a row.")
    read: int = Field(default=0, ge=0, description="Items that were taken in so far.")
    etag: str | None = Field(default=None, description="Mark of the feed's last state.")
    modified: str | None = Field(default=None, description="When the feed changed last, as it says.")


class Item(BaseModel):
    """One item of a feed that was taken in."""

    model_config = ConfigDict(frozen=True)

    key: str = Field(description="Hash of its guid or link.")
    link: str | None = Field(description="Where it stands.")
    article: str | None = Field(description="Id of its report; null where none could be made.")
    taken: float = Field(description="When it was taken in, Unix time.")
    error: str | None = Field(default=None, description="Why it could not be read; null when it could.")
    content: str | None = Field(default=None, description="Its full text from the feed, kept until its page is read.")
    title: str | None = Field(default=None, description="Its headline in the feed, kept with the content.")
    author: str | None = Field(default=None, description="Its author in the feed, kept with the content.")
    published: str | None = Field(default=None, description="Its date in the feed, kept with the content.")


@dataclass(frozen=True, slots=True)
class Look:
    """A feed and the time of its next look (None while paused)."""

    feed: Feed
    next: float | None


def name_feed(url: str) -> str:
    """Name a feed by its address: 32 hexadecimal digits."""
    return hashlib.sha256(url.encode()).hexdigest()[:32]


def add_feed(feed: Feed, most: int) -> Literal["added", "known", "full"]:
    """Watch a feed from now on, once."""
    with reach() as client:
        names = [key("feed", feed.id), key("feeds")]
        answer = run(client, "add_feed", names, feed.id, pack(feed.model_dump_json()), time.time(), most)
        return cast(Literal["added", "known", "full"], answer)


def feed(identifier: str) -> Look | None:
    """The feed and its next look; None when it is not watched."""
    with reach() as client:
        found = unpack(Feed, cast(bytes | None, client.get(key("feed", identifier))), identifier)
        return Look(found, _moment(client.zscore(key("feeds"), identifier))) if found else None


def feeds() -> list[Look]:
    """Every feed, the first added first."""
    with reach() as client:
        found = cast(list[tuple[bytes, float]], client.zrange(key("feeds"), 0, -1, withscores=True))
        names = [name.decode() for name, _ in found]
        packed = cast(list[bytes | None], client.mget([key("feed", name) for name in names])) if names else []
    known = [unpack(Feed, content, name) for name, content in zip(names, packed, strict=True)]
    looks = [Look(feed, _moment(score)) for feed, (_, score) in zip(known, found, strict=True) if feed]
    return sorted(looks, key=lambda look: look.feed.added)


def _moment(score: float | None) -> float | None:
    return None if score is None or score == float("inf") else float(score)


def due_feeds(again: float) -> list[str]:
    """Name the feeds that are due, each to one asker; should that one fail, again after `again` seconds."""
    now = time.time()
    with reach() as client:
        names = [name.decode() for name in cast(list[bytes], client.zrangebyscore(key("feeds"), "-inf", now))]
        return [name for name in names if client.zadd(key("feeds"), {name: now + again}, xx=True, ch=True)]


def save_feed(feed: Feed, next_look: float | None) -> bool:
    """Keep what is new of a feed, and when it is looked at next (None: never). False when it was removed meanwhile."""
    with reach() as client:
        score = "+inf" if next_look is None else str(next_look)
        names = [key("feed", feed.id), key("feeds")]
        return bool(run(client, "save_feed", names, feed.id, pack(feed.model_dump_json()), score))


def remove_feed(identifier: str) -> bool:
    """Watch it no more, and leave nothing but its reports. False when it was not watched."""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.zrem(key("feeds"), identifier)
        pipe.delete(*(key(part, identifier) for part in _PARTS))
        return bool(pipe.execute()[0])


def unseen(identifier: str, keys: Sequence[str]) -> list[str]:
    """Which of these items were never taken in? Those that were are remembered anew."""
    now = time.time()
    with reach() as client:
        known = client.zmscore(key("feed-seen", identifier), list(keys)) if keys else []
        if old := [name for name, score in zip(keys, known, strict=True) if score is not None]:
            client.zadd(key("feed-seen", identifier), dict.fromkeys(old, now))
        client.zremrangebyscore(key("feed-seen", identifier), "-inf", now - _SEEN_SECONDS)
    return [name for name, score in zip(keys, known, strict=True) if score is None]


def remember(identifier: str, keys: Sequence[str]) -> None:
    """These items are not to be taken in any more."""
    if keys:
        with reach() as client:
            client.zadd(key("feed-seen", identifier), dict.fromkeys(keys, time.time()))


def take_item(identifier: str, item: Item, retention: int) -> None:
    """Keep an item that was taken in: it is seen, listed, and open while its article has not ended."""
    names = [key(part, identifier) for part in _PARTS] + [key("listed", item.article or "none")]
    with reach() as client:
        place = f"{key('feed-items', identifier)} {item.key}"
        packed = pack(item.model_dump_json())
        open_ = int(item.article is not None)
        article = item.article or ""
        run(client, "take_item", names, item.key, packed, item.taken, open_, place, retention, ITEMS_KEPT, article)


def close_item(identifier: str, item: Item) -> None:
    """Keep what became of an item; it is not open any more."""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        if client.hexists(key("feed-items", identifier), item.key):
            pipe.hset(key("feed-items", identifier), item.key, pack(item.model_dump_json()))
        pipe.srem(key("feed-open", identifier), item.key)
        pipe.execute()


def open_items(identifier: str) -> list[Item]:
    """The items whose articles have not ended; those that were deleted are closed on the way."""
    with reach() as client:
        names = [name.decode() for name in cast(set[bytes], client.smembers(key("feed-open", identifier)))]
        packed = cast(list[bytes | None], client.hmget(key("feed-items", identifier), names)) if names else []
        items = [unpack(Item, content, name) for name, content in zip(names, packed, strict=True)]
        if gone := [name for name, content in zip(names, packed, strict=True) if content is None]:
            client.srem(key("feed-open", identifier), *gone)
    return [item for item in items if item]


def feed_items(identifier: str, most: int = ITEMS_KEPT) -> list[Item]:
    """The last items, the newest first."""
    with reach() as client:
        found = cast(list[bytes], client.zrevrange(key("feed-order", identifier), 0, most - 1))
        names = [name.decode() for name in found]
        packed = cast(list[bytes | None], client.hmget(key("feed-items", identifier), names)) if names else []
    return [item for name, content in zip(names, packed, strict=True) if (item := unpack(Item, content, name))]
