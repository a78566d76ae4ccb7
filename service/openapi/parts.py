"""What the descriptions of several resources have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

REF = "#/components/schemas/{model}"
REPORT_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Id of the report, as the answer to a submission gave it.",
    "schema": {"type": "string"},
}
RETRY = {"Retry-After": {"description": "Seconds until another try makes sense.", "schema": {"type": "integer"}}}
LOCATION = {"Location": {"description": "Where the report is, or will be.", "schema": {"type": "string"}}}

_REFUSALS = {
    400: "The body is not valid JSON or not valid UTF-8, or a parameter is not acceptable.",
    403: "Sent by a page of another site.",
    404: "Unknown, expired or deleted.",
    409: "Some reports are not ready; `errors` names them.",
    413: "The body is too large.",
    415: "The content type is not application/json.",
    422: "A field is not acceptable; `errors` names each. Code `analysis_failed`: it could not be analysed.",
    503: "The store does not answer, or too many articles wait.",
}


def refer(model: type[BaseModel]) -> dict[str, str]:
    """Point to the schema of a model."""
    return {"$ref": REF.format(model=model.__name__)}


def carry(model: type[BaseModel], **more: Any) -> dict[str, Any]:
    """A body that is `model` as JSON; `more`: its example."""
    return {"application/json": {"schema": refer(model), **more}}


def answer(text: str, model: type[BaseModel] | None = None, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    """An answer that is `model` as JSON, or has no body."""
    answer: dict[str, Any] = {"description": text}
    if model:
        answer["content"] = carry(model)
    if headers:
        answer["headers"] = headers
    return answer


def refuse(*statuses: int, **texts: str) -> dict[str, Any]:
    """The refusals of these statuses; `texts` (`_404="No such batch."`) say more exactly than the usual words why."""
    said = _REFUSALS | {int(status.removeprefix("_")): text for status, text in texts.items()}
    return {
        str(status): {
            "description": said[status],
            "content": {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}},
            **({"headers": RETRY} if status in (409, 503) else {}),
        }
        for status in sorted({*statuses, *(int(status.removeprefix("_")) for status in texts)})
    }


def ask(name: str, text: str, **schema: Any) -> dict[str, Any]:
    """A parameter of the query, a text unless `schema` says otherwise."""
    return {"name": name, "in": "query", "description": text, "schema": {"type": "string", **schema}}
