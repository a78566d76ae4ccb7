"""Comparisons: two to six reports side by side."""

from __future__ import annotations

from models.comparison_report import Comparison
from service.comparison_exports import EXPORTS
from service.openapi.parts import RETRY, answer, carry, refuse
from service.schemas import ComparisonRequest, Waiting

_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Id of the comparison, as the answer to POST gave it.",
    "schema": {"type": "string"},
}
_TABLE = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "Which table.",
    "schema": {"type": "string", "enum": list(EXPORTS)},
}
_WHERE = {"Location": {"description": "Where the comparison stays.", "schema": {"type": "string"}}}

TAKES = (ComparisonRequest,)
GIVES = (Comparison, Waiting)
PATHS = {
    "/api/v1/comparisons": {
        "post": {
            "operationId": "compareReports",
            "summary": "Set two to six reports side by side",
            "requestBody": {"required": True, "content": carry(ComparisonRequest, example={"reports": ["A", "B"]})},
            "description": "A worker makes it, once; it stays at the address in Location as long as all its reports.",
            "responses": {
                "200": answer("The comparison.", Comparison, _WHERE),
                "202": answer("It is on its way: ask at the address in Location.", Waiting, RETRY | _WHERE),
                **refuse("bad_json", "bad_encoding", 403, 404, 409, 413, 415),
                **refuse("invalid_request", "not_retained", "comparison_failed", "store_unavailable"),
            },
        }
    },
    "/api/v1/comparisons/{id}": {
        "parameters": [_ID],
        "get": {
            "operationId": "getComparison",
            "summary": "Get a comparison",
            "responses": {
                "200": answer("The comparison.", Comparison, _WHERE),
                "202": answer("It is on its way.", Waiting, RETRY | _WHERE),
                **refuse(404, "comparison_failed", "store_unavailable"),
            },
        },
    },
    "/api/v1/comparisons/{id}/{name}": {
        "parameters": [_ID, _TABLE],
        "get": {
            "operationId": "exportComparison",
            "summary": "Download a table of a comparison as CSV",
            "description": "A row for what one article has; report and outlet come first. Offsets are code points of "
            "that report's article.text. A cell that a spreadsheet would run as a formula begins with an apostrophe.",
            "responses": {
                "200": {"description": "The file.", "content": {"text/csv": {"schema": {"type": "string"}}}},
                "202": answer("It is on its way.", Waiting, RETRY | _WHERE),
                **refuse(404, "comparison_failed", "store_unavailable"),
            },
        },
    },
}
