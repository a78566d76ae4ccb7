"""What a browser may do with our pages, who may send them forms, and under which names we answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv6Address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from service.problems import Refusal
from service.texts import say
from workers import settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

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
_HOST = re.compile(
    r"(?:(?=[^:]{1,253}(?::|$))(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?|\[(?P<six>[0-9a-f:.]+)\])(?::(?P<port>\d{1,5}))?",
    re.IGNORECASE | re.ASCII,
)
_LAST_PORT = 65_535
_NO_HOST = "parallax.no_host"
_TLS_ONLY = "max-age=31536000"


def register(app: Flask) -> None:
    """Refuse what is not meant for us or was sent by another site's page, and put the headers on every answer."""
    chosen = settings.current()
    app.config.setdefault("HOSTS", _read_hosts(chosen))
    app.wsgi_app = _Hosts(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's documentation says
    if chosen.trusted_proxies:
        believed = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=believed, x_proto=believed, x_host=believed)  # type: ignore[method-assign]

    @app.before_request
    def _refuse_other_hosts() -> None:
        if _NO_HOST in request.environ:
            raise Refusal(400, "bad_request", say("server.no_host"))
        name = urlsplit(f"//{request.host}").hostname or ""
        if not _is_ours(name):
            raise Refusal(421, "other_host", say("problem.other_host.detail", host=name))

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
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", _TLS_ONLY)
        if response.status_code >= 400:  # what is wrong today may be right tomorrow
            response.headers["Cache-Control"] = "no-store"
        elif request.endpoint == "static" and "v" in request.args:
            # Addresses of static files carry a hash of their content.
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            # What needs a key is not left behind in the browser of whoever signed out.
            response.headers.setdefault(
                "Cache-Control", "no-store" if app.config["KEYS"] or g.get("fleeting") else "private, no-cache"
            )
        return response


class _Hosts:
    """Takes a Host that is none out of a request before anything reads it, and leaves a mark: it is to be refused."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hand the request on."""
        if "HTTP_HOST" in environ and not is_host(environ["HTTP_HOST"]):
            environ |= {"HTTP_HOST": "host.invalid", _NO_HOST: True}
        return self._app(environ, start_response)


def is_host(given: str) -> bool:
    """Is this the name or the address of a host, with or without a port (RFC 9110, 7.2)?"""
    found = _HOST.fullmatch(given)
    if found is None or int(found["port"] or 0) > _LAST_PORT:
        return False
    try:
        return found["six"] is None or bool(IPv6Address(found["six"]))
    except ValueError:
        return False


def _read_hosts(chosen: settings.Settings) -> tuple[str, ...] | None:
    """The names we answer to; empty: the loopback's alone; None: any.

    A page of another site can have its own name lead to the loopback address (DNS rebinding); its requests then look
    like our own pages', but for that name.
    """
    if chosen.hosts:
        return chosen.hosts
    return None if chosen.keys or chosen.open else ()


def _is_ours(name: str) -> bool:
    hosts: tuple[str, ...] | None = current_app.config["HOSTS"]
    return hosts is None or name in hosts or settings.is_loopback(name)


def _is_own() -> bool:
    """Does this request come from our own page, or from a program?

    A browser always says which page sent a form, so that none of our forms needs a token: those who say nothing are
    programs, unless they carry a cookie.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return not request.cookies
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:  # no address at all, such as http://[
        return False
