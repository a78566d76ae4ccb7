"""Feeds are looked at when they are due, politely, and their new items are read like links: each once, for ever."""

from __future__ import annotations

import logging
import time
from email.utils import parsedate_to_datetime

from celery.exceptions import SoftTimeLimitExceeded
from pydantic import ValidationError

from workers import queue, settings, store
from workers.extraction import http, link
from workers.extraction.extract import accept
from workers.extraction.http import Answer, Clock
from workers.extraction.refusal import Refused
from workers.extraction.source import Page
from workers.importers import feeds
from workers.importers.feeds import Entry
from workers.queue.celery import app
from workers.store import DAY, Errand, Feed, Item, StoreUnavailable

_log = logging.getLogger(__name__)

_TYPES = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml",
    "application/feed+json", "application/json", "text/plain", "text/html", "application/octet-stream",
)  # fmt: skip
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"
_LOOK_SECONDS = 120  # lease of one look
_ROUND_SECONDS = 10  # lease of one round, which asks the store alone: a second one beside it would do no harm
_LONGEST_PAUSE = DAY
_MOST_ITEMS = 100  # new ones that one look takes in; the others follow with the next ones
_GONE = 410


@app.task(name="look_at_feeds")
def look_at_feeds() -> None:
    """Have every feed that is due looked at, and see what became of the items taken in before."""
    with store.hold("feeds", _ROUND_SECONDS) as ours:
        if not ours:
            return
        try:
            for look in store.feeds():
                _follow(look.feed)
            for identifier in store.due_feeds(again=_LOOK_SECONDS):
                if found := store.feed(identifier):
                    store.send_out(Errand.to("feed", identifier, found.feed.url), bulk=True)
        except StoreUnavailable as error:
            _log.warning("feeds are looked at later: %s", error)


def read_feed(identifier: str) -> None:
    """Look at a feed and take in what is new."""
    with store.hold(identifier, _LOOK_SECONDS) as ours:
        found = store.feed(identifier)
        if not ours or found is None or found.feed.status == "paused":
            return
        try:
            feed, pause = _read(found.feed)
        except (StoreUnavailable, SoftTimeLimitExceeded):
            raise
        except Exception as error:  # noqa: BLE001 - a feed of any shape; the message may quote it
            feed, pause = _note_trouble(found.feed, f"It could not be read ({type(error).__name__})."), None
        now = store.feed(identifier)
        if now is None or now.feed.status == "paused":  # meanwhile
            return
        wait = pause or feed.interval * 2 ** min(feed.troubles, 10)
        store.save_feed(feed, time.time() + min(max(wait, feed.interval), _LONGEST_PAUSE))


def _read(feed: Feed) -> tuple[Feed, float | None]:
    """The feed as it stands after this look, and how many seconds its host asks us to wait."""
    known = (("If-None-Match", feed.etag), ("If-Modified-Since", feed.modified))
    headers = {"Accept": _ACCEPT} | {name: value for name, value in known if value}
    clock = Clock(settings.current().link_seconds)
    try:
        answer = http.request(
            feed.url, headers=headers, types=_TYPES, clock=clock, before=lambda hop: link.obey_robots(hop, clock)
        )
    except Refused as refused:
        return _note_trouble(feed, refused.reason), None
    fresh = feed.model_copy(update={"looked": time.time(), "trouble": None, "troubles": 0})
    if answer.status == 304:
        return fresh, None
    if answer.status == _GONE:
        gone = _note_trouble(feed, "The feed is gone for good (410): it is not looked at any more.")
        return gone.model_copy(update={"status": "paused"}), None
    if not 200 <= answer.status < 300:
        return _note_trouble(feed, f"Its host answered {answer.status}."), _read_pause(answer)
    try:
        found = feeds.read(answer.body, answer.url, answer.headers)
    except Refused as refused:
        return _note_trouble(feed, refused.reason), None
    taken, all_of_them = _take_in(feed, found.title, found.entries)
    return fresh.model_copy(
        update={
            "title": found.title or feed.title,
            "read": feed.read + taken,
            # Only once every item is taken in: else the host would say that nothing is new.
            "etag": answer.headers.get("Etag") if all_of_them else None,
            "modified": answer.headers.get("Last-Modified") if all_of_them else None,
        }
    ), None


