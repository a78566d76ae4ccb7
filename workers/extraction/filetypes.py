"""What sort of file is this, by its name's ending and its first bytes? Light: the web asks too."""

from __future__ import annotations

from typing import Literal

from workers import settings
from workers.extraction.refusal import refuse

Kind = Literal["text", "markdown", "html", "docx", "pdf", "eml", "ninjs", "newsml"]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".eml": "eml",
    ".json": "ninjs",
    ".xml": "newsml",
}
_INSTEAD = {
    ".doc": ".docx",
    ".odt": ".docx",
    ".rtf": ".docx",
    ".pages": ".docx",
    ".docm": ".docx",
    ".dot": ".docx",
    ".dotx": ".docx",
    ".dotm": ".docx",
    ".epub": ".txt",
    ".msg": ".eml",
    ".mht": ".html",
    ".mhtml": ".html",
}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word's old format, and the wrapping of an encrypted new one
_PACKED = b"PK\x03\x04"


def recognise(name: str, content: bytes) -> Kind:
    """Which kind is this file? Raises Refused where its name, its size or its first bytes say that it is none."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in _INSTEAD:
        raise refuse("file", "other_format", ending=ending, instead=_INSTEAD[ending])
    if ending not in KINDS:
        raise refuse("file", "unknown_type", ending=ending or "without an ending", known=", ".join(KINDS))
    most = settings.current().file_bytes
    if len(content) > most:
        raise refuse("file", "too_large", actual=len(content), limit=most)
    if not content.strip():
        raise refuse("file", "empty")
    kind = KINDS[ending]
    if kind == "pdf" and b"%PDF-" not in content[:1024]:
        raise refuse("file", "not_what_it_says", ending=ending)
    if kind == "docx" and content.startswith(_COMPOUND):
        raise refuse("file", "encrypted")
    if kind == "docx" and not content.startswith(_PACKED):
        raise refuse("file", "not_what_it_says", ending=ending)
    if kind not in ("pdf", "docx") and content.startswith((b"%PDF-", _PACKED, _COMPOUND)):
        raise refuse("file", "not_what_it_says", ending=ending)
    return kind
