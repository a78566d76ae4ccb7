"""Batches: many articles as one file. This process hands the file on and looks at nothing in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO, Annotated

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from pydantic import BaseModel, Field
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as WerkzeugResponse

from service import access, submission
from service.openapi import ask, operation
from service.problems import Refusal
from service.results import RESULTS
from service.texts import say
from workers import settings, store
from workers.queue import QueueFull
from workers.queue import batches as carrier
from workers.store import Batch, BatchStatus, Form, LineError

batches = Blueprint("batches", __name__)

TYPES: dict[str, Form] = {
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/x-jsonlines": "jsonl",
    "text/csv": "csv",
    "application/zip": "zip",
}
ENDINGS: dict[str, Form] = {
    "jsonl": "jsonl", "ndjson": "jsonl", "json": "jsonl", "csv": "csv", "tsv": "csv", "txt": "csv", "zip": "zip",
}  # fmt: skip
ERRORS_SHOWN = 100
WAITING_SECONDS = 2
_PIECE = 1 << 20
_FORM_BYTES = 65_536  # what a form may hold besides its file
_OVER = ("done", "cancelled", "refused")


class BatchCounts(BaseModel):
    """How many lines stand where; together they are all that were read."""

    waiting: int = Field(ge=0, description="Articles that wait for room in the queue.")
    queued: int = Field(ge=0, description="Articles in the queue.")
    running: int = Field(ge=0, description="Articles that are being read.")
    done: int = Field(ge=0, description="Articles with a report.")
    failed: int = Field(ge=0, description="Articles that could not be analysed.")
    refused: int = Field(ge=0, description="Lines that are no article; `errors` says why.")
    cancelled: int = Field(ge=0, description="Articles that were not read because the batch was cancelled.")
    deleted: int = Field(ge=0, description="Articles that were deleted before they were read.")


class BatchState(BaseModel):
    """Where a batch stands."""

    id: str = Field(description="Made of the file and the engine's version; the same file has the same one here.")
    status: BatchStatus = Field(
        description="received: it is being unpacked; reading; done: every line has ended; cancelled; "
        "refused: nothing could be made of the file, `reason` says why."
    )
    reason: str | None = Field(description="Why the file as a whole was refused; null unless refused.")
    form: Form = Field(description="What the file is.")
    bytes: int = Field(ge=0, description="Size of the file.")
    lines: int = Field(ge=0, description="Lines with an article or an error, read so far.")
    counts: BatchCounts = Field(description="Where they stand.")
    per_second: Annotated[float, Field(ge=0)] | None = Field(
        description="Articles ended a second, over the last minute; null before any did."
    )
    seconds_left: Annotated[float, Field(ge=0)] | None = Field(
        description="Seconds until the last one ends, at that speed; null if unknown."
    )
    submitted: str = Field(description="When, UTC, ISO 8601.")
    ended: str | None = Field(description="When, UTC, ISO 8601; null while it goes on.")
    columns: dict[str, str] = Field(description="CSV: the file's columns that were understood, and as which field.")
    unknown_columns: list[str] = Field(description="CSV: the file's columns that were not; they are left out.")
    errors: list[LineError] = Field(
        description=f"What was wrong, line by line, the first {ERRORS_SHOWN}; all: results."
    )
    results: dict[str, str] = Field(description="Where the results are, by name; they may be read at any time.")


_LINES = {
    "jsonl": '{"title": "The bridge", "text": "The council closed the bridge on Monday."}\n',
    "csv": "title,text\nThe bridge,The council closed the bridge on Monday.\n",
}
_FILE = {"schema": {"type": "string", "format": "binary"}}
_WHERE = {"Location": "Where the batch is."}
_ID = {"id": "Id of the batch, as the answer to its submission gave it."}


@operation(
    batches, "POST", "/api/v1/batches", "submit", "Submit many articles as one file",
    {202: ("Taken in.", BatchState, _WHERE), 200: ("This file was read already.", BatchState, _WHERE)},
    more="JSON Lines (an article a line), CSV (the first row names the columns) or a zip of files. The file is "
    "unpacked by a worker: what is wrong with a line is said in the batch's `errors`, and the others are read all the "
    "same. Single articles go before those of a batch. The same file sent again joins the batch that is there; one "
    "that was cancelled is taken up anew.",
    content={kind: _FILE | ({"example": _LINES[form]} if form in _LINES else {}) for kind, form in TYPES.items()},
    query=(ask("callback_url", "Address that is sent a signed POST once the whole batch has ended.", format="uri"),),
    when={
        "invalid_request": "the file is empty, or callback_url can’t be called back; `errors` says why",
        "queue_full": "the store is nearly full",
    },
)  # fmt: skip
def submit_batch() -> tuple[BatchState, int, dict[str, str]]:
    form = TYPES.get(request.mimetype)
    if form is None:
        sent = f"“{request.mimetype}”" if request.mimetype else "no content type"
        types = ", ".join(sorted(TYPES))
        raise Refusal(415, "unsupported_media_type", f"The body came with {sent}. Send a file as one of: {types}.")
    callback = request.args.get("callback_url") or None
    if callback:
        submission.examine_callback(callback)
    request.max_content_length = settings.current().batch_bytes
    identifier = _take_in(request.stream, form, None, callback)
    batch = _find(identifier)
    where = url_for("batches.get_batch", identifier=identifier)
    return _describe(batch), 200 if batch.status == "done" else 202, {"Location": where}


@operation(
    batches, "GET", "/api/v1/batches/<identifier>", "read", "See where a batch stands",
    {200: ("Counts, speed, time left, errors.", BatchState)}, names=_ID,
)  # fmt: skip
def get_batch(identifier: str) -> BatchState:
    return _describe(_find(identifier))


@operation(
    batches, "POST", "/api/v1/batches/<identifier>/cancel", "submit", "Read no further",
    {200: ("Where it stands.", BatchState)}, names=_ID,
    more="What a worker has begun, and what others want too, is read to its end.",
)  # fmt: skip
def cancel_batch(identifier: str) -> BatchState:
    _find(identifier)
    carrier.cancel(identifier)
    return _describe(_find(identifier))


@operation(
    batches, "DELETE", "/api/v1/batches/<identifier>", "delete", "Cancel a batch and forget it",
    {204: ("It is gone.", None)}, names=_ID, more="Reports that were made stay; delete them one by one.",
)  # fmt: skip
def delete_batch(identifier: str) -> tuple[str, int]:
    _find(identifier)
    carrier.cancel(identifier)
    store.forget_batch(identifier)
    return "", 204


@operation(
    batches, "GET", "/api/v1/batches/<identifier>/<name>", "read", "Download the results of a batch",
    {200: ("The file.", sorted({kind.partition(";")[0] for kind, _ in RESULTS.values()}))},
    more="Streamed in the order of the file; may be read at any time, with what has ended by then.",
    names=_ID | {"name": (
        "results.jsonl: a line for each line of the file, with its errors or its whole report. results.csv: a row for "
        "each, with its main measures. findings.csv: a row for each finding of all reports. Each reads the reports it "
        "is made of: one that is not to be retained is in the first that is asked for, and gone.",
        list(RESULTS),
    )},
)  # fmt: skip
def get_batch_results(identifier: str, name: str) -> Response:
    if name not in RESULTS:
        raise Refusal(404, "not_found", f"There is no “{name}” of a batch. There are {', '.join(RESULTS)}.")
    _find(identifier)
    kind, write = RESULTS[name]
    blank = url_for("pages.show_report", identifier="0" * 32, _external=True)
    answer = current_app.response_class(
        write(identifier, lambda report: blank.replace("0" * 32, report)), content_type=kind
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="parallax-{identifier[:8]}-{name}"'
    return answer


@batches.get("/batches")
@access.needs("submit")
def show_form() -> str:
    """Where a file with many articles is sent."""
    return _render_form()


@batches.post("/batches")
@access.needs("submit")
def submit_form() -> Response | WerkzeugResponse:
    """Take in a file and lead to its batch; the form again, with what is wrong, as 413, 415 or 422."""
    most = settings.current().batch_bytes
    request.max_content_length = most + _FORM_BYTES
    try:
        file = request.files.get("file")
    except RequestEntityTooLarge:
        return make_response(_render_form(say("batch.too_large", limit=f"{most:,}")), 413)
    if file is None or not file.filename:
        return make_response(_render_form(say("batch.no_file")), 422)
    form = ENDINGS.get(file.filename.rpartition(".")[2].lower())
    if form is None:
        return make_response(_render_form(say("batch.unknown_kind", name=file.filename[:200])), 415)
    identifier = _take_in(file.stream, form, file.filename[:200])
    return redirect(url_for("batches.show_batch", identifier=identifier), 303)


@batches.get("/batches/<identifier>")
@access.needs("read")
def show_batch(identifier: str) -> Response:
    """How far a batch is, or what it came to; 202 while anything of it waits."""
    state = _describe(_find(identifier))
    over = state.status in _OVER and not state.counts.queued + state.counts.running
    ended = state.lines - state.counts.waiting - state.counts.queued - state.counts.running
    page = render_template(
        "batch.html", batch=state, name=_find(identifier).name, over=over, ended=ended, seconds=WAITING_SECONDS
    )
    return make_response(page, 200 if over else 202)


@batches.post("/batches/<identifier>/cancel")
@access.needs("submit")
def cancel_by_page(identifier: str) -> WerkzeugResponse:
    """Stop a batch: what has not begun is not read."""
    _find(identifier)
    carrier.cancel(identifier)
    return redirect(url_for("batches.show_batch", identifier=identifier), 303)


def _take_in(stream: IO[bytes], form: Form, name: str | None, callback: str | None = None) -> str:
    """Hand the file on piece by piece; gives the batch's id."""
    most = settings.current().batch_bytes
    upload = store.Upload()
    try:
        while upload.bytes <= most and (piece := stream.read(_PIECE)):
            if store.is_nearly_full(len(piece)):
                raise QueueFull(say("batch.store_full"))  # noqa: TRY301 - dropped below, like whatever else goes wrong
            upload.add(piece)
    except RequestEntityTooLarge:
        upload.bytes = most + 1
    except BaseException:
        upload.drop()
        raise
    if upload.bytes > most:
        upload.drop()
        raise Refusal(413, "too_large", say("batch.too_large", limit=f"{most:,}"))
    if not upload.bytes:
        raise Refusal(422, "invalid_request", say("batch.empty"))
    return carrier.accept(upload, form, name, callback)


