"""The API's description (OpenAPI 3.1), made from the same classes that validate.

One module a resource: PATHS, the classes it TAKES (bodies of requests) and those it GIVES (bodies of answers).
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from models.version import engine
from service.openapi import (
    articles,
    batches,
    cards,
    comparisons,
    description,
    feeds,
    files,
    judgements,
    outlets,
    reports,
    rooms,
    stories,
)
from service.openapi.parts import EVERYWHERE, REF, refuse
from service.problems import Problem

# In the order of /api/docs.
RESOURCES = (
    articles,
    files,
    batches,
    feeds,
    reports,
    judgements,
    comparisons,
    stories,
    outlets,
    rooms,
    cards,
    description,
)


@cache
def describe() -> dict[str, Any]:
    """The whole description."""
    paths = {path: _add_everywhere(item) for resource in RESOURCES for path, item in resource.PATHS.items()}
    taken = _define([model for resource in RESOURCES for model in resource.TAKES], "validation")
    given = _define([Problem, *(model for resource in RESOURCES for model in resource.GIVES)], "serialization")
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
    _, schemas = models_json_schema([(model, mode) for model in models], ref_template=REF)
    return cast(dict[str, Any], schemas.get("$defs", {}))


def _add_everywhere(item: dict[str, Any]) -> dict[str, Any]:
    """The operations of a path, each with the refusals that any request may meet."""
    return {
        name: {**operation, "responses": {**refuse(*EVERYWHERE), **operation["responses"]}}
        if isinstance(operation, dict) and "responses" in operation
        else operation
        for name, operation in item.items()
    }
