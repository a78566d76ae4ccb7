"""Batches: many articles as one file."""

from __future__ import annotations

from typing import Any

from service.batches import TYPES, BatchState
from service.openapi.parts import answer, ask, refuse
from service.results import RESULTS

_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Id of the batch, as the answer to its submission gave it.",
    "schema": {"type": "string"},
}
_NAME = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "results.jsonl: a line for each line of the file, with its errors or its whole report. "
    "results.csv: a row for each, with its main measures. findings.csv: a row for each finding of all reports. "
    "Each reads the reports it is made of: one that is not to be retained is in the first that is asked for, and gone.",
    "schema": {"type": "string", "enum": list(RESULTS)},
}
_LOCATION = {"Location": {"description": "Where the batch is.", "schema": {"type": "string"}}}
_KINDS = sorted({kind.partition(";")[0] for kind, _ in RESULTS.values()})

_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_LINES: dict[str, dict[str, str]] = {
    "jsonl": {"example": '{"title": "The bridge", "text": "The council closed the bridge on Monday."}\n'},
    "csv": {"example": "title,text\nThe bridge,The council closed the bridge on Monday.\n"},
    "zip": {},
}

_REFUSED = "the file is empty, or callback_url can’t be called back; `errors` says why"

TAKES = ()
GIVES = (BatchState,)
PATHS: dict[str, Any] = {
    "/api/v1/batches": {
        "post": {
            "operationId": "submitBatch",
            "summary": "Submit many articles as one file",
            "description": "JSON Lines (an article a line), CSV (the first row names the columns) or a zip of files. "
            "The file is unpacked by a worker: what is wrong with a line is said in the batch's `errors`, and the "
            "others are read all the same. Single articles go before those of a batch. The same file sent again joins "
            "the batch that is there; one that was cancelled is taken up anew.",
            "parameters": [
                ask("callback_url", "Address that is sent a signed POST once the whole batch has ended.", format="uri"),
            ],
            "requestBody": {
                "required": True,
                "content": {kind: _FILE | _LINES[form] for kind, form in TYPES.items()},
            },
            "responses": {
                "202": answer("Taken in.", BatchState, _LOCATION),
                "200": answer("This file was read already.", BatchState, _LOCATION),
                **refuse(
                    403,
                    413,
                    415,
                    "store_unavailable",
                    invalid_request=_REFUSED,
                    queue_full="the store is nearly full",
                ),
            },
        }
    },
    "/api/v1/batches/{id}": {
        "parameters": [_ID],
        "get": {
            "operationId": "getBatch",
            "summary": "See where a batch stands",
            "responses": {
                "200": answer("Counts, speed, time left, errors.", BatchState),
                **refuse(404, "store_unavailable"),
            },
        },
        "delete": {
            "operationId": "deleteBatch",
            "summary": "Cancel a batch and forget it",
            "description": "Reports that were made stay; delete them one by one.",
            "responses": {"204": answer("It is gone."), **refuse(403, 404, "store_unavailable")},
        },
    },
    "/api/v1/batches/{id}/cancel": {
        "parameters": [_ID],
        "post": {
            "operationId": "cancelBatch",
            "summary": "Read no further",
            "description": "What a worker has begun, and what others want too, is read to its end.",
            "responses": {"200": answer("Where it stands.", BatchState), **refuse(403, 404, "store_unavailable")},
        },
    },
    "/api/v1/batches/{id}/{name}": {
        "parameters": [_ID, _NAME],
        "get": {
            "operationId": "getBatchResults",
            "summary": "Download the results of a batch",
            "description": "Streamed in the order of the file; may be read at any time, with what has ended by then.",
            "responses": {
                "200": {
                    "description": "The file.",
                    "content": {kind: {"schema": {"type": "string"}} for kind in _KINDS},
                },
                **refuse(404, "store_unavailable"),
            },
        },
    },
}
