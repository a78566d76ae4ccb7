"""The room's page: for its owner all that can be done with it, for a member the articles to code."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from models.article import Article
from models.coding import lots
from models.refusals import Invalid, validate
from service import access
from service.problems import Refusal
from service.rooms import doors, filling, standing
from service.rooms.filling import DrawRequest
from service.rooms.standing import Standing
from service.texts import say
from workers import settings, store
from workers.queue import rooms as carrier
from workers.store import Lot

room_owner = Blueprint("room_owner", __name__)

_DONE = '"kind":"done"'

Errors = Mapping[str, str]


@room_owner.get("/rooms/<room>")
@access.needs("room")
def show_room(room: str) -> str:
    return _render(standing.enter(room))


@room_owner.post("/rooms/<room>/articles")
@access.needs("room")
def add_article(room: str) -> Response | WerkzeugResponse:
    """Take a text in."""
    here = standing.enter_to_change(room)
    typed = {name: request.form.get(name, "").replace("\r\n", "\n") for name in ("title", "outlet", "text")}
    try:
        article = validate(
            Article, {name: value for name, value in typed.items() if value.strip()} | {"text": typed["text"]}
        )
    except Invalid as invalid:
        return _refuse(here, typed, {error.field: error.message for error in invalid.errors})
    answer = carrier.add(room, article)
    if refusal := filling.refuse_article(answer):
        return _refuse(here, typed, {"text": refusal}, 409)
    return _back(room, "articles")


@room_owner.post("/rooms/<room>/reports")
@access.needs("room")
def add_reports(room: str) -> Response | WerkzeugResponse:
    """Take reports in that are here already, by their addresses or by what holds them."""
    here = standing.enter_to_change(room)
    typed = {"reports": request.form.get("reports", "")}
    if not access.may("read"):
        return _refuse(here, typed, {"reports": say("room.no_key")}, 403)
    if isinstance(told := filling.add(here.room, typed["reports"]), str):
        return _refuse(here, typed, {"reports": told})
    return _back(room, "articles")


@room_owner.post("/rooms/<room>/draw")
@access.needs("room")
def draw(room: str) -> Response | WerkzeugResponse:
    """Draw articles by lot among the reports that are here, as many of each stratum where wanted."""
    here = standing.enter_to_change(room)
    typed = {name: request.form.get(name, "").strip() for name in ("count", "q", "outlet", "seed")}
    strata = [name for name in filling.STRATA if name in request.form.getlist("strata")]
    errors: dict[str, str] = {}
    if not access.may("read"):
        errors["count"] = say("room.no_key")
    count = _number(typed["count"], 1, filling.MOST_DRAWN, "count", errors)
    seed = _number(typed["seed"], 0, filling.SEEDS, "seed", errors) if typed["seed"] else None
    typed |= dict.fromkeys((f"by_{name}" for name in strata), "yes")
    if errors:
        return _refuse(here, typed, errors)
    asked = {"count": count, "q": typed["q"][:200], "outlet": typed["outlet"][:200], "strata": strata, "seed": seed}
    if isinstance(drawn := filling.draw(here.room, DrawRequest.model_validate(asked)), str):
        return _refuse(standing.enter_as_owner(room), typed, {"count": drawn})
    return _back(room, "articles")


@room_owner.post("/rooms/<room>/articles/<article>/drop")
@access.needs("room")
def drop_article(room: str, article: str) -> WerkzeugResponse:
    here = standing.enter_to_change(room)
    if article not in here.room.articles:
        raise Refusal(404, "not_found", say("room.no_article"))
    carrier.drop(room, article, here.room.articles[article])
    return _back(room, "articles")


@room_owner.post("/rooms/<room>/people")
@access.needs("room")
def add_people(room: str) -> Response | str:
    """Take people in by name; each gets a code, which is shown once."""
    here = standing.enter_to_change(room)
    typed = {"names": request.form.get("names", "").replace("\r\n", "\n")}
    names = list(dict.fromkeys(" ".join(line.split()) for line in typed["names"].splitlines() if line.strip()))
    if not names:
        return _refuse(here, typed, {"names": say("room.name_missing")})
    given: list[tuple[str, str]] = []
    refused = ""
    for name in names:
        code = doors.make_code()
        answer = store.add_room_person(room, name[: doors.LONGEST_NAME], code)
        if answer in ("gone", "ended", "full", "known"):
            refused = refused or f"{name}: {doors.refuse_person(answer)}"
        else:
            given.append((name, code))
    page = make_response(render_template("rooms/codes.html", here=here, given=given, refused=refused))
    page.headers["Cache-Control"] = "no-store"
    return page


@room_owner.post("/rooms/<room>/people/<person>/dismiss")
@access.needs("room")
def dismiss(room: str, person: str) -> WerkzeugResponse:
    here = standing.enter_to_change(room)
    if (found := here.room.people.get(person)) and not found.left:
        store.dismiss_person(room, person, found)
    return _back(room, "people")


@room_owner.post("/rooms/<room>/lot")
@access.needs("room")
def give_out(room: str) -> Response | WerkzeugResponse:
    """Give each article to so many people, by lot; who has one already keeps it."""
    here = standing.enter_to_change(room)
    people = [name for name, person in here.room.people.items() if not person.left]
    typed = {name: request.form.get(name, "").strip() for name in ("each", "lot_seed")}
    errors: dict[str, str] = {}
    if not people or not here.room.articles:
        errors["each"] = say("room.no_people" if not people else "room.no_articles")
    each = _number(typed["each"], 1, max(1, len(people)), "each", errors)
    seed = _number(typed["lot_seed"] or str(secrets.randbelow(filling.SEEDS)), 0, filling.SEEDS, "lot_seed", errors)
    if errors:
        return _refuse(here, typed, errors)
    kept = here.room.lot.given if here.room.lot else _begun(room)
    given = lots.assign(list(here.room.articles), people, each, seed, kept)
    store.change_room(room, {"lot": Lot(each=each, seed=seed, given=given).model_dump_json()})
    return _back(room, "people")


def _begun(room: str) -> dict[str, list[str]]:
    """Who has said something of which article already, before any lot was drawn."""
    begun: dict[str, list[str]] = {}
    for (article, person), lines in sorted(store.all_entries(room).items()):
        if person and lines:
            begun.setdefault(article, []).append(person)
    return begun


@room_owner.post("/rooms/<room>/codebook")
@access.needs("room")
def change_codebook(room: str) -> Response | WerkzeugResponse:
    here = standing.enter_to_change(room)
    text = request.form.get("codebook", "").replace("\r\n", "\n")
    if here.room.coded:
        raise Refusal(409, "codebook_in_use", say("problem.codebook_in_use.detail"))
    try:
        doors.check_codebook(text)
    except Refusal as refusal:
        return _refuse(here, {"codebook": text}, {"codebook": refusal.problem.detail})
    store.change_room(room, {"codebook": text})
    return redirect(url_for("room_coding.show_codebook", room=room, taken="yes"), 303)


@room_owner.post("/rooms/<room>/links/<any(owner, member):whose>")
@access.needs("room")
def renew_link(room: str, whose: str) -> Response:
    """A new link; the old one leads nowhere from now on. Members who are in stay in; the owner's other sessions end."""
    here = standing.enter_as_owner(room)
    secret = doors.make_secret()
    store.change_room(room, {whose: store.digest(secret)})
    page = make_response(
        render_template("rooms/link.html", here=here, whose=whose, link=doors.link(room, secret), secret=secret)
    )
    if whose == standing.OWNER:
        standing.begin(page, room, standing.OWNER)
    page.headers["Cache-Control"] = "no-store"
    return page


