"""Resampling the articles of an outlet: what every figure's interval is drawn from."""

from __future__ import annotations

from collections.abc import Sequence

from .records import Interval

_MOST_BLOCKS = 400  # more articles are resampled in so many blocks, dealt at random
_NONE_SEEN = 3.689  # Garwood's upper 97.5 % bound of a Poisson mean after no event
_SEED = 20261125


class Draws:
    """Resamples of so many articles, the same for every figure of an outlet."""

    def __init__(self, articles: int) -> None:
        import numpy as np  # only now: who only shows what was drawn, as `make run` does, need not wait for it

        from .. import chance

        blocks = min(articles, _MOST_BLOCKS)
        rng = np.random.default_rng(_SEED)
        self._articles = articles
        self._blocks = rng.permutation(articles) % blocks
        self._picks = chance.resample(blocks, rng)

    def measure(self, counts: Sequence[int], bases: Sequence[int], scale: float = 1.0) -> Interval:
        """Sum of counts over sum of bases, times `scale`, with its interval."""
        count, base = sum(counts), sum(bases)
        if not base:
            return Interval(count=0, value=0.0, low=0.0, high=0.0)
        if not count:
            high = min(scale * _NONE_SEEN / base, scale)
            return Interval(count=0, value=0.0, low=0.0, high=round(high, 4))
        import numpy as np

        from .. import chance

        sums = self._picks @ np.bincount(self._blocks, counts)
        draws = scale * sums / np.maximum(self._picks @ np.bincount(self._blocks, bases), 1.0)
        low, high = chance.interval(draws, 4)
        return Interval(count=count, value=round(scale * count / base, 4), low=low, high=high)

    def share(self, counts: Sequence[int], bases: Sequence[int]) -> Interval:
        """The same as a share (0..1) of what comes in articles: none in few articles may be chance, and all of it, too.

        Words of one article come together, so the bound is one over articles, not over words.
        """
        found = self.measure(counts, bases)
        bound = round(min(1.0, _NONE_SEEN / self._articles), 4)
        if sum(bases) and not found.count:
            return found.model_copy(update={"high": bound})
        if sum(bases) and found.count == sum(bases):
            return found.model_copy(update={"low": round(1 - bound, 4)})
        return found
