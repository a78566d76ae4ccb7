"""The API's description (OpenAPI 3.1), made from the same classes that validate.

One module a resource: PATHS, the classes it TAKES (bodies of requests) and those it GIVES (bodies of answers).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from models.version import engine
from service.openapi import (
    articles,
    cards,
    comparisons,
    description,
    judgements,
    reports,
)
from service.openapi.parts import REF
from service.problems import Problem

# In the order of /api/docs.
RESOURCES = (
    articles,
    reports,
    judgements,
    comparisons,
    cards,
    description,
)


@cache
def describe() -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, Any] = {}
    models: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {}
    for resource in RESOURCES:
        paths |= resource.PATHS
        models |= {(model, "validation"): None for model in resource.TAKES}
        models |= {(model, "serialization"): None for model in resource.GIVES}
    models[Problem, "serialization"] = None
    _, schemas = models_json_schema(list(models), ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parallax",
            "version": engine(),
            "description": "Reads news articles and reports how each frames its story: loaded words and their targets, "
            "who speaks and through which verbs, and tone towards the people named. Offsets are Unicode code points.",
        },
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }
