"""The tone of a stretch of text."""

from __future__ import annotations

from textblob.en import sentiment


def tone(text: str) -> tuple[float, float]:
    """How positive (-1..1) and how subjective (0..1) is this stretch? TextBlob's pattern lexicon."""
    polarity, subjectivity = sentiment(text)
    return max(-1.0, min(1.0, float(polarity))), max(0.0, min(1.0, float(subjectivity)))
