"""The reader's card: what it was made from, how well it does, and which files belong to it."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent
WEIGHTS = HOME / "weights"


class WrongWeights(Exception):
    """A file of the reader is not the one its card describes."""


@cache
def read_card() -> dict[str, Any]:
    """The card as committed beside the weights (docs/training.md says what its fields mean)."""
    card: dict[str, Any] = json.loads((HOME / "card.json").read_text(encoding="utf-8"))
    return card


def find_weights(name: str, card: dict[str, Any], folder: Path = WEIGHTS) -> bytes:
    """The bytes of one of the reader's files, if their hash stands in the card; WrongWeights if not."""
    content = (folder / name).read_bytes()
    found, expected = hashlib.sha256(content).hexdigest(), card["files"][name]
    if found != expected:
        raise WrongWeights(f"{name} has SHA-256 {found[:12]}…, its card says {expected[:12]}…")
    return content
