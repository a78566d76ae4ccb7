"""What an article has to be read out of first. Light, for the web builds them and reads none."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, field_validator

from models import refusals
from models.article import Address, Article, Facts, Line
from models.limits import LIMITS
from models.refusals import FieldError, Invalid
from workers.extraction import ssrf
from workers.extraction.refusal import Refused

LIBRARIES = ("trafilatura", "pypdf", "python-docx", "charset-normalizer", "markdown-it-py")

_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _unpack(value: Any) -> Any:
    return b64decode(value, validate=True) if isinstance(value, str) else value


def _pack(value: bytes) -> str:
    return b64encode(value).decode("ascii")


# Bytes that stand in JSON as Base64.
Packed = Annotated[bytes, BeforeValidator(_unpack), PlainSerializer(_pack, when_used="json")]


class Source(Facts):
    """Something with an article in it. What is said of the article here counts more than what is found in it."""

    def digest(self, engine: str) -> str:
        """Name what was submitted as read by one engine and one version of the extraction: 32 hexadecimal digits."""
        return super().digest(f"{engine}\n{version()}")


class Link(Source):
    """An article that stands at an address."""

    url: Address = Field(description="Where the article stands, an http:// or https:// address; a worker fetches it.")


class Fetched(Source):
    """The page that came back for a link: the article is to be found in it."""

    link: str = Field(description="The address that was asked for.")
    address: str = Field(description="The address after all redirects.")
    type: str = Field(description="Its media type.")
    charset: str | None = Field(description="The encoding that its host declared; None where it did not.")
    body: Packed = Field(repr=False)


class Page(Source):
    """The source of a web page with an article in it."""

    html: str = Field(
        min_length=1,
        max_length=LIMITS.html_characters,
        description="The page's HTML; a worker extracts the article from it.",
    )

    @field_validator("html", mode="before")
    @classmethod
    def _leave_out_controls(cls, value: Any) -> Any:
        return _NO_TEXT.sub("", value) if isinstance(value, str) else value


class File(Source):
    """A file with an article in it."""

    name: Line = Field(description="The file's name; its ending says what it is.")
    content: Packed = Field(min_length=1, repr=False)


def recognise(fields: Any) -> Article | Link | Page:
    """What somebody sent: an article with its `text`, the source of a page (`html`), or a link (`url`).

    Raises Invalid, which names each bad field.
    """
    kind: type[Article | Link | Page] = Article
    if isinstance(fields, dict) and "text" not in fields:
        address = fields.get("url")
        named = bool(address.strip() if isinstance(address, str) else address)
        kind = Page if "html" in fields else Link if named else Article
    found = refusals.validate(kind, fields)
    if isinstance(found, Link):
        try:
            ssrf.examine(found.url)
        except Refused as refused:
            message = refusals.say("link", reason=refused.reason)
            raise Invalid([FieldError(field="url", code=refused.code, message=message)]) from None
    return found


@cache
def version() -> str:
    """Which version of the extraction is this? A hash of its code, its words and the versions of its libraries."""
    content = hashlib.sha256()
    for path in sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in (".py", ".toml")):
        content.update(path.read_bytes() + b"\0")
    for library in LIBRARIES:
        content.update(metadata.version(library).encode() + b"\0")
    return content.hexdigest()[:12]
