"""Every limit on what is accepted, one row each; those that an operator may choose by their environment variable."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import ClassVar


def _limit(setting: str, default: int, description: str, *, least: int = 1, most: int = 100_000_000) -> int:
    value = os.environ.get(setting, "") or str(default)
    if not (value.isascii() and value.isdigit() and least <= int(value[:20]) <= most):
        raise SystemExit(f"{setting} must be a whole number from {least} to {most}, not {value[:20]!r}.")
    told: int = field(
        default=int(value), metadata={"setting": setting, "default": str(default), "description": description}
    )
    return told


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in force, in code points unless said otherwise."""

    json_depth: ClassVar = 32  # levels of a JSON body
    reason_characters: ClassVar = 1_000  # of a judgement

    text_characters: int = _limit("PARALLAX_MAX_TEXT", 200_000, "Longest text of an article, in characters.", least=200)
    html_characters: int = _limit(
        "PARALLAX_MAX_HTML", 2_000_000, "Longest source of a web page to find an article in, in characters."
    )
    field_characters: int = _limit(
        "PARALLAX_MAX_FIELD", 2_000, "Longest title, outlet, author or url, in characters.", least=50
    )
    targets: int = _limit("PARALLAX_MAX_TARGETS", 1_000, "Most spans whose sentiment may be asked for at once.")


LIMITS = Limits()
