"""Outlets: what the reports of each come to together."""

from __future__ import annotations

from typing import Any

from models.outlets.records import FEWEST_ARTICLES
from service.openapi.parts import answer, refuse
from service.outlets import Outlets
from workers.store import Outlet

_NAME = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The outlet's name, whatever its case and white space.",
    "schema": {"type": "string"},
}
_ABOUT = (
    "Rates of loaded words by category and voice against a reference of news articles, verbs and sources, with 95 % "
    f"intervals over its articles. No figure below {FEWEST_ARTICLES} articles, no score, no place between left and "
    "right."
)

TAKES = ()
GIVES = (Outlet, Outlets)
PATHS: dict[str, Any] = {
    "/api/v1/outlets": {
        "get": {
            "operationId": "listOutlets",
            "summary": "List the outlets with what their reports come to together",
            "description": _ABOUT,
            "responses": {"200": answer("Those with most reports.", Outlets), **refuse("store_unavailable")},
        }
    },
    "/api/v1/outlets/{name}": {
        "parameters": [_NAME],
        "get": {
            "operationId": "getOutlet",
            "summary": "Get what an outlet's reports come to together",
            "description": _ABOUT,
            "responses": {
                "200": answer("The outlet.", Outlet),
                **refuse(not_found="no report of this outlet is here"),
                **refuse("store_unavailable"),
            },
        },
    },
}
