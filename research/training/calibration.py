"""Calibration: raw logits become probabilities by a line each (Platt 1999), folded into the heads' own weights.

Nothing is left to do at run time: the sigmoid of a folded logit is the calibrated probability, and a sentence's
bias logit stays a sum of its tokens' shares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from research.judgements import DEVICES
from research.training.recipe import SENTENCE_HEADS, TOKEN_HEADS

Array = NDArray[np.float32]

# What is given out, in this order. `loaded` is a weighted sum of what the corpora's own heads say.
HEADS = ("loaded", "source", "cue", "content", "person", "organization", "place")
# By our codebook, as its coders mark them.
CODED = ("coded_loaded", "coded_source", "coded_cue", "coded_content", *(f"device_{kind}" for kind in DEVICES))


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
    """The heads as they are exported: columns of one product, and what is weighed after it.

    Columns: tokens, share of bias, the sentence heads' classes one after the other, UPOS, XPOS.
    """

    weight: Array  # width × columns
    bias: Array
    after: Mapping[str, Array]  # by name, for heads.npz


def fold(state: Mapping[str, Array], calibration: Calibration, heads: Sequence[str] = (*HEADS, *CODED)) -> Folded:
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
    linear = [*(f"answers.{name}" for name in SENTENCE_HEADS), "grammar.upos", "grammar.xpos"]
    after = {
        "intercept": np.array(slope * float(state["bias.bias"][0]) + shift),
        "polarity_inner": state["polarity_inner.weight"].T,
        "polarity_inner_bias": state["polarity_inner.bias"],
        "polarity_outer": calibration.polarity * state["polarity_outer.weight"].T,
        "polarity_outer_bias": calibration.polarity * state["polarity_outer.bias"],
    }
    for head in ("pair", "feeling"):
        for layer in ("inner", "outer"):
            after[f"{head}_{layer}"] = state[f"{head}_{layer}.weight"].T
            after[f"{head}_{layer}_bias"] = state[f"{head}_{layer}.bias"]
    for layer in ("arc_dependent", "arc_head", "relation_dependent", "relation_head"):
        after[layer] = state[f"grammar.{layer}.weight"].T
        after[f"{layer}_bias"] = state[f"grammar.{layer}.bias"]
    after |= {name: state[f"grammar.{name}"] for name in ("root", "arc", "relation")}
    return Folded(
        weight=np.concatenate([np.stack(weights), *(state[f"{name}.weight"] for name in linear)]).T.astype(np.float32),
        bias=np.concatenate([shifts, *(state[f"{name}.bias"] for name in linear)]).astype(np.float32),
        after={name: np.array(value, np.float32, order="C") for name, value in after.items()},
    )
