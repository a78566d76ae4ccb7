"""The tone of a stretch of text."""

from __future__ import annotations

import re

from .pattern import sentiment

# TextBlob takes signs off a word's ends one by one, and copies the rest each time.
_SIGNS = re.compile(r"(?:[^\w\s]|_){40}")


def tone(text: str) -> tuple[float, float]:
    """How positive (-1..1) and how subjective (0..1) is this stretch? TextBlob's pattern lexicon."""
    polarity, subjectivity = sentiment(_SIGNS.sub(r"\g<0> ", text))
    return max(-1.0, min(1.0, float(polarity))), max(0.0, min(1.0, float(subjectivity)))
