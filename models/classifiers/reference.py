"""How does an article compare with others of its genre? Counts over news articles, measured once, in reference.json.

`research.training.reference` measures them again when lexicon, reader or decision have changed.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ..report import CastRole, DeviceKind, FrameName, Genre, Voice

FILE = Path(__file__).parent / "reference.json"


class Group(BaseModel):
    """What was counted in some articles: all of them, or those of one genre."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: int
    words: dict[Voice, int]
    terms: dict[str, dict[Voice, int]]  # by category
    rates: dict[Voice, dict[str, int]]  # per 1,000 words of the voice, to one decimal: how many articles have it
    framed: int  # articles in which frames were looked for
    frames: dict[FrameName, int]  # articles of them in which each is present
    devices: dict[DeviceKind, int]  # in the outlet's own voice
    given: int  # words given to sources
    roles: dict[CastRole, int]  # of them, by role

    def percentile(self, voice: Voice, rate: float) -> float:
        """Share of the articles with a lower rate, in per cent."""
        rates, lower = self._ladder(voice)
        return round(100 * lower[bisect_left(rates, round(rate, 1))] / max(1, lower[-1]), 1)

    def _ladder(self, voice: Voice) -> tuple[list[float], list[int]]:
        counts = sorted((float(rate), count) for rate, count in self.rates[voice].items())
        return [rate for rate, _ in counts], [0, *accumulate(count for _, count in counts)]

    def loaded(self, voice: Voice, category: str | None = None) -> float:
        """Loaded words (of one category, or all) per 1,000 words of that voice."""
        found = sum(by_voice[voice] for name, by_voice in self.terms.items() if category in (None, name))
        return 1000 * found / max(1, self.words[voice])

    def frame(self, name: FrameName) -> float:
        """Share (0 to 1) of the articles in which it is present."""
        return self.frames.get(name, 0) / max(1, self.framed)

    def device(self, kind: DeviceKind) -> float:
        """How many per 1,000 words of the outlet's own voice."""
        return 1000 * self.devices.get(kind, 0) / max(1, self.words["outlet"])

    def role(self, name: CastRole) -> float:
        """Share (0 to 1) of the words given to sources."""
        return self.roles.get(name, 0) / max(1, self.given)


class Reference(BaseModel):
    """Counts over news articles, all together and by genre where there are enough of one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    basis: str = ""  # what it was counted with: lexicography.reference_basis
    counted: date
    whole: Group
    genres: dict[Genre, Group]

    def group(self, genre: Genre | None) -> Group:
        """The articles of that genre; all of them where it is not known or has too few."""
        return self.genres.get(genre, self.whole) if genre else self.whole

    def tell(self, genre: Genre | None) -> str:
        """What an article of that genre is compared with: "those of genre news (9,000) of 14,000 …"."""
        if genre not in self.genres:
            return self.about
        return f"those of genre {genre} ({self.genres[genre].articles:,}) of {self.about}"


@cache
def load() -> Reference | None:
    """Read the counts; None where none have been measured."""
    return Reference.model_validate_json(FILE.read_text(encoding="utf-8")) if FILE.exists() else None
