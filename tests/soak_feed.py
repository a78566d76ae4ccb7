"""`make soak-feed`: an hour of a feed with 500 items, played as fast as it is read, through the whole service.

Ends with a report an item and no page fetched twice, or says what is missing. `python -m tests.soak_feed 40` is short.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.conftest import House, start_house
from tests.press import Press, headline

ITEMS = 500
_SECONDS_AN_ITEM = 10  # before it is given up: a busy machine is no fault


def ask(url: str, body: Any = None) -> Any:
    """Ask over HTTP; gives JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def list_titles(house: House, press: Press) -> list[str]:
    """The headline of every report of an item of the press."""
    printed = {headline(number) for number in range(1, press.items + 1)}
    titles: list[str] = []
    cursor = ""
    while True:
        page = ask(f"{house.url}/api/v1/reports?limit=100{cursor}")
        ours = [report for report in page["reports"] if (report["url"] or "").startswith(press.url("/item/"))]
        titles += [report["title"] for report in ours if report["title"] in printed]
        if page["next"] is None:
            return titles
        cursor = f"&cursor={page['next']}"


def play(house: House, press: Press) -> dict[str, Any]:
    """Watch the press's feed until every item has a report; gives the figures. Raises AssertionError otherwise."""
    began = time.monotonic()
    feed = ask(f"{house.url}/api/v1/feeds", {"url": press.url("/feed"), "interval": 1})
    deadline = began + 60 + _SECONDS_AN_ITEM * press.items
    while len(list_titles(house, press)) < press.items:
        assert time.monotonic() < deadline, f"{len(list_titles(house, press))} of {press.items} reports in time"
        time.sleep(1)
    seconds = time.monotonic() - began
    # It is looked at a few times more: nothing new comes of it.
    looks = press.asked.count("/feed")
    while press.asked.count("/feed") < looks + 2:
        assert time.monotonic() < deadline, "the feed is looked at no more"
        time.sleep(0.5)
    titles, fetches = list_titles(house, press), press.fetches()
    assert sorted(titles) == sorted(headline(number) for number in range(1, press.items + 1))
    assert fetches == dict.fromkeys(range(1, press.items + 1), 1)
    state = ask(f"{house.url}/api/v1/feeds/{feed['id']}")
    assert (state["read"], state["trouble"]) == (press.items, None)
    return {"items": press.items, "reports": len(titles), "looks": looks, "seconds": round(seconds, 1)}


def main() -> None:
    """Print what came of it."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with tempfile.TemporaryDirectory() as data, Press(items) as press:
        house = start_house(Path(data))
        try:
            print(json.dumps(play(house, press)))
        finally:
            house.stop()


if __name__ == "__main__":
    main()
