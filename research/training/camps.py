"""Words that name a camp, a nation, a faith or a person: nothing that is learned by word may hang on them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import models
from models.document.name_lists import fold, is_common, lists

_MASKS = Path(models.__file__).parent / "lexicons" / "masks.toml"
_CAMPS = frozenset(("left", "right", "center", "centre", "trump", "bush"))  # common words as well


def names_somebody(text: str) -> bool:
    """Does any of these words name a camp, party, nation or faith (lexicons/masks.toml), or only ever a person?"""
    return any(_is_name(part) for word in re.findall(r"[\w'’-]+", fold(text)) for part in (word, *word.split("-")))


def _is_name(word: str) -> bool:
    word = word.removesuffix("'s")
    known = lists()
    return (
        word in _camps()
        or word in _CAMPS
        or ((word in known.first or word in known.last) and not is_common(word, known))
    )


@cache
def _camps() -> frozenset[str]:
    """Every word of the names that masks cover, in the form in which words are compared."""
    found = set()
    for kind, group in tomllib.loads(_MASKS.read_text(encoding="utf-8")).items():
        for name in group.get("names", ()) if kind != "outlet" else ():  # "time", "star"
            found |= {fold(part) for part in name.split() if part[0].isupper() and len(part) > 2}
    return frozenset(found)