def _find(identifier: str) -> Batch:
    found = store.batch(identifier)
    if found is None:
        raise Refusal(404, "not_found", say("batch.unknown"))
    return found


def _describe(batch: Batch) -> BatchState:
    running = store.statuses(list(store.open_articles(batch.id).values())).count("running")
    left = batch.waiting + batch.open
    rate = batch.per_second
    return BatchState(
        id=batch.id,
        status=batch.status,
        reason=batch.reason,
        form=batch.form,
        bytes=batch.bytes,
        lines=batch.lines,
        counts=BatchCounts(
            waiting=batch.waiting,
            queued=max(0, batch.open - running),
            running=min(running, batch.open),
            done=batch.done,
            failed=batch.failed,
            refused=batch.refused,
            cancelled=batch.cancelled,
            deleted=batch.deleted,
        ),
        per_second=round(rate, 2) if rate and left else None,
        seconds_left=round(left / rate, 1) if rate and left and batch.unpacked else None,
        submitted=_date(batch.submitted),
        ended=_date(batch.ended) if batch.ended else None,
        columns=batch.columns,
        unknown_columns=batch.unknown,
        errors=store.batch_errors(batch.id, ERRORS_SHOWN),
        results={
            name: url_for("batches.get_batch_results", identifier=batch.id, name=name)
            for name in RESULTS
            if batch.status != "refused"
        },
    )


def _date(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def _render_form(error: str = "") -> str:
    chosen = settings.current()
    return render_template("batches.html", error=error, most=chosen.batch_articles, bytes=chosen.batch_bytes)
