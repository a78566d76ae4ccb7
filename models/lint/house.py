"""The house list: words of one's own with note and alternatives, words that are allowed here, each with its reason."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

NAME = ".parallax.toml"
_SWITCHES = {"most": "max", "least_strength": "least_strength", "quoted": "quoted"}  # what the file calls them
_Words = Annotated[str, Field(min_length=1, max_length=200)]


class HouseUnreadable(ValueError):
    """The file can't be read; why, and where."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Word(_Part):
    """Words that this house marks."""

    terms: Sequence[_Words] = Field(min_length=1, description="As they stand in a text, in any case.")
    note: str = Field(min_length=1, description="Why.")
    alternatives: Sequence[str] = Field(default=(), description="What to write instead.")

    @property
    def rule(self) -> str:
        """Its id: house.spin-doctor."""
        return "house." + "-".join(re.findall(r"\w+", self.terms[0].casefold()))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the terms as whole words, white space of any kind between them."""
        terms = sorted(self.terms, key=len, reverse=True)
        either = "|".join(r"\s+".join(map(re.escape, term.split())) for term in terms)
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


class Allowed(_Part):
    """Something that passes here."""

    word: _Words = Field(description="Words, the id of an entry (label.regime) or a category (contested).")
    reason: str = Field(min_length=1, max_length=500, description="Why it may stand.")
    by: str = Field(default="", max_length=100, description="Who says so.")


class House(_Part):
    """What a house adds to Parallax, and takes from it."""

    most: int = Field(default=0, ge=0, alias="max", description="Findings with which a check still passes.")
    least_strength: float = Field(default=0.0, ge=0, le=1, description="How sure a finding must be, 0..1.")
    quoted: bool = Field(default=False, description="Whether loaded words in quotations count too.")
    words: Sequence[Word] = Field(default=(), alias="word", description="Words that this house marks.")
    allowed: Sequence[Allowed] = Field(default=(), alias="allow", description="What passes.")

    def allows(self, text: str, rule: str, category: str) -> bool:
        """May it stand?"""
        names = {text.casefold(), rule.casefold(), category}
        return any(one.word.casefold() in names for one in self.allowed)


def read(path: Path) -> House:
    """Read a house list. Raises HouseUnreadable, which says what is wrong and where."""
    try:
        return House.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HouseUnreadable(f"{path}: {error}.") from None
    except OSError as error:
        raise HouseUnreadable(f"{path}: {error.strerror}.") from None
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        place = " → ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
        raise HouseUnreadable(f"{path}: {place}: {first['msg']}.") from None


def write(house: House) -> str:
    """The list as the file that `read` reads (TOML)."""
    lines = [f"{_SWITCHES[name]} = {json.dumps(getattr(house, name))}" for name in _SWITCHES]
    for word in house.words:
        lines += ["", "[[word]]", f"terms = {_list(word.terms)}", f"note = {_say(word.note)}"]
        lines += [f"alternatives = {_list(word.alternatives)}"] if word.alternatives else []
    for one in house.allowed:
        lines += ["", "[[allow]]", f"word = {_say(one.word)}", f"reason = {_say(one.reason)}"]
        lines += [f"by = {_say(one.by)}"] if one.by else []
    return "\n".join(lines) + "\n"


def _say(text: str) -> str:
    """A string of TOML: one of JSON, with what JSON leaves as it is and TOML does not."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_say, texts))}]"


def find(folder: Path) -> Path | None:
    """The house list of this folder, or of the nearest one above it."""
    return next((one / NAME for one in [folder, *folder.parents] if (one / NAME).is_file()), None)
