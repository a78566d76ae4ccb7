"""What portraits are read by: words and numbers of models/lexicons/portraits.toml, and the cue lexicon's verbs."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_LEXICONS = Path(__file__).parents[2] / "lexicons"


@cache
def settings() -> dict[str, Any]:
    """Words and numbers, as the file has them."""
    return tomllib.loads((_LEXICONS / "portraits.toml").read_text(encoding="utf-8"))


@cache
def address() -> frozenset[str]:
    """Forms of address, which are no labels."""
    return frozenset(settings()["address"])


@cache
def speech() -> frozenset[str]:
    """Forms of the verbs that hand on somebody's words (the cue lexicon's, without phrases)."""
    cues = tomllib.loads((_LEXICONS / "cues.toml").read_text(encoding="utf-8"))
    speaking = ("quote", "that", "tell", "clause")
    return frozenset(
        form
        for cue in cues.values()
        if any(kind in cue.get("takes", ()) for kind in speaking)
        for form in cue.get("forms", ())
        if " " not in form
    )


@cache
def feeling() -> frozenset[str]:
    """Forms of verbs by which somebody feels, thinks or wants, and does nothing yet."""
    return frozenset(settings()["feeling"])
