"""Signing in: a person gives a key once, and the browser carries the name of a session from then on."""

from __future__ import annotations

import re

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from service import access, problems
from service.access import KeyNeeded
from service.texts import say
from workers import keys, settings

sessions = Blueprint("sessions", __name__)

_PATH = re.compile(r"/(?!/)[^\\\s\x00-\x1f]*")  # browsers read \ as / and leave out tabs and line ends


def register(app: Flask) -> None:
    """Add the pages, and ask a person without a key for one in the place of any page."""
    app.register_blueprint(sessions)

    @app.errorhandler(KeyNeeded)
    def _ask_for_key(refusal: KeyNeeded) -> Response:
        if problems.is_for_program():
            return problems.answer(refusal)
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        response = make_response(render_template("sign_in.html", onward=read_onward(wanted)), 401)
        response.headers.update(refusal.headers)
        return response


@sessions.get("/sign-in")
@access.needs("nothing")
def show_sign_in() -> str | WerkzeugResponse:
    """Where a key is given; leads on where nobody needs one."""
    if not current_app.config["KEYS"]:
        return redirect(url_for("pages.show_start"), 303)
    return render_template("sign_in.html", onward=read_onward(request.args.get("next")))


@sessions.post("/sign-in")
@access.needs("nothing")
def sign_in() -> Response | WerkzeugResponse:
    """Begin a session and lead on to `next`; the page again as 401 where the key is unknown."""
    onward = read_onward(request.form.get("next"))
    key = keys.find(request.form.get("key", "").strip(), current_app.config["KEYS"])
    if key is None:
        page = render_template("sign_in.html", onward=onward, error=say("problem.key_unknown.detail"))
        return make_response(page, 401)
    answer = redirect(onward, 303)
    answer.set_cookie(
        access.cookie_name(),
        access.begin_session(key),
        max_age=settings.current().session_hours * 3600,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


@sessions.post("/sign-out")
@access.needs("nothing")
def sign_out() -> WerkzeugResponse:
    """End the session, for every copy of its cookie."""
    access.end_session()
    answer = redirect(url_for("sessions.show_sign_in"), 303)
    answer.delete_cookie(access.cookie_name(), secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def read_onward(wanted: str | None) -> str:
    """Where to go after signing in: a path of ours, whatever was asked for."""
    return wanted if wanted and _PATH.fullmatch(wanted) else url_for("pages.show_start")
