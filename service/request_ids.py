"""One id from a request to its task: in the answer, and on every log line that was written on its way."""

from __future__ import annotations

import re
import time
from uuid import uuid4

from flask import Flask, Response, g, request

from workers import logbook

HEADER = "X-Request-ID"
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

_log = logbook.logger("service")


def register(app: Flask) -> None:
    """Give every request its id (its own where it brought one), and write a line when it is answered."""

    @app.before_request
    def _begin() -> None:
        brought = request.headers.get(HEADER, "")
        g.trail = brought if _ID.fullmatch(brought) else uuid4().hex
        g.began = time.perf_counter()
        logbook.follow(request=g.trail)

    @app.after_request
    def _end(response: Response) -> Response:
        if "trail" in g:
            response.headers[HEADER] = g.trail
            # The route's pattern, not the address: addresses hold what people ask for.
            route = request.url_rule.rule if request.url_rule else "none"
            milliseconds = round((time.perf_counter() - g.began) * 1000, 1)
            _log.info("answered", method=request.method, route=route, status=response.status_code, ms=milliseconds)
        return response
