"""What is wrong with what somebody sent: one kind of error, in one set of words, for every way in."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

_TEXTS: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_PYDANTICS = frozenset(get_args(ErrorType))
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
_MOST_TOLD = 20  # fields that one refusal names
_LONGEST_NAME = 100  # characters of a field that somebody made up

Model = TypeVar("Model", bound=BaseModel)


class FieldError(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="Name of the field; empty where the whole body is meant.")
    code: str = Field(
        description="What kind of error, for programs, by an older name that differs from one way in to the other: "
        "deprecated, use `kind`.",
        json_schema_extra={"deprecated": True},
    )
    kind: str = Field(
        default_factory=lambda known: str(known["code"]),
        description="What kind of error, for programs; the same for every way in.",
    )
    message: str = Field(description="What is wrong, what is allowed and what to do, for people.")


class Invalid(ValueError):
    """It can't be taken: `errors` has one entry for each bad field."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(" ".join(f"{error.field}: {error.message}".removeprefix(": ") for error in errors[:3]))
        self.errors = tuple(errors)


def validate(model: type[Model], fields: Any) -> Model:
    """What somebody sent as `model`. Raises Invalid, which names each bad field (the first 20)."""
    try:
        return model.model_validate(fields)
    except ValidationError as invalid:
        raise Invalid(explain(invalid, model)) from None


def explain(invalid: ValidationError, model: type[BaseModel]) -> list[FieldError]:
    """One error a field: what is wrong, what is allowed, what to do."""
    found: dict[str, FieldError] = {}
    for error in invalid.errors(include_url=False):
        place = error["loc"]
        field = str(place[0])[:_LONGEST_NAME] if place else ("targets" if error["type"] == "target_outside" else "")
        if len(found) == _MOST_TOLD:
            break
        found.setdefault(field, _explain(field, error, model))
    return list(found.values())


def say(name: str, **facts: object) -> str:
    """The text of this name, its braces filled in."""
    return _TEXTS[name]["text"].format(**facts)


def _explain(field: str, error: ErrorDetails, model: type[BaseModel]) -> FieldError:
    name, context, sent = error["type"], error.get("ctx", {}), error["input"]
    if name in ("too_long", "too_short") and isinstance(sent, str):
        name = f"string_{name}"
    # Messages of our own are whole; pydantic's need a frame.
    row = _TEXTS.get(name) or {"text": _TEXTS["other" if name in _PYDANTICS else "ours"]["text"]}
    message = _TEXTS.get(f"{name}.{field}", row)["text"].format(
        field=field,
        message=error["msg"],
        known=", ".join(model.model_fields),
        got=_KINDS.get(type(sent), "null"),
        limit=f"{context.get('max_length', context.get('min_length', 0)):,}",
        actual=f"{len(sent) if isinstance(sent, (str, list)) else 0:,}",
    )
    return FieldError(field=field, code=row.get("code", name), kind=row.get("kind", name), message=message)
