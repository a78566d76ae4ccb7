"""The encoder: text in, one row of judgements a word piece out."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from .card import WEIGHTS, find_weights, read_card

Floats = NDArray[np.float32]

WINDOW = 254  # word pieces read at once; positions end at 512, but long windows cost more a word
OVERLAP = 64  # pieces that neighbouring windows share, half of it given to each


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of a text with their offsets and what the network says of each.

    `tokens`: logits by head (pieces × 7). `share`: what each adds to its sentence's logit, times the sentence's
    pieces. `target`, `context`: what each says as part of a target, and as part of the sentence around one.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    tokens: Floats
    share: Floats
    target: Floats
    context: Floats


@dataclass(frozen=True, slots=True)
class Encoder:
    """Tokenizer, graph and the last layer of the polarity head. One thread, one passage at a time:
    a passage's figures depend on nothing but its text."""

    tokenizer: Tokenizer
    session: onnxruntime.InferenceSession
    heads: tuple[str, ...]
    intercept: float  # of the bias logit
    polarity_weight: Floats  # hidden × 3
    polarity_bias: Floats
    begin: int
    finish: int

    def read(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Starts, ends and judgements (pieces × columns) of one passage, in overlapping windows where it is long."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        ids = encoding.ids
        offsets = np.array(encoding.offsets, np.int64).reshape(-1, 2)
        rows = []
        for first, last, keep_first, keep_last in cut_windows(len(ids)):
            window = np.array([[self.begin, *ids[first:last], self.finish]], np.int64)
            judged: Floats = self.session.run(None, {"ids": window})[0]
            rows.append(judged[0, 1 + keep_first - first : 1 + keep_last - first])
        columns = len(self.heads) + 1 + 2 * len(self.polarity_weight)
        return offsets[:, 0], offsets[:, 1], np.concatenate(rows) if rows else np.zeros((0, columns), np.float32)

    def split(self, starts: NDArray[np.int64], ends: NDArray[np.int64], judged: Floats) -> Pieces:
        """Name the columns of the judgements."""
        at, hidden = len(self.heads), len(self.polarity_weight)
        return Pieces(
            starts,
            ends,
            tokens=judged[:, :at],
            share=judged[:, at],
            target=judged[:, at + 1 : at + 1 + hidden],
            context=judged[:, at + 1 + hidden :],
        )


def cut_windows(length: int) -> list[tuple[int, int, int, int]]:
    """Windows over `length` pieces: first, last, and the part of it that is kept. The kept parts cover all, once."""
    if length <= WINDOW:
        return [(0, length, 0, length)] if length else []
    step, half = WINDOW - OVERLAP, OVERLAP // 2
    starts = range(0, length - OVERLAP, step)
    return [
        (
            at,
            min(at + WINDOW, length),
            at + half if at else 0,
            length if at + WINDOW >= length else at + WINDOW - half,
        )
        for at in starts
    ]


def build(files: Mapping[str, bytes], heads: Sequence[str]) -> Encoder:
    """An encoder from its three files' bytes; `heads` names the graph's token columns."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # No further: the extended optimizations would join sums and norms again into a slower step.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    session = onnxruntime.InferenceSession(files["reader.onnx"], options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_buffer(files["tokenizer.json"])
    tokenizer.no_padding()
    tokenizer.no_truncation()
    with np.load(io.BytesIO(files["heads.npz"]), allow_pickle=False) as last:
        return Encoder(
            tokenizer=tokenizer,
            session=session,
            heads=tuple(heads),
            intercept=float(last["intercept"]),
            polarity_weight=last["polarity_weight"],
            polarity_bias=last["polarity_bias"],
            begin=_find_id(tokenizer, "[CLS]"),
            finish=_find_id(tokenizer, "[SEP]"),
        )


def _find_id(tokenizer: Tokenizer, sign: str) -> int:
    found = tokenizer.token_to_id(sign)
    if found is None:
        raise ValueError(f"the reader's tokenizer has no {sign}")
    return found


def load(folder: Path = WEIGHTS) -> Encoder:
    """Load the reader from its files, each checked against the card."""
    card = read_card()
    return build({name: find_weights(name, card, folder) for name in card["files"]}, card["heads"])


@cache
def get_encoder() -> Encoder:
    """The one encoder of this process, loaded when first asked for."""
    return load()
