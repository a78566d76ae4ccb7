"""How does an article portray somebody? One figure over what its words, labels and sentences do with them.

Multinomial logistic regression over the named features below and the reader's vectors of the sentences that speak of
somebody and of the whole article, toward what people found (badly, neither, well), at the level of our own coders.
Names are out of the reader's sight. Trained by `research.training.portrayals`; numbers and card in portrayal.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).parent / "portrayal.json"

FEATURES = (
    "lean",  # mean over sentences of the outlet's own voice: positive less negative polarity toward the name
    "lean_least",
    "lean_most",
    "lean_biased",  # the mean weighted by the square of each sentence's bias, with a neutral prior
    "lean_quoted",  # the same mean in quoted voice
    "feeling",  # mean over paragraphs: the author's feeling toward the name
    "feeling_least",
    "feeling_most",
    "feeling_first",
    "feeling_last",
    "labels_negative",  # a mention
    "labels_positive",
    "words_negative",  # loaded words about them in the outlet's own voice, a mention
    "words_positive",
    "words_negative_quoted",
    "words_positive_quoted",
    "speaks",  # shares of mentions
    "acts",
    "acted_on",
    "mentions",  # logarithm
    "share",  # of the article's name mentions
    "headline",  # named there
    "tone",  # TextBlob's, of the sentences that name them
    "bias",  # mean of the article's sentences
    "opinion",  # and how much of it is opinion
    "person",
    "organization",
    # Means over the sentences of the outlet's voice that speak of them, of the highest token by the reader's heads.
    "content",
    "cue",
    "loaded",
    "source",
    "blame",
    "hidden_agent",
    "metaphor",
    "motive",
    "opinion_as_fact",
    "presupposition",
    "rhetorical_question",
    "snippet_quote",
    "speculation",
    "vague_source",
    "lean_all",  # the mean over pronouns and roles as well
    "lean_headline",
    "lean_opinion",  # the mean weighted by each sentence's opinion
    "negative_share",  # of those mentions, plainly felt badly about
    "positive_share",
)

FAR = 3.0  # scales from the middle; what lies beyond counts no more
NEITHER = 0.2  # a figure up to this far from 0 shows neither badly nor well


@dataclass(frozen=True, slots=True)
class Portrayal:
    """From -1, badly, to 1, well, with the interval in which four of five coders' judgements lay.

    `strength`: how likely coders find the same of badly, neither and well; `shown`: is that enough to tell it?
    """

    value: float
    low: float
    high: float
    strength: float
    shown: bool


def judge(evidence: Mapping[str, float], vectors: NDArray[np.float64]) -> Portrayal:
    """The portrayal that coders would find, and how likely they do.

    `evidence`: by feature; `vectors`: of the sentences that speak of them, then of the article's sentences (2 x size);
    of another size, as where nobody read it, they count for nothing.
    """
    model = _load()
    known = [evidence[name] for name in FEATURES]
    if len(vectors) != len(model.center) - len(FEATURES):
        vectors = model.center[len(FEATURES) :]
    row = np.concatenate([known, vectors])
    logits = np.clip((row - model.center) / model.scale, -FAR, FAR) @ model.weights + model.intercept
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    value = float(np.clip(shares @ model.levels, -1, 1))
    found = 1 + (value > NEITHER) - (value < -NEITHER)
    strength = float(shares[found])
    ends = (value - model.spread, value, value + model.spread)
    low, value, high = (round(max(-1.0, min(1.0, one)), 4) for one in ends)
    return Portrayal(value, low, high, round(strength, 4), strength >= float(model.sure[found]))


@dataclass(frozen=True, slots=True)
class _Model:
    center: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]  # features and vectors x badly, neither, well
    intercept: NDArray[np.float64]
    levels: NDArray[np.float64]  # the figure for whom each is certain, stretched: shares seldom are
    sure: NDArray[np.float64]  # from which strength on badly, neither and well are told
    spread: float


@cache
def _load() -> _Model:
    model: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    features: Sequence[str] = model["features"]
    if tuple(features) != FEATURES:
        raise ValueError(f"{FILE.name} was trained for other features; train it again")
    numbers = {name: np.array(model[name]) for name in ("center", "scale", "weights", "intercept", "levels", "sure")}
    return _Model(**numbers, spread=model["spread"])
