"""Judgements: a reader agrees or disagrees with a finding. Pages and JSON; kept with the report, counted nowhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Literal

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.wrappers import Response as WerkzeugResponse

from models.limits import LIMITS
from models.refusals import FieldError, explain
from models.report import Report
from models.rows import defuse
from service import access, findings, submission
from service.findings import Findings, Note
from service.openapi import REPORT_ID, operation
from service.problems import Refusal, unknown
from service.texts import say
from workers import store
from workers.store import Judgement, Kept

judgements = Blueprint("judgements", __name__)

FINDING = (
    "Which finding: term-3 is vocabulary.terms[3]; device-, attribution-, vague-, sentence- likewise; entity-e1 by id."
)


class JudgementRequest(BaseModel):
    """What a reader thinks of a finding."""

    model_config = ConfigDict(extra="forbid", strict=True)

    finding: str = Field(max_length=100, description=FINDING)
    verdict: Literal["agree", "disagree"] = Field(description="Whether the reader finds the finding right.")
    reason: str = Field(default="", max_length=LIMITS.reason_characters, description="Why, in the reader's words.")


class Judged(Judgement):
    """A judgement with the words that it is about."""

    kind: Literal["term", "device", "attribution", "vague", "entity", "sentence"] = Field(
        description="What kind of finding it is."
    )
    rule: str = Field(description="Id of the lexicon entry or model that found a term; else empty.")
    start: int = Field(ge=0, description="First code point of the finding's marked words in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")
    text: str = Field(description="article.text[start:end].")


class Judgements(BaseModel):
    """Every judgement of one report, oldest first."""

    report: str = Field(description="Id of the report.")
    judgements: list[Judged] = Field(description="Oldest first.")


def by_finding(kept: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """What was thought of each finding of a report."""
    found: dict[str, list[Judgement]] = {}
    for judgement in kept:
        found.setdefault(judgement.finding, []).append(judgement)
    return found


@dataclass(frozen=True, slots=True)
class Undo:
    """What somebody just did with a judgement, and may undo for UNDO_SECONDS: where its form is sent, and of what."""

    done: Literal["kept", "taken_back"]
    judgement: str
    note: str


def find_undo(identifier: str, given: Mapping[str, str]) -> Undo | None:
    """What the page that somebody came back to offers to undo; None where nothing, or not any more."""
    note = given.get("note", "")
    if name := given.get("taken_back"):
        found = store.find_taken_back(identifier, name)
        return Undo("taken_back", name, note) if found and access.owns(found.by) else None
    if name := given.get("kept"):
        now = datetime.now(UTC)
        for one in store.find_judgements(identifier):
            lately = (now - datetime.fromisoformat(one.judged_at)).total_seconds() <= store.UNDO_SECONDS
            if one.id == name and lately and access.owns(one.by):
                return Undo("kept", name, note)
    return None


@judgements.get("/reports/<identifier>/judge")
@access.needs("read")
def show_form(identifier: str) -> str:
    """The form to say what one thinks of the finding `?finding=`."""
    report, found = _read(identifier)
    return _render_form(report, _find(found, request.args.get("finding", "")))


@judgements.post("/reports/<identifier>/judge")
@access.needs("submit")
def submit_form(identifier: str) -> Response | WerkzeugResponse:
    """Keep a judgement and lead back to its note; the form again, with what is wrong, as 422."""
    report, found = _read(identifier)
    note = _find(found, request.form.get("finding", ""))
    typed = {name: request.form.get(name, "").replace("\r\n", "\n") for name in ("verdict", "reason")}
    try:
        asked = JudgementRequest.model_validate({"finding": note.name, **typed})
    except ValidationError as invalid:
        errors = {error.field: error.message for error in explain(invalid, JudgementRequest)}
        if "verdict" in errors:
            errors["verdict"] = say("judge.choose")
        return make_response(_render_form(report, note, typed, errors), 422)
    return _show(identifier, str(note.number), "kept", _keep(report, asked).id)


@judgements.post("/reports/<identifier>/judge/withdraw")
@access.needs("submit")
def withdraw_form(identifier: str) -> WerkzeugResponse:
    """Take a judgement back and lead to its note."""
    judgement = request.form.get("judgement", "")
    gone = _withdraw(identifier, judgement)
    return _show(identifier, request.form.get("note", ""), "taken_back", judgement if gone else "")


@judgements.post("/reports/<identifier>/judge/restore")
@access.needs("submit")
def restore_form(identifier: str) -> WerkzeugResponse:
    """Have a judgement again that was just taken back; 404 once it is too late, 403 where it is another's."""
    found = store.find_taken_back(identifier, request.form.get("judgement", ""))
    if found is None:
        raise Refusal(404, "not_found", say("judge.too_late", seconds=store.UNDO_SECONDS))
    if not access.owns(found.by):
        raise Refusal(403, "scope_missing", say("judge.not_yours"))
    _refuse_unkept(identifier, store.restore(identifier, found))
    return _show(identifier, request.form.get("note", ""))


