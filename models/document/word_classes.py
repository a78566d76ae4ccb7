"""Closed classes of words, for all who read grammar (lexicons/grammar.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path

PATH = Path(__file__).parents[1] / "lexicons" / "grammar.toml"
CLASSES = {name: frozenset(words) for name, words in tomllib.loads(PATH.read_text(encoding="utf-8")).items()}
