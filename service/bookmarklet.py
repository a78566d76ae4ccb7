"""The bookmark that marks the page it is clicked on, and the window that it opens and hands the page to."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote

from flask import Blueprint, Response, make_response, render_template, request

from service import access
from service.assets import FOLDER

bookmarklet = Blueprint("bookmarklet", __name__)

_COMMENT = re.compile(r"^\s*//.*$|\s//\s.*$", re.MULTILINE)


@bookmarklet.get("/bookmarklet")
@access.needs("submit")
def show_bookmarklet() -> Response:
    """How to get the bookmark; where the bookmark opened it, the window that has a page read."""
    answer = make_response(render_template("bookmarklet.html", address=write(request.host_url.rstrip("/"))))
    # The page that opened this window waits for its marks: it must stay in reach. Nothing is read before a click here.
    answer.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return answer


def write(address: str) -> str:
    """The bookmark for this Parallax, as an address that holds all of its code: many pages let in no script."""
    return f"javascript:{quote(_read_code().replace('ADDRESS', address), safe='')}"


@cache
def _read_code() -> str:
    code = "\n".join((FOLDER / name).read_text("utf-8") for name in ("marks.js", "bookmarklet.js"))
    lines = (line.strip() for line in _COMMENT.sub("", code).split("\n"))
    body = "\n".join(line for line in lines if line)
    return f"(() => {{{body}}})()"
