"""The pages: what people read."""

from __future__ import annotations

import re
from functools import partial

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from models.article import is_markup
from models.report import Report
from service import (
    access,
    article_markup,
    changes,
    citations,
    examples,
    figures,
    findings,
    judgements,
    marks,
    methodology,
    sections,
    submission,
    summary,
    versions,
)
from service.problems import Refusal, unavailable, unknown, unreadable
from workers import queue, settings, store
from workers.extraction.filetypes import KINDS
from workers.queue import comparisons as made

pages = Blueprint("pages", __name__)

REPORTS_COMPARED = (2, 6)
RECENT = 8  # reports on the start page
WAITING_SECONDS = 2  # between two looks of a waiting page


@pages.get("/")
@access.needs("read")
def show_start() -> str:
    """The form; `?correct=` a report fills it with what that report's article was read as."""
    if "correct" not in request.args:
        return _render_form({})
    identifier = request.args["correct"]
    state = _find_state(identifier)
    corrected = _read(identifier, state)
    if corrected is None:
        raise unknown(identifier)
    return _render_form(submission.type_again(corrected, state), corrected=corrected, retained=state.retained)


@pages.post("/")
@access.needs("submit")
def submit_form() -> Response | WerkzeugResponse:
    """Take in an article and lead to its report; the form again, as typed, as 422 (wrong) or 503 (no store)."""
    typed = submission.read_form(request)
    article, errors = submission.validate_form(typed, markup=request.args.get("as") == "html")
    if article is None:
        return make_response(_render_form(typed, {error.field: error.message for error in errors}), 422)
    try:
        submitted = queue.submit(article)
    except store.StoreUnavailable as error:
        refusal = unavailable(error)
        return make_response(_render_form(typed, notice=refusal.problem.detail), 503, refusal.headers)
    before = request.args.get("before")  # the report that this text was edited from
    answer = redirect(url_for("pages.show_report", identifier=submitted.id, before=before), 303)
    return answer if before else submission.remember_choice(answer, typed["private"])


@pages.post("/reports/<identifier>/draft")
@access.needs("submit")
def submit_draft(identifier: str) -> Response:
    """Read an edited text in the background: in no list, and gone when its changes have been told."""
    if store.lasting_report(identifier) is None:
        raise unknown(identifier)
    draft, errors = submission.validate_form(submission.read_form(request) | {"url": "", "private": "", "retain": "no"})
    if draft is None:
        raise Refusal(422, "invalid_article", "; ".join(f"{error.field}: {error.message}" for error in errors))
    made = queue.submit(draft).id
    answer = {"look": url_for("pages.show_draft", identifier=identifier, draft=made)}
    return make_response(answer, 202)


@pages.get("/reports/<identifier>/draft/<draft>")
@access.needs("read")
def show_draft(identifier: str, draft: str) -> Response:
    """Which findings went, came and stayed, as a piece of the report's page; 202 while the draft is being read."""
    before, state = store.lasting_report(identifier), _find_state(draft)
    if before is None:
        raise unknown(identifier)
    if state.status == "failed":
        return _show_failure(draft, state)
    now = _read(draft, state) if state.status == "done" else None
    if now is None:
        return make_response("", 202)
    return make_response(render_template("draft.html", made=changes.compare(before, now)))


@pages.post("/examples")
@access.needs("submit")
def submit_examples() -> WerkzeugResponse:
    """One click: our own event, as three invented outlets tell it."""
    if request.form.get("which") == "one":
        return redirect(url_for("pages.show_report", identifier=queue.submit(examples.ARTICLES[1]).id), 303)
    names = [queue.submit(article).id for article in examples.ARTICLES]
    return redirect(url_for("pages.show_comparison", report=names), 303)


@pages.get("/reports/<identifier>")
@access.needs("read")
def show_report(identifier: str) -> Response:
    """The report, or that it waits (202) or failed (422). One that is not retained is gone once it was shown."""
    record = store.find_record(identifier)
    if record is None:
        raise unknown(identifier)
    state, report = record.state, record.report
    if state.status == "failed":
        return _show_failure(identifier, state)
    if state.status == "done" and "look" in request.args:  # a waiting page asks; it reads when it is told so
        return make_response("", 204)
    if report is None:
        if state.status == "done":
            raise unreadable(identifier)
        return _wait([(identifier, state)])
    g.fleeting = not state.retained
    if g.fleeting and request.method != "HEAD" and not store.delete(identifier):  # somebody else has read it
        raise unknown(identifier)
    place = _read_place(request.args.get("at", ""))
    before = store.lasting_report(request.args["before"]) if "before" in request.args else None
    undo = judgements.find_undo(identifier, request.args)
    return make_response(render_report(report, record, place, before=before, undo=undo))


def _read(identifier: str, state: store.State) -> Report | None:
    """The report for somebody to read; one that is not to be retained is gone with that (HEAD reads nothing)."""
    g.fleeting = not state.retained
    return store.report(identifier) if request.method == "HEAD" else store.hand_over(identifier)


def _read_place(wanted: str) -> tuple[int, int] | None:
    """The stretch of text that a link points to, such as 120-134."""
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", wanted)
    return (int(found[1]), int(found[2])) if found else None


