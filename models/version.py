"""What, besides the article, decides every number of a report: code, lexicons and trained models.

Light on purpose: the web process names reports by it without loading any analysis.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

__version__ = "1.1.0"

_HOME = Path(__file__).parent
_READER = ("card", "decisions")
# What hands articles in and reports out, and what people say of them: it changes no figure.
_AROUND = (
    "assistant", "commands", "corpora", "importers", "__main__.py", "lexicography.py", "lines.py", "refusals.py",
    "refusals.toml", "rows.py",
    "agreement.py", "categories", "codebook", "coding", "lint",
)  # fmt: skip


def _digest(*paths: Path) -> str:
    content = hashlib.sha256()
    for path in sorted(paths):
        content.update(path.relative_to(_HOME).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()[:12]


@cache
def engine() -> str:
    """Which engine is this? The release and a hash of all that can change a figure: code, lexicons, model cards.

    Cards hold the hashes of the weights beside them, which loading checks.
    """
    files = (path for pattern in ("*.py", "*.toml", "*.json", "*.txt") for path in _HOME.rglob(pattern))
    return f"{__version__}+{_digest(*(path for path in files if path.relative_to(_HOME).parts[0] not in _AROUND))}"


@cache
def lexicons() -> dict[str, str]:
    """Version of every lexicon, by name: a hash of its content."""
    folder = _HOME / "lexicons"
    files = {path.stem: _digest(path) for path in sorted(folder.glob("*.toml"))}
    files["devices"] = _digest(*(folder / "devices").iterdir())
    return files | {"names": _digest(*(path for path in (folder / "names").iterdir() if path.suffix != ".md"))}


@cache
def trained() -> dict[str, str]:
    """Version of every trained model, by name: a hash of its card."""
    cards = sorted((_HOME / "classifiers").glob("*.json"))
    reader = _HOME / "reader" / "card.json"
    return {path.stem: _digest(path) for path in cards} | ({"reader": _digest(reader)} if reader.exists() else {})


@cache
def cards() -> dict[str, dict[str, Any]]:
    """The card of every trained model, by name: what it was made from, how well it does, what it is not for."""
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (_HOME / "classifiers").glob("*.json")}
    found = {name: content.get("card", content) for name, content in found.items()}
    reader = {name: json.loads((_HOME / "reader" / f"{name}.json").read_text(encoding="utf-8")) for name in _READER}
    found["reader"] = reader["card"] | {"decisions": reader["decisions"]}
    return {name: found[name] for name in sorted(found)}
