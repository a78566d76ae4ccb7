"""Feeds that are watched: a page and JSON."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.wrappers import Response as WerkzeugResponse

from models.article import Address, Line
from models.refusals import FieldError, explain
from service import access, submission
from service.openapi import operation
from service.problems import Refusal
from service.texts import say
from workers import settings, store
from workers.queue import feeds as carrier
from workers.store import Feed, FeedStatus, Look

feeds = Blueprint("feeds", __name__)

_LONGEST_INTERVAL = 7 * 86_400
_ITEMS_SHOWN = 50


class FeedRequest(BaseModel):
    """Which feed to watch."""

    model_config = ConfigDict(extra="forbid", strict=True)

    url: Address = Field(description="Where the RSS, Atom or JSON feed stands, an http:// or https:// address.")
    outlet: Line | None = Field(default=None, description="Outlet of its articles; else as each page says.")
    interval: int | None = Field(
        default=None,
        ge=1,
        le=_LONGEST_INTERVAL,
        description="Seconds between two looks; never less than the operator allows (PARALLAX_FEED_INTERVAL_LEAST).",
    )


class FeedItem(BaseModel):
    """One item that was taken in."""

    link: str | None = Field(description="Where it stands.")
    report: str | None = Field(description="Where its report is, or will be; null where there is none.")
    title: str | None = Field(description="Headline of the report; null before it is there.")
    error: str | None = Field(description="Why it could not be read; null when it could.")
    taken: str = Field(description="When it was taken in, UTC, ISO 8601.")


class FeedState(BaseModel):
    """A feed that is watched."""

    id: str = Field(description="Hash of its address.")
    url: str = Field(description="Where it stands.")
    title: str | None = Field(description="What it calls itself; null before the first look.")
    outlet: str | None = Field(description="Outlet of its articles; null: as each page says.")
    status: FeedStatus = Field(description="active: it is looked at; paused: it is not.")
    interval: int = Field(ge=1, description="Seconds between two looks; more after looks that failed.")
    added: str = Field(description="When it was added, UTC, ISO 8601.")
    looked: str | None = Field(description="When it was last looked at, UTC, ISO 8601; null before the first look.")
    next: str | None = Field(description="When it is looked at next, UTC, ISO 8601; null while it is paused.")
    trouble: str | None = Field(description="Why the last look failed; null when it did not.")
    read: int = Field(ge=0, description="Items that were taken in so far.")
    items: list[FeedItem] = Field(description="The last items, the newest first; empty in a list of feeds.")


class Feeds(BaseModel):
    """Every feed that is watched."""

    feeds: list[FeedState] = Field(description="The first added first.")


_WHERE = {"Location": "Where the feed is."}
_ID = {"id": "Id of the feed, as the list of feeds gives it."}


@operation(
    feeds, "GET", "/api/v1/feeds", "read", "List the feeds that are watched",
    {200: ("All of them, without their items.", Feeds)},
)  # fmt: skip
def list_feeds() -> Feeds:
    return Feeds(feeds=[_describe(look) for look in store.feeds()])


@operation(
    feeds, "POST", "/api/v1/feeds", "admin", "Watch a feed",
    {
        201: ("It is looked at within seconds.", FeedState, _WHERE),
        200: ("It was watched already.", FeedState, _WHERE),
    },
    more="RSS, Atom or JSON Feed, looked at politely (ETag, Last-Modified, Retry-After, robots.txt). Its new items are "
    "read like links, each once for ever; one whose page can't be read is read from the feed, if its whole text is "
    "there. A feed that is watched already is given back as it is.",
    takes=(FeedRequest,), example={"url": "https://news.example/feed.xml", "outlet": "The Quay"},
    refuses=("invalid_request",),
)  # fmt: skip
def watch_feed() -> tuple[FeedState, int, dict[str, str]]:
    feed, new = _watch(submission.read_json(request, FeedRequest))
    where = url_for("feeds.get_feed", identifier=feed.id)
    return _describe(_find(feed.id)), 201 if new else 200, {"Location": where}


@operation(
    feeds, "GET", "/api/v1/feeds/<identifier>", "read", "See a feed and its last items",
    {200: ("The feed.", FeedState)}, names=_ID,
)  # fmt: skip
def get_feed(identifier: str) -> FeedState:
    return _describe(_find(identifier), items=True)


@operation(
    feeds, "POST", "/api/v1/feeds/<identifier>/<any(pause, resume):action>", "admin", "Pause or resume a feed",
    {200: ("The feed.", FeedState)},
    names=_ID | {"action": ("pause: look at it no more; resume: look at it again, at once.", ["pause", "resume"])},
)  # fmt: skip
def change_feed(identifier: str, action: str) -> FeedState:
    _change(identifier, action)
    return _describe(_find(identifier))


@operation(
    feeds, "DELETE", "/api/v1/feeds/<identifier>", "admin", "Watch a feed no more", {204: ("It is gone.", None)},
    names=_ID, more="Its reports stay.",
)  # fmt: skip
def remove_feed(identifier: str) -> tuple[str, int]:
    _change(identifier, "remove")
    return "", 204


@feeds.get("/feeds")
@access.needs("read")
def show_feeds() -> str:
    """The feeds that are watched, and the form for another."""
    return _render({}, {})


@feeds.post("/feeds")
@access.needs("admin")
def submit_form() -> Response | WerkzeugResponse:
    """Watch a feed and lead to its page; the form again, with what is wrong, as 422 or the refusal's status."""
    typed = {name: request.form.get(name, "").strip() for name in ("url", "outlet")}
    try:
        feed, _ = _watch(FeedRequest(url=typed["url"], outlet=typed["outlet"] or None))
    except ValidationError as invalid:
        errors = {error.field: error.message for error in explain(invalid, FeedRequest)}
        return make_response(_render(typed, errors), 422)
    except Refusal as refusal:
        return make_response(_render(typed, {"url": refusal.problem.detail}), refusal.problem.status)
    return redirect(url_for("feeds.show_feed", identifier=feed.id), 303)


