"""Comparisons under their permanent names: a page, JSON, and tables to download."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from models.comparison_report import Comparison
from service import access, comparison_summary, side_by_side, submission, tables
from service.comparison_exports import EXPORTS, write_csv
from service.openapi import RETRY, Given, operation
from service.problems import Refusal
from service.schemas import ComparisonRequest, Waiting
from workers import store
from workers.queue import comparisons as made

comparisons = Blueprint("comparisons", __name__)

RETRY_AFTER = 1  # seconds


_WHERE = {"Location": "Where the comparison stays."}
_ID = {"id": "Id of the comparison, as the answer to POST gave it."}
_LATER: Given = ("It is on its way: ask at the address in Location.", Waiting, RETRY | _WHERE)
Told = tuple[Comparison | Waiting, int, dict[str, str]]


@operation(
    comparisons, "POST", "/api/v1/comparisons", "read", "Set two to six reports side by side",
    {200: ("The comparison.", Comparison, _WHERE), 202: _LATER},
    more="A worker makes it, once; it stays at the address in Location as long as all its reports.",
    takes=(ComparisonRequest,), example={"reports": ["A", "B"]},
    refuses=("not_found", "not_ready", "invalid_request", "not_retained", "comparison_failed"),
)  # fmt: skip
def compare_reports() -> Told:
    return _find(made.ask(submission.read_json(request, ComparisonRequest).reports))


@operation(
    comparisons, "GET", "/api/v1/comparisons/<identifier>", "read", "Get a comparison",
    {200: ("The comparison.", Comparison, _WHERE), 202: _LATER}, names=_ID, refuses=("comparison_failed",),
)  # fmt: skip
def get_comparison(identifier: str) -> Told:
    return _find(identifier)


@operation(
    comparisons, "GET", "/api/v1/comparisons/<identifier>/<name>", "read", "Download a table of a comparison as CSV",
    {200: ("The file.", ["text/csv"]), 202: _LATER},
    more="A row for what one article has; report and outlet come first. Offsets are code points of that report's "
    "article.text. A cell that a spreadsheet would run as a formula begins with an apostrophe.",
    names=_ID | {"name": ("Which table.", list(EXPORTS))}, refuses=("comparison_failed",),
)  # fmt: skip
def export_comparison(identifier: str, name: str) -> Response | Told:
    if name not in EXPORTS:
        raise Refusal(404, "not_found", f"There is no table “{name}”. There are {', '.join(EXPORTS)}.")
    found, status, headers = _find(identifier)
    if isinstance(found, Waiting):
        return found, status, headers
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
    contrasts, names = comparison_summary.find(found), tables.name_columns(found)
    reports = [store.lasting_report(article.id) for article in found.articles]
    texts = [report for report in reports if report]
    linked = [link for contrast in contrasts for link in contrast.links]
    return make_response(
        render_template(
            "comparison.html",
            comparison=found,
            contrasts=contrasts,
            names=names,
            panes=side_by_side.set_panes(found, texts, names, linked) if len(texts) == len(reports) else [],
            place=side_by_side.name_place,
            exports=list(EXPORTS),
            tables=tables,
        )
    )


def _find(identifier: str) -> Told:
    """The comparison, or that it is on its way, as an answer."""
    headers = {"Location": url_for("comparisons.get_comparison", identifier=identifier)}
    if found := made.find(identifier):
        return found, 200, headers
    return Waiting(id=identifier, status="queued"), 202, headers | {"Retry-After": str(RETRY_AFTER)}
