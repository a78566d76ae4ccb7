"""Rooms for programs, and for the scripts of their pages."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import Blueprint, Response, current_app, jsonify, request, url_for
from pydantic import BaseModel, Field, RootModel

from models.article import Article
from models.coding.entries import Done, Level, Mark, Portrayal
from service import access, submission
from service.problems import FieldError, Refusal
from service.rooms import coding, doors, owner, results, standing
from service.rooms.doors import RoomRequest
from service.texts import say
from workers.queue import rooms as carrier

room_api = Blueprint("room_api", __name__, url_prefix="/api/v1/rooms")


class Said(RootModel[Annotated[Mark | Level | Portrayal | Done, Field(discriminator="kind")]]):
    """What a coder says of an article: a mark, a level, a portrayal, or that it is done."""


class RoomPart(BaseModel):
    """An article of a room."""

    id: str = Field(description="Its name in the room: a1, a2 and so on.")
    report: str = Field(description="Id of its report.")
    title: str | None = Field(description="The headline; null before it is read, and where there is none.")
    status: Literal["queued", "running", "done", "failed", "gone"] = Field(description="How its report stands.")


class RoomState(BaseModel):
    """A room, as its owner sees it."""

    id: str = Field(description="Id of the room.")
    name: str = Field(description="What it is called.")
    ended: bool = Field(description="Whether nothing more is taken in.")
    codebook: str = Field(description="The codebook, YAML.")
    articles: list[RoomPart] = Field(description="In the order in which they came.")
    people: dict[str, str] = Field(description="Who is in it, by their id in the room.")


class Added(BaseModel):
    """An article that was taken in."""

    id: str = Field(description="Its name in the room.")


@room_api.post("")
@access.needs("submit")
def make() -> Response:
    made = doors.make(submission.read_json(request, RoomRequest))
    where = url_for("room_api.get", room=made.id)
    return _json(made, 201, Location=where)


@room_api.get("/<room>")
@access.needs("room")
def get(room: str) -> Response:
    here = standing.enter_as_owner(room)
    titles = standing.find_titles(here.room)
    parts = [
        RoomPart.model_validate(
            {"id": name, "report": entry.report, "title": titles[name][0], "status": titles[name][1] or "gone"}
        )
        for name, entry in here.room.articles.items()
    ]
    people = {name: person.name for name, person in here.room.people.items() if not person.left}
    state = RoomState(
        id=room, name=here.room.name, ended=here.room.ended is not None, codebook=here.room.codebook, articles=parts,
        people=people,
    )  # fmt: skip
    return _json(state)


@room_api.delete("/<room>")
@access.needs("room")
def delete(room: str) -> Response:
    standing.enter_as_owner(room)
    carrier.remove(room)
    return current_app.response_class(status=204)


@room_api.post("/<room>/articles")
@access.needs("room")
def add(room: str) -> Response:
    here = standing.enter_as_owner(room)
    standing.refuse_end(here.room)
    answer = carrier.add(room, submission.read_json(request, Article))
    if refusal := owner.refuse_article(answer):
        raise Refusal(409, "room_full", refusal)
    return _json(Added(id=answer), 201)


@room_api.post("/<room>/reports/<report>")
@access.needs("room")
def add_report(room: str, report: str) -> Response:
    here = standing.enter_as_owner(room)
    standing.refuse_end(here.room)
    refusal = owner.add_report(room, report) if access.may("read") else say("room.no_key")
    if refusal:
        raise Refusal(422, "invalid_request", refusal, [FieldError(field="report", code="unknown", message=refusal)])
    return current_app.response_class(status=204)


@room_api.put("/<room>/articles/<article>/entries/<entry>")
@access.needs("room")
def say_it(room: str, article: str, entry: str) -> Response:
    here = coding.enter_to_mark(room, article)
    said = submission.read_json(request, Said).root
    if said.id != entry:
        text = say("room.entry_name", entry=entry)
        raise Refusal(422, "invalid_request", text, [FieldError(field="id", code="id", message=text)])
    coding.keep(here, article, said)
    return current_app.response_class(status=204)


@room_api.delete("/<room>/articles/<article>/entries/<entry>")
@access.needs("room")
def take_back(room: str, article: str, entry: str) -> Response:
    coding.take_back(coding.enter_to_mark(room, article), article, entry)
    return current_app.response_class(status=204)


@room_api.get("/<room>/agreement")
@access.needs("room")
def get_agreement(room: str) -> Response:
    return _json(results.measure(standing.enter_as_owner(room)))


@room_api.get("/<room>/export")
@access.needs("room")
def export(room: str) -> Response:
    return jsonify(results.export(standing.enter_as_owner(room)))


def _json(body: BaseModel, status: int = 200, **headers: str) -> Response:
    response = current_app.response_class(body.model_dump_json(), status=status, content_type="application/json")
    response.headers.update(headers)
    return response
