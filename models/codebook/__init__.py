"""What may be marked, and by which test? A codebook is YAML: read with the line of what is wrong, written as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from yaml.composer import ComposerError

LONGEST = 100_000  # characters of a file
_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Short name: a-z, 0-9 and _.")]
_Name = Annotated[str, Field(min_length=1, max_length=100, description="What people read.")]
# An example may look like a number.
_Words = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
_Test = Annotated[str, Field(max_length=2_000, description="The test, in a sentence or two.")]


_WHY = {
    "missing": "is missing",
    "extra_forbidden": "is no field that a codebook has here",
    "string_pattern_mismatch": "must be a short name of a-z, 0-9 and _, a letter first",
    "string_type": "must be words; put them in quotation marks",
    "string_too_long": "is longer than {max_length} characters",
    "too_long": "holds {actual_length}; at most {max_length} are read",
    "too_short": "holds {actual_length}; at least {min_length} are needed",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "model_type": "must be fields such as “name: …”, each on a line",
    "sequence_str": "must be a list, a line “- …” each",
}


class _Loader(yaml.SafeLoader):
    """YAML as people mean it (1.2): `yes`, `no` and dates are words; numbers, true, false and null are none."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]  # one of the class in fact

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; an alias is none: a few of them can stand for billions of lines."""
        if self.check_event(yaml.AliasEvent):
            where = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # its stubs lack it
            raise ComposerError(None, None, "aliases (*name) are not read; write it out", where)
        return super().compose_node(parent, index)


for _kind, _looks, _first in [
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("bool", r"true|false", "tf"),
    ("null", r"~|null|", ["~", "n", ""]),
]:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(rf"(?:{_looks})\Z"), list(_first))


class CodebookUnreadable(ValueError):
    """It can't be read: `line` (from 1, None where no single one is at fault) and `why`."""

    def __init__(self, line: int | None, why: str) -> None:
        super().__init__(f"Line {line}: {why}" if line else why)
        self.line, self.why = line, why


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: _Id
    name: _Name
    test: _Test = ""


class Category(_Part):
    """What a mark may be."""

    group: str = Field(default="", max_length=40, description="Categories of one group count as agreeing; empty: none.")
    yes: Sequence[_Words] = Field(default=(), max_length=50, description="Examples.")
    no: Sequence[_Words] = Field(default=(), max_length=50, description="What looks like it and is none.")


class Layer(_Part):
    """A kind of mark on words."""

    categories: Sequence[Category] = Field(min_length=1, max_length=60, description="What a mark may be.")

    def category(self, name: str) -> Category | None:
        """The category with this id."""
        return next((one for one in self.categories if one.id == name), None)


class Scale(_Part):
    """One question to the whole article, or to a person in it."""

    ordered: bool = Field(default=False, description="Whether its values rise from first to last.")
    values: Sequence[_Words] = Field(min_length=2, max_length=20, description="The answers.")


class Codebook(BaseModel):
    """Layers of marks, levels of the article, and how people are shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: _Name
    version: int = Field(ge=1, le=1_000_000, description="Raised with every change.")
    note: str = Field(default="", max_length=5_000, description="What coders should know before all else.")
    layers: Sequence[Layer] = Field(default=(), max_length=20, description="Kinds of marks on words.")
    levels: Sequence[Scale] = Field(default=(), max_length=40, description="Questions to the whole article.")
    portrayal: Scale | None = Field(default=None, description="How a person or body is shown; leave it out for none.")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        for where, parts in [("layers", self.layers), ("levels", self.levels)]:
            _refuse_twice(where, [part.id for part in parts])
        for layer in self.layers:
            _refuse_twice(layer.id, [category.id for category in layer.categories])
        if not self.layers and not self.levels and self.portrayal is None:
            raise ValueError("it needs layers, levels or portrayal: there is nothing to code")
        return self

    def layer(self, name: str) -> Layer | None:
        """The layer with this id."""
        return next((one for one in self.layers if one.id == name), None)

    def level(self, name: str) -> Scale | None:
        """The question to the article with this id."""
        return next((one for one in self.levels if one.id == name), None)

    def groups(self, name: str) -> dict[str, str]:
        """The group of each category of a layer: its own name where it is in none."""
        layer = self.layer(name)
        return {one.id: one.group or one.id for one in layer.categories} if layer else {}


def _refuse_twice(where: str, ids: Sequence[str]) -> None:
    for name in ids:
        if ids.count(name) > 1:
            raise ValueError(f"{where}: “{name}” stands there twice")


def read(text: str) -> Codebook:
    """Read a codebook from YAML. Raises CodebookUnreadable with the line."""
    if len(text) > LONGEST:
        raise CodebookUnreadable(None, f"It has {len(text):,} characters; at most {LONGEST:,} are read.")
    try:
        loader = _Loader(text)
        tree = loader.get_single_node()
        content = loader.construct_document(tree) if tree else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise CodebookUnreadable(mark.line + 1 if mark else None, f"no YAML: {_say(error)}.") from None
    except (RecursionError, ValueError):
        raise CodebookUnreadable(None, "It is nested too deeply, or holds a value that is none.") from None
    try:
        return Codebook.model_validate(content)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        place = " → ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
        why = _WHY.get(first["type"], first["msg"].removeprefix("Value error, ")).format(**first.get("ctx", {}))
        raise CodebookUnreadable(_find_line(tree, first["loc"]), f"{place}: {why}." if place else f"{why}.") from None


def _say(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or "a character that can’t stand there")


def _find_line(tree: yaml.Node | None, place: Sequence[int | str]) -> int | None:
    """The line on which what is at fault stands, or the nearest thing around it."""
    node = tree
    for step in place:
        found: Any = None
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            found = next((value for name, value in node.value if name.value == step), None)
        if found is None:
            break
        node = found
    return node.start_mark.line + 1 if node else None


def write(codebook: Codebook) -> str:
    """The codebook as YAML; `read` gives the same again."""
    content = codebook.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


@cache
def default_text() -> str:
    """The YAML of the codebook that comes with Parallax."""
    return (Path(__file__).parent / "parallax.yaml").read_text(encoding="utf-8")


@cache
def class_text() -> str:
    """The YAML of a smaller one for a class, in plain language."""
    return (Path(__file__).parent / "class.yaml").read_text(encoding="utf-8")


@cache
def default() -> Codebook:
    """The codebook that comes with Parallax."""
    return read(default_text())
