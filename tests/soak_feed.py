"""`make soak-feed`: an hour of a feed with 500 items, played as fast as it is read, through the whole service.

Ends with a report an item, no page fetched twice and the items of an event in one story, or says what is missing.
`python -m tests.soak_feed 40` is short.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from tests.conftest import Service, start_service
from tests.feed_server import FeedServer, event, headline

ITEMS = 500
WHOLE = 0.9  # of the pairs of items that tell one event, so many must stand in one story, and hardly any others
_SECONDS_AN_ITEM = 10  # before it is given up: a busy machine is no fault


def ask(url: str, body: Any = None) -> Any:
    """Ask over HTTP; gives JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def list_all(service: Service, what: str) -> Iterator[dict[str, Any]]:
    """Every report, or every story, page after page."""
    cursor = ""
    while True:
        page = ask(f"{service.url}/api/v1/{what}?limit=100{cursor}")
        yield from page[what]
        if page["next"] is None:
            return
        cursor = f"&cursor={page['next']}"


def list_titles(service: Service, feed_server: FeedServer) -> list[str]:
    """The headline of every report of an item of the press."""
    printed = {headline(number) for number in range(1, feed_server.items + 1)}
    ours = (
        report for report in list_all(service, "reports") if (report["url"] or "").startswith(feed_server.url("/item/"))
    )
    return [report["title"] for report in ours if report["title"] in printed]


def count_pairs(service: Service, feed_server: FeedServer) -> dict[str, int]:
    """How many stories are there, and of the pairs of items that tell one event, how many stand in one story?"""
    events = {headline(number): event(number) for number in range(1, feed_server.items + 1)}
    sizes = Counter(events.values())
    found: Counter[str] = Counter()
    for story in list_all(service, "stories"):
        told = [events[report["title"]] for report in story["reports"] if report["title"] in events]
        found["stories"] += bool(told)
        for one, other in combinations(told, 2):
            found["right" if one == other else "wrong"] += 1
    pairs = sum(size * (size - 1) // 2 for size in sizes.values())
    return {
        "events": len(sizes),
        "stories": found["stories"],
        "pairs of one event": pairs,
        "found": found["right"],
        "wrong pairs": found["wrong"],
    }


def play(service: Service, feed_server: FeedServer) -> dict[str, Any]:
    """Watch the press's feed until every item has a report; gives the figures. Raises AssertionError otherwise."""
    began = time.monotonic()
    feed = ask(f"{service.url}/api/v1/feeds", {"url": feed_server.url("/feed"), "interval": 1})
    deadline = began + 60 + _SECONDS_AN_ITEM * feed_server.items
    while len(list_titles(service, feed_server)) < feed_server.items:
        assert time.monotonic() < deadline, (
            f"{len(list_titles(service, feed_server))} of {feed_server.items} reports in time"
        )
        time.sleep(1)
    seconds = time.monotonic() - began
    # It is looked at a few times more: nothing new comes of it.
    looks = feed_server.asked.count("/feed")
    while feed_server.asked.count("/feed") < looks + 2:
        assert time.monotonic() < deadline, "the feed is looked at no more"
        time.sleep(0.5)
    titles, fetches = list_titles(service, feed_server), feed_server.fetches()
    assert sorted(titles) == sorted(headline(number) for number in range(1, feed_server.items + 1))
    assert fetches == dict.fromkeys(range(1, feed_server.items + 1), 1)
    state = ask(f"{service.url}/api/v1/feeds/{feed['id']}")
    assert (state["read"], state["trouble"]) == (feed_server.items, None)
    pairs = count_pairs(service, feed_server)
    assert pairs["found"] >= WHOLE * pairs["pairs of one event"], pairs
    assert pairs["wrong pairs"] <= (1 - WHOLE) * pairs["pairs of one event"], pairs
    return {"items": feed_server.items, "reports": len(titles), "looks": looks, "seconds": round(seconds, 1)} | pairs


def main() -> None:
    """Print what came of it."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with tempfile.TemporaryDirectory() as data, FeedServer(items) as feed_server:
        service = start_service(Path(data))
        try:
            print(json.dumps(play(service, feed_server)))
        finally:
            service.stop()


if __name__ == "__main__":
    main()
