"""The desk: drafts with their versions, what is found in them, and the house list that says what may stand here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response as WerkzeugResponse

from models.article import Article
from models.lint import Draft, Finding, House, Word, lint, revision
from models.lint import house as houses
from models.lint.house import Allowed
from models.lint.revision import Rewriting, Turnover
from models.refusals import Invalid, validate
from models.report import Report
from service import access
from service.problems import Refusal
from service.rooms import filling, standing
from service.rooms.standing import Standing
from service.texts import say
from workers import store
from workers.queue import rooms as carrier

room_desk = Blueprint("room_desk", __name__)

_AROUND = 70  # characters before and after a finding
_MOST = 500  # words that a house list holds, and as many that may stand


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a draft: its article in the room, its text, and what is found in it; None while it is read."""

    article: str
    text: str
    findings: Sequence[Finding] | None


@room_desk.get("/rooms/<room>/desk")
@access.needs("room")
def show_desk(room: str) -> str:
    here = standing.enter_as_owner(room)
    house = read_house(here)
    drafts = {last: read_versions(here, house, last) for last in _last(here)}
    titles = standing.find_titles(here.room)
    return render_template("rooms/desk.html", here=here, house=house, drafts=drafts, titles=titles, typed={}, errors={})


@room_desk.get("/rooms/<room>/desk/<article>")
@access.needs("room")
def show_draft(room: str, article: str) -> Response | WerkzeugResponse:
    here = standing.enter_as_owner(room)
    return _show(here, article)


