"""From the bytes of a feed to its items: RSS and Atom by feedparser, JSON Feed by json. In the sandbox: see `read`."""

from __future__ import annotations

import hashlib
import json
import re
from calendar import timegm
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from pydantic import BaseModel, ConfigDict

from workers.extraction import sandbox
from workers.extraction.encoding import decode, find_charset
from workers.extraction.extract import plain
from workers.extraction.refusal import refuse

_LEAST_CONTENT = 600  # characters: what is shorter is a teaser, not the article


_NO_NAME = frozenset(
    {"", "na", "none", "null", "nil", "nan", "undefined", "unknown", "false", "true", "guid", "id", "0"}
)
_TAGS = r"/?(?:p|div|br|span|a|h[1-6]|ul|ol|li|blockquote|em|strong|b|i)\b"
_TAG, _ESCAPED_TAG = re.compile(f"<{_TAGS}", re.IGNORECASE), re.compile(f"&(?:amp;)*lt;{_TAGS}", re.IGNORECASE)
_MOST_ESCAPED = 3  # times


class Entry(BaseModel):
    """One item as the feed shows it."""

    model_config = ConfigDict(frozen=True)

    guid: str
    """What tells it from the others: its guid, else its link."""
    link: str | None
    title: str | None
    author: str | None
    published: str | None
    content: str | None
    """Its full text as HTML; None where the feed gives a teaser or nothing."""

    @property
    def key(self) -> str:
        """A hash of what tells it from the others."""
        return _hash(self.guid)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that it may have been remembered by: while it was alone in the feed, its guid may have sufficed."""
        return (self.key, _hash(self.link)) if self.link else (self.key,)


class Found(BaseModel):
    """What a feed shows: its title and its items, in its own order."""

    title: str | None
    entries: list[Entry]


def read(body: bytes, url: str, headers: Mapping[str, str]) -> Found:
    """The feed's title and items; those without a guid or a link are left out. Raises Refused where it is no feed.

    A feed is a stranger's file like any other: it is read in the sandbox, with its seconds and its memory.
    """
    return sandbox.run("feed", Found, parse, body, url, dict(headers))


def parse(body: bytes, url: str, headers: Mapping[str, str]) -> Found:
    """As `read`, in this very process."""
    said = find_charset(next((value for name, value in headers.items() if name.lower() == "content-type"), ""))
    text = decode(body, said, markup=True).text.lstrip()
    if text.startswith("{"):
        return _parse_json(text, url)
    known = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    found = feedparser.parse(
        text.encode("utf-8", "replace"), response_headers=known, sanitize_html=True, resolve_relative_uris=False
    )
    if not found.get("version"):
        raise refuse("feed", "a_page" if "<html" in text[:2000].lower() else "something_else")
    entries, base = [], urljoin(url, ".")
    for item in found.entries:
        whole = [part.get("value") for part in item.get("content", [])]
        when = item.get("published_parsed") or item.get("updated_parsed")
        guid, link = _text(item.get("id")) or "", _absolute(item.get("link"), url)
        # feedparser takes a guid for an address, and makes it whole, unless it is said to be none.
        if not _names(guid.removeprefix(base)):
            guid, link = "", link if link != _absolute(guid, url) else None
        entries.append(
            Entry(
                guid=guid,
                link=link,
                title=plain(item.get("title")),
                author=plain(item.get("author")),
                published=_date(timegm(when)) if when else None,
                content=_whole(*whole, item.get("summary")),
            )
        )
    return Found(title=plain(found.feed.get("title")), entries=_tell_apart(entries))


def _tell_apart(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with a name each: the guid, where it names this one alone, or the link."""
    shared = Counter(guid for guid, *_ in {(entry.guid, entry.link, entry.title) for entry in entries})
    named = []
    for entry in entries:
        tells = entry.guid and shared[entry.guid] == 1
        name = entry.guid if tells else entry.link or (entry.guid and f"{entry.guid}\n{entry.title}")
        if name:
            named.append(entry.model_copy(update={"guid": name}))
    return named


def _names(guid: str) -> bool:
    """Does a guid name anything at all?"""
    return re.sub(r"\W+", "", guid).casefold() not in _NO_NAME


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:24]


def _parse_json(text: str, url: str) -> Found:
    try:
        feed = json.loads(text)
        items = feed["items"]
        if "jsonfeed.org" not in feed["version"] or not isinstance(items, list):
            raise TypeError  # noqa: TRY301 - one way out
    except (ValueError, KeyError, TypeError, RecursionError):
        raise refuse("feed", "other_json") from None
    entries = []
    for item in items:
        if not isinstance(item, dict):
            continue
        plain_text = _text(item.get("content_text"))
        said = item.get("authors")
        authors = [a for a in (said if isinstance(said, list) else [item.get("author")]) if isinstance(a, dict)]
        known = item.get("id")
        guid = str(known) if isinstance(known, int | float) else _text(known) or ""
        entries.append(
            Entry(
                guid=guid if _names(guid) else "",
                link=_absolute(item.get("url") or item.get("external_url"), url),
                title=plain(item.get("title")),
                author=", ".join(name for a in authors if (name := plain(a.get("name")))) or None,
                published=_iso(item.get("date_published")),
                content=_whole(item.get("content_html"), plain_text and "".join(
                    f"<p>{escape(part)}</p>" for part in plain_text.split("\n\n"))),
            )
        )  # fmt: skip
    return Found(title=plain(feed.get("title")), entries=_tell_apart(entries))


def _text(value: Any) -> str | None:
    return value.encode("utf-8", "ignore").decode().strip() or None if isinstance(value, str) else None


def _absolute(link: Any, url: str) -> str | None:
    bare = _text(link)
    try:
        whole = urljoin(url, bare) if bare else ""
        return whole if urlsplit(whole).scheme in ("http", "https") else None
    except ValueError:  # http://[ and the like
        return None


def _whole(*contents: Any) -> str | None:
    """The longest of these, if it is long enough to be the article; unescaped where it was escaped once too often."""
    best = max((text for content in contents if (text := _text(content))), key=len, default="")
    for _ in range(_MOST_ESCAPED):
        if len(_ESCAPED_TAG.findall(best)) <= len(_TAG.findall(best)):
            break
        best = unescape(best)
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
