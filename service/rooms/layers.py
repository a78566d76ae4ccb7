"""Layers of a room's own: a category that was learnt there is applied to a batch, or to a span of a feed."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from models.rows import defuse
from service import access, marks
from service.problems import Refusal
from service.rooms import categories, doors, sources, standing
from service.rooms.standing import Standing
from service.texts import say
from workers import settings, store
from workers.queue import rooms as carrier
from workers.store import FoundArticle, OwnLayer

room_layers = Blueprint("room_layers", __name__)

FORMAT = "parallax-layer-1"
COLUMNS = ("report", "title", "category", "probability", "start", "end", "text", "left_out")
SHOWN = 50  # articles on a page
_BATCH = re.compile(r"[0-9a-f]{8,64}")

Errors = dict[str, str]


@room_layers.post("/rooms/<room>/categories/<layer>/apply")
@access.needs("room")
def apply_category(room: str, layer: str) -> Response | WerkzeugResponse:
    """Have a category applied to a batch or feed, as a layer of its own."""
    standing.enter_to_change(room)
    here, learnt = categories.find_category(room, layer)
    model = store.room_category_model(room, layer)
    if model is None:
        raise Refusal(404, "not_found", say("room.no_category"))
    typed = {name: request.form.get(name, "").strip() for name in ("name", "source", "batch", "feed", "first", "last")}
    errors: Errors = {}
    if not 0 < len(typed["name"]) <= doors.LONGEST_NAME:
        errors["name"] = say("room.layer_name", limit=doors.LONGEST_NAME)
    if not access.may("read"):
        errors["batch"] = say("room.layer_key")
    found = _find_feed(typed, errors) if typed["source"] == "feed" else _find_batch(typed, errors)
    most = settings.current().room_layer_articles
    if found and len(found[1]) > most:
        where = "first" if typed["source"] == "feed" else "batch"
        errors.setdefault(where, say("room.layer_many", actual=f"{len(found[1]):,}", most=f"{most:,}"))
    if errors or not found:
        return make_response(categories.render_category(here, layer, learnt, typed, errors), 422)
    source, reports = found
    own = OwnLayer.model_validate(
        {"name": typed["name"], "category": layer, "unit": learnt.unit, "categories": learnt.categories}
        | {"asked": time.time(), "total": len(reports)} | source
    )  # fmt: skip
    name = carrier.apply(room, own, reports, model)
    if name == "full":
        errors["name"] = say("room.layer_full", most=store.MOST_LAYERS)
        return make_response(categories.render_category(here, layer, learnt, typed, errors), 409)
    if name == "gone":
        raise Refusal(404, "not_found", say("room.no_link"))
    return redirect(url_for("room_layers.show_layer", room=room, name=name), 303)


def _find_batch(typed: Mapping[str, str], errors: Errors) -> tuple[dict[str, str], list[str]] | None:
    """The batch that is meant, and its reports."""
    name = typed["batch"].rstrip("/").rsplit("/", 1)[-1]
    batch = store.batch(name) if _BATCH.fullmatch(name) else None
    if batch is None:
        errors.setdefault("batch", say("room.layer_batch", name=f"“{name[:80]}”") if name else say("room.layer_which"))
        return None
    if left := batch.waiting + batch.open:
        errors.setdefault(
            "batch", say("room.layer_going", left=f"{left:,} of its articles {'is' if left == 1 else 'are'}")
        )
        return None
    reports = sources.sort_out(row.article for row in store.batch_rows(name)).reports
    if not reports:
        errors.setdefault("batch", say("room.layer_empty"))
    return {"source": "batch", "place": name, "called": batch.name or f"batch {name[:8]}"}, reports


def _find_feed(typed: Mapping[str, str], errors: Errors) -> tuple[dict[str, str], list[str]] | None:
    """The feed that is meant, and the reports of what was taken in on these days (UTC)."""
    look = store.feed(typed["feed"]) if _BATCH.fullmatch(typed["feed"]) else None
    if look is None:
        errors.setdefault("feed", say("room.layer_feed"))
    days: dict[str, date | None] = {}
    for which in ("first", "last"):
        try:
            days[which] = date.fromisoformat(typed[which]) if typed[which] else None
        except ValueError:
            errors[which] = say("room.layer_day")
    if errors or look is None:
        return None
    first, last = days["first"] or date.min, days["last"] or date.max
    if last < first:
        errors["last"] = say("room.layer_days")
        return None
    items = store.feed_items(look.feed.id)
    within = [item.article for item in items if first <= datetime.fromtimestamp(item.taken, UTC).date() <= last]
    reports = sources.sort_out(within).reports
    if not reports:
        errors.setdefault("first", say("room.layer_empty"))
    called = look.feed.outlet or look.feed.title or look.feed.url
    span = {"first": typed["first"], "last": typed["last"]}
    return {"source": "feed", "place": look.feed.id, "called": called, **span}, reports


@room_layers.get("/rooms/<room>/layers/<name>")
@access.needs("room")
def show_layer(room: str, name: str) -> Response:
    """How far it is, and what it finds; while it is being made, a page that looks again."""
    here, layer = _find(room, name)
    wanted = request.args.get("category", "")
    found = [one for one in store.layer_found(room, name) if not wanted or _has(one, wanted)]
    at = request.args.get("page", "1")
    number = min(max(1, int(at[:6]) if at.isascii() and at.isdigit() else 1), max(1, -(-len(found) // SHOWN)))
    shown = found[(number - 1) * SHOWN : number * SHOWN]
    page = make_response(
        render_template(
            "rooms/layer.html",
            here=here,
            name=name,
            layer=layer,
            wanted=wanted,
            number=number,
            many=len(found),
            pages=-(-len(found) // SHOWN),
            shown=[(one, title, _tell(one)) for one, title in zip(shown, _titles(shown), strict=True)],
        )
    )
    if layer.status == "queued":
        page.headers["Refresh"] = "3"
    return page


def _has(one: FoundArticle, category: str) -> bool:
    return any(place.category == category for place in one.findings)


def _titles(found: list[FoundArticle]) -> list[str | None]:
    return store.titles([one.report for one in found])


def _tell(one: FoundArticle) -> dict[str, int]:
    """How often each category is found in the article."""
    told: dict[str, int] = {}
    for place in one.findings:
        told[place.category] = told.get(place.category, 0) + 1
    return told


@room_layers.get("/rooms/<room>/layers/<name>/articles/<report>")
@access.needs("room")
def show_layer_article(room: str, name: str, report: str) -> str:
    """One article's text with what the layer finds in it."""
    here, layer = _find(room, name)
    one = next((one for one in store.layer_found(room, name) if one.report == report), None)
    known = store.lasting_report(report) if one else None
    if one is None or known is None:
        raise Refusal(404, "not_found", say("room.layer_not_read"))
    places = one.findings if layer.unit == "sentence" else []
    shown = [marks.Mark(place.start, place.end, at, "line", "tool") for at, place in enumerate(places, 1)]
    blocks = marks.split(known.article.text, shown)
    return render_template(
        "rooms/layer_article.html", here=here, name=name, layer=layer, facts=known.article, found=one, blocks=blocks
    )