def _show(
    here: Standing, article: str, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    if article not in here.room.articles:
        raise Refusal(404, "not_found", say("room.no_article"))
    house = read_house(here)
    versions = read_versions(here, house, article)
    report = store.lasting_report(here.room.articles[article].report)
    page = current_app.make_response(
        render_template(
            "rooms/draft.html",
            here=here,
            house=house,
            article=article,
            report=report,
            body=_body(report) if report else "",
            versions=versions,
            changes=compare(*versions[-2:]) if len(versions) > 1 else None,
            around=around,
            state=store.statuses([here.room.articles[article].report])[0],
            typed=typed or {},
            errors=errors or {},
        )
    )
    page.status_code = 422 if errors else 200
    if report is None and not errors:
        page.headers["Refresh"] = "2"
    return page


@room_desk.post("/rooms/<room>/desk/<article>")
@access.needs("room")
def read_again(room: str, article: str) -> Response | WerkzeugResponse:
    """Take the edited text in as the draft's next version."""
    here = standing.enter_to_change(room)
    if article not in here.room.articles:
        raise Refusal(404, "not_found", say("room.no_article"))
    typed = {name: request.form.get(name, "").replace("\r\n", "\n") for name in ("title", "text")}
    try:
        fields = {name: value for name, value in typed.items() if value.strip()} | {"text": typed["text"]}
        edited = validate(Article, fields)
    except Invalid as invalid:
        return _show(here, article, typed, {error.field: error.message for error in invalid.errors})
    answer = carrier.add(room, edited, after=article)
    if refusal := filling.refuse_article(answer):
        return _show(here, article, typed, {"text": refusal})
    return redirect(url_for("room_desk.show_draft", room=room, article=answer), 303)


@room_desk.post("/rooms/<room>/desk/<article>/allow")
@access.needs("room")
def allow(room: str, article: str) -> Response | WerkzeugResponse:
    """Let words stand in this house, with a reason and a name."""
    here = standing.enter_to_change(room)
    typed = {name: request.form.get(name, "").strip() for name in ("word", "reason", "by")}
    house = read_house(here)
    try:
        one = Allowed.model_validate(typed)
    except ValidationError:
        return _show(here, article, typed, {"reason": say("room.no_reason")})
    kept = [each for each in house.allowed if each.word.casefold() != one.word.casefold()]
    _keep(here, house.model_copy(update={"allowed": [*kept, one][-_MOST:]}))
    return redirect(url_for("room_desk.show_draft", room=room, article=article, _anchor="findings"), 303)


@room_desk.post("/rooms/<room>/desk/house")
@access.needs("room")
def change_house(room: str) -> Response | WerkzeugResponse | tuple[str, int]:
    """Add a word of the house's own, or take one back."""
    here = standing.enter_to_change(room)
    house = read_house(here)
    typed = {name: request.form.get(name, "").strip() for name in ("terms", "note", "alternatives", "drop", "pass")}
    if typed["drop"] or typed["pass"]:
        words = [word for word in house.words if word.rule != typed["drop"]]
        allowed = [one for one in house.allowed if one.word != typed["pass"]]
        _keep(here, house.model_copy(update={"words": words, "allowed": allowed}))
        return _back(room)
    try:
        split = {name: [part.strip() for part in typed[name].split(",") if part.strip()] for name in typed}
        word = Word(terms=split["terms"], note=typed["note"], alternatives=split["alternatives"])
    except ValidationError:
        drafts = {last: read_versions(here, house, last) for last in _last(here)}
        titles = standing.find_titles(here.room)
        errors = {"terms" if not typed["terms"] else "note": say("room.no_word")}
        page = render_template(
            "rooms/desk.html", here=here, house=house, drafts=drafts, titles=titles, typed=typed, errors=errors
        )
        return page, 422
    _keep(here, house.model_copy(update={"words": [*house.words, word][-_MOST:]}))
    return _back(room)


@room_desk.get("/rooms/<room>/desk/.parallax.toml")
@access.needs("room")
def download_house(room: str) -> Response:
    """The house list as the file that `parallax lint` reads."""
    here = standing.enter_as_owner(room)
    answer = current_app.response_class(houses.write(read_house(here)), content_type="application/toml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{houses.NAME}"'
    return answer


def read_house(here: Standing) -> House:
    """The room's house list; an empty one where it has none."""
    return House.model_validate_json(here.room.house) if here.room.house else House()


def _keep(here: Standing, house: House) -> None:
    text = json.dumps(house.model_dump(by_alias=True), ensure_ascii=False)
    if not store.change_room(here.room.id, {"house": text}):
        raise Refusal(404, "not_found", say("room.gone"))


def _back(room: str) -> WerkzeugResponse:
    return redirect(url_for("room_desk.show_desk", room=room, _anchor="house"), 303)


def _last(here: Standing) -> list[str]:
    """The last version of each draft, the newest first."""
    older = {entry.after for entry in here.room.articles.values()}
    return [name for name in reversed(list(here.room.articles)) if name not in older]


def read_versions(here: Standing, house: House, article: str) -> list[Version]:
    """The versions of a draft up to this article, the oldest first."""
    chain: list[str] = []
    at = article
    while at in here.room.articles and at not in chain:
        chain.append(at)
        at = here.room.articles[at].after
    found = []
    for name in reversed(chain):
        report = store.lasting_report(here.room.articles[name].report)
        text = report.article.text if report else ""
        found.append(Version(name, text, lint(Draft(text), house, report) if report else None))
    return found


def compare(before: Version, after: Version) -> tuple[Rewriting, Turnover] | None:
    """What was rewritten from one version to the other, and which findings went and came; None while one is read."""
    if before.findings is None or after.findings is None:
        return None
    made = revision.rewrite(before.text, after.text)
    return made, revision.turn_over(made, before.findings, after.findings)


def around(text: str, finding: Finding) -> tuple[str, str]:
    """What stands before and after it on its line, in whole words; … where more does."""
    before, after = text[: finding.start].rpartition("\n")[2], text[finding.end :].partition("\n")[0]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return before, after


def _body(report: Report) -> str:
    facts = report.article
    return facts.text[facts.title_end :].lstrip("\n") if facts.title_end else facts.text
