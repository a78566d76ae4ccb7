"""Turns whatever came in into an article, and says where its text is from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlsplit

from pydantic import ValidationError

from models.article import Article, Facts
from models.report import Note, Origin, Report
from workers.extraction import encoding, file, page, sandbox
from workers.extraction.extract import Extract
from workers.extraction.refusal import refuse
from workers.extraction.source import Fetched, File, Page, Source

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FACTS = tuple(Facts.model_fields)


@dataclass(frozen=True, slots=True)
class Copy:
    """An article ready to be analysed, and where it is from (None: it came as text)."""

    article: Article
    origin: Origin | None = None

    def sign(self, report: Report) -> Report:
        """The report with its origin in the provenance and a note on what the reader must know of it."""
        if self.origin is None:
            return report
        notes = [*_notes(self.origin), *report.notes]
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
    origin = Origin(
        tool=found.tool, encoding=found.encoding, encoding_guessed=found.guessed,
        extracted_at=datetime.now(UTC).isoformat(timespec="seconds"), **facts,
    )  # fmt: skip
    return Copy(_write(found, submitted), origin)


def _write(found: Extract, submitted: Source) -> Article:
    """The article: what its sender said of it goes before what was found, and what is not acceptable is left out."""
    text = _NO_TEXT.sub("", found.text).strip()
    if not text:
        raise refuse("page", "no_text")
    said = {name: getattr(submitted, name) for name in _FACTS}
    if isinstance(submitted, Fetched):
        said["url"] = None  # the page knows its own address better
    fields = said | {name: _accept(name, getattr(found, name, None)) for name in _FACTS if said[name] is None}
    return Article(text=text, **fields)


def _accept(name: str, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        checked = Facts.model_validate({name: _NO_TEXT.sub("", value)})
    except ValidationError:
        return None
    return cast(str | None, getattr(checked, name))


def _notes(origin: Origin) -> list[Note]:
    where = {"link": "the page", "html": "the page’s source", "file": "the file"}[origin.kind]
    name = f" at {urlsplit(origin.fetched).netloc}" if origin.fetched else f" {origin.name}" if origin.name else ""
    notes = [
        Note(
            code="extracted",
            message=f"The text was extracted from {where}{name}. "
            "Words of the article may be missing, and others may have come in.",
        )
    ]
    if origin.encoding_guessed:
        notes.append(
            Note(
                code="encoding_guessed",
                message=f"Nothing said in which encoding the text stands; it was read as {origin.encoding}. "
                "Signs and accents may be wrong.",
            )
        )
    return notes
