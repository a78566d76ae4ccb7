"""Feeds: watched by the clock, read by `workers.tasks.feeds`. This part is all that the web needs."""

from __future__ import annotations

import time

from workers import settings, store
from workers.store import Feed


class TooManyFeeds(Exception):
    """As many feeds are watched as may be."""


def watch(url: str, outlet: str | None = None, interval: int | None = None) -> tuple[Feed, bool]:
    """Watch the feed at this address; whether it is new. Raises TooManyFeeds."""
    chosen = settings.current()
    feed = Feed(
        id=store.name_feed(url),
        url=url,
        outlet=outlet,
        interval=max(interval or chosen.feed_interval, chosen.feed_interval_least),
        added=time.time(),
    )
    answer = store.add_feed(feed, chosen.feeds)
    if answer == "full":
        raise TooManyFeeds
    known = store.feed(feed.id)
    return (known.feed if known else feed), answer == "added"


def pause(identifier: str) -> bool:
    """Look at it no more until it is resumed. False when it is not watched."""
    found = store.feed(identifier)
    if found is None:
        return False
    return store.save_feed(found.feed.model_copy(update={"status": "paused"}), None)


def resume(identifier: str) -> bool:
    """Look at it again, at once. False when it is not watched."""
    found = store.feed(identifier)
    if found is None:
        return False
    fresh = {"status": "active", "troubles": 0, "trouble": None}
    return store.save_feed(found.feed.model_copy(update=fresh), time.time())
