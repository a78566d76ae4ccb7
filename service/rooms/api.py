"""Rooms for programs, and for the scripts of their pages."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import Blueprint, Response, jsonify, request, url_for
from pydantic import BaseModel, ConfigDict, Field, RootModel

from models.article import Article
from models.coding.entries import Done, Level, Mark, Portrayal
from models.coding.results import Results
from models.refusals import FieldError
from service import access, submission
from service.openapi import operation
from service.problems import Refusal
from service.rooms import coding, doors, filling, results, standing
from service.rooms.doors import RoomRequest
from service.rooms.filling import DrawRequest
from service.texts import say
from workers.queue import rooms as carrier
from workers.store import Added, Drawn

room_api = Blueprint("room_api", __name__)


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
    drawn: Drawn | None = Field(description="How articles were last drawn by lot; null where none were.")
    added: list[Added] = Field(description="What became of the addresses that were added last.")


class TakenIn(BaseModel):
    """An article that was taken in."""

    id: str = Field(description="Its name in the room.")


class Addresses(BaseModel):
    """Addresses of this service whose reports are added to a room."""

    model_config = ConfigDict(extra="forbid", strict=True)

    addresses: list[str] = Field(
        min_length=1,
        max_length=100,
        description="Of reports, batches, stories, searches, or feeds (behind these, after a space, the first and the "
        "last day), as a browser shows them.",
    )


class AddedReports(BaseModel):
    """What became of each address."""

    added: list[Added] = Field(description="In the order in which they were sent.")


_ROOM = {"room": "Id of the room."}
_ARTICLE = _ROOM | {"article": "Name of the article in the room: a1, a2 and so on."}
_ENTRY = _ARTICLE | {"entry": "Name of the entry, chosen by whoever says it: sent twice, it is kept once."}
_OWNER = ("room_closed", "room_owners_only")


@operation(
    room_api, "POST", "/api/v1/rooms", "submit", "Make a room",
    {201: ("Made.", doors.Made, {"Location": "Where the room is."})},
    more="A place with articles, people and a codebook. The links are told once; send the owner’s secret as "
    "“Authorization: Bearer …” with what follows; what coders say comes with a session of theirs.",
    takes=(RoomRequest,), example={"name": "Harbour vote"}, refuses=("invalid_request",),
    when={"room_full": "there are as many rooms as may be"},
)  # fmt: skip
def make_room() -> tuple[doors.Made, int, dict[str, str]]:
    made = doors.make(submission.read_json(request, RoomRequest))
    return made, 201, {"Location": url_for("room_api.get_room", room=made.id)}


@operation(
    room_api, "GET", "/api/v1/rooms/<room>", "room", "See a room as its owner", {200: ("The room.", RoomState)},
    names=_ROOM, refuses=_OWNER,
)  # fmt: skip
def get_room(room: str) -> RoomState:
    here = standing.enter_as_owner(room)
    titles = standing.find_titles(here.room)
    parts = [
        RoomPart.model_validate(
            {"id": name, "report": entry.report, "title": titles[name][0], "status": titles[name][1] or "gone"}
        )
        for name, entry in here.room.articles.items()
    ]
    people = {name: person.name for name, person in here.room.people.items() if not person.left}
    return RoomState(
        id=room, name=here.room.name, ended=here.room.ended is not None, codebook=here.room.codebook, articles=parts,
        people=people, drawn=here.room.drawn, added=here.room.added,
    )  # fmt: skip


@operation(
    room_api, "DELETE", "/api/v1/rooms/<room>", "room", "Delete a room", {204: ("It is gone.", None)},
    more="With all that was said in it and the articles that were sent into it.", names=_ROOM, refuses=_OWNER,
)  # fmt: skip
def delete_room(room: str) -> tuple[str, int]:
    standing.enter_as_owner(room)
    carrier.remove(room)
    return "", 204


@operation(
    room_api, "POST", "/api/v1/rooms/<room>/articles", "room", "Send an article into a room",
    {201: ("Taken in.", TakenIn)}, more="It is read as a private report of the room’s own.", names=_ROOM,
    takes=(Article,), example={"title": "Council votes", "text": "The regime slammed the plan."},
    refuses=(*_OWNER, "room_ended", "room_full", "invalid_article", "queue_full"),
)  # fmt: skip
def add_room_article(room: str) -> tuple[TakenIn, int]:
    standing.enter_to_change(room)
    answer = carrier.add(room, submission.read_json(request, Article))
    if refusal := filling.refuse_article(answer):
        raise Refusal(409, "room_full", refusal)
    return TakenIn(id=answer), 201


@operation(
    room_api, "POST", "/api/v1/rooms/<room>/reports/<report>", "room", "Add a report that is here to a room",
    {204: ("Taken in.", None)},
    more="It is only referred to, and stays when the room goes; it needs a key good for read.",
    names=_ROOM | {"report": "Id of the report."}, refuses=(*_OWNER, "room_ended", "invalid_request"),
)  # fmt: skip
def add_room_report(room: str, report: str) -> tuple[str, int]:
    standing.enter_to_change(room)
    refusal = filling.add_report(room, report) if access.may("read") else say("room.no_key")
    if refusal:
        raise Refusal(422, "invalid_request", refusal, [FieldError(field="report", code="unknown", message=refusal)])
    return "", 204


@operation(
    room_api, "POST", "/api/v1/rooms/<room>/reports", "room", "Add what is here to a room, by its addresses",
    {200: ("What became of each address.", AddedReports)},
    more="Reports, batches, stories, feeds and searches. What is still being read, was lost, or is more than one "
    "address leads to (1,000 reports; of a story 100) is counted in the answer. It needs a key good for read.",
    names=_ROOM, takes=(Addresses,), example={"addresses": ["/search?q=harbour"]},
    refuses=(*_OWNER, "room_ended", "invalid_request"),
)  # fmt: skip
def add_to_room(room: str) -> AddedReports:
    here = standing.enter_to_change(room)
    asked = submission.read_json(request, Addresses)
    told = filling.add(here.room, "\n".join(asked.addresses)) if access.may("read") else say("room.no_key")
    if isinstance(told, str):
        raise Refusal(422, "invalid_request", told, [FieldError(field="addresses", code="unknown", message=told)])
    return AddedReports(added=told)


@operation(
    room_api, "POST", "/api/v1/rooms/<room>/draw", "room", "Draw articles by lot",
    {200: ("What was drawn; the room has the articles.", Drawn)},
    more="Among the newest 5,000 reports in the lists that suit and are not in the room; within strata where wanted. "
    "It needs a key good for read.", names=_ROOM, takes=(DrawRequest,),
    example={"count": 30, "strata": ["genre", "month"], "seed": 7}, refuses=(*_OWNER, "room_ended", "invalid_request"),
)  # fmt: skip
def draw_for_room(room: str) -> Drawn:
    here = standing.enter_to_change(room)
    asked = submission.read_json(request, DrawRequest)
    drawn = filling.draw(here.room, asked) if access.may("read") else say("room.no_key")
    if isinstance(drawn, str):
        raise Refusal(422, "invalid_request", drawn, [FieldError(field="count", code="unknown", message=drawn)])
    return drawn


@operation(
    room_api, "PUT", "/api/v1/rooms/<room>/articles/<article>/entries/<entry>", "room",
    "Mark words, answer a question, say how a person is shown, or that you are done", {204: ("Kept.", None)},
    more="As the member whose session sends it. An entry with the same name is replaced.", names=_ENTRY, takes=(Said,),
    example={"id": "m1", "kind": "mark", "start": 4, "end": 10, "layer": "loaded", "category": "label"},
    refuses=(*_OWNER, "room_ended", "room_full", "not_ready", "invalid_request"),
)  # fmt: skip
def say_in_room(room: str, article: str, entry: str) -> tuple[str, int]:
    here = coding.enter_to_mark(room, article)
    said = submission.read_json(request, Said).root
    if said.id != entry:
        text = say("room.entry_name", entry=entry)
        raise Refusal(422, "invalid_request", text, [FieldError(field="id", code="id", message=text)])
    coding.keep(here, article, said)
    return "", 204


@operation(
    room_api, "DELETE", "/api/v1/rooms/<room>/articles/<article>/entries/<entry>", "room", "Take an entry back",
    {204: ("It is not there any more.", None)}, names=_ENTRY, refuses=(*_OWNER, "room_ended"),
)  # fmt: skip
def take_back_in_room(room: str, article: str, entry: str) -> tuple[str, int]:
    coding.take_back(coding.enter_to_mark(room, article), article, entry)
    return "", 204


@operation(
    room_api, "GET", "/api/v1/rooms/<room>/agreement", "room", "How far coders agree, Parallax beside them",
    {200: ("As it is now.", Results)}, names=_ROOM, refuses=_OWNER,
)  # fmt: skip
def get_agreement(room: str) -> Results:
    return results.measure(standing.enter_as_owner(room))


@operation(
    room_api, "GET", "/api/v1/rooms/<room>/export", "room", "The whole room in one file",
    {200: ("Codebook, articles, people, and all that was said.", ["application/json"])}, names=_ROOM, refuses=_OWNER,
)  # fmt: skip
def export_room(room: str) -> Response:
    return jsonify(results.export(standing.enter_as_owner(room)))
