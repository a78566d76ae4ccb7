"""The JSON API: what programs read."""

from __future__ import annotations

import json
from functools import partial

from flask import Blueprint, Response, current_app, g, jsonify, render_template, request, url_for
from pydantic import BaseModel

from models import version
from models.article import Article
from models.comparison_report import Comparison
from models.report import Report
from service import examples, exports, openapi, submission
from service.exports import EXPORTS, OFFSETS
from service.openapi import PAGED, REPORT_ID, RETRY, Given, ask, operation
from service.problems import Refusal, failed, unknown, unreadable
from service.schemas import Accepted, ModelCard, Models, Reports, Waiting
from workers import queue, store
from workers.extraction.source import Link, Page

api = Blueprint("api", __name__)

RETRY_AFTER = 1  # seconds; most articles take less
_WHERE = {"Location": "Where the report is, or will be."}
Later = tuple[Waiting, int, dict[str, str]]


@operation(
    api, "POST", "/api/v1/articles", "submit", "Submit an article",
    {
        202: ("Taken in; the report will be at `report`.", Accepted, _WHERE),
        200: ("That report is there already.", Accepted, _WHERE),
    },
    more="With `text` it is read as it is. With `html` instead, the article is found in the page's source; with `url` "
    "alone, a worker fetches the page first. What you say of it yourself (`title`, `outlet` …) goes before what is "
    "found. The same article sent twice joins the same job, and so does the same link or page, unless it is private or "
    "not to be retained.",
    takes=(Article, Link, Page),
    example=examples.ARTICLES[0].model_dump(exclude_defaults=True),
    refuses=("invalid_article", "queue_full"),
)  # fmt: skip
def submit_article() -> tuple[Accepted, int, dict[str, str]]:
    submitted = queue.submit(submission.read_submission(request))
    where = url_for("api.get_report", identifier=submitted.id)
    body = Accepted(id=submitted.id, status=submitted.status, report=where)
    return body, 200 if submitted.status == "done" else 202, {"Location": where}


@operation(
    api, "GET", "/api/v1/reports/<identifier>", "read", "Get a report",
    {200: ("The report.", Report), 202: ("It is on its way.", Waiting, RETRY)},
    names=REPORT_ID,
    query=(ask("offsets", "What offsets count.", enum=list(OFFSETS), default=OFFSETS[0]),),
    refuses=("bad_request", "analysis_failed", "report_unreadable"),
)  # fmt: skip
def get_report(identifier: str) -> Report | Response | Later:
    offsets = request.args.get("offsets", OFFSETS[0])
    if offsets not in OFFSETS:
        raise Refusal(400, "bad_request", f"offsets must be one of {', '.join(OFFSETS)}.")
    found = _find(identifier)
    if isinstance(found, Waiting):
        return _wait(found)
    return found if offsets == OFFSETS[0] else jsonify(exports.count_in(found, offsets))


