"""Feeds that are watched."""

from __future__ import annotations

from typing import Any

from service.feeds import FeedRequest, Feeds, FeedState
from service.openapi.parts import answer, carry, refuse

_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Id of the feed, as the list of feeds gives it.",
    "schema": {"type": "string"},
}
_ACTION = {
    "name": "action",
    "in": "path",
    "required": True,
    "description": "pause: look at it no more; resume: look at it again, at once.",
    "schema": {"type": "string", "enum": ["pause", "resume"]},
}
_LOCATION = {"Location": {"description": "Where the feed is.", "schema": {"type": "string"}}}

TAKES = (FeedRequest,)
GIVES = (FeedState, Feeds)
PATHS: dict[str, Any] = {
    "/api/v1/feeds": {
        "get": {
            "operationId": "listFeeds",
            "summary": "List the feeds that are watched",
            "responses": {"200": answer("All of them, without their items.", Feeds), **refuse("store_unavailable")},
        },
        "post": {
            "operationId": "watchFeed",
            "summary": "Watch a feed",
            "description": "RSS, Atom or JSON Feed, looked at politely (ETag, Last-Modified, Retry-After, robots.txt). "
            "Its new items are read like links, each once for ever; one whose page can't be read is read from the "
            "feed, if its whole text is there. A feed that is watched already is given back as it is.",
            "requestBody": {
                "required": True,
                "content": carry(FeedRequest, example={"url": "https://news.example/feed.xml", "outlet": "The Quay"}),
            },
            "responses": {
                "201": answer("It is looked at within seconds.", FeedState, _LOCATION),
                "200": answer("It was watched already.", FeedState, _LOCATION),
                **refuse("bad_json", "bad_encoding", 403, 413, 415, "invalid_request", "store_unavailable"),
            },
        },
    },
    "/api/v1/feeds/{id}": {
        "parameters": [_ID],
        "get": {
            "operationId": "getFeed",
            "summary": "See a feed and its last items",
            "responses": {"200": answer("The feed.", FeedState), **refuse(404, "store_unavailable")},
        },
        "delete": {
            "operationId": "removeFeed",
            "summary": "Watch a feed no more",
            "description": "Its reports stay.",
            "responses": {"204": answer("It is gone."), **refuse(403, 404, "store_unavailable")},
        },
    },
    "/api/v1/feeds/{id}/{action}": {
        "parameters": [_ID, _ACTION],
        "post": {
            "operationId": "changeFeed",
            "summary": "Pause or resume a feed",
            "responses": {"200": answer("The feed.", FeedState), **refuse(403, 404, "store_unavailable")},
        },
    },
}
