"""What the descriptions of several resources have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from service.texts import say

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

# Every code of a problem by its status, and when it comes.
REFUSALS: dict[int, dict[str, str]] = {
    400: {
        "bad_json": "the body is not valid JSON, or nested too deeply",
        "bad_encoding": "the body is not valid UTF-8",
        "bad_request": "a parameter is not acceptable; `detail` says what is",
    },
    401: {
        "key_needed": "a key is needed and none was sent; only where keys are set",
        "key_unknown": "the key is not known; only where keys are set",
        "room_closed": "nobody came in by this room’s link, or the room is gone",
    },
    403: {
        "cross_site": "a page of another site sent it",
        "scope_missing": "the key is not good for this; `detail` says what it is good for",
        "room_owners_only": "only the room’s owner may do this",
    },
    404: {"not_found": "unknown, expired or deleted"},
    409: {
        "not_ready": "some reports are not ready; `errors` names them",
        "room_ended": "the room has ended: what is in it can be read, not changed",
        "room_full": "the room, or what one person may say of one article, is full; `detail` names the limit",
        "codebook_in_use": "somebody has coded by the codebook already",
    },
    413: {"too_large": "the body is larger than the limit that `detail` names"},
    415: {"unsupported_media_type": "the content type is none that is taken here; `detail` names those"},
    422: {
        "invalid_article": "a field of the article is not acceptable; `errors` names each with its limit",
        "invalid_request": "a field is not acceptable; `errors` names each with its limit",
        "analysis_failed": "the article could not be analysed; `detail` says why",
        "not_retained": "a report is to be gone once read, so that no comparison may quote it",
        "comparison_failed": "the reports could not be compared; `detail` says why",
    },
    421: {"other_host": "the service does not answer to the host name it was sent to"},
    429: {"too_many_requests": "more requests than the operator allows; only where a limit is set"},
    500: {"internal": "the fault is ours and has been logged; try again"},
    503: {
        "store_unavailable": "the store does not answer, or not in time",
        "report_unreadable": "another release made the report, and this one can’t read it",
        "queue_full": "too many articles wait",
    },
}
_BY_NAME = frozenset(
    {"room_closed", "room_owners_only", "room_ended", "room_full", "codebook_in_use"}
)  # in rooms alone
_WITH_RETRY = frozenset({409, 429, 503})
# What may happen to any request.
EVERYWHERE = ("key_needed", "key_unknown", "scope_missing", "other_host", "too_many_requests", "internal")


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


def refuse(*which: int | str, **texts: str) -> dict[str, Any]:
    """The refusals with these statuses (all codes of each but those of rooms) or codes.

    `texts` says when in other words: `not_found="no such batch"`.
    """
    said: dict[int, dict[str, str]] = {}
    for status, codes in REFUSALS.items():
        for code, text in codes.items():
            if (status in which and code not in _BY_NAME) or code in which or code in texts:
                said.setdefault(status, {})[code] = texts.get(code, text)
    return {
        str(status): {
            "description": "; ".join(f"`{code}`: {text}" for code, text in codes.items()) + ".",
            "content": {
                "application/problem+json": {
                    "schema": {"$ref": REF.format(model="Problem")},
                    "examples": {code: {"value": _show(status, code, text)} for code, text in codes.items()},
                }
            },
            **({"headers": RETRY} if status in _WITH_RETRY else {}),
        }
        for status, codes in said.items()
    }


def _show(status: int, code: str, text: str) -> dict[str, Any]:
    """A problem with this code, as an answer might hold it."""
    return {
        "type": f"/api/docs#problem-{code}",
        "title": say(f"problem.{code}.title"),
        "status": status,
        "detail": f"{text[0].upper()}{text[1:]}.",
        "code": code,
        "errors": [],
    }


def ask(name: str, text: str, **schema: Any) -> dict[str, Any]:
    """A parameter of the query, a text unless `schema` says otherwise."""
    return {"name": name, "in": "query", "description": text, "schema": {"type": "string", **schema}}