@room_layers.post("/rooms/<room>/layers/<name>/cancel")
@access.needs("room")
def cancel_layer(room: str, name: str) -> WerkzeugResponse:
    _find(room, name)
    carrier.cancel(room, name)
    return redirect(url_for("room_layers.show_layer", room=room, name=name), 303)


@room_layers.post("/rooms/<room>/layers/<name>/delete")
@access.needs("room")
def delete_layer(room: str, name: str) -> WerkzeugResponse:
    _find(room, name)
    store.drop_layer(room, name)
    return redirect(url_for("room_categories.list_categories", room=room), 303)


@room_layers.get("/rooms/<room>/layers/<name>.json")
@access.needs("room")
def download_layer(room: str, name: str) -> Response:
    """The layer as one file; each article’s findings as `report.categories` has them."""
    _, layer = _find(room, name)
    content = json.dumps(describe(room, name, layer), ensure_ascii=False)
    answer = current_app.response_class(content, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="layer-{name}.json"'
    return answer


def describe(room: str, name: str, layer: OwnLayer) -> dict[str, Any]:
    """A layer with all that it finds."""
    found = list(store.layer_found(room, name))
    facts = layer.model_dump(include={"name", "version", "unit", "categories", "status", "why", "total", "done"})
    source = {"kind": layer.source, "id": layer.place, "name": layer.called, "first": layer.first, "last": layer.last}
    return {
        "format": FORMAT,
        "layer": facts | {"source": source},
        "articles": [
            {"title": title} | one.model_dump(mode="json") for one, title in zip(found, _titles(found), strict=True)
        ],
    }


@room_layers.get("/rooms/<room>/layers/<name>.csv")
@access.needs("room")
def download_layer_table(room: str, name: str) -> Response:
    """A row for each place that it finds, one for each article without any; never more than one report in memory."""
    _find(room, name)
    answer = current_app.response_class(_write(room, name), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="layer-{name}.csv"'
    return answer


def _write(room: str, name: str) -> Iterator[str]:
    yield "\ufeff" + ",".join(COLUMNS) + "\r\n"
    for one in store.layer_found(room, name):
        known = store.lasting_report(one.report)
        text, title = (known.article.text, known.article.called) if known else ("", "")
        table = io.StringIO()
        writer = csv.DictWriter(table, COLUMNS, restval="", lineterminator="\r\n")
        whose = {"report": one.report, "title": defuse(title), "left_out": one.left_out}
        for place in one.findings:
            words = "" if (place.start, place.end) == (0, len(text)) else text[place.start : place.end]
            writer.writerow(whose | place.model_dump() | {"text": defuse(words)})
        if not one.findings:
            writer.writerow(whose)
        yield table.getvalue()


def _find(room: str, name: str) -> tuple[Standing, OwnLayer]:
    here = standing.enter_as_owner(room)
    layer = store.room_layer(room, name)
    if layer is None:
        raise Refusal(404, "not_found", say("room.no_layer"))
    return here, layer
