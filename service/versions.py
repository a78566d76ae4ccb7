"""Versions: the same address fetched again, and what its outlet changed meanwhile; on the report's page and as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, url_for
from pydantic import BaseModel, Field
from werkzeug.wrappers import Response as WerkzeugResponse

from models.refusals import Invalid
from models.report import Report
from service import access, changes
from service.changes import Changes
from service.openapi import REPORT_ID, operation
from service.problems import Refusal, unknown
from service.schemas import Accepted
from workers import queue, settings, store
from workers.queue import Submission
from workers.store import ArticleVersion, State

versions = Blueprint("versions", __name__)


class Versions(BaseModel):
    """What was found at the address of a report."""

    versions: list[ArticleVersion] = Field(
        description="Each wording that was found there, the first one first; empty where it has no such address."
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What a report's page says of its versions."""

    all: list[ArticleVersion]
    current: ArticleVersion | None
    findings: Changes | None  # which marks went and came with the new wording
    may_fetch: bool


@operation(
    versions, "GET", "/api/v1/reports/<identifier>/versions", "read", "List the versions of an article",
    {200: ("Each wording, with what changed.", Versions)}, names=REPORT_ID,
    more="What was found when the article's address was fetched, and fetched again: each wording once, with its days, "
    "and sentence by sentence what changed since the one before. Offsets point into the texts of the two reports. A "
    "page that did not change is no version.",
)  # fmt: skip
def list_versions(identifier: str) -> Versions:
    _find(identifier)
    return Versions(versions=store.versions(identifier))


@operation(
    versions, "POST", "/api/v1/reports/<identifier>/versions", "submit", "Fetch an article's address again",
    {202: ("Taken in; the new report will be at `report`.", Accepted, {"Location": "Where the report will be."})},
    names=REPORT_ID, refuses=("queue_full",),
    when={"invalid_request": "the report was not read from an address, or that may not be fetched"},
)  # fmt: skip
def fetch_version(identifier: str) -> tuple[Accepted, int, dict[str, str]]:
    made = _fetch(identifier)
    where = url_for("api.get_report", identifier=made.id)
    return Accepted(id=made.id, status=made.status, report=where), 202, {"Location": where}


@versions.post("/reports/<identifier>/again")
@access.needs("submit")
def fetch_by_page(identifier: str) -> WerkzeugResponse:
    """Fetch the address of a report again and lead to what is read now."""
    return redirect(url_for("pages.show_report", identifier=_fetch(identifier).id), 303)


def show(report: Report, state: State) -> Shown | None:
    """What the page of this report says of its versions; None where it was not read from an address."""
    origin = report.provenance.origin
    if origin is None or origin.kind == "file" or not state.retained:
        return None
    found = store.versions(report.id) if state.listed else []
    current = next((one for one in found if report.id in one.reports), None)
    before = store.report(current.changed.before) if current and current.changed else None
    return Shown(found, current, changes.compare(before, report) if before else None, settings.current().links)


def _fetch(identifier: str) -> Submission:
    report, state = _find(identifier)
    if not settings.current().links:
        raise Refusal(422, "invalid_request", "This service fetches no links. Paste the text of the article instead.")
    try:
        return queue.read_again(report, listed=state.listed)
    except Invalid as invalid:
        raise Refusal(422, "invalid_request", " ".join(error.message for error in invalid.errors)) from None


def _find(identifier: str) -> tuple[Report, State]:
    state, report = store.state(identifier), store.lasting_report(identifier)
    if state is None or report is None:
        raise unknown(identifier)
    return report, state
