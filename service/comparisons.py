"""Comparisons under their permanent names: a page, JSON, and tables to download."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from models.comparison_report import Comparison
from service import access, comparison_summary, submission, tables
from service.comparison_exports import EXPORTS, write_csv
from service.problems import Refusal
from service.schemas import ComparisonRequest, Waiting
from workers.queue import comparisons as made

comparisons = Blueprint("comparisons", __name__)

RETRY_AFTER = 1  # seconds


@comparisons.post("/api/v1/comparisons")
@access.needs("read")
def compare_reports() -> Response:
    identifier = made.ask(submission.read_json(request, ComparisonRequest).reports)
    return _answer(identifier, made.find(identifier))


@comparisons.get("/api/v1/comparisons/<identifier>")
@access.needs("read")
def get_comparison(identifier: str) -> Response:
    return _answer(identifier, made.find(identifier))


@comparisons.get("/api/v1/comparisons/<identifier>/<name>")
@access.needs("read")
def export_comparison(identifier: str, name: str) -> Response:
    if name not in EXPORTS:
        raise Refusal(404, "not_found", f"There is no table “{name}”. There are {', '.join(EXPORTS)}.")
    found = made.find(identifier)
    if found is None:
        return _answer(identifier, None)
    answer = current_app.response_class(write_csv(found, name), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="parallax-{identifier[:8]}-{name}"'
    return answer


@comparisons.get("/comparisons/<identifier>")
@access.needs("read")
def show_comparison(identifier: str) -> Response:
    """Two to six articles side by side, or a page that waits for them."""
    found = made.find(identifier)
    if found is None:
        answer = make_response(render_template("comparing.html", id=identifier, seconds=RETRY_AFTER), 202)
        answer.headers["Retry-After"] = str(RETRY_AFTER)
        return answer
    return make_response(
        render_template(
            "comparison.html",
            comparison=found,
            contrasts=comparison_summary.find(found),
            names=tables.name_columns(found),
            exports=list(EXPORTS),
            tables=tables,
        )
    )


def _answer(identifier: str, found: Comparison | None) -> Response:
    headers = {"Location": url_for("comparisons.get_comparison", identifier=identifier)}
    if found is None:
        body, status = Waiting(id=identifier, status="queued").model_dump_json(), 202
        headers["Retry-After"] = str(RETRY_AFTER)
    else:
        body, status = found.model_dump_json(), 200
    answer = current_app.response_class(body, status=status, content_type="application/json")
    answer.headers.update(headers)
    return answer
