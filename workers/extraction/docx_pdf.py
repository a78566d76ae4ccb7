"""An article's text out of a document that is set for print, Word's or a PDF."""

from __future__ import annotations

import re
import statistics
import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib import metadata
from io import BytesIO
from typing import Any

import docx
from lxml.etree import ErrorTypes, XMLSyntaxError
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from workers import settings
from workers.extraction.extract import Extract
from workers.extraction.refusal import refuse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BLOWN_UP = 10  # times the limit for files that a Word file may unpack to
# What programs write where no person wrote anything.
_NOBODY = frozenset({"python-docx", "microsoft office user", "windows user", "user", "admin", "administrator", "author",
                     "unknown", "anonymous", "owner"})  # fmt: skip
_NO_TITLE = re.compile(r"^(?:microsoft word - |untitled|document\d*$|.*\.(?:docx?|pdf|indd|qxp|txt)$)", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…:][\"”’')\]]*$")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*$", re.IGNORECASE)


def read_docx(content: bytes) -> Extract:
    """A Word document: its paragraphs in order, what was struck out left out."""
    _check_parts(content)
    try:
        opened = docx.Document(BytesIO(content))
    except XMLSyntaxError as error:
        if error.code == ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise
    paragraphs: list[str] = []
    title = (opened.core_properties.title or "").strip() or None
    for paragraph in opened.element.body.iter(f"{_W}p"):
        if any(node.tag in _LEFT_OUT for node in paragraph.iterancestors()):
            continue
        line = "".join(_runs(paragraph)).strip()
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val", "") if style is not None else ""
        if not paragraphs and name in ("Title", "Heading1") and line:
            title = line
        elif line:
            paragraphs.append(line)
    if not paragraphs:
        raise refuse("file", "no_text")
    return Extract(
        text="\n\n".join(paragraphs),
        title=title,
        author=_person(opened.core_properties.author),
        tool=f"python-docx {metadata.version('python-docx')}",
    )


def _check_parts(content: bytes) -> None:
    """Refuse a bomb, a macro, and XML that declares entities, before anything is parsed."""
    try:
        packed = zipfile.ZipFile(BytesIO(content))
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > _BLOWN_UP * settings.current().file_bytes:
            raise refuse("file", "bomb")
        names = {part.filename for part in parts}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise refuse("file", "macros")
        if "EncryptedPackage" in names or any(part.flag_bits & 1 for part in parts):
            raise refuse("file", "encrypted")
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                with packed.open(part) as opened:
                    # UTF-16 hides a declaration from this look; the parser resolves no entities in any case.
                    if _ENTITIES.search(opened.read(4096).replace(b"\0", b"")):
                        raise refuse("file", "entities")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError):
        raise refuse("file", "broken") from None


def _runs(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph as it reads: with what was put in, without what was struck out or stands in a note."""
    skipped: set[Any] = set()
    for node in paragraph.iter():
        if node.tag in _LEFT_OUT or node.getparent() in skipped or (node.tag == f"{_W}p" and node is not paragraph):
            skipped.add(node)
        elif node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag == f"{_W}tab":
            yield " "
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif node.tag == f"{_W}noBreakHyphen":
            yield "-"


def read_pdf(content: bytes) -> Extract:
    """A PDF with text in it: its lines joined into paragraphs again, running heads and page numbers left out."""
    most = settings.current().file_pages
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise refuse("file", "encrypted")
        if len(reader.pages) > most:
            raise refuse("file", "too_many_pages", actual=len(reader.pages), limit=most)
        pages = [page.extract_text().splitlines() for page in reader.pages]
        facts = reader.metadata
    except DependencyError:  # a cipher that we have no library for
        raise refuse("file", "encrypted") from None
    except PyPdfError:
        raise refuse("file", "broken") from None
    text = _join(_drop_running(pages))
    if not text:
        raise refuse("file", "no_text_in_pdf")
    title = facts.title.strip() if facts and isinstance(facts.title, str) else None
    return Extract(
        text=text,
        title=title if title and not _NO_TITLE.match(title) else None,
        author=_person(facts.author if facts else None),
        tool=f"pypdf {metadata.version('pypdf')}",
    )


def _drop_running(pages: list[list[str]]) -> list[str]:
    """The lines of all pages without page numbers, and without what stands at the head or foot of most pages."""
    edges = Counter(line.strip() for lines in pages for line in {*lines[:1], *lines[-1:]})
    running = {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}
    return [
        line
        for lines in pages
        for at, line in enumerate(lines)
        if not (at in (0, len(lines) - 1) and (line.strip() in running or _PAGE_NUMBER.match(line)))
    ]


def _join(lines: list[str]) -> str:
    """Paragraphs out of lines: one ends at an empty line, or where a line ends a sentence well before the margin."""
    full = [len(line.rstrip()) for line in lines if line.strip()]
    if not full:
        return ""
    margin = statistics.quantiles(full, n=10)[-1] if len(full) > 1 else full[0]
    paragraphs: list[str] = [""]
    for line in lines:
        bare = " ".join(line.split())
        if not bare:
            paragraphs.append("")
            continue
        last = paragraphs[-1]
        if last.endswith("-") and len(last) > 1 and last[-2].isalpha() and bare[0].islower():
            paragraphs[-1] = last[:-1] + bare  # a word that was divided at the end of its line
        else:
            paragraphs[-1] = f"{last} {bare}" if last else bare
        if _ENDS.search(bare) and len(line.rstrip()) < 0.8 * margin:
            paragraphs.append("")
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _person(name: Any) -> str | None:
    bare = " ".join(name.split()) if isinstance(name, str) else ""
    return bare if bare and bare.lower() not in _NOBODY else None
