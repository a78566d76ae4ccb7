"""Marks that turn the direction of text around: a page shows them as signs and obeys none (Unicode TR 36, 3.2)."""

from __future__ import annotations

import re

from flask import Flask, Response
from markupsafe import Markup, escape

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def register(app: Flask) -> None:
    """Show such marks on every page; `| as_typed` in a template keeps them, in a form's fields."""
    app.jinja_env.filters["as_typed"] = spell
    app.after_request(show)


def show(response: Response) -> Response:
    """The page with a sign in place of every such mark."""
    if response.mimetype == "text/html" and not response.is_streamed:
        page = response.get_data(as_text=True)
        if _TURNS.search(page):
            response.set_data(_TURNS.sub("\ufffd", page))
    return response


def spell(value: str) -> Markup:
    """What was typed, each such mark by its number: a browser puts it back into the field, where it was typed."""
    return Markup(_TURNS.sub(lambda mark: f"&#{ord(mark[0])};", escape(value)))  # noqa: S704 - escaped right there
