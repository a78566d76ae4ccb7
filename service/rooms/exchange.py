"""A room in the formats of other tools, and what was coded in Label Studio back into it."""

from __future__ import annotations

import io
import zipfile

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from models.coding import tool
from models.coding.formats import cas, labelstudio, refi, units, webannotation
from models.coding.formats.project import Document, Project
from service import access
from service.problems import Refusal
from service.rooms import coding, doors, results, standing
from service.rooms.standing import Standing
from service.texts import say
from workers import store

room_exchange = Blueprint("room_exchange", __name__)

_LARGEST = 20_000_000  # bytes of a file of tasks
_NAMES = {
    "labelstudio.zip": "application/zip",
    "annotations.jsonld": "application/ld+json",
    "codebook.qdc": "application/xml",
    "project.qdpx": "application/zip",
    "cas.zip": "application/zip",
    "units.csv": "text/csv; charset=utf-8",
    "texts.csv": "text/csv; charset=utf-8",
}


@room_exchange.get("/rooms/<room>/exchange")
@access.needs("room")
def show_formats(room: str) -> str:
    """What can be taken elsewhere, and brought back."""
    return render_template("rooms/exchange.html", here=standing.enter_as_owner(room), error="")


@room_exchange.get("/rooms/<room>/exchange/<name>")
@access.needs("room")
def download(room: str, name: str) -> Response:
    """The room in one format."""
    here = standing.enter_as_owner(room)
    if name not in _NAMES:
        raise Refusal(404, "not_found", say("room.no_format", formats=", ".join(_NAMES)))
    answer = current_app.response_class(_write(describe(here), name), content_type=_NAMES[name])
    answer.headers["Content-Disposition"] = f'attachment; filename="room-{room}-{name}"'
    return answer


def _write(project: Project, name: str) -> bytes:
    if name == "annotations.jsonld":
        return webannotation.write(project).encode()
    if name == "codebook.qdc":
        return refi.write_codebook(project)
    if name == "project.qdpx":
        return refi.write_project(project)
    if name == "units.csv":
        return units.write(project).encode()
    if name == "texts.csv":
        return units.write_texts(project).encode()
    if name == "cas.zip":
        return cas.write(project)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("tasks.json", refi.EPOCH), labelstudio.write_tasks(project))
        archive.writestr(zipfile.ZipInfo("interface.xml", refi.EPOCH), labelstudio.write_interface(project.codebook))
    return packed.getvalue()


def describe(here: Standing) -> Project:
    """The room as other tools take it: every article that is here, with what each said of it."""
    names = results.name_people(here)
    documents = []
    for article, said in results.read_all(here).items():
        report = store.lasting_report(here.room.articles[article].report)
        if report:
            codings = {names[person]: one for person, one in said.codings.items() if person in names}
            title = report.article.called
            parallax = tool.code(report, here.codebook)
            sentences = [(one.start, one.end) for one in report.sentences if one.part != "boilerplate"]
            documents.append(Document(article, title, report.article.text, codings, parallax, sentences))
    made = results.tell_date(here.room.made)
    return Project(here.room.id, here.room.name, made, here.codebook, documents)


@room_exchange.post("/rooms/<room>/exchange/labelstudio")
@access.needs("room")
def take_back(room: str) -> Response | WerkzeugResponse | tuple[str, int]:
    """Take in what was coded in Label Studio: each of its annotators becomes a member, or is the one of that name."""
    here = standing.enter_to_change(room)
    upload = request.files.get("tasks")
    content = upload.read(_LARGEST + 1) if upload else b""
    if not content or len(content) > _LARGEST:
        return _refuse(here, f"choose a file of at most {_LARGEST // 1_000_000} MB")
    texts = {document.id: document.text for document in describe(here).documents}
    try:
        found = labelstudio.read_tasks(content.decode("utf-8-sig", "replace"), here.codebook, texts)
    except labelstudio.TasksRefused as refused:
        return _refuse(here, str(refused))
    known = {person.name: name for name, person in here.room.people.items() if not person.left}
    for article, by_coder in found.items():
        for coder, told in by_coder.items():
            if coder not in known:
                known[coder] = _admit(room, coder)
            for entry in told:
                coding.tell(store.say(room, article, known[coder], entry.id, entry.model_dump_json()))
    return redirect(url_for("room_results.show_agreement", room=room), 303)


def _refuse(here: Standing, why: str) -> tuple[str, int]:
    return render_template("rooms/exchange.html", here=here, error=f"Nothing was taken in: {why}."), 422


def _admit(room: str, name: str) -> str:
    answer = store.add_room_person(room, name[: doors.LONGEST_NAME], doors.make_code())
    if answer in ("gone", "ended", "full", "known"):
        text = say(f"room.{'known_name' if answer == 'known' else 'full_people'}", most=len(name))
        raise Refusal(409, "room_full", text)
    return answer
