"""The queue: an article comes in once, gets its id, and waits for a worker."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import Any, cast

from models.report import Report
from models.version import engine
from workers import logbook, store
from workers.extraction.source import File, Link, Page, recognise
from workers.queue.celery import send
from workers.store import Lane, Status, StoreUnavailable, Submitted

_log = logbook.logger(__name__)


class QueueFull(StoreUnavailable):
    """Too many articles wait already."""

    retry_after = 60


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of an article that was sent in."""

    id: str
    status: Status


def name(article: Submitted) -> str:
    """The id: a hash of what was sent and of the engine, or, where its sender keeps it to himself, by chance.

    Who knows what such an article holds, a public page's address perhaps, must not know where its report is.
    """
    return article.digest(engine()) if article.is_listed else secrets.token_hex(16)


def submit(article: Submitted, lane: Lane = "articles", identifier: str | None = None) -> Submission:
    """Take an article in and have it analysed; the same article joins the job or the report that is there already.

    One that is private or not to be retained joins nothing, and nothing joins it. `identifier` is its name where it has
    one already. What waits in the lane "bulk" is taken up when nothing waits in "articles"; whoever sends it again into
    "articles" moves it there. Returns only when the article is written. Raises StoreUnavailable (QueueFull among it)
    when it can't be taken in.
    """
    if isinstance(article, Page | File) and store.is_nearly_full():
        raise QueueFull("The store is nearly full: texts and links are taken in, pages and files later.")
    identifier = identifier or name(article)
    answer = store.claim(identifier, article, lane)
    if answer == "full":
        raise QueueFull("Too many articles are waiting. Try again in a minute.")
    if article.callback_url:
        store.ask_callback("report", identifier, article.callback_url)
    if answer not in {"claimed", "promoted"}:
        return Submission(identifier, cast(Status, answer))
    # A link is none of these: it waits for its page (workers.network), and is sent when that has come.
    # Accepted from here on: the record is on the store's disk, and what does not reach the queue now is sent later
    # by workers.supervision.recovery.
    try:
        send("analyze_article", identifier, queue=lane)
        store.confirm_sent(identifier)
    except StoreUnavailable as error:
        _log.warning("task sent later", id=identifier, why=str(error))
    _log.info("accepted", id=identifier, lane=lane)
    return Submission(identifier, "queued")


def submit_link(url: str, *, lane: Lane = "articles", **fields: Any) -> Submission:
    """Take a link in: a worker fetches the page, extracts its article and analyses that.

    `fields` are what is known of the article (`outlet`, `published` …); they go before what the page says. The same
    link with the same fields joins the job or the report that is there already. Raises pydantic's ValidationError for
    an address that is none, and what `submit` raises.
    """
    return submit(Link(url=url, **fields), lane)


def read_again(report: Report, *, listed: bool) -> Submission:
    """Fetch the page of a report once more: what changed since is told with the new report. Once a minute.

    Raises Invalid where it was not read from an address that may be fetched, and what `submit` raises.
    """
    origin = report.provenance.origin
    address = (origin.fetched or report.article.url) if origin and origin.kind != "file" else None
    fields = {"url": address or "", "private": not listed}
    link = recognise(fields | ({"outlet": report.article.outlet} if report.article.outlet else {}))
    if not listed:
        return submit(link)
    asked = f"{link.digest(engine())} {int(time.time() // 60)}"
    return submit(link, identifier=hashlib.sha256(asked.encode()).hexdigest()[:32])


def requeue(identifier: str) -> bool:
    """Have an article that was put aside tried again, twice as before. False when there is nothing to try."""
    if not store.requeue(identifier):
        return False
    send("analyze_article", identifier)
    store.confirm_sent(identifier)
    return True
