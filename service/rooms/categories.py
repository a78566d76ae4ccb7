"""Categories of a room's own: learnt from what was coded in it, told honestly, and looked for in its articles."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from models.categories.figures import LEAST_CODES
from models.rows import defuse
from service import access
from service.problems import Refusal
from service.rooms import standing
from service.rooms.standing import Standing
from service.texts import say
from workers import store
from workers.queue import rooms as carrier
from workers.store import RoomCategory

room_categories = Blueprint("room_categories", __name__)

_COLUMNS = ("article", "report", "coded", "start", "end", "category", "probability", "text")


@room_categories.get("/rooms/<room>/categories")
@access.needs("room")
def list_categories(room: str) -> str:
    """What can be learnt from the room's codes, and what was."""
    here = standing.enter_as_owner(room)
    kinds = _kinds(here)
    learnt = {layer: store.room_category(room, layer) for layer in kinds}
    return render_template(
        "rooms/categories.html", here=here, kinds=kinds, learnt=learnt, layers=store.room_layers(room)
    )


@room_categories.post("/rooms/<room>/categories/<layer>")
@access.needs("room")
def learn_category(room: str, layer: str) -> WerkzeugResponse:
    """Have it learnt, or learnt again from what was coded meanwhile."""
    here = standing.enter_to_change(room)
    if layer not in _kinds(here):
        raise Refusal(404, "not_found", say("room.no_category"))
    carrier.learn(room, layer)
    return redirect(url_for("room_categories.show_category", room=room, layer=layer), 303)


@room_categories.get("/rooms/<room>/categories/<layer>")
@access.needs("room")
def show_category(room: str, layer: str) -> Response:
    """How well it does, what to code next, and what it finds; while it is being learnt, a page that looks again."""
    here, found = find_category(room, layer)
    page = make_response(render_category(here, layer, found, {}, {}))
    if found.status == "queued":
        page.headers["Refresh"] = "3"
    return page


def render_category(
    here: Standing, layer: str, found: RoomCategory, typed: Mapping[str, str], errors: Mapping[str, str]
) -> str:
    """The page of a category, with the form that has it applied elsewhere."""
    return render_template(
        "rooms/category.html",
        here=here,
        layer=layer,
        name=_kinds(here).get(layer, layer),
        found=found,
        titles=standing.find_titles(here.room),
        often=_count(found),
        least=LEAST_CODES,
        feeds=store.feeds() if access.may("read") else [],
        layers={name: one for name, one in store.room_layers(here.room.id).items() if one.category == layer},
        typed=typed,
        errors=errors,
    )


@room_categories.get("/rooms/<room>/categories/<layer>.json")
@access.needs("room")
def download_category(room: str, layer: str) -> Response:
    """The classifier as a file that `models analyze --with` takes."""
    find_category(room, layer)
    model = store.room_category_model(room, layer)
    if model is None:
        raise Refusal(404, "not_found", say("room.no_category"))
    answer = current_app.response_class(model, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="category-{layer}.json"'
    return answer


@room_categories.get("/rooms/<room>/categories/<layer>.csv")
@access.needs("room")
def download_found(room: str, layer: str) -> Response:
    """A row for every place that it finds in the room's articles."""
    here, found = find_category(room, layer)
    table = io.StringIO()
    writer = csv.DictWriter(table, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for name, places in found.found.items():
        entry = here.room.articles.get(name)
        report = store.lasting_report(entry.report) if entry else None
        for place in places if entry and report else ():
            text = report.article.text[place.start : place.end] if report and found.unit == "sentence" else ""
            row = {"article": name, "report": entry.report if entry else "", "coded": name in found.coded, "text": text}
            row |= place.model_dump()
            writer.writerow({column: defuse(str(value)) for column, value in row.items()})
    answer = current_app.response_class("\ufeff" + table.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="category-{layer}.csv"'
    return answer


def find_category(room: str, layer: str) -> tuple[Standing, RoomCategory]:
    """The owner in the room, and what was learnt of a layer or question. Raises Refusal."""
    here = standing.enter_as_owner(room)
    found = store.room_category(room, layer)
    if found is None:
        raise Refusal(404, "not_found", say("room.no_category"))
    return here, found


def _kinds(here: Standing) -> dict[str, str]:
    """The names of the layers and questions of the room's codebook, by id."""
    return {one.id: one.name for one in (*here.codebook.layers, *here.codebook.levels)}


def _count(found: RoomCategory) -> dict[str, int]:
    """In how many articles that were not coded each category is found."""
    return {
        category: sum(
            any(place.category == category for place in places)
            for name, places in found.found.items()
            if name not in found.coded
        )
        for category in found.categories
    }