@feeds.get("/feeds/<identifier>")
@access.needs("read")
def show_feed(identifier: str) -> str:
    """One feed: how it is doing, and the reports that came of it."""
    return render_template("feed.html", feed=_describe(_find(identifier), items=True))


@feeds.post("/feeds/<identifier>/<any(pause, resume, remove):action>")
@access.needs("admin")
def change_by_page(identifier: str, action: str) -> WerkzeugResponse:
    """Pause a feed, go on with it, or remove it."""
    _change(identifier, action)
    if action == "remove":
        return redirect(url_for("feeds.show_feeds"), 303)
    return redirect(url_for("feeds.show_feed", identifier=identifier), 303)


def _watch(wanted: FeedRequest) -> tuple[Feed, bool]:
    chosen = settings.current()
    if not chosen.links:
        raise Refusal(422, "invalid_request", say("feed.off"), [_error("off", say("feed.off"))])
    least = chosen.feed_interval_least
    if wanted.interval is not None and wanted.interval < least:
        text = say("feed.too_often", least=least)
        raise Refusal(422, "invalid_request", text, [_error("too_often", text, field="interval")])
    try:
        return carrier.watch(wanted.url, wanted.outlet, wanted.interval)
    except carrier.TooManyFeeds:
        text = say("feed.too_many", most=chosen.feeds)
        raise Refusal(422, "invalid_request", text, [_error("too_many", text)]) from None


def _error(code: str, message: str, field: str = "url") -> FieldError:
    return FieldError(field=field, code=code, message=message)


def _change(identifier: str, action: str) -> None:
    change = {"pause": carrier.pause, "resume": carrier.resume, "remove": store.remove_feed}[action]
    if not change(identifier):
        raise Refusal(404, "not_found", say("feed.unknown"))


def _find(identifier: str) -> Look:
    found = store.feed(identifier)
    if found is None:
        raise Refusal(404, "not_found", say("feed.unknown"))
    return found


def _describe(look: Look, items: bool = False) -> FeedState:
    feed = look.feed
    return FeedState(
        id=feed.id,
        url=feed.url,
        title=feed.title,
        outlet=feed.outlet,
        status=feed.status,
        interval=feed.interval,
        added=_date(feed.added),
        looked=_date(feed.looked) if feed.looked else None,
        next=_date(look.next) if look.next else None,
        trouble=feed.trouble,
        read=feed.read,
        items=_items(feed.id) if items else [],
    )


def _items(identifier: str) -> list[FeedItem]:
    items = store.feed_items(identifier, _ITEMS_SHOWN)
    titles = store.titles([item.article or "" for item in items])
    return [
        FeedItem(
            link=item.link,
            report=url_for("api.get_report", identifier=item.article) if item.article and not item.error else None,
            title=title,
            error=item.error,
            taken=_date(item.taken),
        )
        for item, title in zip(items, titles, strict=True)
    ]


def _date(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def _render(typed: dict[str, str], errors: dict[str, str]) -> str:
    watched = [_describe(look) for look in store.feeds()]
    return render_template("feeds.html", feeds=watched, typed=typed, errors=errors, chosen=settings.current())
