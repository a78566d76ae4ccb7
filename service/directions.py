"""Marks that turn the direction of text around: a page shows them as signs and obeys none (Unicode TR 36, 3.2)."""

from __future__ import annotations

from typing import Any

from flask import Flask
from markupsafe import Markup, escape

_TURNS = ("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069")
_SHOWN = str.maketrans(dict.fromkeys(_TURNS, "\ufffd"))


def register(app: Flask) -> None:
    """Show such marks on every page; `| as_typed` in a template keeps them, in a form's fields."""
    app.jinja_env.finalize = show
    app.jinja_env.filters["as_typed"] = escape


def show(value: Any) -> Any:
    """The value as a page may show it; markup was shown so when it was made."""
    return value.translate(_SHOWN) if isinstance(value, str) and not isinstance(value, Markup) else value
