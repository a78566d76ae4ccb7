"""The article: what somebody submits, validated once for form, JSON and command line."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .limits import LIMITS

# Tab, newline and carriage return are text; the other C0 controls (NUL among them) never are. C1 controls come from
# texts once decoded wrongly; they are kept, as all Unicode is.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# The source of a whole page, not an article that shows a tag or two.
_PAGE_SOURCE = re.compile(r"\s*(?:<!doctype html|<html\b|<\?xml\b)", re.IGNORECASE)
_CLOSING_TAG = re.compile(r"</[a-z][a-z0-9]*\s*>", re.IGNORECASE)
_HTTP_URL = TypeAdapter(HttpUrl)


def is_markup(text: str) -> bool:
    """Is this the source of a web page, not the text that stands on it?"""
    start = text.lstrip()
    return bool(_PAGE_SOURCE.match(start)) or (start.startswith("<") and len(_CLOSING_TAG.findall(text)) >= 3)


def _refuse_unprintable(value: str) -> str:
    if value.startswith("%PDF-"):
        raise PydanticCustomError(
            "looks_like_pdf", "is the inside of a PDF file; send the file itself, or copy the article's text out of it"
        )
    if found := _SURROGATE.search(value):
        raise PydanticCustomError(
            "lone_surrogate",
            "contains a lone surrogate (U+{code}) at character {at}; send valid Unicode",
            {"code": f"{ord(found.group()):04X}", "at": found.start()},
        )
    if found := _CONTROL.search(value):
        raise PydanticCustomError(
            "control_character",
            "contains the control character U+{code} at character {at}; "
            "send plain text, not a binary file such as a PDF",
            {"code": f"{ord(found.group()):04X}", "at": found.start()},
        )
    return value


def refuse_other_schemes(value: str) -> str:
    """Is this a full http:// or https:// address? Gives it back; raises PydanticCustomError (`url`) if not."""
    try:
        _HTTP_URL.validate_python(value)
    except ValueError:
        raise PydanticCustomError("url", "must be a full http:// or https:// address") from None
    return value


def _refuse_undated(value: str) -> str:
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            parse(value)
        except ValueError:
            continue
        return value
    raise PydanticCustomError("published", "must be a date such as 2026-03-14, or with its time 2026-03-14T09:30:00Z")


# What the validators refuse, for those who read the schema only: ECMA 262 and Python agree on these patterns.
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
Line = Annotated[
    str,
    AfterValidator(_refuse_unprintable),
    Field(max_length=LIMITS.field_characters, json_schema_extra={"pattern": rf"^[^{_CONTROLS}]*$"}),
]
Body = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LIMITS.text_characters,
        json_schema_extra={"pattern": rf"^[^\S{_CONTROLS}]*[^\s{_CONTROLS}][^{_CONTROLS}]*$"},
    ),
]
_Place = Annotated[int, Field(json_schema_extra={"minimum": 0})]  # said with the length of the text, in one message
_Span = tuple[_Place, _Place]
Address = Annotated[
    Line, AfterValidator(refuse_other_schemes), Field(json_schema_extra={"format": "uri", "pattern": "^https?://"})
]


def _as_tuples(value: Any, depth: int, *, outermost: bool = True) -> Any:
    """Lists of JSON below the outermost one as tuples: strict validation takes nothing else for a span."""
    if not isinstance(value, list) or not depth:
        return value
    inside = [_as_tuples(one, depth - 1, outermost=False) for one in value]
    return inside if outermost else tuple(inside)


class Facts(BaseModel):
    """What somebody says of an article besides its words."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Line | None = Field(
        default=None, description="The headline; it stands before the body in the report's article.text."
    )
    outlet: Line | None = Field(default=None, description="Who published it.")
    author: Line | None = Field(default=None, description="Who wrote it.")
    url: Address | None = Field(default=None, description="Where it stands, an http:// or https:// address.")
    published: Annotated[Line, AfterValidator(_refuse_undated)] | None = Field(
        default=None, description="When it was published, ISO 8601: 2026-03-14 or 2026-03-14T09:30:00Z."
    )

    id: Line | int | None = Field(
        default=None,
        description="Your own name for the article, given back in the report: text, or a whole number of no bound.",
    )

    private: bool = Field(
        default=False,
        description="true: the report is in no list, story or figure of an outlet; whoever has its id, which is "
        "made by chance, reads it.",
    )
    retain: bool = Field(
        default=True,
        description="false: text and report are gone once somebody has read the report, or an hour after it was made. "
        "In no list either, and in no comparison.",
    )

    callback_url: Address | None = Field(
        default=None,
        exclude=True,  # no part of the article, of its id or of what is kept of it
        description="Address that is sent a signed POST once the article has ended, as report or failure.",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _refuse_what_is_no_text(cls, value: Any) -> Any:
        return _refuse_unprintable(value) if isinstance(value, str) else value

    @field_validator("title", "outlet", "author", "url", "published", "id", "callback_url", mode="before")
    @classmethod
    def _empty_is_absent(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @property
    def is_listed(self) -> bool:
        """May lists, stories, and others who send the same, know of it? Not where it is private or gone once read."""
        return self.retain and not self.private

    def digest(self, engine: str) -> str:
        """Name what was submitted as read by one engine version: 32 hexadecimal digits over all its fields."""
        content = self.model_dump_json() + "\n" + engine
        return hashlib.sha256(content.encode()).hexdigest()[:32]


class Article(Facts):
    """One news article as submitted.

    `body` is the submitted text; `text` is what every offset of a report points into.
    """

    text: Body = Field(
        description="The article's body as plain text, headline not included. Unicode of any kind is kept as it is."
    )
    targets: Annotated[list[_Span], Field(max_length=LIMITS.targets)] = Field(
        default=[],
        description="Spans whose sentiment is wanted, [[start, end], …] into the report's article.text: code points, "
        "0 or more, start before end, end at most its length.",
    )

    pairs: Annotated[list[tuple[_Span, _Span]], Field(max_length=LIMITS.targets)] = Field(
        default=[],
        description="Pairs of spans in one sentence, [[[start, end], [start, end]], …], of which is wanted who is for "
        "or against the other: code points, 0 or more, as those of `targets`.",
    )

    @field_validator("targets", "pairs", mode="before")
    @classmethod
    def _pairs_are_tuples(cls, value: Any) -> Any:
        return _as_tuples(value, depth=3) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _targets_lie_in_text(self) -> Self:
        length = len(self.full_text)
        for start, end in [*self.targets, *(span for pair in self.pairs for span in pair)]:
            if not 0 <= start < end <= length:
                raise PydanticCustomError(
                    "target_outside",
                    "[{start}, {end}] must lie inside the text of {length} characters (title, blank line, body)",
                    {"start": start, "end": end, "length": length},
                )
        return self

    @field_validator("text")
    @classmethod
    def _refuse_blank(cls, value: str) -> str:
        if not value.strip():
            raise PydanticCustomError("blank", "must hold more than white space; paste the article's text")
        return value

    @field_validator("text")
    @classmethod
    def _refuse_other_formats(cls, value: str) -> str:
        if is_markup(value):
            raise PydanticCustomError(
                "looks_like_html",
                "is the source of a web page; send it as html, or paste its text as you read it, without the tags",
            )
        return value

    @property
    def full_text(self) -> str:
        """The title, a blank line and the body: what `article.text` of a report holds."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text

    @property
    def title_end(self) -> int:
        """Where the headline ends in `full_text`; 0 without one."""
        return len(self.title) if self.title else 0
