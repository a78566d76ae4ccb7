"""What one coder says of one article: entries, each of which stands, or is taken back, by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from ..codebook import Codebook
from ..limits import LIMITS

_E = TypeVar("_E", bound="_Entry")
_Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$", description="Name of the entry, chosen by its sender.")]
_Name = Annotated[str, Field(max_length=60, description="Id in the codebook.")]
_Reason = Annotated[str, Field(max_length=LIMITS.reason_characters, description="Why, in the coder's words.")]
_Place = Annotated[int, Field(ge=0, le=100_000_000, description="Code point in article.text.")]


class EntryRefused(ValueError):
    """An entry that the codebook or the text does not allow: `field` and what is wrong with it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: _Id


class Mark(_Entry):
    """Words that are marked."""

    kind: Literal["mark"] = Field(default="mark", description="Which kind of entry.")
    start: _Place
    end: _Place
    layer: _Name
    category: _Name
    reason: _Reason = ""


class Level(_Entry):
    """An answer to one of the codebook's questions to the whole article."""

    kind: Literal["level"] = Field(default="level", description="Which kind of entry.")
    level: _Name
    value: str = Field(max_length=200, description="One of the level's values.")
    reason: _Reason = ""

    @model_validator(mode="after")
    def _stands_once(self) -> Self:
        return _named(self, f"level-{self.level}")


class Portrayal(_Entry):
    """How the article shows a person or body."""

    kind: Literal["portrayal"] = Field(default="portrayal", description="Which kind of entry.")
    person: str = Field(min_length=1, max_length=200, description="Whom, as the article names them.")
    value: str = Field(max_length=200, description="One of the values of the codebook's portrayal.")
    reason: _Reason = ""

    @model_validator(mode="after")
    def _stands_once(self) -> Self:
        return _named(self, name_portrayal(self.person))


class Done(_Entry):
    """The coder has coded the whole article."""

    kind: Literal["done"] = Field(default="done", description="Which kind of entry.")

    @model_validator(mode="after")
    def _stands_once(self) -> Self:
        return _named(self, "done")


class Ruling(_Entry):
    """How a disagreement was settled: a mark or a value that stands, or neither: nothing does."""

    kind: Literal["ruling"] = Field(default="ruling", description="Which kind of entry.")
    mark: Mark | None = Field(default=None, description="The mark that stands.")
    value: str | None = Field(default=None, max_length=200, description="The value that stands.")
    by: str = Field(default="", max_length=100, description="Who settled it.")
    reason: _Reason = ""


Entry = Annotated[Mark | Level | Portrayal | Done | Ruling, Field(discriminator="kind")]
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder says of one article."""

    marks: tuple[Mark, ...] = ()
    levels: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    done: bool = False


def _named(entry: _E, name: str) -> _E:
    """What can be said once has one name, so that saying it again replaces it."""
    if entry.id != name:
        raise ValueError(f"the id of this entry must be “{name}”")
    return entry


def name_portrayal(person: str) -> str:
    """The id of the entry on this person."""
    return f"portrayal-{hashlib.sha256(person.strip().casefold().encode('utf-8', 'replace')).hexdigest()[:16]}"


def read(lines: Iterable[str | bytes]) -> list[Entry]:
    """The entries of lines of JSON; what another version wrote and this one can't read is left out."""
    found = []
    for line in lines:
        try:
            found.append(_ENTRY.validate_json(line))
        except ValidationError:
            continue
    return found


def collect(entries: Iterable[Entry]) -> Coding:
    """One coder's entries as a coding, marks in the order of the text."""
    entries = list(entries)
    marks = sorted((one for one in entries if isinstance(one, Mark)), key=lambda mark: (mark.start, mark.end))
    return Coding(
        marks=tuple(marks),
        levels={one.level: one.value for one in entries if isinstance(one, Level)},
        people={one.person: one.value for one in entries if isinstance(one, Portrayal)},
        done=any(isinstance(one, Done) for one in entries),
    )


def fit(entry: Entry, codebook: Codebook, length: int) -> None:
    """Does the codebook know it, and does it lie in a text of `length` characters? Raises EntryRefused."""
    if isinstance(entry, Mark):
        layer = codebook.layer(entry.layer)
        if layer is None:
            raise EntryRefused("layer", f"is none of the codebook’s: {_list(codebook.layers)}")
        if layer.category(entry.category) is None:
            raise EntryRefused("category", f"is none of “{layer.name}”: {_list(layer.categories)}")
        if not entry.start < entry.end <= length:
            raise EntryRefused("end", f"must lie after start, and within the text’s {length:,} characters")
    elif isinstance(entry, Level):
        level = codebook.level(entry.level)
        if level is None:
            raise EntryRefused("level", f"is none of the codebook’s: {_list(codebook.levels)}")
        if entry.value not in level.values:
            raise EntryRefused("value", f"is none of “{level.name}”: {', '.join(level.values)}")
    elif isinstance(entry, Portrayal):
        if codebook.portrayal is None:
            raise EntryRefused("person", "is not asked for: this codebook has no portrayal")
        if entry.value not in codebook.portrayal.values:
            raise EntryRefused("value", f"must be one of: {', '.join(codebook.portrayal.values)}")


def _list(parts: Iterable[object]) -> str:
    return ", ".join(str(getattr(part, "id", "")) for part in parts)
