"""Who may do what: every route names what it `needs`; one that names nothing is for admins.

Without keys (PARALLAX_API_KEYS) everybody who reaches the service may do everything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar, cast

from flask import Flask, current_app, g, request

from service.problems import Refusal
from service.texts import say
from workers import keys, settings, store
from workers.keys import Key, Scope

Need = Scope | Literal["nothing", "room"]

SESSION = "parallax-session"
_NEED = "_parallax_need"
_View = TypeVar("_View", bound=Callable[..., Any])


class KeyNeeded(Refusal):
    """Nobody in particular asked for what needs a key."""


def needs(need: Need) -> Callable[[_View], _View]:
    """Declare what a key must be good for to reach this route.

    "nothing": health, the sign-in page, static files; "room": whoever came in by a room's link, which the route asks
    for itself (service/rooms/standing.py).
    """

    def declare(view: _View) -> _View:
        setattr(view, _NEED, need)
        return view

    return declare


def need(app: Flask, endpoint: str | None) -> Need:
    """What does this endpoint need? Where nothing is declared, `admin`; where there is no route, `read`."""
    if endpoint is None:
        return "read"
    if endpoint == "static":
        return "nothing"
    return cast(Need, getattr(app.view_functions[endpoint], _NEED, "admin"))


def may(scope: Scope) -> bool:
    """May whoever sent this request do that?"""
    key: Key | None = g.get("key")
    return not _has_keys() or (key is not None and key.may(scope))


def owner() -> str:
    """Name of the key that this request came with; empty without keys."""
    key: Key | None = g.get("key")
    return key.name if key else ""


def owns(name: str) -> bool:
    """May whoever sent this request take back what came with the key of this name? Its owner may, and admins."""
    return may("admin") or owner() == name


def register(app: Flask) -> None:
    """Find out who asks, before anything else; `refuse_strangers` comes after the count of requests."""
    app.config.setdefault("KEYS", settings.current().keys)
    app.jinja_env.globals.update(may=may, owns=owns)

    @app.before_request
    def _identify() -> None:
        g.key, g.by_session, g.wrong_key = None, False, False
        if not _has_keys():
            return
        secret = _read_bearer()
        if secret is not None:
            g.key = keys.find(secret, current_app.config["KEYS"])
            g.wrong_key = g.key is None
        elif request.endpoint != "static":
            g.key = _read_session()
            g.by_session = g.key is not None


def refuse_strangers(app: Flask) -> None:
    """Refuse whoever may not reach a route."""

    @app.before_request
    def _refuse() -> None:
        wanted = need(app, request.endpoint)
        if wanted in ("nothing", "room") or may(cast(Scope, wanted)):
            return
        if g.key is None:
            code = "key_unknown" if g.wrong_key else "key_needed"
            challenge = 'Bearer realm="Parallax"' + (', error="invalid_token"' if g.wrong_key else "")
            raise KeyNeeded(401, code, say(f"problem.{code}.detail"), headers={"WWW-Authenticate": challenge})
        raise Refusal(
            403,
            "scope_missing",
            say("problem.scope_missing.detail", name=g.key.name, scope=wanted, scopes=", ".join(g.key.scopes)),
            headers={"WWW-Authenticate": f'Bearer realm="Parallax", error="insufficient_scope", scope="{wanted}"'},
        )


def begin_session(key: Key) -> str:
    """The content of a session's cookie for whoever gave this key."""
    return store.begin_session(key.digest, settings.current().session_hours * 3600)


def end_session() -> None:
    """End the session that came with this request, for every copy of its cookie."""
    if name := request.cookies.get(cookie_name()):
        store.end_session(name)


def _read_session() -> Key | None:
    """The key that was given when this session began, if it is a key still."""
    name = request.cookies.get(cookie_name())
    digest = store.find_session(name) if name else None
    return next((key for key in current_app.config["KEYS"] if key.digest == digest), None)


def cookie_name() -> str:
    """Browsers hold a cookie with this prefix to its own host and to TLS (RFC 6265bis)."""
    return f"__Host-{SESSION}" if request.is_secure else SESSION


def _read_bearer() -> str | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else None


def _has_keys() -> bool:
    return bool(current_app.config["KEYS"])
