"""Where a room's articles come from: what an address of this service leads to, as reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from models.search import Wanted
from workers import store

_MOST = 1_000  # reports that one address leads to
_NAME = re.compile(r"[0-9a-f]{8,64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_reports(typed: str) -> Iterator[tuple[str, list[str]]]:
    """What each line leads to: a report, a batch, a story, a feed (two days behind it: what it brought from the one to
    the other, UTC), or a search with its question.

    Line by line what was typed, and the ids of the reports: none where it leads to nothing here.
    """
    words = typed.split()
    for at, word in enumerate(words):
        if not _DAY.fullmatch(word):
            days = [day for day in words[at + 1 : at + 3] if _DAY.fullmatch(day)]
            yield word, list(islice(dict.fromkeys(_follow(word, days)), _MOST))


def _follow(address: str, days: list[str]) -> Iterator[str]:
    parts = urlsplit(address)
    *_, kind, name = ["", *parts.path.rstrip("/").split("/")]
    if name == "search":
        yield from _search(parse_qs(parts.query))
    elif not _NAME.fullmatch(name):
        return
    elif kind == "batches":
        yield from take_done(row.article for row in store.batch_rows(name)) if store.batch(name) else ()
    elif kind == "feeds":
        yield from take_done(_brought(name, days))
    elif kind == "stories":
        story = store.story(name)
        yield from (summary.id for summary in story.reports) if story else ()
    else:
        yield name


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


def take_done(names: Iterable[str | None]) -> list[str]:
    """Those of them that have a report, each once."""
    each = list(dict.fromkeys(name for name in names if name))
    return [name for name, status in zip(each, store.statuses(each), strict=True) if status == "done"]
