"""The comparison's choices and texts, kept as data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


SETTINGS = _load("settings.toml")
NAMES = _load("names.toml")
OPPOSITES = _load("opposites.toml")
QUANTITIES = _load("quantities.toml")
EVENTS: dict[str, Any] = _load("events.toml")
NOTES: dict[str, str] = _load("notes.toml")
