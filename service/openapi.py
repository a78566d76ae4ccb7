"""The API describes itself (OpenAPI 3.1): every operation stands with its description beside its view.

`operation` is the route, the key that it needs and its description in one; `describe` gathers them. Bodies are the same
classes that validate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, cast

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from models.version import engine
from service import access
from service.problems import Problem
from service.texts import TEXTS

Body = type[BaseModel] | Sequence[str] | None  # a class as JSON, media types of files, or nothing
Given = tuple[str, Body] | tuple[str, Body, Mapping[str, str]]  # when, which body, what else its headers say
View = Callable[..., Response | BaseModel | tuple[Any, ...] | str]

RETRY = {"Retry-After": "Seconds until another try makes sense."}
REPORT_ID = {"id": "Id of the report, as the answer to a submission gave it."}
_RETRIED = (409, 429, 503)
# What may happen to any request.
_EVERYWHERE = (
    "key_needed", "key_unknown", "scope_missing", "other_host", "too_many_requests", "internal", "store_unavailable"
)  # fmt: skip
_REF = "#/components/schemas/{model}"
# In the order of /api/docs: the first part of the path behind the version.
_ORDER = (
    "articles",
    "files",
    "batches",
    "feeds",
    "reports",
    "search",
    "comparisons",
    "stories",
    "outlets",
    "rooms",
    "models",
)


@dataclass(frozen=True)
class Operation:
    """What is known of one operation of the API."""

    path: str
    method: str
    name: str
    description: dict[str, Any]
    takes: Sequence[type[BaseModel]]
    gives: list[type[BaseModel]] = field(default_factory=list)


OPERATIONS: list[Operation] = []


def operation(
    blueprint: Blueprint,
    method: str,
    path: str,
    needs: access.Need,
    summary: str,
    gives: Mapping[int, Given],
    *,
    more: str = "",
    takes: Sequence[type[BaseModel]] = (),
    content: Mapping[str, Any] | None = None,
    example: Any = None,
    names: Mapping[str, str | tuple[str, Sequence[str]]] | None = None,
    query: Sequence[dict[str, Any]] = (),
    refuses: Sequence[str] = (),
    when: Mapping[str, str] | None = None,
) -> Callable[[View], Callable[..., ResponseReturnValue]]:
    """Make a view an operation of the API. It may return a class of `gives`, alone or with status and headers.

    `takes` are the classes that a body of JSON may be, with an `example`; `content` describes other bodies. `names`
    says what the path's parameters are (and which values they have), `query` those of the query (`ask`). `refuses`
    adds codes of refusals to those that follow from method, path and body; `when` says of one in other words when it
    comes.
    """
    parameters = re.findall(r"<(?:[^:>]*:)?(\w+)>", path)
    carried = content or (_carry(takes, example) if takes else None)
    codes = {*_EVERYWHERE, *refuses, *(when or {})}
    if method != "GET":
        codes.add("cross_site")
    if parameters:
        codes.add("not_found")
    if carried:
        codes |= {"too_large", "unsupported_media_type"} | ({"bad_json", "bad_encoding"} if takes else set())
    description: dict[str, Any] = {
        "summary": summary,
        **({"description": more} if more else {}),
        "parameters": [*(_place(name, (names or {})[_public(name)]) for name in parameters), *query],
        **({"requestBody": {"required": True, "content": carried}} if carried else {}),
        "responses": {
            **_refuse(codes, when or {}),
            **{str(status): _answer(*given) for status, given in gives.items()},
        },
    }

    def declare(view: View) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def answer(*args: Any, **named: Any) -> ResponseReturnValue:
            made = view(*args, **named)
            body, *rest = made if isinstance(made, tuple) else (made,)
            if isinstance(body, BaseModel):
                body = current_app.response_class(body.model_dump_json(), content_type="application/json")
            return cast(ResponseReturnValue, (body, *rest) if rest else body)

        name = re.sub(r"_([a-z])", lambda found: found[1].upper(), view.__name__)
        public = re.sub(r"<(?:[^:>]*:)?(\w+)>", lambda found: f"{{{_public(found[1])}}}", path)
        given = [body for _, body, *_ in gives.values() if isinstance(body, type)]
        OPERATIONS.append(Operation(public, method.lower(), name, {"operationId": name} | description, takes, given))
        blueprint.add_url_rule(path, view_func=access.needs(needs)(answer), methods=[method])
        return answer

    return declare


def ask(name: str, text: str, **schema: Any) -> dict[str, Any]:
    """A parameter of the query, a text unless `schema` says otherwise."""
    return {"name": name, "in": "query", "description": text, "schema": {"type": "string", **schema}}


# Days of publication.
SPAN = (
    ask("since", "First day of publication that counts, ISO 8601.", format="date"),
    ask("until", "Last day of publication that counts, ISO 8601.", format="date"),
)
# The pages of a list.
PAGED = (
    ask("cursor", "The `next` of an earlier answer."),
    ask("limit", "How many at most.", type="integer", minimum=1, maximum=100, default=20),
)


@cache
def describe() -> dict[str, Any]:
    """The whole description. Raises ValueError where one class is taken otherwise than it is given."""
    paths: dict[str, Any] = {}
    for one in sorted(OPERATIONS, key=_rank):
        paths.setdefault(one.path, {})[one.method] = one.description
    taken = _define([model for one in OPERATIONS for model in one.takes], "validation")
    given = _define([Problem, *(model for one in OPERATIONS for model in one.gives)], "serialization")
    for name in taken.keys() & given.keys():
        if taken[name] != given[name]:
            raise ValueError(f"{name} is taken otherwise than it is given: it needs two classes.")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parallax",
            "version": engine(),
            "description": "Reads news articles and reports how each frames its story: loaded words and their targets, "
            "who speaks and through which verbs, and tone towards the people named. Offsets are Unicode code points.",
        },
        "servers": [{"url": "/", "description": "The service that gave this description."}],
        "paths": paths,
        "components": {
            "schemas": taken | {name: allow_more(schema) for name, schema in given.items()},
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "Needed where the operator has set keys."},
            },
        },
        "security": [{"key": []}, {}],
    }


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of what the API gives, to check answers against; a later version may add fields."""
    whole = model.model_json_schema(mode="serialization")
    definitions = {name: allow_more(one) for name, one in whole.pop("$defs", {}).items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **allow_more(whole), "$defs": definitions}


