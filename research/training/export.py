"""Write the network as an ONNX graph: encoder in int8 by channel, word vectors in int8 by row, heads in float.

The graph is written node by node: it takes one passage at a time, so it needs no mask, and a passage's figures
cannot depend on its company. Matrix products quantize their input on the way (dynamic quantization).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from research.training.calibration import Folded
from research.training.network import ATTENTION_HEADS, EPSILON, WEIGHT_MOST

Array = NDArray[np.float32]
_MICROSOFT = "com.microsoft"


@dataclass(slots=True)
class _Graph:
    int8: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def keep(self, name: str, value: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def multiply(self, x: str, name: str, weight: Array, bias: Array) -> str:
        """x · weight + bias, with `weight` as inputs × outputs."""
        shift = self.keep(f"{name}.bias", bias)
        if not self.int8:
            product = self.add("MatMul", [x, self.keep(f"{name}.weight", weight)], f"{name}.product")
            return self.add("Add", [product, shift], name)
        scale = np.abs(weight).max(axis=0) / WEIGHT_MOST
        rounded = np.round(weight / scale).astype(np.int8)
        inputs = [
            x,
            self.keep(f"{name}.weight", rounded),
            self.keep(f"{name}.scale", scale.astype(np.float32)),
            self.keep(f"{name}.zero", np.zeros(len(scale), np.int8)),
            shift,
        ]
        return self.add("DynamicQuantizeMatMul", inputs, name, _MICROSOFT)

    def look_up(self, ids: str, words: Array) -> str:
        if not self.int8:
            return self.add("Gather", [self.keep("words", words), ids], "word")
        scale = np.abs(words).max(axis=1, keepdims=True) / 127
        rows = self.keep("words", np.round(words / np.maximum(scale, 1e-9)).astype(np.int8))
        whole = self.add("Gather", [rows, ids], "word.int8")
        scales = self.add("Gather", [self.keep("words.scale", scale.astype(np.float32)), ids], "word.scale")
        return self.add("Mul", [self.add("Cast", [whole], "word.float", to=TensorProto.FLOAT), scales], "word")

    def normalize(self, x: str, other: str, name: str, weight: Array, bias: Array) -> str:
        """Sum and norm in two steps: as one, SkipLayerNormalization, they cost five times more on some processors."""
        total = self.add("Add", [x, other], f"{name}.sum")
        inputs = [total, self.keep(f"{name}.gain", weight), self.keep(f"{name}.shift", bias)]
        return self.add("LayerNormalization", inputs, name, epsilon=EPSILON)


def build_graph(state: Mapping[str, Array], judge: tuple[Array, Array], *, int8: bool) -> onnx.ModelProto:
    """The graph for a network's weights: `ids` (1 × pieces) in, `vectors` (1 × pieces × width) and `judged` (1 × pieces
    × columns) out.

    `judge` is weight (width × columns) and bias of all heads together, in float: they cost little.
    """
    graph = _Graph(int8)
    length = graph.add("Shape", ["ids"], "length", start=1, end=2)
    zero, axis = graph.keep("zero", np.array([0])), graph.keep("axis", np.array([0]))
    places = graph.keep("positions", state["positions.weight"])
    positions = graph.add("Slice", [places, zero, length, axis], "position")
    batch_axis = graph.keep("batch_axis", np.array([0]))
    positions = graph.add("Unsqueeze", [positions, batch_axis], "position.batch")
    words = graph.look_up("ids", state["words.weight"])
    x = graph.normalize(words, positions, "norm", state["norm.weight"], state["norm.bias"])
    for i in range(sum(name.endswith(".qkv.weight") for name in state)):
        at = f"layers.{i}"

        def weight(name: str, at: str = at) -> tuple[Array, Array]:
            return state[f"{at}.{name}.weight"].T, state[f"{at}.{name}.bias"]

        qkv = graph.multiply(x, f"{at}.qkv", *weight("qkv"))
        thirds = [f"{at}.q", f"{at}.k", f"{at}.v"]
        graph.nodes.append(helper.make_node("Split", [qkv], thirds, axis=2, num_outputs=3))
        mixed = graph.add("MultiHeadAttention", thirds, f"{at}.mixed", _MICROSOFT, num_heads=ATTENTION_HEADS)
        out = graph.multiply(mixed, f"{at}.out", *weight("out"))
        x = graph.normalize(out, x, f"{at}.norm1", state[f"{at}.norm1.weight"], state[f"{at}.norm1.bias"])
        inner = graph.multiply(x, f"{at}.inner", *weight("inner"))
        inner = graph.add("Gelu", [inner], f"{at}.gelu", _MICROSOFT)
        outer = graph.multiply(inner, f"{at}.outer", *weight("outer"))
        x = graph.normalize(outer, x, f"{at}.norm2", state[f"{at}.norm2.weight"], state[f"{at}.norm2.bias"])
    columns = len(judge[1])
    vectors = graph.add("Identity", [x], "vectors")
    product = graph.add("MatMul", [vectors, graph.keep("judge.weight", judge[0])], "judge.product")
    graph.add("Add", [product, graph.keep("judge.bias", judge[1])], "judged")
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "reader",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])],
            [
                helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "pieces", len(judge[0])]),
                helper.make_tensor_value_info("judged", TensorProto.FLOAT, [1, "pieces", columns]),
            ],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)],
        ir_version=9,
    )


def export(state: Mapping[str, Array], folded: Folded, folder: Path, *, int8: bool) -> None:
    """Write `reader.onnx` and `heads.npz` to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    model = build_graph(state, (folded.weight, folded.bias), int8=int8)
    (folder / "reader.onnx").write_bytes(model.SerializeToString(deterministic=True))
    np.savez(folder / "heads.npz", allow_pickle=False, **folded.after)
