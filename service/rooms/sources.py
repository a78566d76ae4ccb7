"""Where a room's articles come from: what an address of this service leads to, as reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from models.search import Wanted
from workers import store

MOST = 1_000  # reports that one address leads to
_NAME = re.compile(r"[0-9a-f]{8,64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Source:
    """What an address leads to: reports that can be taken in, and what can't be."""

    reports: list[str]
    waiting: int = 0
    """Articles that are still being read."""
    lost: int = 0
    """Articles that could not be read, or have gone."""
    more: bool = False
    """Whether it has more than these, the first that it lists."""


def find(typed: str) -> Iterator[tuple[str, Source]]:
    """What each line leads to: a report, a batch, a story, a feed (two days behind it: what it brought from the one to
    the other, UTC), or a search with its question.

    Line by line what was typed, and what is there: nothing at all where it leads to nothing here.
    """
    words = typed.split()
    for at, word in enumerate(words):
        if not _DAY.fullmatch(word):
            days = [day for day in words[at + 1 : at + 3] if _DAY.fullmatch(day)]
            source = _follow(word, days)
            yield word, replace(source, reports=source.reports[:MOST], more=source.more or len(source.reports) > MOST)


def _follow(address: str, days: list[str]) -> Source:
    parts = urlsplit(address)
    *_, kind, name = ["", *parts.path.rstrip("/").split("/")]
    if name == "search":
        return Source(list(islice(_search(parse_qs(parts.query)), MOST + 1)))
    if not _NAME.fullmatch(name):
        return Source([])
    if kind == "batches":
        return _batch(name)
    if kind == "feeds":
        return sort_out(_brought(name, days))
    if kind == "stories":
        story = store.story(name)
        named = [summary.id for summary in story.reports] if story else []
        return Source(named, more=bool(story and story.count > len(named)))
    return replace(sort_out([name]), lost=0)  # nothing is there


def _batch(name: str) -> Source:
    rows = list(store.batch_rows(name)) if store.batch(name) else []
    found = sort_out(row.article for row in rows if row.article)
    without = [row.waits for row in rows if not row.article]
    return replace(found, waiting=found.waiting + sum(without), lost=found.lost + len(without) - sum(without))


def _brought(feed: str, days: list[str]) -> Iterator[str | None]:
    first, last = (days[0], days[-1]) if days else ("", "9")
    for item in store.feed_items(feed):
        if first <= datetime.fromtimestamp(item.taken, UTC).date().isoformat() <= last:
            yield item.article


def _search(asked: Mapping[str, list[str]]) -> Iterator[str]:
    q, person, outlet = (asked.get(name, [""])[0] for name in ("q", "person", "outlet"))
    since, until = (day if _DAY.fullmatch(day := asked.get(name, [""])[0]) else None for name in ("since", "until"))
    wanted = Wanted(q, person, outlet, since, until)
    cursor: str | None = None
    while True:
        page = store.search(wanted, cursor)
        yield from (hit.summary.id for hit in page.items)
        if not (cursor := page.next):
            return


def sort_out(names: Iterable[str | None]) -> Source:
    """Which of these articles have a report, each once, and how many have none (yet)?"""
    given = list(names)
    each = list(dict.fromkeys(name for name in given if name))
    status = dict(zip(each, store.statuses(each), strict=True))
    done = [name for name in each if status[name] == "done"]
    waiting = sum(one in ("queued", "running") for one in status.values())
    return Source(done, waiting, given.count(None) + len(each) - len(done) - waiting)
