"""From the bytes of a feed to its items: RSS and Atom by feedparser, JSON Feed by json."""

from __future__ import annotations

import hashlib
import json
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

_LEAST_CONTENT = 600  # characters: what is shorter is a teaser, not the article


class NotAFeed(Exception):
    """These bytes are no feed; the message says what they are and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as the feed shows it."""

    guid: str
    """Its guid, else its link: what tells it from the others."""
    link: str | None
    title: str | None
    author: str | None
    published: str | None
    content: str | None
    """Its full text as HTML; None where the feed gives a teaser or nothing."""

    @property
    def key(self) -> str:
        """A hash of the guid."""
        return hashlib.sha256(self.guid.encode()).hexdigest()[:24]


def read(body: bytes, url: str, headers: Mapping[str, str]) -> tuple[str | None, list[Entry]]:
    """The feed's title and its items, in its own order; those without a guid or a link are left out."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _read_json(body, url)
    found = feedparser.parse(
        body, response_headers={**headers, "content-location": url}, sanitize_html=True, resolve_relative_uris=False
    )
    if not found.version:
        kind = "a web page" if b"<html" in body[:2000].lower() else "something else"
        raise NotAFeed(f"This is {kind}, not a feed. Give the address of its RSS, Atom or JSON feed.")
    entries = []
    for item in found.entries:
        link = _absolute(item.get("link"), url)
        if guid := str(item.get("id") or link or ""):
            whole = [part.get("value") for part in item.get("content", [])]
            when = item.get("published_parsed") or item.get("updated_parsed")
            entries.append(
                Entry(
                    guid=guid,
                    link=link,
                    title=_text(item.get("title")),
                    author=_text(item.get("author")),
                    published=_date(timegm(when)) if when else None,
                    content=_whole(*whole, item.get("summary")),
                )
            )
    return _text(found.feed.get("title")), entries


def _read_json(body: bytes, url: str) -> tuple[str | None, list[Entry]]:
    try:
        feed = json.loads(body)
        items = feed["items"]
        if "jsonfeed.org" not in feed["version"] or not isinstance(items, list):
            raise TypeError  # noqa: TRY301 - one way out
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotAFeed("This is JSON, but not a JSON Feed. Give the address of an RSS, Atom or JSON feed.") from None
    entries = []
    for item in items:
        if not isinstance(item, dict):
            continue
        link = _absolute(item.get("url") or item.get("external_url"), url)
        if guid := str(item.get("id") or link or ""):
            plain = _text(item.get("content_text"))
            authors = [a for a in (item.get("authors") or [item.get("author")]) if isinstance(a, dict)]
            entries.append(
                Entry(
                    guid=guid,
                    link=link,
                    title=_text(item.get("title")),
                    author=", ".join(name for a in authors if (name := _text(a.get("name")))) or None,
                    published=_iso(item.get("date_published")),
                    content=_whole(item.get("content_html"), plain and "".join(
                        f"<p>{escape(part)}</p>" for part in plain.split("\n\n"))),
                )
            )  # fmt: skip
    return _text(feed.get("title")), entries


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _absolute(link: Any, url: str) -> str | None:
    if not isinstance(link, str) or not link.strip():
        return None
    whole = urljoin(url, link.strip())
    return whole if urlsplit(whole).scheme in ("http", "https") else None


def _whole(*contents: Any) -> str | None:
    """The longest of these, if it is long enough to be the article."""
    best = max((c for c in contents if isinstance(c, str)), key=len, default="")
    return best if len(best) >= _LEAST_CONTENT else None


def _date(moment: float) -> str | None:
    try:
        return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
    except (OverflowError, OSError, ValueError):
        return None


def _iso(value: Any) -> str | None:
    try:
        return datetime.fromisoformat(str(value)).isoformat(timespec="seconds")
    except ValueError:
        return None
