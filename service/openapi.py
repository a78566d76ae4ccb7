"""The API's description (OpenAPI 3.1), made from the same classes that validate."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from models.article import Article
from models.comparison_report import Comparison
from models.report import Report
from models.version import engine
from service.examples import ARTICLES
from service.exports import EXPORTS, OFFSETS
from service.problems import Problem
from service.schemas import Accepted, ComparisonRequest, Models, Reports, Waiting

_REF = "#/components/schemas/{model}"
_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Id of the report, as the answer to a submission gave it.",
    "schema": {"type": "string"},
}
_EXPORT = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "What to download it as.",
    "schema": {"type": "string", "enum": list(EXPORTS)},
}
_RETRY = {"Retry-After": {"description": "Seconds until another try makes sense.", "schema": {"type": "integer"}}}
_LOCATION = {"Location": {"description": "Where the report is, or will be.", "schema": {"type": "string"}}}

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


def _json(model: type[BaseModel], **more: Any) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model.__name__)}, **more}}


def _answer(text: str, model: type[BaseModel] | None, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": text}
    if model:
        answer["content"] = _json(model)
    if headers:
        answer["headers"] = headers
    return answer


def _refusals(*statuses: int) -> dict[str, Any]:
    return {
        str(status): {
            "description": _REFUSALS[status],
            "content": {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}},
            **({"headers": _RETRY} if status in (409, 503) else {}),
        }
        for status in statuses
    }


def _parameter(name: str, text: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": {"type": "string", **schema}}


_EXPORTS = (
    "findings.csv: every finding as a row, with its words, offsets, rule, category, voice, target, speaker and "
    "strength; a cell that a spreadsheet would run as a formula begins with an apostrophe. "
    "annotations.jsonld: every finding as a W3C Web Annotation on its exact words. "
    "spacy.json: text, sentences, entities and groups of spans by character, as spaCy's Doc.char_span takes them. "
    "brat.ann and brat.txt: every finding as brat standoff, and the text that it points into."
)


@cache
def describe() -> dict[str, Any]:
    """The whole description."""
    taken: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Article, "validation"), (ComparisonRequest, "validation")]
    given = (Accepted, Waiting, Report, Reports, Comparison, Models, Problem)
    taken += [(model, "serialization") for model in given]
    _, schemas = models_json_schema(taken, ref_template=_REF)
    example = ARTICLES[0].model_dump(exclude_defaults=True)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parallax",
            "version": engine(),
            "description": "Reads news articles and reports how each frames its story: loaded words and their targets, "
            "who speaks and through which verbs, and tone towards the people named. Offsets are Unicode code points.",
        },
        "paths": {
            "/api/v1/articles": {
                "post": {
                    "operationId": "submitArticle",
                    "summary": "Submit an article",
                    "description": "The same article sent twice joins the same job.",
                    "requestBody": {"required": True, "content": _json(Article, example=example)},
                    "responses": {
                        "202": _answer("Taken in; the report will be at `report`.", Accepted, _LOCATION),
                        "200": _answer("That report is there already.", Accepted, _LOCATION),
                        **_refusals(400, 403, 413, 415, 422, 503),
                    },
                }
            },
            "/api/v1/reports/{id}": {
                "parameters": [_ID],
                "get": {
                    "operationId": "getReport",
                    "summary": "Get a report",
                    "parameters": [
                        _parameter("offsets", "What offsets count.", enum=list(OFFSETS), default=OFFSETS[0]),
                    ],
                    "responses": {
                        "200": _answer("The report.", Report),
                        "202": _answer("It is on its way.", Waiting, _RETRY),
                        **_refusals(400, 404, 422, 503),
                    },
                },
                "delete": {
                    "operationId": "deleteReport",
                    "summary": "Delete a report and the article's text",
                    "responses": {
                        "204": _answer("Nothing of it is left in the store.", None),
                        **_refusals(403, 404, 503),
                    },
                },
            },
            "/api/v1/reports/{id}/{name}": {
                "parameters": [_ID, _EXPORT],
                "get": {
                    "operationId": "exportReport",
                    "summary": "Download a report for other tools",
                    "description": _EXPORTS,
                    "responses": {
                        "200": {"description": "The file."},
                        "202": _answer("The report is on its way.", Waiting, _RETRY),
                        **_refusals(404, 422, 503),
                    },
                },
            },
            "/api/v1/reports": {
                "get": {
                    "operationId": "listReports",
                    "summary": "List reports, newest first",
                    "parameters": [
                        _parameter("outlet", "Only this outlet, whatever its case."),
                        _parameter("q", "Only with these words in title or outlet."),
                        _parameter("cursor", "The `next` of an earlier answer."),
                        _parameter("limit", "How many at most.", type="integer", minimum=1, maximum=100, default=20),
                    ],
                    "responses": {"200": _answer("Summaries.", Reports), **_refusals(400, 503)},
                }
            },
            "/api/v1/comparisons": {
                "post": {
                    "operationId": "compareReports",
                    "summary": "Set two to six reports side by side",
                    "requestBody": {"required": True, "content": _json(ComparisonRequest)},
                    "responses": {
                        "200": _answer("The comparison.", Comparison),
                        **_refusals(400, 403, 404, 409, 413, 415, 422, 503),
                    },
                }
            },
            "/api/v1/models": {
                "get": {
                    "operationId": "listModels",
                    "summary": "Cards of the trained models: data, licence, measures, thresholds, limits",
                    "responses": {"200": _answer("The cards.", Models)},
                }
            },
        },
        "components": {"schemas": schemas["$defs"]},
    }
