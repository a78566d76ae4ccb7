"""Calibration: raw logits become probabilities by a line each (Platt 1999), folded into the heads' own weights.

Nothing is left to do at run time: the sigmoid of a folded logit is the calibrated probability, and a sentence's
bias logit stays a sum of its tokens' shares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from research.training.recipe import TOKEN_HEADS

Array = NDArray[np.float32]

# What is given out, in this order. `loaded` is a weighted sum of what the corpora's own heads say.
HEADS = ("loaded", "source", "cue", "content", "person", "organization", "place")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Lines by head: probability = sigmoid(slope · logit + shift). `mixture`: weights of the loaded_* heads."""

    mixture: Mapping[str, float] = field(
        default_factory=lambda: {"loaded_babe": 1 / 3, "loaded_ptc": 1 / 3, "loaded_any": 1 / 3}
    )
    lines: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # by head, and "bias"
    polarity: float = 1.0  # slope of its three logits (temperature scaling, Guo et al. 2017)


@dataclass(frozen=True, slots=True)
class Folded:
    """Every head as columns of one product: tokens (7), share of bias (1), target (128), context (128)."""

    weight: Array  # width × columns
    bias: Array
    intercept: float
    polarity_weight: Array
    polarity_bias: Array


def fold(state: Mapping[str, Array], calibration: Calibration, heads: Sequence[str] = HEADS) -> Folded:
    """Fold the calibration into the heads of a trained network; `heads` may name the corpora's own ones."""
    weights, shifts = [], []
    for head in heads:
        parts = calibration.mixture if head == "loaded" else {head: 1.0}
        slope, shift = calibration.lines.get(head, (1.0, 0.0))
        rows = [(TOKEN_HEADS.index(part), share) for part, share in parts.items()]
        weights.append(slope * sum(share * state["tokens.weight"][row] for row, share in rows))
        shifts.append(slope * sum(share * float(state["tokens.bias"][row]) for row, share in rows) + shift)
    slope, shift = calibration.lines.get("bias", (1.0, 0.0))
    weights.append(slope * state["bias.weight"][0])
    shifts.append(0.0)
    inner = state["polarity_inner.weight"]
    width = inner.shape[1] // 2
    return Folded(
        weight=np.concatenate([np.stack(weights), inner[:, :width], inner[:, width:]]).T.astype(np.float32),
        bias=np.concatenate([shifts, np.zeros(len(inner)), state["polarity_inner.bias"]]).astype(np.float32),
        intercept=slope * float(state["bias.bias"][0]) + shift,
        polarity_weight=(calibration.polarity * state["polarity_outer.weight"].T).astype(np.float32),
        polarity_bias=(calibration.polarity * state["polarity_outer.bias"]).astype(np.float32),
    )
