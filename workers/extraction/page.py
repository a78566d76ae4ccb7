"""An article's text, headline and who wrote it when, out of the source of a web page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from importlib import metadata
from typing import Any
from urllib.parse import urljoin

import trafilatura
from lxml.html import HtmlElement
from trafilatura.utils import load_html

from workers.extraction.encoding import Decoded
from workers.extraction.extract import Extract
from workers.extraction.refusal import refuse

_BLOCKS = frozenset({"p", "head", "item", "list", "quote", "row", "table", "code", "div"})
_ARTICLE = re.compile(r"(?:\w+)?(?:Article|BlogPosting|Report)$")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_TIMES = ("article:published_time", "og:published_time", "datePublished")


def extract(page: Decoded, url: str | None = None) -> Extract:
    """The article in this page, which stands at `url`. Raises Refused when there is none.

    trafilatura (Barbaresi 2021) finds text and metadata; what the page says of itself in JSON-LD goes before.
    """
    tree = load_html(page.text)
    found = trafilatura.bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, include_tables=False
    ) if tree is not None else None  # fmt: skip
    text = _write(found.body) if found is not None and not isinstance(found, dict) else ""
    if found is None or isinstance(found, dict) or not text:
        raise refuse("page", "no_text")
    said = _find_article(tree)
    title = _clean(said.get("headline")) or _clean(found.title)
    return Extract(
        text=_leave_out(text, title),
        title=title,
        outlet=_name(said.get("publisher")) or _clean(found.sitename),
        author=_names(said.get("author")) or (found.author or "").replace("; ", ", ") or None,
        url=_canonical(tree, url) or url,
        published=_date(said.get("datePublished"), *_metas(tree), found.date),
        tool=f"trafilatura {metadata.version('trafilatura')}",
        encoding=page.encoding,
        guessed=page.how == "guessed",
    )


def _write(body: Any) -> str:
    """The paragraphs, a blank line between them."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        block = node.tag in _BLOCKS
        parts.append("\n\n" if block else "\n" if node.tag == "lb" else "")
        parts.append((node.text or "").replace("\n", " "))
        for child in node:
            walk(child)
            parts.append((child.tail or "").replace("\n", " "))
        parts.append("\n\n" if block else "")

    walk(body)
    lines = [_SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _leave_out(text: str, title: str | None) -> str:
    """The text without the headline at its head: that is kept apart."""
    first, _, rest = text.partition("\n\n")
    return rest if title and rest and _bare(first) == _bare(title) else text


def _bare(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()


def _find_article(tree: HtmlElement) -> dict[str, Any]:
    """What the page says of its article in JSON-LD (schema.org), or nothing."""
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            content = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _items(content):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE.match(kind) for kind in kinds):
                return item
    return {}


def _items(content: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(content, list) and depth < 4:
        for item in content:
            yield from _items(item, depth + 1)
    elif isinstance(content, dict) and depth < 4:
        yield content
        yield from _items([content[key] for key in ("@graph", "mainEntity") if key in content], depth + 1)


def _names(value: Any) -> str | None:
    names = [name for item in (value if isinstance(value, list) else [value]) if (name := _name(item))]
    return ", ".join(dict.fromkeys(names)) or None


def _name(value: Any) -> str | None:
    return _clean(value.get("name") if isinstance(value, dict) else value)


def _clean(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _canonical(tree: HtmlElement, url: str | None) -> str | None:
    for node in tree.iter("link"):
        if "canonical" in node.get("rel", "").lower().split() and (where := str(node.get("href", "")).strip()):
            return urljoin(url or "", where)
    return next((where for where in _contents(tree, "og:url") if where.startswith("http")), None)


def _metas(tree: HtmlElement) -> list[str]:
    return [found for name in _TIMES for found in _contents(tree, name)]


def _contents(tree: HtmlElement, name: str) -> Iterator[str]:
    for node in tree.iter("meta"):
        if name in (node.get("property"), node.get("name"), node.get("itemprop")):
            yield node.get("content", "").strip()


def _date(*candidates: Any) -> str | None:
    """The first that is a date or time in ISO 8601."""
    for value in candidates:
        if not isinstance(value, str):
            continue
        for parse in (date.fromisoformat, datetime.fromisoformat):
            try:
                parse(value.strip())
            except ValueError:
                continue
            return value.strip()
    return None
