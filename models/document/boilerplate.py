"""Boilerplate: bylines, photo credits, “Follow … on Twitter”. Marked, and counted in no measure."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

PATH = Path(__file__).parent.parent / "lexicons" / "boilerplate.toml"
_BREAKS = str.maketrans("\r\n", "  ")
_LONGEST = 400  # characters looked at; boilerplate shows itself early


class BoilerplateEntry(BaseModel):
    """One kind of boilerplate: a pattern for the start of a sentence, with examples that a test enforces."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    pattern: str
    case: bool = False
    whole: bool = False
    last: bool = False
    words: int = 60
    matches: list[str]
    ignores: list[str]

    def compile(self) -> re.Pattern[str]:
        return re.compile(self.pattern, 0 if self.case else re.IGNORECASE)


@cache
def entries() -> tuple[tuple[BoilerplateEntry, re.Pattern[str]], ...]:
    rows = tomllib.loads(PATH.read_text(encoding="utf-8"))["entry"]
    return tuple((entry, entry.compile()) for entry in map(BoilerplateEntry.model_validate, rows))


def recognise(sentence: str, *, is_paragraph: bool, is_last: bool) -> str | None:
    """Which boilerplate entry is this sentence, if any?

    `is_paragraph`: it stands alone in its paragraph; `is_last`: that paragraph is one of the article's last two.
    """
    words = len(sentence[: _LONGEST * 2].split())
    start = sentence[:_LONGEST].translate(_BREAKS).lstrip("*•>|-–—[( \u00a0\t")
    for entry, pattern in entries():
        if (entry.whole and not is_paragraph) or (entry.last and not is_last) or words > entry.words:
            continue
        if pattern.match(start):
            return entry.id
    return None
