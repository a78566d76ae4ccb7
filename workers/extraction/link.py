"""Fetches the page that stands at an address, the way a polite reader would."""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

from protego import Protego

from workers import settings
from workers.extraction import http
from workers.extraction.http import Answer, Clock
from workers.extraction.refusal import Refused, refuse
from workers.extraction.source import Fetched, Link

PAGES = ("text/html", "application/xhtml+xml", "text/plain")

_STATUS = {401: "forbidden", 402: "forbidden", 403: "forbidden", 404: "gone", 410: "gone", 429: "busy",
           451: "forbidden", 503: "busy"}  # fmt: skip
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_ROBOTS_BYTES = 512 * 1024  # RFC 9309: at least 500 KiB are read
_ROBOTS_SECONDS = 3600
_ROBOTS_KEPT = 500
_rules: dict[str, tuple[float, Protego | None]] = {}


def read(link: Link) -> Fetched:
    """The page of a link, with what is known of its article. Raises Refused as `fetch` does."""
    answer = fetch(link.url)
    declared = _CHARSET.search(answer.headers.get("Content-Type", ""))
    return Fetched(
        **link.model_dump(),
        link=link.url,
        address=answer.url,
        type=answer.type,
        charset=declared[1] if declared else None,
        body=answer.body,
    )


def fetch(url: str) -> Answer:
    """The page at this address. Raises Refused: the guard, robots.txt, the host or the page said no."""
    clock = Clock(settings.current().link_seconds)
    headers = {"Accept": "text/html, application/xhtml+xml, text/plain;q=0.5", "Accept-Language": "en"}
    found = http.request(url, headers=headers, types=PAGES, clock=clock, before=lambda hop: obey_robots(hop, clock))
    if not 200 <= found.status < 300:
        host = urlsplit(found.url).netloc
        raise refuse("link", _STATUS.get(found.status, "status"), host=host, status=found.status)
    return found


def obey_robots(url: str, clock: Clock) -> None:
    """May programs fetch this address? Raises Refused when robots.txt says no, or can't be had (RFC 9309)."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    kept = _rules.get(origin)
    if kept is None or kept[0] < time.monotonic():
        if len(_rules) >= _ROBOTS_KEPT:
            _rules.clear()
        kept = _rules[origin] = (time.monotonic() + _ROBOTS_SECONDS, _read_robots(origin, clock))
    agent = settings.current().link_agent.partition("/")[0]
    if kept[1] is not None and not kept[1].can_fetch(url, agent):
        raise refuse("link", "robots", host=parts.netloc)


def forget_robots() -> None:
    """Forget every robots.txt that was read."""
    _rules.clear()


def _read_robots(origin: str, clock: Clock) -> Protego | None:
    """The rules of a host; None where it has none."""
    host = urlsplit(origin).netloc
    try:
        found = http.request(f"{origin}/robots.txt", most=_ROBOTS_BYTES, clock=clock)
    except Refused as refused:
        if refused.code != "link_too_large":
            raise
        raise refuse("link", "robots_unreachable", host=host, reason="it is too large") from None
    if found.status >= 500 or found.status == 429:
        raise refuse("link", "robots_unreachable", host=host, reason=f"it answered {found.status}")
    return Protego.parse(found.body.decode("utf-8", "replace")) if 200 <= found.status < 300 else None
