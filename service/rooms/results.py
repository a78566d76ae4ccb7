"""What came of a room: agreement as it grows, disagreements to settle, everything in one file. The owner's alone."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response as WerkzeugResponse

from models import codebook
from models.classifiers import devices
from models.coding import disputes, entries, results, tool
from models.coding.disputes import Dispute
from models.coding.entries import Coding, Entry, Mark, Ruling
from models.coding.results import Coded, Results
from models.limits import LIMITS
from models.rows import defuse
from service import access
from service.problems import Refusal
from service.rooms import coding, layers, standing
from service.rooms.standing import Standing
from service.texts import TEXTS, say
from workers import store

room_results = Blueprint("room_results", __name__)

FORMAT = "parallax-room-1"
COLUMNS = (
    "article", "report", "coder", "kind", "layer", "category", "start", "end", "text", "level", "person", "value",
    "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """All that was said of one article: what each person codes, and how disagreements were settled."""

    codings: dict[str, Coding] = field(default_factory=dict)
    rulings: dict[str, Ruling] = field(default_factory=dict)

    @property
    def done(self) -> dict[str, Coding]:
        """The codings of those who have coded it to the end."""
        return {person: one for person, one in self.codings.items() if one.done}


def read_all(here: Standing) -> dict[str, Said]:
    """What was said of every article of the room; what the codebook does not know is left out."""
    found = {article: Said() for article in here.room.articles}
    for (article, person), lines in store.all_entries(here.room.id).items():
        if article in found:
            told = [entry for entry in entries.read(lines) if _fits(here, entry)]
            if person:
                found[article].codings[person] = entries.collect(told)
            else:
                found[article].rulings.update({one.id: one for one in told if isinstance(one, Ruling)})
    return found


def _fits(here: Standing, entry: Entry) -> bool:
    try:
        entries.fit(entry, here.codebook, 100_000_000)
    except entries.EntryRefused:
        return False
    return True


def measure(here: Standing) -> Results:
    """Agreement of what was coded to the end, Parallax beside it."""
    found: list[Coded] = []
    coded = {article: said for article, said in read_all(here).items() if said.done}
    reports = [here.room.articles[article].report for article in coded]
    for said, report, status in zip(coded.values(), reports, store.statuses(reports), strict=True):
        if status != "done":  # deleted meanwhile
            continue
        length, parallax = _read_tool(report, here.room.codebook)
        settled, still_open = disputes.settle(said.done, said.rulings, here.codebook)
        is_settled = len(said.done) > 1 and not still_open
        found.append(Coded(length, said.done, settled if is_settled else None, parallax))
    return results.measure(found, here.codebook, tool.covers(here.codebook))


@lru_cache(maxsize=1_000)
def _read_tool(identifier: str, codebook_text: str) -> tuple[int, Coding | None]:
    """How long a text is, and what Parallax says of it: reports don’t change, and a page asks for many."""
    report = store.lasting_report(identifier)
    if report is None:
        return 0, None
    return len(report.article.text), tool.code(report, standing.read_codebook(codebook_text))


@room_results.get("/rooms/<room>/agreement")
@access.needs("room")
def show_agreement(room: str) -> str:
    here = standing.enter_as_owner(room)
    waiting = {
        article: len(disputes.settle(said.done, said.rulings, here.codebook)[1])
        for article, said in read_all(here).items()
        if len(said.done) > 1
    }
    return render_template(
        "rooms/agreement.html",
        here=here,
        found=measure(here),
        waiting=waiting,
        titles=standing.find_titles(here.room),
        devices=name_devices(),
    )


def name_devices() -> list[str]:
    """Which kinds of devices does a report ever show, and Parallax code? Their names on pages."""
    return [TEXTS["device"][kind]["name"] for kind in devices.shown_kinds()]


@room_results.get("/rooms/<room>/articles/<article>/settle")
@access.needs("room")
def show_disputes(room: str, article: str) -> str:
    here = standing.enter_as_owner(room)
    report = standing.find_report(here.room, article)
    text = report.article.text
    said = read_all(here)[article]
    still_open = {found.id for found in disputes.settle(said.done, said.rulings, here.codebook)[1]}
    shown = [found for found in disputes.find(said.done, here.codebook) if len(found.versions) > 1]
    return render_template(
        "rooms/settle.html",
        here=here,
        article=article,
        title=report.article.title,
        disputes=shown,
        rulings=said.rulings,
        still_open=still_open,
        around={found.id: _around(text, found) for found in shown},
        text=text,
        coders=len(said.done),
    )


def _around(text: str, dispute: Dispute) -> tuple[str, str, str]:
    """The words at issue with some before and after them."""
    start, end = dispute.start, dispute.end
    if not end:
        return "", "", ""
    before, after = text[max(0, start - 90) : start], text[end : end + 90]
    return before.rpartition("\n")[2], text[start:end], after.partition("\n")[0]


@room_results.post("/rooms/<room>/articles/<article>/settle")
@access.needs("room")
def settle(room: str, article: str) -> WerkzeugResponse:
    here = standing.enter_as_owner(room)
    identifier, choice = request.form.get("dispute", ""), request.form.get("choice", "")
    said = read_all(here).get(article, Said())
    found = next((one for one in disputes.find(said.done, here.codebook) if one.id == identifier), None)
    if found is None:
        raise Refusal(404, "not_found", say("room.gone"))
    if choice.isascii() and choice.isdigit() and int(choice[:4]) < len(found.versions):
        version = found.versions[int(choice[:4])]
        facts = {name: request.form.get(name, "").strip() for name in ("by", "reason")}
        try:
            ruling = Ruling(id=identifier, mark=version.mark, value=version.value, **facts)
        except ValidationError:
            limit = LIMITS.reason_characters
            raise Refusal(422, "invalid_request", say("room.name_long", actual="too many", limit=limit)) from None
        coding.tell(store.say(room, article, None, identifier, ruling.model_dump_json()))
    else:
        coding.tell(store.say(room, article, None, identifier, ""))  # open again
    return redirect(url_for("room_results.show_disputes", room=room, article=article, _anchor=identifier), 303)


@room_results.get("/rooms/<room>/export.json")
@access.needs("room")
def download_room(room: str) -> Response:
    here = standing.enter_as_owner(room)
    answer = current_app.response_class(json.dumps(export(here), ensure_ascii=False), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="room-{room}.json"'
    return answer


def export(here: Standing) -> dict[str, Any]:
    """The whole room: the codebook, the articles with their texts, and all that was said of them, by whom."""
    room = here.room
    said = store.all_entries(room.id)
    return {
        "format": FORMAT,
        "room": {
            "id": room.id,
            "name": room.name,
            "made": tell_date(room.made),
            "ended": room.ended and tell_date(room.ended),
        },
        "codebook": codebook.read(room.codebook).model_dump(mode="json"),
        "people": {name: person.name for name, person in room.people.items()},
        "lot": room.lot.model_dump() if room.lot else None,
        "drawn": room.drawn.model_dump() if room.drawn else None,
        "added": [one.model_dump() for one in room.added],
        "articles": [_export_article(room, article, said) for article in room.articles],
        "layers": [layers.describe(room.id, name, layer) for name, layer in store.room_layers(room.id).items()],
    }


def _export_article(room: store.Room, article: str, said: Mapping[tuple[str, str], list[str]]) -> dict[str, Any]:
    report = store.lasting_report(room.articles[article].report)
    told = {person: [json.loads(line) for line in lines] for (name, person), lines in said.items() if name == article}
    settled = told.pop("", [])
    facts = report.article.model_dump(mode="json") if report else None
    return {"id": article, "report": room.articles[article].report, "article": facts, "said": told, "settled": settled}


def tell_date(moment: float) -> str:
    """A moment in seconds since 1970, as ISO 8601 in UTC."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