@operation(
    api, "GET", "/api/v1/reports/<identifier>/<name>", "read", "Download a report for other tools",
    {
        200: ("The file.", [kind.split(";")[0] for kind, _ in EXPORTS.values()]),
        202: ("The report is on its way.", Waiting, RETRY),
    },
    more="findings.csv: every finding as a row, with its words, offsets, rule, category, voice, target, speaker and "
    "strength; a cell that a spreadsheet would run as a formula begins with an apostrophe. annotations.jsonld: every "
    "finding as a W3C Web Annotation on its exact words. spacy.json: text, tokens, sentences, entities and groups of "
    "spans as spaCy's Doc.from_json reads them. brat.ann and brat.txt: every finding as brat standoff, and the text "
    "that it points into. marks.jsonld: the notes of the report's page as Web Annotations, with the style of their "
    "marks. findings.docx: the article as a Word file, its findings as comments. summary.svg: "
    "what the report's page says at a glance, as a picture. cite.bib and cite.json: how the report is cited, as "
    "BibTeX and as CSL-JSON.",
    names=REPORT_ID | {"name": ("What to download it as.", list(EXPORTS))},
    refuses=("analysis_failed", "report_unreadable"),
)  # fmt: skip
def export_report(identifier: str, name: str) -> Response | Later:
    if name not in EXPORTS:
        raise Refusal(404, "not_found", f"There is no export “{name}”. There are {', '.join(EXPORTS)}.")
    found = _find(identifier)
    if isinstance(found, Waiting):
        return _wait(found)
    kind, write = EXPORTS[name]
    where = url_for("api.get_report", identifier=identifier, _external=True)
    answer = current_app.response_class(write(found, where), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="parallax-{identifier[:8]}-{name}"'
    return answer


def _find(identifier: str) -> Report | Waiting:
    state = store.state(identifier)
    if state is None:
        raise unknown(identifier)
    if state.status == "failed":
        raise failed(state)
    read = store.report if request.method == "HEAD" else store.hand_over
    report = read(identifier) if state.status == "done" else None
    g.fleeting = not state.retained
    if state.status == "done" and report is None:
        raise unreadable(identifier) if store.state(identifier) else unknown(identifier)
    return report or Waiting(id=identifier, status="running" if state.status == "running" else "queued")


def _wait(waiting: Waiting) -> Later:
    return waiting, 202, {"Retry-After": str(RETRY_AFTER)}


@operation(
    api, "GET", "/api/v1/reports", "read", "List reports, newest first", {200: ("Summaries.", Reports)},
    query=(
        ask("outlet", "Only this outlet, whatever its case."),
        ask("q", "Only with these words in title or outlet."),
        *PAGED,
    ),
    refuses=("bad_request",),
)  # fmt: skip
def list_reports() -> Reports:
    limit = submission.read_limit(request)
    wanted = {name: request.args.get(name) or None for name in ("cursor", "outlet", "q")}
    page = store.recent(limit=limit, **wanted)
    return Reports(reports=page.items, next=page.next)


@operation(
    api, "DELETE", "/api/v1/reports/<identifier>", "delete", "Delete a report and the article's text",
    {204: ("Nothing of it is left in the store.", None)}, names=REPORT_ID,
)  # fmt: skip
def delete_report(identifier: str) -> tuple[str, int]:
    if not store.delete(identifier):
        raise unknown(identifier)
    return "", 204


@operation(
    api, "GET", "/api/v1/models", "read", "Cards of the trained models: data, licence, measures, thresholds, limits",
    {200: ("The cards.", Models)},
)  # fmt: skip
def list_models() -> Models:
    versions = version.trained()
    cards = [ModelCard(name=name, version=versions[name], card=card) for name, card in version.cards().items()]
    return Models(engine=version.engine(), models=cards)


@operation(api, "GET", "/api/openapi.json", "read", "This description", {200: ("OpenAPI 3.1.", ["application/json"])})
def describe_api() -> Response:
    return jsonify(openapi.describe())


_SCHEMA: dict[int, Given] = {200: ("JSON Schema, draft 2020-12.", ["application/schema+json"])}


@operation(api, "GET", "/api/report.schema.json", "read", "The JSON schema of a report", _SCHEMA)
def describe_report() -> Response:
    return _schema(Report)


@operation(api, "GET", "/api/comparison.schema.json", "read", "The JSON schema of a comparison", _SCHEMA)
def describe_comparison() -> Response:
    return _schema(Comparison)


def _schema(model: type[BaseModel]) -> Response:
    answer = current_app.response_class(json.dumps(openapi.schema(model), indent=1))
    answer.content_type = "application/schema+json"
    return answer


@operation(api, "GET", "/api/docs", "read", "This description as a page to try it", {200: ("The page.", ["text/html"])})
def show_docs() -> str:
    pretty = partial(json.dumps, ensure_ascii=False, indent=1)
    return render_template("docs.html", description=openapi.describe(), pretty=pretty)
