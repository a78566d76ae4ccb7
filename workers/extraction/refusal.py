"""Why something could not be read into an article, each with its code and its words."""

from __future__ import annotations

import tomllib
from pathlib import Path

REFUSALS: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text("utf-8"))


class Refused(Exception):
    """It can't be read into an article: `code` for programs, `reason` for people, without any of its text."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


def refuse(kind: str, name: str, **facts: object) -> Refused:
    """The refusal of this name (`refusals.toml`), its braces filled in; its code is kind and name together."""
    return Refused(f"{kind}_{name}", REFUSALS[kind][name].format(**facts))