def render_report(
    report: Report,
    record: store.Record,
    place: tuple[int, int] | None = None,
    *,
    before: Report | None = None,
    undo: judgements.Undo | None = None,
) -> str:
    """The report as a page: what it does at a glance, the article, the numbers last.

    `place` is shown to whoever followed a link there, and what changed since the text `before` to whoever edited it.
    One that is not retained says that it is gone, one that is not listed leads to no outlet.
    """
    found, state = findings.find(report), record.state
    shown = found.marks + findings.find_boilerplate(report)
    shown += [marks.Mark(span.start, span.end, 0, "line", "place") for span in sections.places(report)]
    if place:
        shown.append(marks.Mark(*place, 0, "line", "here"))
    return render_template(
        "report.html",
        report=report,
        retained=state.retained,
        typed=submission.type_again(report, state),
        made=changes.compare(before, report) if before else None,
        findings=found,
        blocks=marks.split(report.article.text, shown),
        glance=summary.summarise(report, found),
        has_framing=sections.tells_framing(report),
        heard=sections.heard(report),
        silent=sections.silent(report),
        compared=figures.name_compared(report),
        spread=figures.spread(report),
        beside=list(figures.set_beside(report)),
        names={entity.id: entity.name for entity in report.entities},
        block=partial(article_markup.set_block, notes={note.number: note for note in found.notes}),
        judgements=judgements.by_finding(record.judgements),
        undo=undo,
        kin=store.find_kin_in(record.story),
        listed=state.listed,
        versions=versions.show(report, state),
    )


@pages.get("/reports/<identifier>/cite")
@access.needs("read")
def cite_report(identifier: str) -> str:
    """How a report is cited, with every version that made it."""
    report = store.lasting_report(identifier)
    if report is None:
        raise unknown(identifier)
    where = url_for("pages.show_report", identifier=identifier, _external=True)
    citation, versions = citations.cite(report, where), citations.list_versions(report)
    return render_template("cite.html", report=report, citation=citation, versions=versions)


@pages.post("/reports/<identifier>/delete")
@access.needs("delete")
def delete_report(identifier: str) -> str:
    """Ask first, then delete; `sure=yes` is the answer."""
    state = _find_state(identifier)
    if request.form.get("sure") != "yes":
        return render_template("delete.html", id=identifier, report=store.lasting_report(identifier), state=state)
    store.delete(identifier)
    return render_template("deleted.html")


@pages.get("/compare")
@access.needs("read")
def show_comparison() -> Response | WerkzeugResponse | str:
    """Two to six reports chosen by `?report=`: leads to their comparison, waits for them, or asks for a choice."""
    wanted = list(dict.fromkeys(request.args.getlist("report")))
    fewest, most = REPORTS_COMPARED
    if not fewest <= len(wanted) <= most or "choose" in request.args:
        return _render_chooser(wanted)
    states = [(identifier, _find_state(identifier)) for identifier in wanted]
    for identifier, state in states:
        if state.status == "failed":
            return make_response(
                render_template("failed.html", id=identifier, reason=state.reason, code=state.code), 422
            )
    unfinished = [(identifier, state) for identifier, state in states if state.status != "done"]
    if unfinished:
        return _wait(unfinished)
    return redirect(url_for("comparisons.show_comparison", identifier=made.ask(wanted)), 303)


@pages.get("/method")
@access.needs("read")
def show_method() -> str:
    """How it is measured, from docs/methodology.md."""
    return render_template(
        "method.html",
        sections=methodology.read(),
        draw_figure=methodology.draw_figure,
        show_kinds=methodology.show_kinds,
    )


def _render_form(
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    notice: str = "",
    corrected: Report | None = None,
    *,
    retained: bool = True,
) -> str:
    recent: list[store.Summary] = []
    try:
        recent = store.recent(limit=RECENT).items
    except store.StoreUnavailable as error:  # what was typed matters more than a list
        notice = notice or str(error)
    return render_template(
        "start.html",
        typed=typed,
        errors=errors or {},
        recent=recent,
        notice=notice,
        corrected=corrected,
        retained=retained,
        private=submission.proposes_private(typed),
        markup=bool(errors) and is_markup(typed.get("text", "")),
        links=settings.current().links,
        files=settings.current(),
        endings=KINDS,
    )


def _render_chooser(wanted: list[str]) -> str:
    q = request.args.get("q", "").strip()
    page = store.recent(cursor=request.args.get("cursor"), q=q or None)
    chosen = [report for identifier in wanted if (report := store.lasting_report(identifier))]
    return render_template(
        "chooser.html",
        page=page,
        q=q,
        chosen=chosen,
        too_many=len(wanted) > REPORTS_COMPARED[1],
        most=REPORTS_COMPARED[1],
    )


def _find_state(identifier: str) -> store.State:
    state = store.state(identifier)
    if state is None:
        raise unknown(identifier)
    return state


def _show_failure(identifier: str, state: store.State) -> Response:
    return make_response(render_template("failed.html", id=identifier, reason=state.reason, code=state.code), 422)


def _wait(unfinished: list[tuple[str, store.State]]) -> Response:
    """A page that says where the articles are in the queue, and looks again by itself."""
    response = make_response(render_template("waiting.html", unfinished=unfinished, seconds=WAITING_SECONDS), 202)
    response.headers["Retry-After"] = str(WAITING_SECONDS)
    return response
