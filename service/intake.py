"""Intake: files, several at once, by form and by program. Each goes its own way or is refused beside its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PureWindowsPath

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from pydantic import BaseModel, Field
from werkzeug.wrappers import Response as WerkzeugResponse

from models.article import Facts
from models.refusals import FieldError
from service import access, submission
from service.openapi import operation
from service.problems import Refusal
from service.schemas import Accepted
from workers import queue, settings
from workers.extraction.filetypes import KINDS, recognise
from workers.extraction.refusal import Refused, refuse
from workers.extraction.source import File
from workers.queue import Submission

intake = Blueprint("intake", __name__)

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST_NAME = 200
_SWITCH: dict[object, bool] = {"true": True, "yes": True, "false": False, "no": False}
_ROOM = 1_000_000  # bytes for the other fields and the seams between parts


class FileAccepted(BaseModel):
    """What became of one file."""

    name: str = Field(description="The file's name as sent, without folders.")
    accepted: Accepted | None = Field(description="Where its report will be; null when it was refused.")
    error: FieldError | None = Field(description="Why it was refused; null when it was taken in.")


class FilesAccepted(BaseModel):
    """What became of each file, in the order they were sent."""

    files: list[FileAccepted] = Field(description="One entry a file.")


@dataclass(frozen=True, slots=True)
class Sent:
    """One file, and what became of it."""

    name: str
    outcome: Submission | Refused


_PARTS = {
    name: {"type": facts.get("type", "string"), "description": facts["description"]}
    for name, facts in Facts.model_json_schema()["properties"].items()
} | {
    "file": {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "contentMediaType": "application/octet-stream"},
        "description": f"The files: {', '.join(KINDS)}.",
    }
}
_FORM = {"type": "object", "required": ["file"], "properties": _PARTS, "additionalProperties": False}
_EXAMPLE = {"outlet": "The Harrow Post", "file": ["The council closed the bridge."]}


@operation(
    intake, "POST", "/api/v1/files", "submit", "Submit files, an article each",
    {
        202: ("Taken in, at least one of them; each entry says which.", FilesAccepted),
        200: ("All of these were read already.", FilesAccepted),
    },
    more=f"Parts named `file`, one or more, of these kinds: {', '.join(KINDS)}; other parts are fields of an article "
    "and count for each file. A worker finds the text; encodings are guessed where nothing says them, and the report "
    "says so. A file that can't be read is refused beside its name, and the others go on.",
    content={"multipart/form-data": {"schema": _FORM, "example": _EXAMPLE}},
    refuses=("bad_request", "queue_full"),
    when={
        "invalid_request": "no file came with it, or too many",
        "invalid_article": "a field is not acceptable, or none of the files can be read",
    },
)  # fmt: skip
def submit_files() -> tuple[FilesAccepted, int]:
    sent = _take_in()
    rows = [_tell(one) for one in sent]
    errors = [row.error for row in rows if row.error]
    if len(errors) == len(rows):
        named = [error.model_copy(update={"message": f"{one.name}: {error.message}"})
                 for one, error in zip(sent, errors, strict=True)]  # fmt: skip
        raise Refusal(422, "invalid_article", " ".join(error.message for error in named[:3]), named)
    done = all(row.accepted and row.accepted.status == "done" for row in rows)
    return FilesAccepted(files=rows), 200 if done else 202


@intake.post("/files")
@access.needs("submit")
def submit_form() -> Response | WerkzeugResponse:
    """Take in the files: one leads to its report, several to a page of what became of each (202; 422: all refused)."""
    sent = _take_in()
    if len(sent) == 1 and isinstance(sent[0].outcome, Submission):
        answer = redirect(url_for("pages.show_report", identifier=sent[0].outcome.id), 303)
    else:
        refused_all = all(isinstance(one.outcome, Refused) for one in sent)
        page = render_template("files.html", rows=[_tell(one) for one in sent])
        answer = make_response(page, 422 if refused_all else 202)
    return submission.remember_choice(answer, request.form.get("private", ""))


def _take_in() -> list[Sent]:
    """Take in every file of the request that can be read as far as its name, size and first bytes say."""
    if request.mimetype != "multipart/form-data":
        raise Refusal(415, "unsupported_media_type", "Send files as multipart/form-data, each as a part named “file”.")
    chosen = settings.current()
    request.max_content_length = chosen.files_bytes + _ROOM
    request.max_form_parts = chosen.files + 30
    files = [one for one in request.files.getlist("file") if one.filename]
    if not files:
        raise _refuse("missing", "No file came with it. Choose one, or send it as a part named “file”.")
    if len(files) > chosen.files:
        too_many = refuse("file", "too_many", actual=len(files), limit=chosen.files)
        raise _refuse(too_many.code, too_many.reason)
    said: dict[str, object] = {name: value for name, value in request.form.items() if value.strip()}
    said |= {name: _SWITCH[said[name]] for name in ("private", "retain") if said.get(name) in _SWITCH}
    given = submission.validate(said, Facts)
    facts = given.model_dump(exclude_unset=True) | {"callback_url": given.callback_url}
    taken = []
    for one in files:
        name, content = _clean(one.filename or ""), one.stream.read()
        try:
            recognise(name, content)
            file = File(name=name, content=content, **facts)
        except Refused as refused:
            taken.append(Sent(name, refused))
        else:
            taken.append(Sent(name, queue.submit(file)))
    return taken


def _refuse(code: str, reason: str) -> Refusal:
    return Refusal(422, "invalid_request", reason, [FieldError(field="file", code=code, message=reason)])


def _clean(name: str) -> str:
    """The name without folders (of any system) and without what can't be shown; its ending stays."""
    return _UNPRINTABLE.sub("", PureWindowsPath(name).name)[-_LONGEST_NAME:] or "file"


def _tell(one: Sent) -> FileAccepted:
    if isinstance(one.outcome, Refused):
        error = FieldError(field="file", code=one.outcome.code, message=one.outcome.reason)
        return FileAccepted(name=one.name, accepted=None, error=error)
    where = url_for("api.get_report", identifier=one.outcome.id)
    accepted = Accepted(id=one.outcome.id, status=one.outcome.status, report=where)
    return FileAccepted(name=one.name, accepted=accepted, error=None)
