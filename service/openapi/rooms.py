"""Rooms."""

from __future__ import annotations

from typing import Any

from models.article import Article
from models.coding.results import Results
from service.openapi.parts import answer, carry, refuse
from service.rooms.api import Added, RoomState, Said
from service.rooms.doors import Made, RoomRequest


def _place(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": text, "schema": {"type": "string"}}


_ROOM = _place("room", "Id of the room.")
_ARTICLE = _place("article", "Name of the article in the room: a1, a2 and so on.")
_ENTRY = _place("entry", "Name of the entry, chosen by whoever says it: sent twice, it is kept once.")
_REPORT = _place("report", "Id of the report.")
_LOCATION = {"Location": {"description": "Where the room is.", "schema": {"type": "string"}}}
_OWNER = ("room_closed", "room_owners_only", "store_unavailable")

TAKES = (RoomRequest, Said)
GIVES = (Made, RoomState, Added, Results)
PATHS: dict[str, Any] = {
    "/api/v1/rooms": {
        "post": {
            "operationId": "makeRoom",
            "summary": "Make a room",
            "description": "A place with articles, people and a codebook. The links are told once; send the owner’s "
            "secret as “Authorization: Bearer …” with what follows; what coders say comes with a session "
            "of theirs.",
            "requestBody": {"required": True, "content": carry(RoomRequest, example={"name": "Harbour vote"})},
            "responses": {
                "201": answer("Made.", Made, _LOCATION),
                **refuse("bad_json", "bad_encoding", 403, 413, 415, "invalid_request", "store_unavailable",
                         room_full="there are as many rooms as may be"),
            },
        },
    },
    "/api/v1/rooms/{room}": {
        "parameters": [_ROOM],
        "get": {
            "operationId": "getRoom",
            "summary": "See a room as its owner",
            "responses": {"200": answer("The room.", RoomState), **refuse(*_OWNER)},
        },
        "delete": {
            "operationId": "deleteRoom",
            "summary": "Delete a room",
            "description": "With all that was said in it and the articles that were sent into it.",
            "responses": {"204": answer("It is gone."), **refuse(*_OWNER, 403)},
        },
    },
    "/api/v1/rooms/{room}/articles": {
        "parameters": [_ROOM],
        "post": {
            "operationId": "addRoomArticle",
            "summary": "Send an article into a room",
            "description": "It is read as a private report of the room’s own.",
            "requestBody": {
                "required": True,
                "content": carry(Article, example={"title": "Council votes", "text": "The regime slammed the plan."}),
            },
            "responses": {
                "201": answer("Taken in.", Added),
                **refuse(*_OWNER, "bad_json", "bad_encoding", 403, "room_ended", "room_full", 413, 415,
                         "invalid_article", "queue_full"),
            },
        },
    },
    "/api/v1/rooms/{room}/reports/{report}": {
        "parameters": [_ROOM, _REPORT],
        "post": {
            "operationId": "addRoomReport",
            "summary": "Add a report that is here to a room",
            "description": "It is only referred to, and stays when the room goes; it needs a key good for read.",
            "responses": {
                "204": answer("Taken in."),
                **refuse(*_OWNER, 403, "room_ended", "invalid_request"),
            },
        },
    },
    "/api/v1/rooms/{room}/articles/{article}/entries/{entry}": {
        "parameters": [_ROOM, _ARTICLE, _ENTRY],
        "put": {
            "operationId": "sayInRoom",
            "summary": "Mark words, answer a question, say how a person is shown, or that you are done",
            "description": "As the member whose session sends it. An entry with the same name is replaced.",
            "requestBody": {
                "required": True,
                "content": carry(
                    Said,
                    example={"id": "m1", "kind": "mark", "start": 4, "end": 10, "layer": "loaded", "category": "label"},
                ),
            },
            "responses": {
                "204": answer("Kept."),
                **refuse("room_closed", "room_owners_only", 403, "bad_json", "bad_encoding", "room_ended",
                         "room_full", "not_ready", 404, 413, 415, "invalid_request", "store_unavailable"),
            },
        },
        "delete": {
            "operationId": "takeBackInRoom",
            "summary": "Take an entry back",
            "responses": {
                "204": answer("It is not there any more."),
                **refuse("room_closed", "room_owners_only", 403, "room_ended", 404, "store_unavailable"),
            },
        },
    },
    "/api/v1/rooms/{room}/agreement": {
        "parameters": [_ROOM],
        "get": {
            "operationId": "getAgreement",
            "summary": "How far coders agree, Parallax beside them",
            "responses": {"200": answer("As it is now.", Results), **refuse(*_OWNER)},
        },
    },
    "/api/v1/rooms/{room}/export": {
        "parameters": [_ROOM],
        "get": {
            "operationId": "exportRoom",
            "summary": "The whole room in one file",
            "responses": {
                "200": {
                    "description": "Codebook, articles, people, and all that was said.",
                    "content": {"application/json": {"schema": {"type": "object"}}},
                },
                **refuse(*_OWNER),
            },
        },
    },
}  # fmt: skip