@room_owner.post("/rooms/<room>/end")
@access.needs("room")
def end(room: str) -> WerkzeugResponse:
    standing.enter_to_change(room)
    store.change_room(room, {"ended": str(time.time())})
    return _back(room, "main")


@room_owner.post("/rooms/<room>/delete")
@access.needs("room")
def delete(room: str) -> str:
    here = standing.enter_as_owner(room)
    if request.form.get("sure") != "yes":
        return render_template("rooms/delete.html", here=here)
    carrier.remove(room)
    return render_template("rooms/deleted.html")


def _number(typed: str, least: int, most: int, field: str, errors: dict[str, str]) -> int:
    """What was typed, as a number; else an error beside its field."""
    if typed.isascii() and typed.isdigit() and least <= int(typed[:12]) <= most:
        return int(typed[:12])
    errors.setdefault(field, say("room.number", least=least, most=most))
    return least


def _back(room: str, place: str) -> WerkzeugResponse:
    return redirect(url_for("room_owner.show_room", room=room, _anchor=place), 303)


def _refuse(here: Standing, typed: Mapping[str, str], errors: Errors, status: int = 422) -> Response:
    return make_response(_render(here, typed, errors), status)


def _render(here: Standing, typed: Mapping[str, str] | None = None, errors: Errors | None = None) -> str:
    room = here.room
    titles = standing.find_titles(room)
    if here.person is not None:
        said = dict(zip(here.tasks, store.entries(room.id, here.tasks, here.person), strict=True))
        return render_template(
            "rooms/member.html", here=here, titles=titles, said={name: _progress(lines) for name, lines in said.items()}
        )
    return render_template(
        "rooms/room.html",
        here=here,
        titles=titles,
        progress=_all_progress(room.id),
        typed=typed or {},
        errors=errors or {},
        chosen=settings.current(),
        added=[filling.tell(one) for one in room.added],
        strata=filling.STRATA,
        present=[name for name, person in room.people.items() if not person.left],
    )


def _progress(lines: Sequence[str]) -> str:
    """How far somebody is with an article: new, begun or done."""
    return "done" if any(_DONE in line for line in lines) else "begun" if lines else "new"


def _all_progress(room: str) -> dict[str, dict[str, str]]:
    """By article: how far each person is who has said something of it."""
    found: dict[str, dict[str, str]] = {}
    for (article, person), lines in store.all_entries(room).items():
        if person and lines:
            found.setdefault(article, {})[person] = _progress(lines)
    return found
