"""Stories: events that two or more reports tell."""

from __future__ import annotations

from typing import Any

from service.openapi.parts import answer, ask, refuse
from service.stories import Stories
from workers.store import Story

_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Id of the story, as the list of stories gives it.",
    "schema": {"type": "string"},
}
_KNOWS = "Parallax knows only what it was given: an outlet that is missing may well have covered the event."

TAKES = ()
GIVES = (Story, Stories)
PATHS: dict[str, Any] = {
    "/api/v1/stories": {
        "get": {
            "operationId": "listStories",
            "summary": "List the stories that two or more reports tell",
            "description": f"Reports of one event are grouped as they come, the story with the newest first. {_KNOWS}",
            "parameters": [
                ask("cursor", "The `next` of an earlier answer."),
                ask("limit", "How many at most.", type="integer", minimum=1, maximum=100, default=20),
            ],
            "responses": {"200": answer("Stories.", Stories), **refuse("bad_request", "store_unavailable")},
        }
    },
    "/api/v1/stories/{id}": {
        "parameters": [_ID],
        "get": {
            "operationId": "getStory",
            "summary": "Get a story with its reports",
            "description": _KNOWS,
            "responses": {
                "200": answer("The story.", Story),
                **refuse(not_found="no such story: its reports have expired or were deleted"),
                **refuse("store_unavailable"),
            },
        },
    },
}
