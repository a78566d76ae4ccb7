"""Which characters do these bytes stand for, and who says so?"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from charset_normalizer import from_bytes

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
          (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
# What is called so on the web is Windows-1252 (WHATWG Encoding Standard, 2024).
_LATIN = frozenset({"iso8859-1", "ascii"})
_SAMPLE = 100_000
_CLOSE = 0.03  # of disorder (charset-normalizer's measure, 0 to 1)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, and the encoding by which the bytes were read."""

    text: str
    encoding: str
    how: Literal["declared", "found", "guessed"]
    """Somebody said so, the bytes themselves leave no doubt, or it is the likeliest one."""


def find_charset(content_type: str) -> str | None:
    """The encoding that a Content-Type header names."""
    said = _CHARSET.search(content_type)
    return said[1] if said else None


def decode(content: bytes, declared: str | None = None, markup: bool = False) -> Decoded:
    """Read bytes as text. `declared` is what came with them; HTML (`markup`) may say it in itself."""
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return Decoded(content[len(mark) :].decode(marked, "replace"), marked, "found")
    if markup and not declared and (said := _XML.search(content[:200]) or _DECLARED.search(content[:4096])):
        declared = said[1].decode("ascii")
    if declared and (encoding := _name(declared)):
        try:
            return Decoded(content.decode(encoding), encoding, "declared")
        except UnicodeDecodeError:
            pass  # what was said is not so
    try:
        return Decoded(content.decode("utf-8"), "utf-8", "found")
    except UnicodeDecodeError:
        pass
    likely = _guess(content[:_SAMPLE])
    return Decoded(content.decode(likely, "replace"), likely, "guessed")


def _guess(content: bytes) -> str:
    """The likeliest encoding. Where several are about as likely, it is one that English is written in."""
    matches = list(from_bytes(content))
    if not matches:
        return "windows-1252"
    close = [match for match in matches if match.chaos <= matches[0].chaos + _CLOSE]
    usual = (name for name in ("cp1252", "mac_roman") if any(name in match.could_be_from_charset for match in close))
    return _name(next(usual, matches[0].encoding)) or "windows-1252"


def _name(label: str) -> str | None:
    try:
        found = codecs.lookup(label)
    except LookupError:
        return None
    if not found._is_text_encoding or found.name in ("utf-7", "idna", "punycode"):
        return None
    return "windows-1252" if found.name in _LATIN else found.name.replace("cp125", "windows-125")
