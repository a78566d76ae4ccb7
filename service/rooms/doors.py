"""Rooms are made here, and entered: by a link that cannot be guessed, under a name of one's own or with a code."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.wrappers import Response as WerkzeugResponse

from models import codebook
from models.codebook import CodebookUnreadable
from models.refusals import FieldError
from service import access
from service.problems import Refusal
from service.rooms import standing
from service.texts import say
from workers import settings, store

room_doors = Blueprint("room_doors", __name__)

LONGEST_NAME = 60
TRIES, TRY_SECONDS = 20, 600  # wrong codes of a room
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
_GROUPS, _GROUP = 3, 4


class RoomRequest(BaseModel):
    """A room to be made."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: str = Field(min_length=1, max_length=LONGEST_NAME, pattern=r"\S", description="What it is called.")
    codebook: str | None = Field(
        default=None,
        max_length=codebook.LONGEST,
        description="The codebook as YAML; left out: the one that comes with Parallax.",
    )


class Made(BaseModel):
    """A room that was made. The secrets in its links are told once: only their hashes are kept."""

    id: str = Field(description="Id of the room.")
    owner: str = Field(description="The owner’s link.")
    member: str = Field(description="The members’ link.")
    secret: str = Field(description="The owner’s secret, for programs: Authorization: Bearer ….")


def make_secret() -> str:
    """A secret of 256 random bits, that scanners for lost ones can tell."""
    return "plr_" + secrets.token_urlsafe(32)


def make_code() -> str:
    """A code by which somebody comes back: 59 random bits that can be typed."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_GROUPS * _GROUP))
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def read_code(typed: str) -> str:
    """A code as it was given, however it was typed."""
    letters = "".join(letter for letter in typed.upper() if letter in _ALPHABET)
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def make(wanted: RoomRequest) -> Made:
    """Make a room. Raises Refusal."""
    text = wanted.codebook if wanted.codebook and wanted.codebook.strip() else codebook.default_text()
    check_codebook(text)
    identifier, owner, member = secrets.token_hex(8), make_secret(), make_secret()
    if not store.make_room(identifier, " ".join(wanted.name.split()), owner, member, text):
        raise Refusal(409, "room_full", say("room.too_many_rooms", most=settings.current().rooms))
    return Made(id=identifier, owner=link(identifier, owner), member=link(identifier, member), secret=owner)


def check_codebook(text: str) -> None:
    """Refuse a codebook that can't be read: which line, and why."""
    try:
        codebook.read(text)
    except CodebookUnreadable as unreadable:
        why = say("room.codebook", why=unreadable)
        raise Refusal(
            422, "invalid_request", why, [FieldError(field="codebook", code="codebook", message=why)]
        ) from None


def link(identifier: str, secret: str) -> str:
    """A link into a room."""
    return url_for("room_doors.show_door", room=identifier, secret=secret, _external=True)


@room_doors.get("/rooms")
@access.needs("read")
def show_rooms() -> str:
    return _show_rooms({}, {})


def _show_rooms(typed: dict[str, str], errors: dict[str, str]) -> str:
    return render_template("rooms/rooms.html", typed=typed, errors=errors, chosen=settings.current())


@room_doors.post("/rooms")
@access.needs("submit")
def make_room() -> Response:
    typed = {name: request.form.get(name, "").replace("\r\n", "\n") for name in ("name", "codebook", "book")}
    errors = {}
    if not 0 < len(typed["name"].strip()) <= LONGEST_NAME:
        errors["name"] = say("room.room_name", limit=LONGEST_NAME)
    if len(typed["codebook"]) > codebook.LONGEST:
        errors["codebook"] = say("room.name_long", actual=len(typed["codebook"]), limit=codebook.LONGEST)
    if not errors:
        try:
            own = typed["codebook"].strip()
            text = typed["codebook"] if own else codebook.class_text() if typed["book"] == "class" else None
            made = make(RoomRequest(name=typed["name"], codebook=text))
        except Refusal as refusal:
            errors["codebook" if refusal.problem.errors else "name"] = refusal.problem.detail
    if errors:
        return make_response(_show_rooms(typed, errors), 422)
    answer = make_response(render_template("rooms/made.html", made=made, name=typed["name"]), 201)
    standing.begin(answer, made.id, standing.OWNER)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@room_doors.get("/rooms/<room>/enter/<secret>")
@access.needs("nothing")
def show_door(room: str, secret: str) -> str | WerkzeugResponse:
    if _whose(room, secret) == "member":
        return _show_door(room, {}, {})
    answer = redirect(url_for("room_owner.show_room", room=room), 303)
    standing.begin(answer, room, standing.OWNER)
    return answer


@room_doors.post("/rooms/<room>/enter/<secret>")
@access.needs("nothing")
def enter(room: str, secret: str) -> str | Response | WerkzeugResponse:
    if _whose(room, secret) == "owner":
        return redirect(url_for("room_doors.show_door", room=room, secret=secret), 303)
    typed = {name: request.form.get(name, "").strip() for name in ("name", "code")}
    if typed["code"]:
        return _come_back(room, typed)
    if not typed["name"] or len(typed["name"]) > LONGEST_NAME:
        long = say("room.name_long", actual=len(typed["name"]), limit=LONGEST_NAME)
        return make_response(
            _show_door(room, typed, {"name": long if typed["name"] else say("room.name_missing")}), 422
        )
    code = make_code()
    answer = store.add_room_person(room, typed["name"], code)
    if answer in ("gone", "ended", "full", "known"):
        return make_response(
            _show_door(room, typed, {"name": refuse_person(answer)}), 422 if answer == "known" else 409
        )
    page = make_response(render_template("rooms/entered.html", room=room, code=code, name=typed["name"]))
    standing.begin(page, room, answer)
    page.headers["Cache-Control"] = "no-store"
    return page


def refuse_person(answer: str) -> str:
    """Why somebody was not taken in."""
    return {
        "gone": say("room.no_link"),
        "ended": say("problem.room_ended.detail"),
        "full": say("room.full_people", most=settings.current().room_people),
        "known": say("room.known_name"),
    }[answer]


def _come_back(room: str, typed: dict[str, str]) -> Response | WerkzeugResponse:
    if not store.may_try_code(room, TRIES, TRY_SECONDS):
        return make_response(_show_door(room, typed, {"code": say("room.code_tries")}), 429)
    person = store.find_by_code(room, read_code(typed["code"]))
    if person is None:
        return make_response(_show_door(room, typed, {"code": say("room.code_wrong")}), 422)
    store.forgive_try(room)
    answer = redirect(url_for("room_owner.show_room", room=room), 303)
    standing.begin(answer, room, person)
    return answer


def _whose(room: str, secret: str) -> str:
    whose = store.room_link(room, secret)
    if whose is None:
        raise Refusal(404, "not_found", say("room.no_link"))
    return whose


def _show_door(room: str, typed: dict[str, str], errors: dict[str, str]) -> str:
    found = store.room(room)
    return render_template("rooms/door.html", room=found, typed=typed, errors=errors)


@room_doors.post("/rooms/<room>/leave")
@access.needs("nothing")
def leave(room: str) -> WerkzeugResponse:
    answer = redirect(url_for("room_doors.show_rooms"), 303)
    standing.leave(answer, room)
    return answer
