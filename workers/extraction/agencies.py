"""An article as news agencies send it: ninjs (JSON, 1 to 3), NewsML-G2 and NITF (XML), all of the IPTC."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import metadata
from typing import Any

from lxml import etree, html

from workers.extraction import quotes
from workers.extraction.encoding import decode
from workers.extraction.extract import Extract, plain
from workers.extraction.refusal import refuse

_WITHDRAWN = ("withheld", "canceled", "cancelled")
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "block", "blockquote", "body", "body.content", "bq", "dd", "div", "dl", "dt",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hl2", "hr", "li", "ol", "p", "pre", "section",
        "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_NO_PROSE = frozenset({"head", "media", "script", "style", "figure", "template"})
_QUOTES = frozenset({"blockquote", "bq"})
_SPACES = re.compile(r"\s+")
_BY = re.compile(r"^by\s+(?=\S)", re.IGNORECASE)


def read_ninjs(content: bytes) -> Extract:
    """A news item in JSON. Its versions name things otherwise, and, case aside, no name means two things.

    Raises Refused where it is no such item, or was withdrawn.
    """
    decoded = decode(content)
    try:
        item: Any = json.loads(decoded.text)
    except (ValueError, RecursionError):
        raise refuse("file", "not_ninjs") from None
    if isinstance(item, list) and len(item) == 1:
        (item,) = item
    if not isinstance(item, dict) or "uri" not in item:
        raise refuse("file", "not_ninjs")
    said = {key.lower(): value for key, value in item.items()}
    _refuse_withdrawn(said.get("pubstatus"))
    return Extract(
        text=_write_bodies(said),
        title=plain(said.get("headline")) or _value(said.get("headlines")),
        author=_author(said.get("byline")) or _author(said.get("by")),
        outlet=plain(said.get("copyrightholder")),
        published=plain(said.get("versioncreated")),
        tool="ninjs (Python)",
        encoding=decoded.encoding,
        guessed=decoded.how == "guessed",
    )


def _write_bodies(said: Mapping[str, Any]) -> str:
    """The text of the fullest body: one with markup, which has paragraphs, before a plain one."""
    listed = said.get("bodies")
    bodies = [
        (str(body.get("contenttype") or body.get("contentType") or ""), body.get("value"))
        for body in (listed if isinstance(listed, list) else [])
        if isinstance(body, dict)
    ] + [(key, value) for key, value in said.items() if key.startswith("body_")]
    texts = [(kind.lower(), value) for kind, value in bodies if isinstance(value, str) and value.strip()]
    for kind, value in sorted(texts, key=lambda one: "html" not in one[0] and "nitf" not in one[0]):
        marked = "html" in kind or "nitf" in kind
        text = _write_markup(value) if marked else value.replace("\r\n", "\n").strip()
        if text:
            return text
    raise refuse("file", "no_text")


def _value(listed: Any) -> str | None:
    """The main one of several headlines, else the first."""
    some = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    main = [one for one in some if one.get("role") == "main"]
    return next((value for one in main + some if (value := plain(one.get("value")))), None)


def read_newsml(content: bytes) -> Extract:
    """A news item in XML, alone or as the only text of a news message."""
    if b"<!ENTITY" in content:
        raise refuse("file", "entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise refuse("file", "not_newsml") from None
    items = [root] if _is(root, "nitf") else [item for item in root.iter() if _is(item, "newsItem")]
    if not items:
        raise refuse("file", "not_newsml")
    told = [(item, text) for item in items if (text := _write_item(item))]
    if len(told) > 1:
        raise refuse("file", "several", count=len(told))
    if not told:
        raise refuse("file", "no_text")
    item, text = told[0]
    _refuse_withdrawn(_attribute(item, "pubStatus", "qcode"))
    return Extract(
        text=text,
        title=_text(item, "contentMeta", "headline") or _text(item, "hl1") or _text(item, "head", "title"),
        author=_author(_text(item, "contentMeta", "by"))
        or _author(_text(item, "byline"))
        or _text(item, "creator", "name"),
        outlet=_text(item, "provider", "name")
        or _attribute(item, "provider", "literal")
        or _text(item, "copyrightHolder", "name"),
        published=_text(item, "itemMeta", "versionCreated") or _text(item, "itemMeta", "firstCreated"),
        tool=f"lxml {metadata.version('lxml')}",
        encoding=(root.getroottree().docinfo.encoding or "utf-8").lower(),
    )


def _write_item(item: Any) -> str:
    """The text in a news item: of NITF or HTML in it, or plain; empty where it holds none."""
    for body in item.iter():
        prose = _is(body, "body.content") or (_is(body, "body") and not any(_is(part, "body.content") for part in body))
        if prose and (text := _write(body)):
            return text
    for data in item.iter():
        if _is(data, "inlineData") and data.text and data.text.strip():
            marked = "html" in data.get("contenttype", "").lower()
            return _write_markup(data.text) if marked else data.text.replace("\r\n", "\n").strip()
    return ""


def _write_markup(source: str) -> str:
    """The text of a piece of HTML, or of NITF as a string."""
    try:
        return _write(html.fragment_fromstring(source.strip(), create_parent="div"))
    except (etree.LxmlError, ValueError):
        return ""


def _write(element: Any) -> str:
    """The paragraphs, a blank line between them; block quotes keep their sign."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        name = _name(node)
        if name and name not in _NO_PROSE:
            block, quote = name in _BLOCKS, name in _QUOTES
            parts.append(("\0" if block or name == "br" else "") + (quotes.OPEN if quote else ""))
            parts.append(_SPACES.sub(" ", node.text or ""))
            for child in node:
                walk(child)
                parts.append(_SPACES.sub(" ", child.tail or ""))
            parts.append((quotes.CLOSE if quote else "") + ("\0" if block else ""))

    walk(element)
    lines = quotes.set_apart([line.strip() for line in "".join(parts).split("\0")])
    return "\n\n".join(line for line in lines if line.strip("> "))


def _refuse_withdrawn(status: Any) -> None:
    """Agencies take an item back by sending it again with another status."""
    said = str(status or "").rpartition(":")[2].strip().lower()
    if said in _WITHDRAWN:
        raise refuse("file", "withdrawn", status=said)


def _author(value: Any) -> str | None:
    said = plain(value)
    return _BY.sub("", said) if said else None


def _find(item: Any, *path: str) -> Iterator[Any]:
    """Every element of the last name inside one of the name before."""
    for node in item.iter():
        if _is(node, path[-1]) and all(any(_is(up, name) for up in node.iterancestors()) for name in path[:-1]):
            yield node


def _text(item: Any, *path: str) -> str | None:
    return next((said for node in _find(item, *path) if (said := plain("".join(node.itertext())))), None)


def _attribute(item: Any, name: str, attribute: str) -> str | None:
    return next((said for node in _find(item, name) if (said := plain(node.get(attribute)))), None)


def _is(node: Any, name: str) -> bool:
    return _name(node) == name.lower()


def _name(node: Any) -> str:
    """An element's name in lower case, its namespace left out; empty for comments and the like."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
