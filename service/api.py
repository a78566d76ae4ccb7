"""The JSON API: what programs read."""

from __future__ import annotations

import json
from functools import partial

from flask import Blueprint, Response, current_app, g, jsonify, render_template, request, url_for
from pydantic import BaseModel

from models import version
from models.comparison_report import Comparison
from models.report import Report
from service import access, exports, openapi, submission
from service.exports import EXPORTS, OFFSETS
from service.problems import Refusal, failed, unknown, unreadable
from service.schemas import Accepted, ModelCard, Models, Reports, Waiting
from workers import queue, store

api = Blueprint("api", __name__, url_prefix="/api")

RETRY_AFTER = 1  # seconds; most articles take less


@api.post("/v1/articles")
@access.needs("submit")
def submit_article() -> Response:
    submitted = queue.submit(submission.read_submission(request))
    where = url_for("api.get_report", identifier=submitted.id)
    body = Accepted(id=submitted.id, status=submitted.status, report=where)
    return _json(body, 200 if submitted.status == "done" else 202, Location=where)


@api.get("/v1/reports/<identifier>")
@access.needs("read")
def get_report(identifier: str) -> Response:
    offsets = request.args.get("offsets", OFFSETS[0])
    if offsets not in OFFSETS:
        raise Refusal(400, "bad_request", f"offsets must be one of {', '.join(OFFSETS)}.")
    found = _find(identifier)
    if isinstance(found, Waiting):
        return _wait(found)
    return _json(found) if offsets == OFFSETS[0] else jsonify(exports.count_in(found, offsets))


@api.get("/v1/reports/<identifier>/<name>")
@access.needs("read")
def export_report(identifier: str, name: str) -> Response:
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


def _wait(waiting: Waiting) -> Response:
    return _json(waiting, 202, **{"Retry-After": str(RETRY_AFTER)})


@api.get("/v1/reports")
@access.needs("read")
def list_reports() -> Response:
    limit = submission.read_limit(request)
    try:
        page = store.recent(
            cursor=request.args.get("cursor") or None,
            limit=limit,
            outlet=request.args.get("outlet") or None,
            q=request.args.get("q") or None,
        )
    except ValueError:
        raise submission.bad_cursor() from None
    return _json(Reports(reports=page.items, next=page.next))


@api.delete("/v1/reports/<identifier>")
@access.needs("delete")
def delete_report(identifier: str) -> Response:
    if not store.delete(identifier):
        raise unknown(identifier)
    return current_app.response_class(status=204)


@api.get("/v1/models")
@access.needs("read")
def list_models() -> Response:
    versions = version.trained()
    cards = [ModelCard(name=name, version=versions[name], card=card) for name, card in version.cards().items()]
    return _json(Models(engine=version.engine(), models=cards))


@api.get("/openapi.json")
@access.needs("read")
def describe() -> Response:
    return jsonify(openapi.describe())


@api.get("/report.schema.json")
@access.needs("read")
def describe_report() -> Response:
    return _schema(Report)


@api.get("/comparison.schema.json")
@access.needs("read")
def describe_comparison() -> Response:
    return _schema(Comparison)


def _schema(model: type[BaseModel]) -> Response:
    answer = current_app.response_class(json.dumps(openapi.schema(model), indent=1))
    answer.content_type = "application/schema+json"
    return answer


@api.get("/docs")
@access.needs("read")
def show_docs() -> str:
    pretty = partial(json.dumps, ensure_ascii=False, indent=1)
    return render_template("docs.html", description=openapi.describe(), pretty=pretty)


def _json(body: BaseModel, status: int = 200, **headers: str) -> Response:
    response = current_app.response_class(body.model_dump_json(), status=status, content_type="application/json")
    response.headers.update(headers)
    return response
