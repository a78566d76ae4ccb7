"""How often news in general uses a word: what is telling here is what is rare there.

Counts over 14,871 articles (Article-Bias-Prediction, Baly et al. 2020), made by `research.training.background`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "background.txt"


@dataclass(frozen=True, slots=True)
class Background:
    """Word counts of a large news corpus; words in fewer than 25 of its articles are left out."""

    words: int
    articles: int
    counts: dict[str, tuple[int, int]]  # word: occurrences, articles

    def share(self, word: str) -> float:
        """Share of all running words (0..1); an unknown word counts as seen half a time."""
        return self.counts.get(word, (0, 0))[0] / self.words or 0.5 / self.words

    def idf(self, word: str) -> float:
        """Inverse document frequency (Spärck Jones 1972), at least 0; unknown words get the largest."""
        return math.log((self.articles + 1) / (self.counts.get(word, (0, 0))[1] + 1))


@cache
def load() -> Background:
    """The committed counts, read once a process."""
    first, *rows = PATH.read_text(encoding="utf-8").splitlines()
    _, words, articles = first.split("\t")
    counts = {}
    for row in rows:
        word, occurrences, documents = row.split("\t")
        counts[word] = (int(occurrences), int(documents))
    return Background(int(words), int(articles), counts)
