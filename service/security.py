"""What a browser may do with our pages, and who may send them forms."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from service.problems import Refusal

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register(app: Flask) -> None:
    """Refuse what another site's page sends, and put the headers on every answer."""

    @app.before_request
    def _refuse_other_sites() -> None:
        if request.method not in _SAFE and not _is_own():
            raise Refusal(
                403,
                "cross_site",
                "This was sent by a page of another site. Open Parallax itself and send it from there.",
            )

    @app.after_request
    def _add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint == "static" and "v" in request.args:
            # Addresses of static files carry a hash of their content.
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def _is_own() -> bool:
    """Does this request come from our own page, or from a program? A browser always says which page sent it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
