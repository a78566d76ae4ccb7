"""Coding an article: marks on words, answers to questions, how people are shown. Each is kept at once, by itself."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response as WerkzeugResponse

from models.coding import entries
from models.coding.entries import Coding, Done, Entry, EntryRefused, Level, Mark, Portrayal
from models.limits import LIMITS
from models.refusals import FieldError
from service import access, marks
from service.problems import Refusal
from service.rooms import standing
from service.rooms.standing import Standing
from service.texts import say
from workers import store

room_coding = Blueprint("room_coding", __name__)

Errors = Mapping[str, str]


def keep(here: Standing, article: str, entry: Entry) -> None:
    """Keep what somebody says of an article. Raises Refusal."""
    report, length = standing.measure_text(here.room, article)
    try:
        entries.fit(entry, here.codebook, length)
    except EntryRefused as refused:
        error = FieldError(field=refused.field, code="codebook", message=refused.message)
        raise Refusal(422, "invalid_request", f"{refused.field}: {refused.message}.", [error]) from None
    tell(store.say(here.room.id, article, here.person, entry.id, entry.model_dump_json(), report))


def take_back(here: Standing, article: str, entry: str) -> None:
    """Take back what was said; nothing happens where it was not. Raises Refusal."""
    tell(store.say(here.room.id, article, here.person, entry, ""))


def tell(answer: store.Said) -> None:
    """Raise Refusal where something was not kept."""
    if answer == "gone":
        raise Refusal(404, "not_found", say("room.gone"))
    if answer == "ended":
        raise Refusal(409, "room_ended", say("problem.room_ended.detail"))
    if answer == "full":
        raise Refusal(409, "room_full", say("room.full_said", most=f"{store.MOST_ENTRIES:,}"))


def enter_as_coder(room: str, article: str) -> Standing:
    """Let in whoever may code this article. Raises Refusal."""
    here = standing.enter(room)
    if article not in here.room.articles:
        raise Refusal(404, "not_found", say("room.no_article"))
    if not here.may_code(article):
        raise Refusal(403, "room_owners_only", say("room.not_yours"))
    return here


def enter_to_mark(room: str, article: str) -> Standing:
    """Let in whoever may code this article now. Raises Refusal."""
    here = enter_as_coder(room, article)
    standing.refuse_revealed(here.room)
    return here


@room_coding.get("/rooms/<room>/articles/<article>")
@access.needs("room")
def show_article(room: str, article: str) -> str:
    return _render(_enter(room, article), article)


def _enter(room: str, article: str) -> Standing:
    """The owner looks at every article, a member at those that are theirs."""
    here = standing.enter(room)
    return here if here.is_owner else enter_as_coder(room, article)


@room_coding.post("/rooms/<room>/articles/<article>")
@access.needs("room")
def submit(room: str, article: str) -> Response | WerkzeugResponse:
    here = enter_to_mark(room, article)
    act = request.form.get("act", "")
    typed = {name: value.replace("\r\n", "\n") for name, value in request.form.items()}
    try:
        place = _ACTS.get(act, _withdraw)(here, article, typed)
    except _Wrong as wrong:
        return make_response(_render(here, article, typed, wrong.errors), 422)
    return redirect(url_for("room_coding.show_article", room=room, article=article, _anchor=place), 303)


class _Wrong(Exception):
    """Something that was typed can't be; what is wrong, by field."""

    def __init__(self, **errors: str) -> None:
        super().__init__()
        self.errors = errors


def _mark(here: Standing, article: str, typed: Mapping[str, str]) -> str:
    text = standing.find_text(here.room, article).text
    start, end = _place(text, typed)
    layer, _, category = typed.get("what", "").partition(":")
    if not category:
        raise _Wrong(what=say("room.choose"))
    identifier = typed.get("entry") or token_hex(8)
    reason = typed.get("reason", "").strip()
    try:
        mark = Mark(id=identifier, start=start, end=end, layer=layer, category=category, reason=reason)
    except ValidationError:
        raise _Wrong(reason=say("room.name_long", actual=len(reason), limit=LIMITS.reason_characters)) from None
    keep(here, article, mark)
    return f"e-{mark.id}"


