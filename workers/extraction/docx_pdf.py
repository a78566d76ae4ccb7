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
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml.etree import ErrorTypes, XMLSyntaxError
from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from workers import settings
from workers.extraction import columns, hyphens
from workers.extraction.extract import Extract, plain
from workers.extraction.refusal import refuse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_STRUCK = (f"{_W}del", f"{_W}moveFrom")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BLOWN_UP = 10  # times the limit for files that a Word file may unpack to
# What programs write where no person wrote anything.
_NOBODY = frozenset({"python-docx", "microsoft office user", "windows user", "user", "admin", "administrator", "author",
                     "unknown", "anonymous", "owner"})  # fmt: skip
_NO_TITLE = re.compile(
    r"^(?:microsoft word - |untitled|(?:word )?document ?\d*$|.*\.(?:docx?|pdf|indd|qxp|txt)$)", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…:][\"”’')\]]*$")
_BEGINS = re.compile(r"\s*[\"“‘'«]?[A-Z]")
_PAGES_LOOKED_AT = 10
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*$", re.IGNORECASE)


def read_docx(content: bytes) -> Extract:
    """A Word document: its paragraphs in order, what was struck out left out. Raises Refused where it is none."""
    _check_parts(content)
    try:
        opened = docx.Document(BytesIO(content))
    except XMLSyntaxError as error:
        if error.code == ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise
    paragraphs: list[str] = []
    # python-docx invents properties where a document has none, “Word Document” for a title among them.
    facts = opened.core_properties if RELATIONSHIP_TYPE.CORE_PROPERTIES in _related(opened) else None
    title = plain(facts.title) if facts else None
    title = None if title and _NO_TITLE.match(title) else title
    begun = ""
    for paragraph in opened.element.body.iter(f"{_W}p"):
        if any(node.tag in _LEFT_OUT for node in paragraph.iterancestors()):
            continue
        line, begun = begun + "".join(_runs(paragraph)), ""
        if any(paragraph.find(f"{_W}pPr/{_W}rPr/{struck}") is not None for struck in _STRUCK):
            begun = line  # the mark at its end was struck out: the next one goes on with it
            continue
        line = line.strip()
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val", "") if style is not None else ""
        if not paragraphs and name in ("Title", "Heading1") and line:
            title = line
        elif line:
            paragraphs.append(line)
    if begun.strip():
        paragraphs.append(begun.strip())
    if not paragraphs:
        raise refuse("file", "no_text")
    return Extract(
        text="\n\n".join(paragraphs),
        title=title,
        author=_person(facts.author if facts else None),
        tool=f"python-docx {metadata.version('python-docx')}",
    )


def _related(opened: Document) -> set[str]:
    """What kinds of parts does a document have?"""
    return {relation.reltype for relation in opened.part.package.rels.values()}


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
    """A PDF with text in it: its lines joined into paragraphs again, running heads and page numbers left out.

    Raises Refused where it is locked, broken, too long, or pictures alone.
    """
    most = settings.current().file_pages
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise refuse("file", "encrypted")
        if len(reader.pages) > most:
            raise refuse("file", "too_many_pages", actual=len(reader.pages), limit=most)
        pages, in_columns = _read_pages(reader)
        facts = reader.metadata
    except DependencyError:  # a cipher that we have no library for
        raise refuse("file", "encrypted") from None
    except PyPdfError:
        raise refuse("file", "broken") from None
    text = _join(_drop_running(pages))
    if not text:
        raise refuse("file", "no_text_in_pdf")
    title = plain(facts.title) if facts else None
    return Extract(
        text=text,
        title=title if title and not _NO_TITLE.match(title) else None,
        author=_person(facts.author if facts else None),
        notes=("columns",) if in_columns else (),
        tool=f"pypdf {metadata.version('pypdf')}",
    )


def _read_pages(reader: PdfReader) -> tuple[list[list[str]], bool]:
    """The lines of each page, and whether any had to be put in order, column by column.

    How pages look takes as long as their text: once ten have no columns, the rest are not asked.
    """
    pages: list[list[str]] = []
    any_ordered = False
    for at, page in enumerate(reader.pages):
        text = page.extract_text().translate(_LIGATURES)
        ordered = columns.order(text, _draw(page)) if any_ordered or at < _PAGES_LOOKED_AT else None
        any_ordered |= ordered is not None
        pages.append(text.splitlines() if ordered is None else ordered)
    return pages, any_ordered


def _draw(page: PageObject) -> str:
    """The page as it looks, in lines of characters; nothing where it can't be drawn."""
    try:
        return page.extract_text(extraction_mode="layout").translate(_LIGATURES)
    except Exception:  # noqa: BLE001 - its text could be read, which is enough
        return ""


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
    """Paragraphs out of lines.

    One ends at an empty line, where a line ends a sentence well before the margin, or where a line that ends none is
    hardly more than half full and the next one begins anew: a headline.
    """
    full = [len(line.rstrip()) for line in lines if line.strip()]
    if not full:
        return ""
    margin = statistics.quantiles(full, n=10)[-1] if len(full) > 1 else full[0]
    said = set(_WORDS.findall(" ".join(lines).lower().replace("‐", "-")))
    paragraphs: list[str] = [""]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        bare = " ".join(line.split())
        if not bare:
            paragraphs.append("")
            continue
        last = paragraphs[-1]
        if hyphens.is_cut(last):
            paragraphs[-1] = hyphens.join(last, bare, said)
        else:
            paragraphs[-1] = f"{last} {bare}" if last else bare
        ends = _ENDS.search(bare) or (_BEGINS.match(following) and not hyphens.is_cut(bare))
        if ends and len(line.rstrip()) < (0.8 if _ENDS.search(bare) else 0.6) * margin:
            paragraphs.append("")
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _person(name: Any) -> str | None:
    bare = " ".join(name.split()) if isinstance(name, str) else ""
    return bare if bare and bare.lower() not in _NOBODY else None