@room_results.get("/rooms/<room>/marks.csv")
@access.needs("room")
def download_marks(room: str) -> Response:
    here = standing.enter_as_owner(room)
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows(here):
        writer.writerow({name: defuse(str(value)) for name, value in row.items()})
    answer = current_app.response_class("\ufeff" + table.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="room-{room}-marks.csv"'
    return answer


def name_people(here: Standing) -> dict[str, str]:
    """What each person of the room is called in tables, by id; no two alike."""
    often = Counter(person.name for person in here.room.people.values())  # somebody may have left, and another come
    return {
        name: person.name if often[person.name] == 1 else f"{person.name} ({name})"
        for name, person in here.room.people.items()
    }


def rows(here: Standing) -> Iterator[dict[str, Any]]:
    """A row for every mark, level and portrayal, of every coder, of what was settled, and of Parallax."""
    names = name_people(here)
    for article, said in read_all(here).items():
        entry = here.room.articles[article]
        report = store.lasting_report(entry.report)
        text = report.article.text if report else ""
        codings = {names[person]: one for person, one in said.codings.items()}
        if len(said.done) > 1:
            codings["(settled)"] = disputes.settle(said.done, said.rulings, here.codebook)[0]
        if report:
            codings["(Parallax)"] = tool.code(report, here.codebook)
        for coder, one in codings.items():
            yield from _rows({"article": article, "report": entry.report, "coder": coder}, one, text)


def _rows(whose: Mapping[str, Any], told: Coding, text: str) -> Iterator[dict[str, Any]]:
    for mark in told.marks:
        yield {**whose, "kind": "mark", **_row(mark), "text": text[mark.start : mark.end]}
    for level, value in told.levels.items():
        yield {**whose, "kind": "level", "level": level, "value": value}
    for person, value in told.people.items():
        yield {**whose, "kind": "portrayal", "person": person, "value": value}


def _row(mark: Mark) -> dict[str, Any]:
    return mark.model_dump(include={"layer", "category", "start", "end", "reason"})