def _place(text: str, typed: Mapping[str, str]) -> tuple[int, int]:
    """Where do the words stand? Where a script says it knows, there; else where they are found."""
    words, nth = typed.get("words", "").strip(), typed.get("nth", "").strip()
    start = typed.get("start", "")
    if not words:
        raise _Wrong(words=say("room.words_missing"))
    if start.isascii() and start.isdigit() and text.startswith(words, int(start[:9])):
        return int(start[:9]), int(start[:9]) + len(words)
    places, at = list[int](), text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        raise _Wrong(words=say("room.words_nowhere", words=words[:200]))
    number = int(nth[:6]) if nth.isascii() and nth.isdigit() else 1 if len(places) == 1 else 0
    if not 1 <= number <= len(places):
        raise _Wrong(nth=say("room.words_often", words=words[:200], times=len(places)))
    return places[number - 1], places[number - 1] + len(words)


def _answer(here: Standing, article: str, typed: Mapping[str, str]) -> str:
    """Every question to the article at once; one left open is taken back."""
    before = _read(here, article).levels
    for level in here.codebook.levels:
        value = typed.get(f"level-{level.id}", "")
        if value:
            keep(here, article, Level(id=f"level-{level.id}", level=level.id, value=value[:200]))
        elif level.id in before:
            take_back(here, article, f"level-{level.id}")
    return "levels"


def _show(here: Standing, article: str, typed: Mapping[str, str]) -> str:
    person, value = " ".join(typed.get("person", "").split()), typed.get("value", "")
    if not person or len(person) > 200:
        raise _Wrong(person=say("room.person_missing"))
    if not value:
        raise _Wrong(value=say("room.value_missing"))
    keep(here, article, Portrayal(id=entries.name_portrayal(person), person=person, value=value[:200]))
    return "people"


def _finish(here: Standing, article: str, _: Mapping[str, str]) -> str:
    keep(here, article, Done(id="done"))
    return "done"


def _withdraw(here: Standing, article: str, typed: Mapping[str, str]) -> str:
    take_back(here, article, typed.get("entry", "")[:60])
    return typed.get("back", "marks")[:20]


_ACTS = {"mark": _mark, "levels": _answer, "portrayal": _show, "done": _finish, "withdraw": _withdraw}


def _read(here: Standing, article: str) -> Coding:
    return entries.collect(entries.read(store.entries(here.room.id, [article], here.person)[0]))


def _render(here: Standing, article: str, typed: Mapping[str, str] | None = None, errors: Errors | None = None) -> str:
    facts = standing.find_text(here.room, article)
    coding = Coding() if here.is_owner else _read(here, article)
    shown = [marks.Mark(one.start, one.end, number, "line") for number, one in enumerate(coding.marks, 1)]
    tasks = here.tasks if not here.is_owner else list(here.room.articles)
    at = tasks.index(article)
    return render_template(
        "rooms/article.html",
        here=here,
        article=article,
        facts=facts,
        blocks=marks.split(facts.text, shown),
        coding=coding,
        at=at + 1,
        tasks=tasks,
        onward=tasks[at + 1] if at + 1 < len(tasks) else None,
        fresh=token_hex(8),
        typed=typed or {},
        errors=errors or {},
        name_portrayal=entries.name_portrayal,
    )


@room_coding.get("/rooms/<room>/codebook")
@access.needs("room")
def show_codebook(room: str) -> str:
    here = standing.enter(room)
    return render_template("rooms/codebook.html", here=here, is_taken=here.is_owner and "taken" in request.args)


@room_coding.get("/rooms/<room>/codebook.yaml")
@access.needs("room")
def download_codebook(room: str) -> Response:
    here = standing.enter(room)
    answer = current_app.response_class(here.room.codebook, content_type="application/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="codebook.yaml"'
    return answer
