"""An article's text, headline and who wrote it when, out of the source of a web page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import date, datetime
from importlib import metadata
from itertools import islice
from typing import Any
from urllib.parse import urljoin

import trafilatura
from lxml.html import HtmlElement, fromstring
from trafilatura.settings import Document
from trafilatura.utils import load_html

from workers.extraction import notices, quotes
from workers.extraction.encoding import Decoded
from workers.extraction.extract import Extract, plain
from workers.extraction.notices import Notice
from workers.extraction.refusal import refuse

_BLOCKS = frozenset({"p", "head", "item", "list", "quote", "row", "table", "code", "div"})
_ARTICLE = re.compile(r"(?:\w+)?(?:Article|BlogPosting|Report)$")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_ASIDE = re.compile(r"comment|disqus|discussion|related|recirc|recommend|sidebar|widget|footer", re.IGNORECASE)
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage", "publisher", "author", "isPartOf", "@included")
_DEEPEST = 6  # levels of JSON-LD
_SAMPLE = 60  # letters by which a line is known again
_TIMES = ("article:published_time", "og:published_time", "datePublished")


def extract(page: Decoded, url: str | None = None) -> Extract:
    """The article in this page, which stands at `url`. Raises Refused when there is none.

    trafilatura (Barbaresi 2021) finds text and metadata; what the page says of itself in JSON-LD goes before.
    """
    tree = load_html(page.text)
    if tree is None:
        raise refuse("page", "no_text")
    quotes.keep_names(tree)
    asked = notices.take_out(tree)
    found = _find(tree, url)
    text = _write(found.body) if found else ""
    why = _say_why_not(text, asked)
    if found is None or why:
        raise refuse("page", why or "no_text")
    said = _find_article(tree, _canonical(tree, url) or url)
    title = plain(said.get("headline")) or plain(found.title)
    shut = any(notice.gate for notice in asked) or _is_shut(said, tree)
    return Extract(
        text=_leave_out(text, title),
        title=title,
        outlet=_name(said.get("publisher")) or plain(found.sitename),
        author=_names(said.get("author")) or plain((found.author or "").replace("; ", ", ")),
        url=_canonical(tree, url) or url,
        published=_date(said.get("datePublished"), *_metas(tree), found.date),
        tool=f"trafilatura {metadata.version('trafilatura')}",
        encoding=page.encoding,
        guessed=page.how == "guessed",
        notes=("shut",) if shut else (),
    )


def _find(tree: HtmlElement, url: str | None) -> Document | None:
    """What trafilatura makes of the page; where it left out most of the prose, what it makes of the prose's home alone.

    It passes over some elements and classes by their names, and there are pages with their article in an `aside`.
    """
    found = _ask(tree, url)
    home, lines = _find_home(tree)
    text = _bare(_write(found.body)) if found else ""
    kept = sum(len(line) for line in lines if _bare(line)[:_SAMPLE] in text)
    if home is None or 2 * kept >= sum(map(len, lines)):
        return found
    alone = fromstring("<html><body><article></article></body></html>")
    alone[0][0].extend(deepcopy(child) for child in home)
    lifted = _ask(alone, url)
    if found and lifted:
        found.body = lifted.body
    return found or lifted


def _ask(tree: HtmlElement, url: str | None) -> Document | None:
    found = trafilatura.bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, include_tables=False
    )  # fmt: skip
    return found if isinstance(found, Document) else None


def _find_home(tree: HtmlElement) -> tuple[HtmlElement | None, list[str]]:
    """The element around most of the page's prose, comments and the like left aside, and the prose in it."""
    lines = notices.read_lines(tree)
    prose = [(element, line) for element, line in lines if notices.is_prose(line) and not _is_aside(element)]
    weights: Counter[HtmlElement] = Counter()
    for element, line in prose:
        for far, around in enumerate(islice(element.iterancestors(), 3)):
            weights[around] += len(line) >> far
    if not weights:
        return None, []
    home = weights.most_common(1)[0][0]
    return home, [line for element, line in prose if home in element.iterancestors()]


def _is_aside(element: HtmlElement) -> bool:
    return any(_ASIDE.search(f"{around.get('id', '')} {around.get('class', '')}") for around in element.iterancestors())


def _say_why_not(text: str, asked: set[Notice]) -> str | None:
    """Why is this no article's text? None where it is one."""
    left = {notice.kind for notice in notices.find(text)}
    kinds = left | ({notice.kind for notice in asked} if left or notices.is_short_of_news(text) else set())
    return next((kind for kind in ("check", "offer", "consent") if kind in kinds), None if text else "no_text")


def _is_shut(said: dict[str, Any], tree: HtmlElement) -> bool:
    """Does the page say that its article is for those who pay?"""
    free = said.get("isAccessibleForFree")
    return str(free).strip().lower() in ("false", "no", "0") or "locked" in _contents(tree, "article:content_tier")


def _write(body: Any) -> str:
    """The paragraphs, a blank line between them."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        block = node.tag in _BLOCKS
        parts.append("\n\n" if block else "\n" if node.tag == "lb" else "")
        parts.append(quotes.OPEN if node.tag == "quote" else "")
        parts.append((node.text or "").replace("\n", " "))
        for child in node:
            walk(child)
            parts.append((child.tail or "").replace("\n", " "))
        parts.append(quotes.CLOSE if node.tag == "quote" else "")
        parts.append("\n\n" if block else "")

    walk(body)
    lines = quotes.set_apart([_SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n")])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _leave_out(text: str, title: str | None) -> str:
    """The text without the headline at its head: that is kept apart."""
    first, _, rest = text.partition("\n\n")
    return rest if title and rest and _bare(first) == _bare(title) else text


def _bare(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()


def _find_article(tree: HtmlElement, url: str | None) -> dict[str, Any]:
    """What the page says of its article in JSON-LD (schema.org), or nothing. What it names by `@id` is put in."""
    contents = list(_read_scripts(tree))
    named: dict[str, dict[str, Any]] = {}
    for item in _objects(contents):
        if isinstance(item.get("@id"), str) and "name" in item:
            named.setdefault(_identify(item["@id"], url), item)

    def resolve(value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(one) for one in value]
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return named.get(_identify(value["@id"], url), value)
        return value

    for item in _items(contents):
        kinds = item.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and _ARTICLE.match(kind) for kind in kinds):
            return item | {key: resolve(item[key]) for key in ("author", "publisher") if key in item}
    return {}


def _identify(name: str, url: str | None) -> str:
    """An `@id` in full: it may be given from the page's own address on."""
    try:
        return urljoin(url or "", name.strip())
    except ValueError:  # http://[ and the like
        return name


def _objects(content: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object in a tree of JSON-LD, wherever it stands, the outer ones first."""
    if isinstance(content, dict):
        yield content
    if depth < _DEEPEST:
        inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
        for value in inner:
            yield from _objects(value, depth + 1)


def _read_scripts(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() == "application/ld+json":
            with suppress(ValueError, RecursionError):
                yield json.loads(script.text or "")


def _items(content: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects that are said of the page or stand in it, the outer ones first."""
    if isinstance(content, list) and depth < _DEEPEST:
        for item in content:
            yield from _items(item, depth + 1)
    elif isinstance(content, dict) and depth < _DEEPEST:
        yield content
        yield from _items([content[key] for key in _PARTS if key in content], depth + 1)


def _names(value: Any) -> str | None:
    names = [name for item in (value if isinstance(value, list) else [value]) if (name := _name(item))]
    return ", ".join(dict.fromkeys(names)) or None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return next((name for item in value if (name := _name(item))), None)
    return plain(value.get("name") if isinstance(value, dict) else value)


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
