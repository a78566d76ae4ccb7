"""Every refusal in one shape: problem+json (RFC 9457) for programs, a page for people."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from traceback import extract_tb, format_list

from flask import Flask, Response, current_app, make_response, render_template, request
from pydantic import BaseModel, Field
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge, RequestTimeout
from werkzeug.sansio.response import Response as SansResponse

from models.refusals import FieldError
from service.texts import say
from workers.queue import QueueFull
from workers.queue.comparisons import (
    ComparisonFailed,
    ComparisonUnknown,
    ReportsNotReady,
    ReportsNotRetained,
    ReportsUnknown,
)
from workers.store import BadCursor, State, StoreUnavailable


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(description="Where this kind of problem is explained.")
    title: str = Field(description="The kind of problem in a few words.")
    status: int = Field(ge=400, le=599, description="The HTTP status, once more.")
    detail: str = Field(description="What is wrong with this request and what to do.")
    code: str = Field(description="The kind of problem, for programs.")
    errors: list[FieldError] = Field(default=[], description="One entry for each bad field.")


class Refusal(Exception):
    """A request that is answered with a problem."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: list[FieldError] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.problem = Problem(
            type=f"/api/docs#problem-{code}",
            title=say(f"problem.{code}.title"),
            status=status,
            detail=detail,
            code=code,
            errors=errors or [],
        )
        self.headers = dict(headers or {})


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOENT)
# Names of kinds of errors that have a successor (docs/api.md): `code` of a field, where `kind` is another.
_DEPRECATED = {
    "Deprecation": "@1795910400",  # 2026-11-29
    "Sunset": "Tue, 30 Nov 2027 00:00:00 GMT",
    "Link": '</api/docs#schema-FieldError>; rel="deprecation"',
}
_CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
}


def is_for_program() -> bool:
    """Did a program ask? It asks the API, or says which key it has."""
    return request.path.startswith("/api/") or "Authorization" in request.headers


def answer(refusal: Refusal) -> Response:
    """The refusal as JSON for programs, as a page for people."""
    problem = refusal.problem
    if any(error.code != error.kind for error in problem.errors):
        refusal.headers.update(_DEPRECATED)
    if is_for_program():
        response = current_app.response_class(
            problem.model_dump_json(), status=problem.status, content_type="application/problem+json"
        )
    else:
        response = make_response(render_template("error.html", problem=problem), problem.status)
    response.headers.update(refusal.headers)
    return response


def _from_http(error: HTTPException) -> Refusal:
    status, headers = error.code or 500, {}
    if isinstance(error, RequestEntityTooLarge):
        limit = request.max_content_length
        return Refusal(413, "too_large", f"The body is larger than {limit:,} bytes. Send one article at a time.")
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or []))
        headers = {"Allow": allowed}
        return Refusal(
            405, "method_not_allowed", f"{request.method} is not possible here; try {allowed}.", headers=headers
        )
    if isinstance(error, RequestTimeout):
        status = 400
    if status == 404:
        return Refusal(404, "not_found", "There is nothing at this address.")
    return Refusal(status, _CODES.get(status, "bad_request"), error.description or "The request can’t be understood.")


def unavailable(error: StoreUnavailable) -> Refusal:
    """The store or the queue can't take it now; later they may."""
    code = "queue_full" if isinstance(error, QueueFull) else "store_unavailable"
    return Refusal(503, code, str(error), headers={"Retry-After": str(error.retry_after)})


_FIELDS = {"link": "url", "file": "file"}  # what was sent, by the kind of refusal


def failed(state: State) -> Refusal:
    """It could not be analysed, or not even read; `errors` has the refusal's own code where there is one."""
    reason = state.reason or "The analysis gave up on this article."
    if not state.code:
        return Refusal(422, "analysis_failed", reason)
    field = _FIELDS.get(state.code.partition("_")[0], "")
    return Refusal(422, "analysis_failed", reason, [FieldError(field=field, code=state.code, message=reason)])


def unknown(*identifiers: str) -> Refusal:
    """There are no such reports."""
    names, errors = _about(identifiers, "unknown")
    detail = f"Unknown: {names}. It was never made, has expired, or was deleted. Submit the article to read it anew."
    return Refusal(404, "not_found", detail, errors)


def unreadable(identifier: str) -> Refusal:
    """The report is there, and this release can't read it."""
    return Refusal(503, "report_unreadable", say("problem.report_unreadable.detail", name=identifier),
                   headers={"Retry-After": "60"})  # fmt: skip


def _not_ready(error: ReportsNotReady) -> Refusal:
    names, errors = _about(error.ids, "not_ready")
    detail = f"Not ready: {names}. Ask again when GET /api/v1/reports/{{id}} answers 200."
    return Refusal(409, "not_ready", detail, errors, {"Retry-After": "1"})


def _not_retained(error: ReportsNotRetained) -> Refusal:
    names, errors = _about(error.ids, "not_retained")
    return Refusal(422, "not_retained", say("problem.not_retained.detail", names=names), errors)


def _about(identifiers: Sequence[str], code: str) -> tuple[str, list[FieldError]]:
    return ", ".join(identifiers), [FieldError(field="reports", code=code, message=name) for name in identifiers]


def register(app: Flask) -> None:
    """Answer every error of this app as a problem."""

    @app.errorhandler(Refusal)
    def _refuse(refusal: Refusal) -> Response:
        return answer(refusal)

    @app.errorhandler(StoreUnavailable)
    def _unavailable(error: StoreUnavailable) -> Response:
        return answer(unavailable(error))

    @app.errorhandler(BadCursor)
    def _lost(_: BadCursor) -> Response:
        return answer(Refusal(400, "bad_request", "cursor must be the “next” of an earlier answer, unchanged."))

    @app.errorhandler(ReportsUnknown)
    def _unknown(error: ReportsUnknown) -> Response:
        return answer(unknown(*error.ids))

    @app.errorhandler(ReportsNotReady)
    def _unready(error: ReportsNotReady) -> Response:
        return answer(_not_ready(error))

    @app.errorhandler(ComparisonUnknown)
    def _uncompared(_: ComparisonUnknown) -> Response:
        return answer(Refusal(404, "not_found", say("compared.unknown")))

    @app.errorhandler(ReportsNotRetained)
    def _fleeting(error: ReportsNotRetained) -> Response:
        return answer(_not_retained(error))

    @app.errorhandler(ComparisonFailed)
    def _failed(error: ComparisonFailed) -> Response:
        return answer(Refusal(422, "comparison_failed", str(error)))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response | SansResponse:
        if error.code is not None and error.code < 400:  # a redirect
            return error.get_response()
        return answer(_from_http(error))

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Response:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return answer(Refusal(503, "store_unavailable", say("server.no_room"), headers={"Retry-After": "10"}))
        # Type and places in our code only: the message of an exception may quote the article.
        places = "".join(format_list(extract_tb(error.__traceback__)))
        app.logger.error("%s in %s %s\n%s", type(error).__name__, request.method, request.url_rule, places)
        return answer(Refusal(500, "internal", "The fault is ours and has been logged. Try again in a minute."))
