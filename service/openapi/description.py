"""The description of the API itself: the addresses that need no version."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

_SCHEMA = {
    "200": {
        "description": "JSON Schema, draft 2020-12.",
        "content": {"application/schema+json": {"schema": {"type": "object"}}},
    }
}

TAKES: tuple[type[BaseModel], ...] = ()
GIVES: tuple[type[BaseModel], ...] = ()
PATHS: dict[str, Any] = {
    "/api/openapi.json": {
        "get": {
            "operationId": "describeApi",
            "summary": "This description",
            "responses": {
                "200": {
                    "description": "OpenAPI 3.1.",
                    "content": {"application/json": {"schema": {"type": "object"}}},
                }
            },
        }
    },
    "/api/report.schema.json": {
        "get": {"operationId": "describeReport", "summary": "The JSON schema of a report", "responses": _SCHEMA}
    },
    "/api/comparison.schema.json": {
        "get": {"operationId": "describeComparison", "summary": "The JSON schema of a comparison", "responses": _SCHEMA}
    },
    "/api/docs": {
        "get": {
            "operationId": "showDocs",
            "summary": "This description as a page to try it",
            "responses": {
                "200": {"description": "The page.", "content": {"text/html": {"schema": {"type": "string"}}}}
            },
        }
    },
}
