"""A network from the files that it was exported to, so that a later run can go on from what is committed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.reader.grammar import UPOS, XPOS
from research.training.calibration import CODED, HEADS
from research.training.network import Network
from research.training.recipe import SENTENCE_HEADS, TOKEN_HEADS


def load_exported(path: Path, dropout: float) -> Network:
    """The reader as it was written to `reader.onnx` and `heads.npz` in a folder: weights as quantized, heads as
    calibrated. What every corpus' own annotators mean by loaded begins with what calibration made of it."""
    import onnx
    from onnx import numpy_helper

    held = {c.name: numpy_helper.to_array(c) for c in onnx.load(path / "reader.onnx").graph.initializer}

    def product(name: str) -> dict[str, Tensor]:
        weight = held[f"{name}.weight"].astype(np.float32) * held[f"{name}.scale"]
        return {
            f"{name}.weight": torch.from_numpy(weight.T.copy()),
            f"{name}.bias": torch.from_numpy(held[f"{name}.bias"]),
        }

    def norm(name: str) -> dict[str, Tensor]:
        parts = {"weight": "gain", "bias": "shift"}
        return {f"{name}.{new}": torch.from_numpy(held[f"{name}.{old}"]) for new, old in parts.items()}

    layers = sum(name.endswith(".qkv.weight") for name in held)
    inner = held["layers.0.inner.weight"].shape[1]
    network = Network(held["words"].shape[0], dropout, layers, inner)
    state: dict[str, Tensor] = network.state_dict()
    state["words.weight"] = torch.from_numpy(held["words"].astype(np.float32) * held["words.scale"])
    state["positions.weight"] = torch.from_numpy(held["positions"].copy())
    state |= norm("norm")
    for i in range(layers):
        for name in ("qkv", "out", "inner", "outer"):
            state |= product(f"layers.{i}.{name}")
        state |= norm(f"layers.{i}.norm1") | norm(f"layers.{i}.norm2")
    judge, shift = torch.from_numpy(held["judge.weight"].T.copy()), torch.from_numpy(held["judge.bias"])
    after = {name: torch.from_numpy(value) for name, value in np.load(path / "heads.npz").items()}
    given = (*HEADS, *CODED)
    for row, name in enumerate(TOKEN_HEADS):
        column = given.index(name if name in given else name.split("_", maxsplit=1)[0])
        state["tokens.weight"][row], state["tokens.bias"][row] = judge[column], shift[column]
    state["bias.weight"], state["bias.bias"] = judge[len(given)][None], after["intercept"][None]
    column = len(given) + 1
    linear = {f"answers.{name}": classes for name, classes in SENTENCE_HEADS.items()}
    for name, classes in (linear | {"grammar.upos": len(UPOS), "grammar.xpos": len(XPOS)}).items():
        state[f"{name}.weight"], state[f"{name}.bias"] = (part[column : column + classes] for part in (judge, shift))
        column += classes
    for name in ("polarity_inner", "polarity_outer", "pair_inner", "pair_outer", "feeling_inner", "feeling_outer"):
        state[f"{name}.weight"], state[f"{name}.bias"] = after[name].T, after[f"{name}_bias"]
    for name in ("arc_dependent", "arc_head", "relation_dependent", "relation_head"):
        state[f"grammar.{name}.weight"], state[f"grammar.{name}.bias"] = after[name].T, after[f"{name}_bias"]
    state |= {f"grammar.{name}": after[name] for name in ("root", "arc", "relation")}
    network.load_state_dict(state)
    return network