def _show(identifier: str, number: str, done: str = "", judgement: str = "") -> WerkzeugResponse:
    """Back to the report, at its note, where what was just done with a judgement can be undone."""
    note = number if number.isdecimal() else None
    query = {done: judgement, "note": note} if judgement else {}
    anchor = f"n{note}" if note else None
    return redirect(url_for("pages.show_report", _anchor=anchor, identifier=identifier, **query), 303)  # type: ignore[arg-type]


@operation(
    judgements, "GET", "/api/v1/reports/<identifier>/judgements", "read", "List what readers think of the findings",
    {200: ("Oldest first.", Judgements)}, names=REPORT_ID,
    more="Kept with the report and deleted with it; counted in no figure.",
)  # fmt: skip
def list_judgements(identifier: str) -> Judgements:
    return Judgements(report=identifier, judgements=_judged(identifier))


@operation(
    judgements, "GET", "/api/v1/reports/<identifier>/judgements.csv", "read",
    "Download the judgements as CSV, a row each", {200: ("The file.", ["text/csv"])}, names=REPORT_ID,
)  # fmt: skip
def export_judgements(identifier: str) -> Response:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["report", *Judged.model_fields])
    for judged in _judged(identifier):
        writer.writerow([identifier, *map(defuse, judged.model_dump().values())])
    answer = current_app.response_class(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="parallax-{identifier[:8]}-judgements.csv"'
    return answer


@operation(
    judgements, "POST", "/api/v1/reports/<identifier>/judgements", "submit", "Agree or disagree with a finding",
    {201: ("Kept.", Judged)}, names=REPORT_ID, takes=(JudgementRequest,),
    example={"finding": "term-0", "verdict": "disagree", "reason": "The plain name of the office."},
    refuses=("invalid_request",),
)  # fmt: skip
def submit_judgement(identifier: str) -> tuple[Judged, int]:
    report, found = _read(identifier)
    asked = submission.read_json(request, JudgementRequest)
    note = next((note for note in found.notes if note.name == asked.finding), None)
    if note is None:
        message = say("judge.unknown", finding=asked.finding)
        errors = [FieldError(field="finding", code="unknown_finding", message=message)]
        raise Refusal(422, "invalid_request", f"finding: {message}", errors)
    return _join(_keep(report, asked), note, report), 201


@operation(
    judgements, "DELETE", "/api/v1/reports/<identifier>/judgements/<judgement>", "submit", "Take a judgement back",
    {204: ("It is gone.", None)}, names=REPORT_ID | {"judgement": "Id of the judgement."},
)  # fmt: skip
def withdraw_judgement(identifier: str, judgement: str) -> tuple[str, int]:
    if not _withdraw(identifier, judgement):
        raise unknown(judgement)
    return "", 204


def _read(identifier: str) -> tuple[Report, Findings]:
    report = store.lasting_report(identifier)
    if report is None:
        raise unknown(identifier)
    return report, findings.find(report)


def _find(found: Findings, name: str) -> Note:
    for note in found.notes:
        if note.name == name:
            return note
    raise Refusal(404, "not_found", say("judge.unknown", finding=name[:100]))


def _keep(report: Report, asked: JudgementRequest) -> Judgement:
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    judgement = Judgement(id=token_hex(8), by=access.owner(), judged_at=now, **asked.model_dump())
    _refuse_unkept(report.id, store.judge(report.id, judgement))
    return judgement


def _refuse_unkept(identifier: str, kept: Kept) -> None:
    if kept == "gone":
        raise unknown(identifier)
    if kept == "full":
        raise Refusal(422, "invalid_request", say("judge.full", limit=f"{store.MOST_JUDGEMENTS:,}"))


def _withdraw(identifier: str, judgement: str) -> bool:
    """Take it back, if it is there; a refusal, where it was given with another key."""
    answer = store.withdraw(identifier, judgement, None if access.may("admin") else access.owner())
    if answer == "not yours":
        raise Refusal(403, "scope_missing", say("judge.not_yours"))
    return answer == "withdrawn"


def _judged(identifier: str) -> list[Judged]:
    report, found = _read(identifier)
    notes = {note.name: note for note in found.notes}
    kept = store.find_judgements(identifier)
    return [_join(judgement, notes[judgement.finding], report) for judgement in kept if judgement.finding in notes]


def _join(judgement: Judgement, note: Note, report: Report) -> Judged:
    mark = next(mark for mark in note.marks if mark.numbered)
    return Judged(
        **judgement.model_dump(),
        kind=note.kind,
        rule=getattr(note.subject, "rule", ""),
        start=mark.start,
        end=mark.end,
        text=report.article.text[mark.start : mark.end],
    )


def _render_form(
    report: Report, note: Note, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> str:
    names = {entity.id: entity.name for entity in report.entities}
    return render_template("judge.html", report=report, note=note, names=names, typed=typed or {}, errors=errors or {})
