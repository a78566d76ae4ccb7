"""Source audits: who is heard in an outlet, or in the articles of a feed, over a span of days."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from models.outlets.audit import Audit, audit
from service import access, over_time, submission
from service.openapi import SPAN, operation
from service.problems import Refusal
from service.texts import say
from workers import store

audits = Blueprint("audits", __name__)

_SHOWN = 100  # sources on the page
_ABOUT = (
    "Who is heard, with role, side, words, how much of it in quotation marks, how early; gender only where the "
    "articles' own words tell it (he, she, Mr, Ms). Shares with 95 % intervals by article, from 10 articles on; the "
    "same text counts once."
)
_OUTLET = {"name": "The outlet's name, whatever its case and white space."}
_FEED = {"id": "Id of the feed, as the list of feeds gives it."}
_NO_OUTLET = {"not_found": "no report of this outlet is here"}


@operation(
    audits, "GET", "/api/v1/outlets/<path:name>/sources", "read", "Audit the sources of an outlet",
    {200: ("Who is heard.", Audit)}, more=_ABOUT, names=_OUTLET, query=SPAN, when=_NO_OUTLET, refuses=("bad_request",),
)  # fmt: skip
def get_outlet_audit(name: str) -> Audit:
    return _of_outlet(name)[1]


@operation(
    audits, "GET", "/api/v1/outlets/<path:name>/sources.csv", "read", "Audit the sources of an outlet, as a table",
    {200: ("A row for each source.", ["text/csv"])},
    names=_OUTLET, query=SPAN, when=_NO_OUTLET, refuses=("bad_request",),
)  # fmt: skip
def get_outlet_audit_table(name: str) -> Response:
    return _answer_table(_of_outlet(name)[1])


@operation(
    audits, "GET", "/api/v1/feeds/<identifier>/sources", "read", "Audit the sources of a feed",
    {200: ("Who is heard.", Audit)}, more=_ABOUT, names=_FEED, query=SPAN, refuses=("bad_request",),
)  # fmt: skip
def get_feed_audit(identifier: str) -> Audit:
    return _of_feed(identifier)[1]


@operation(
    audits, "GET", "/api/v1/feeds/<identifier>/sources.csv", "read", "Audit the sources of a feed, as a table",
    {200: ("A row for each source.", ["text/csv"])}, names=_FEED, query=SPAN, refuses=("bad_request",),
)  # fmt: skip
def get_feed_audit_table(identifier: str) -> Response:
    return _answer_table(_of_feed(identifier)[1])


@audits.get("/outlets/<path:name>/sources")
@access.needs("read")
def show_outlet_audit(name: str) -> str:
    """Who is heard in an outlet's reports; `?since=` and `?until=` choose days."""
    return _render(*_of_outlet(name), kind="outlet")


@audits.get("/feeds/<identifier>/sources")
@access.needs("read")
def show_feed_audit(identifier: str) -> str:
    """Who is heard in a feed's reports, likewise."""
    return _render(*_of_feed(identifier), kind="feed", identifier=identifier)


def _of_outlet(name: str) -> tuple[str, Audit]:
    since, until = submission.read_span(request)
    found = store.outlet(name)
    if found is None:
        raise Refusal(404, "not_found", "No report of this outlet is here. Parallax knows only what it was given.")
    return found.name, audit(store.outlet_counts(name), since, until)


def _of_feed(identifier: str) -> tuple[str, Audit]:
    since, until = submission.read_span(request)
    look = store.feed(identifier)
    if look is None:
        raise Refusal(404, "not_found", say("feed.unknown"))
    feed = look.feed
    return feed.outlet or feed.title or feed.url, audit(store.feed_counts(identifier), since, until)


def _answer_table(found: Audit) -> Response:
    return over_time.answer_csv("sources.csv", over_time.AUDIT_COLUMNS, over_time.list_sources(found))


def _render(name: str, found: Audit, kind: str, identifier: str | None = None) -> str:
    return render_template(
        "audit.html",
        name=name,
        kind=kind,
        identifier=identifier,
        audit=found,
        shares=over_time.list_shares(found),
        sources=found.sources[:_SHOWN],
    )