def _note_trouble(feed: Feed, trouble: str) -> Feed:
    return feed.model_copy(update={"looked": time.time(), "trouble": trouble, "troubles": feed.troubles + 1})


def _read_pause(answer: Answer) -> float | None:
    """Seconds that Retry-After asks for."""
    said = answer.headers.get("Retry-After", "")
    if said.isdecimal():
        return float(said[:9])
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return None


def _take_in(feed: Feed, title: str | None, entries: list[Entry]) -> tuple[int, bool]:
    """Take in what is new, the oldest first; how many, and whether that was all."""
    by_key = {entry.key: entry for entry in entries}
    unseen = set(store.unseen(feed.id, list({name for entry in entries for name in entry.keys})))
    fresh = [name for name, entry in by_key.items() if unseen.issuperset(entry.keys)]
    if feed.looked is None and len(fresh) > _MOST_ITEMS:  # a long past is no news
        store.remember(feed.id, fresh[_MOST_ITEMS:])
        fresh = fresh[:_MOST_ITEMS]
    chosen = fresh[::-1][:_MOST_ITEMS]
    for at, name in enumerate(chosen):
        try:
            item = _submit(feed, title, by_key[name])
        except queue.QueueFull:
            return at, False
        store.take_item(feed.id, item, settings.current().retention_days * DAY)
    return len(chosen), len(chosen) == len(fresh)


def _submit(feed: Feed, title: str | None, entry: Entry) -> Item:
    """Have the item's page read; where it has none, its text in the feed. Raises QueueFull."""
    item = Item(
        key=entry.key,
        link=entry.link,
        article=None,
        taken=time.time(),
        content=entry.content,
        title=entry.title,
        author=entry.author,
        published=entry.published,
    )
    try:
        if entry.link:
            outlet = accept("outlet", feed.outlet)
            submitted = queue.submit_link(entry.link, lane="bulk", **{"outlet": outlet} if outlet else {})
            return item.model_copy(update={"article": submitted.id})
        if entry.content:
            return _submit_content(feed.model_copy(update={"title": title}), item)
    except ValidationError:
        return _close(item, "Its link is no address that can be read.")
    return _close(item, "It has neither a link nor its text in the feed.")


def _submit_content(feed: Feed, item: Item) -> Item:
    """Have the item's text in the feed read. Raises QueueFull, ValidationError."""
    page = Page(
        html=f"<html><body><article>{item.content}</article></body></html>",
        url=accept("url", item.link),
        title=accept("title", item.title),
        author=accept("author", item.author),
        published=accept("published", item.published),
        outlet=accept("outlet", feed.outlet or feed.title),
    )
    submitted = queue.submit(page, lane="bulk")
    return item.model_copy(update={"article": submitted.id, "content": None})


def _close(item: Item, error: str | None) -> Item:
    nothing = {"content": None, "title": None, "author": None, "published": None}
    return item.model_copy(update={"error": error, **nothing})


def _follow(feed: Feed) -> None:
    """See which items have ended; one whose page could not be read is read from the feed, if its text is there."""
    for item in store.open_items(feed.id):
        state = store.state(item.article or "")
        if state is None:
            store.close_item(feed.id, _close(item, "It was deleted."))
        elif state.status == "done":
            store.close_item(feed.id, _close(item, None))
        elif state.status == "failed":
            if not item.content:
                store.close_item(feed.id, _close(item, state.reason or "It could not be analysed."))
                continue
            try:
                again = _submit_content(feed, item)
            except queue.QueueFull:
                continue
            except ValidationError:
                store.close_item(feed.id, _close(item, state.reason))
                continue
            store.take_item(feed.id, again, settings.current().retention_days * DAY)
