"""Pages, taken apart as a browser does."""

from __future__ import annotations

from typing import Any

from lxml import html


def look(page: str, path: str) -> list[Any]:
    """What stands there (XPath): elements, or the values of attributes and texts."""
    found: list[Any] = html.document_fromstring(page).xpath(path)
    return found


def read(page: str, path: str) -> str:
    """The words of the one element that stands there, white space as a reader sees it."""
    (element,) = look(page, path)
    return " ".join(element.text_content().split())
