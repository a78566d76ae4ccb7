"""How does a rate of loaded words compare with news articles? Counts measured once, in reference.json.

`research.training.reference` measures them again when lexicon, reader or decision have changed.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).parent / "reference.json"


class OutletCounts(BaseModel):
    """What was counted in one outlet's articles, in its own voice."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: int
    words: int
    terms: int


class Reference(BaseModel):
    """Counts over a sample of news articles; `rates` holds, by voice, how many articles have which rate."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    basis: str = ""  # what it was counted with: lexicography.reference_basis
    articles: int
    words: dict[Literal["outlet", "quoted"], int]
    terms: dict[str, dict[Literal["outlet", "quoted"], int]]  # by category
    headlines: dict[Literal["words", "terms"], int]
    outlets: dict[str, OutletCounts]
    rates: dict[Literal["outlet", "quoted"], dict[str, int]]  # per 1,000 words of the voice, to one decimal

    def percentile(self, voice: Literal["outlet", "quoted"], rate: float) -> float:
        """Share of the articles with a lower rate, in per cent."""
        rates, lower = _ladder(self, voice)
        return round(100 * lower[bisect_left(rates, round(rate, 1))] / max(1, lower[-1]), 1)


@cache
def load() -> Reference | None:
    """Read the counts; None where none have been measured."""
    return Reference.model_validate_json(FILE.read_text(encoding="utf-8")) if FILE.exists() else None


def _ladder(reference: Reference, voice: Literal["outlet", "quoted"]) -> tuple[list[float], list[int]]:
    counts = sorted((float(rate), count) for rate, count in reference.rates[voice].items())
    return [rate for rate, _ in counts], [0, *accumulate(count for _, count in counts)]
