"""Articles on their way: taken in once, leased to one process at a time, ended once."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Literal, cast, get_args

from pydantic import RootModel

from models.article import Article
from models.report import Report
from workers import logbook, settings
from workers.extraction.source import Fetched, File, Link, Page
from workers.store.connection import DAY, PREFIX, key, pack, reach, run, unpack
from workers.store.listing import summarize
from workers.store.outbound import BULK, Errand
from workers.store.packing import pack_report, unpack_report
from workers.store.timings import tally

Status = Literal["queued", "running", "done", "failed"]
Lane = Literal["articles", "bulk"]
Start = Literal["begun", "held", "settled", "gone", "exhausted"]

ATTEMPTS = 2
"""How often an article may stop its process, or the clock, before it is put aside."""
_STARTS = 10
"""How often it may be taken up at all. A worker that is killed with all it does is no article's fault."""
LEASE_SECONDS = 10


Submitted = Article | Link | Page | File | Fetched
"""What somebody sent in: an article, or something that it has to be read out of first."""

_Submitted = RootModel[Submitted]


def claim(identifier: str, article: Submitted, lane: Lane = "articles") -> str:
    """Take an article in, once. Answers "claimed", "full" (the queue), or the status it has already.

    "promoted" says that it waited in the bulk lane and is in the faster one from now on. A link waits as an errand
    until its page is here; until then it is "queued", and there is no task to send.
    """
    lists = ("waiting", "running", "unsent", "sequence", "aside", "outbound", "outbound-held", "outbound-sequence")
    names = [key("article", identifier), *map(key, lists)]
    with reach() as client:
        longest = settings.current().max_queue
        packed = pack(article.model_dump_json())
        flags = ("listed", int(article.is_listed), "retain", int(article.retain), "request", logbook.request() or "")
        errand = str(Errand.to("link", identifier, article.url)) if isinstance(article, Link) else ""
        return str(run(client, "claim", names, identifier, packed, time.time(), longest, lane, BULK, errand, *flags))


def depart(identifier: str, link: Link) -> None:
    """Have the page of an article that was taken up fetched first: it waits again."""
    errand = Errand.to("link", identifier, link.url)
    lists = ("sequence", "outbound", "outbound-held", "outbound-sequence")
    names = [
        key("article", identifier), key("waiting"), key("running"), key("lease", identifier), *map(key, lists),
    ]  # fmt: skip
    with reach() as client:
        run(client, "depart", names, identifier, str(errand), BULK)


def arrive(identifier: str, page: Fetched) -> Lane | None:
    """Keep a page that was fetched: its article waits to be read. Gives its lane; None when nobody wants it any more.

    Its task is to be sent; until `confirm_sent` any worker sends it.
    """
    names = [key("article", identifier), *map(key, ("waiting", "unsent", "sequence", "fetched"))]
    with reach() as client:
        answer = run(client, "arrive", names, identifier, pack(page.model_dump_json()), time.time(), BULK)
    return cast(Lane, answer) or None


def find_request(identifier: str) -> str | None:
    """Which request sent this article in?"""
    with reach() as client:
        found = cast(bytes | None, client.hget(key("article", identifier), "request"))
    return found.decode() if found else None


def lane(identifier: str) -> Lane:
    """In which lane does the article wait?"""
    with reach() as client:
        return "bulk" if client.hget(key("article", identifier), "lane") == b"bulk" else "articles"


def confirm_sent(identifier: str) -> None:
    """Note that the task of a claimed article is in the queue."""
    with reach() as client:
        client.zrem(key("unsent"), identifier)


def find_unsent(older: float) -> list[str]:
    """Name the articles claimed more than `older` seconds ago whose task never reached the queue."""
    with reach() as client:
        names = cast(list[bytes], client.zrangebyscore(key("unsent"), "-inf", time.time() - older))
    return [name.decode() for name in names]


def find_pending(idle: bool) -> set[str]:
    """Name the articles that were accepted, have not ended, and are in nobody's hands: some hundreds at most.

    While the queue is not idle, these are the waiting ones that others of their lane have passed, and those taken up
    a minute ago and let fall.
    """
    with reach() as client:
        pipe = client.pipeline(transaction=False)
        pipe.hmget(key("marks"), get_args(Lane))
        pipe.zrangebyscore(key("running"), "-inf", "+inf" if idle else time.time() - 60, 0, 200)
        marks, running = pipe.execute()
        for mark, start in zip(marks, (0, BULK), strict=True):
            pipe.zrangebyscore(key("waiting"), start, start + BULK - 1 if idle else f"({float(mark or 0)}", 0, 200)
        names = {name.decode() for found in [running, *pipe.execute()] for name in found}
        for name in (ordered := sorted(names)):
            pipe.hexists(key("article", name), "outside")
        outside = {name for name, is_out in zip(ordered, pipe.execute(), strict=True) if is_out}
    return {name for name in names - outside if not is_leased(name)}


