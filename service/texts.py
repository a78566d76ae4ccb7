"""The English texts that code chooses between, read once from texts.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

TEXTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))


def say(path: str, **facts: object) -> str:
    """The text at a dotted path, with its braces filled in."""
    found: Any = TEXTS
    for key in path.split("."):
        found = found[key]
    return str(found).format(**facts)
