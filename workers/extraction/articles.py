"""Turns whatever came in into an article, and says where its text is from."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from models.article import Article, Facts, is_markup
from models.refusals import explain
from models.report import Note, Origin, Report
from workers.extraction import encoding, file, page, sandbox
from workers.extraction.extract import Extract, accept, strip_controls
from workers.extraction.refusal import refuse
from workers.extraction.source import Fetched, File, Page, Source

_FACTS = tuple(Facts.model_fields)
_FOUND = tuple(name for name in _FACTS if name in Extract.model_fields)
_MOST_WRAPPED = 2  # times that a text may turn out to be the source of a page, or to be escaped
_FEWEST_ENDS = 3  # of blocks, from which on a text is taken for a page's source
_BLOCK = "(?:p|div|li|ul|ol|h[1-6]|blockquote|article|section|td|tr)"
_BLOCK_END = re.compile(rf"</{_BLOCK}\s*>", re.IGNORECASE)
_ESCAPED_END = re.compile(rf"&(?:amp;)*lt;/{_BLOCK}\s*&(?:amp;)*gt;", re.IGNORECASE)
_NOTES: dict[str, str] = tomllib.loads(Path(__file__).with_name("notes.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Copy:
    """An article ready to be analysed, and where it is from (None: it came as text)."""

    article: Article
    origin: Origin | None = None
    notes: tuple[str, ...] = ()
    """What the reader must know of it besides, by name (`notes.toml`)."""

    def sign(self, report: Report) -> Report:
        """The report with its origin in the provenance and a note on what the reader must know of it."""
        if self.origin is None:
            return report
        notes = [*_notes(self.origin, self.notes), *report.notes]
        provenance = report.provenance.model_copy(update={"origin": self.origin})
        return report.model_copy(update={"provenance": provenance, "notes": notes})


def prepare(submitted: Article | Fetched | Page | File) -> Copy:
    """The article that was submitted, or that is read out of what was. Raises Refused with a reason."""
    if isinstance(submitted, Article):
        return Copy(submitted)
    if isinstance(submitted, Fetched):
        decoded = encoding.decode(submitted.body, submitted.charset, markup=submitted.type != "text/plain")
        found = sandbox.read("page", page.extract, decoded, submitted.address)
        facts: dict[str, Any] = {"kind": "link", "name": submitted.link, "fetched": submitted.address}
    elif isinstance(submitted, Page):
        decoded = encoding.Decoded(submitted.html, "utf-8", "found")
        found = sandbox.read("page", page.extract, decoded, submitted.url)
        found = found.model_copy(update={"encoding": None})
        facts = {"kind": "html"}
    else:
        found = sandbox.read("file", file.extract, submitted.name, submitted.content)
        facts = {"kind": "file", "name": submitted.name}
    found = _unwrap(found)
    origin = Origin(
        tool=found.tool, encoding=found.encoding, encoding_guessed=found.guessed,
        extracted_at=datetime.now(UTC).isoformat(timespec="seconds"), **facts,
    )  # fmt: skip
    return Copy(_write(found, submitted), origin, found.notes)


def _unwrap(found: Extract) -> Extract:
    """What the text is once it is no source of a page any more: one saved under another name, or escaped once more.

    What was known of it stays, and what the page says of itself fills in the rest.
    """
    for _ in range(_MOST_WRAPPED):
        source = _find_source(found.text)
        if source is None:
            break
        page_source = encoding.Decoded(source, found.encoding or "utf-8", "guessed" if found.guessed else "found")
        inner = sandbox.read("page", page.extract, page_source, found.url)
        known = {name: getattr(found, name) or getattr(inner, name) for name in (*_FOUND, "encoding")}
        notes = tuple(dict.fromkeys(found.notes + inner.notes))
        found = inner.model_copy(update=known | {"guessed": found.guessed, "notes": notes})
    return found


def _find_source(text: str) -> str | None:
    """The source of a page that this text is, as a whole or from some place on; None where it is none."""
    for _ in range(_MOST_WRAPPED):
        if len(_ESCAPED_END.findall(text)) >= _FEWEST_ENDS:
            text = unescape(text)
    if is_markup(text):
        return text
    if len(_BLOCK_END.findall(text)) < _FEWEST_ENDS:
        return None
    parts = re.split(r"\n{2,}", text)
    return "".join(part if part.lstrip().startswith("<") else f"<p>{part}</p>" for part in parts)


def _write(found: Extract, submitted: Source) -> Article:
    """The article: what its sender said of it goes before what was found, and what is not acceptable is left out."""
    text = strip_controls(found.text).strip()
    if not text:
        raise refuse("page", "no_text")
    said = {name: getattr(submitted, name) for name in _FACTS}
    if isinstance(submitted, Fetched):
        said["url"] = None  # the page knows its own address better
    fields = said | {name: accept(name, getattr(found, name, None)) for name in _FACTS if said[name] is None}
    try:
        return Article(text=text, **fields)
    except ValidationError as error:
        raise refuse("page", "not_text", why=explain(error, Article)[0].message.rstrip(".")) from None


def _notes(origin: Origin, names: tuple[str, ...]) -> list[Note]:
    where = {"link": "the page", "html": "the page’s source", "file": "the file"}[origin.kind]
    name = f" at {urlsplit(origin.fetched).netloc}" if origin.fetched else f" {origin.name}" if origin.name else ""
    codes = ["extracted", *(["encoding_guessed"] if origin.encoding_guessed else []), *names]
    facts = {"where": where, "name": name, "encoding": origin.encoding}
    return [Note(code=code, message=_NOTES[code].format(**facts)) for code in codes]