def may_send_again(identifier: str) -> bool:
    """Was the task of this article not sent again within the last ten seconds, by any worker?"""
    with reach() as client:
        return bool(client.set(key("sent-again", identifier), 1, nx=True, ex=10))


def begin(identifier: str, owner: str) -> Start:
    """Take an article up for analysis: sets it running and leases it to `owner`, one at a time."""
    names = [
        key("article", identifier),
        *map(key, ("waiting", "running", "unsent")),
        key("lease", identifier),
        key("marks"),
    ]
    values = (identifier, owner, time.time(), LEASE_SECONDS, ATTEMPTS, _STARTS)
    with reach() as client:
        return cast(Start, run(client, "begin", names, *values))


def renew_lease(identifier: str, owner: str) -> None:
    """Say that `owner` is still at work on the article."""
    with reach() as client:
        client.set(key("lease", identifier), owner, ex=LEASE_SECONDS)


def blame(identifier: str, trouble: str) -> int:
    """Let the article be taken up again, and count against it what stopped this attempt. Gives its attempts so far."""
    with reach() as client:
        return int(run(client, "blame", [key("article", identifier), key("lease", identifier)], trouble))


def is_leased(identifier: str) -> bool:
    """Is a living process at work on this article?"""
    with reach() as client:
        return bool(client.exists(key("lease", identifier)))


def attempts(identifier: str) -> tuple[int, str | None]:
    """How many attempts did the article stop, and what stopped the last one, where that is known?"""
    with reach() as client:
        count, trouble = cast(list[bytes | None], client.hmget(key("article", identifier), ["attempts", "trouble"]))
    return int(count or 0), trouble.decode() if trouble else None


def article(identifier: str) -> Submitted | None:
    """Give what waits under this id."""
    with reach() as client:
        packed = cast(bytes | None, client.hget(key("article", identifier), "article"))
    return read_submitted(packed, identifier)


def read_submitted(packed: bytes | None, name: str) -> Submitted | None:
    """Give back what was packed as JSON; None when it is missing or broken."""
    found = unpack(_Submitted, packed, name)
    return found.root if found else None


def save(report: Report, spent: Mapping[str, float] | None = None) -> bool:
    """Keep a finished report, and count the seconds that each stage took.

    False when its article ended already or was deleted meanwhile.
    """
    summary = summarize(report).model_dump_json()
    return _settle(report.id, "done", spent or {}, "report", pack_report(report), "summary", pack(summary))


def fail(identifier: str, reason: str, code: str = "") -> bool:
    """End an article without a report, for a reason told to its reader (never any of its text)."""
    return _settle(identifier, "failed", {}, "reason", reason, "code", code)


def _settle(identifier: str, status: Status, spent: Mapping[str, float], *fields: str | bytes) -> bool:
    names = [
        key("article", identifier),
        *map(key, ("waiting", "running", "unsent")),
        key("lease", identifier),
        *map(key, ("sequence", "reports", "counts", "erase", "stages", "aside")),
    ]
    kept, unread = settings.current().retention_days * DAY, settings.current().unread_minutes * 60
    values = (identifier, status, kept, unread, time.time(), json.dumps(tally(spent)))
    with reach() as client:
        return bool(run(client, "settle", names, *values, *fields))


def hand_over(identifier: str) -> Report | None:
    """Give the report to a reader: one that is not to be retained goes out once, and is forgotten with that."""
    with reach() as client:
        packed, retain = cast(list[bytes | None], client.hmget(key("article", identifier), ["report", "retain"]))
    found = unpack_report(packed, identifier)
    return None if found and retain == b"0" and not delete(identifier) else found


def delete(identifier: str) -> bool:
    """Leave nothing of the article: its text, its report, every comparison with it. False when it was not there.

    The server's file is written anew within a minute or so (`erase`).
    """
    return _forget(identifier, "all")


def unlist(identifier: str) -> None:
    """Take a report out of every list, story and figure; whoever has its address reads it as before."""
    _forget(identifier, "lists")


def _forget(identifier: str, what: Literal["all", "lists"]) -> bool:
    names = [
        key("article", identifier),
        *map(key, ("waiting", "running", "unsent")),
        key("lease", identifier),
        key("reports"),
        key("compared", identifier),
        key("listed", identifier),
        key("erase"),
        key("sent-again", identifier),
        key("aside"),
        key("taken-back", identifier),
    ]
    with reach() as client:
        return bool(run(client, "delete", names, identifier, key("comparison") + ":", time.time(), PREFIX, what))