def allow_more(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of an answer without `additionalProperties: false`: a later version may add fields (docs/api.md)."""
    return {name: value for name, value in schema.items() if name != "additionalProperties" or value is not False}


def _define(models: list[type[BaseModel]], mode: JsonSchemaMode) -> dict[str, Any]:
    _, schemas = models_json_schema([(model, mode) for model in dict.fromkeys(models)], ref_template=_REF)
    return cast(dict[str, Any], schemas.get("$defs", {}))


def _rank(one: Operation) -> int:
    resource = one.path.removeprefix("/api/v1/").partition("/")[0]
    return _ORDER.index(resource) if resource in _ORDER else len(_ORDER)


def _public(name: str) -> str:
    """What a parameter of a path is called outside."""
    return "id" if name == "identifier" else name


def _place(name: str, said: str | tuple[str, Sequence[str]]) -> dict[str, Any]:
    text, values = (said, None) if isinstance(said, str) else said
    listed = {"enum": list(values)} if values else {}
    return {"name": _public(name), "in": "path", "required": True, "description": text,
            "schema": {"type": "string"} | listed}  # fmt: skip


def _carry(models: Sequence[type[BaseModel]], example: Any = None) -> dict[str, Any]:
    references = [{"$ref": _REF.format(model=model.__name__)} for model in models]
    schema = references[0] if len(references) == 1 else {"anyOf": references}
    return {"application/json": {"schema": schema} | ({"example": example} if example is not None else {})}


def _answer(text: str, body: Body = None, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": text}
    if isinstance(body, type):
        answer["content"] = _carry([body])
    elif body:
        answer["content"] = {kind: {"schema": {} if "json" in kind else {"type": "string"}} for kind in body}
    if headers:
        answer["headers"] = {
            name: {"description": said, "schema": {"type": "integer" if name == "Retry-After" else "string"}}
            for name, said in headers.items()
        }
    return answer


def _refuse(codes: Collection[str], when: Mapping[str, str]) -> dict[str, Any]:
    """The answers that are problems with these codes, by status; `when` says of some in other words when they come."""
    by_status: dict[int, dict[str, Any]] = {}
    for code, problem in TEXTS["problem"].items():
        if code not in codes:
            continue
        status = problem["status"]
        text = when.get(code, problem["when"])
        about = {"type": f"/api/docs#problem-{code}", "title": problem["title"], "status": status, "code": code}
        shown = about | {"detail": f"{text[0].upper()}{text[1:]}.", "errors": []}
        told = by_status.setdefault(status, {"texts": [], "examples": {}})
        told["texts"].append(f"`{code}`: {text}")
        told["examples"][code] = {"value": shown}
    problem = {"$ref": _REF.format(model="Problem")}
    return {
        str(status): _answer("; ".join(told["texts"]) + ".", headers=RETRY if status in _RETRIED else None)
        | {"content": {"application/problem+json": {"schema": problem, "examples": told["examples"]}}}
        for status, told in by_status.items()
    }
