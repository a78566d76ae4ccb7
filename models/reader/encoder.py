"""The encoder: text in, one row of judgements a word piece out."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from scipy.special import erf
from tokenizers import Tokenizer

from .card import WEIGHTS, find_weights, read_card
from .grammar import UPOS, XPOS, Floats, Parser

WINDOW = 254  # word pieces read at once; positions end at 512, but long windows cost more a word
OVERLAP = 64  # pieces that neighbouring windows share, half of it given to each


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of a text with their offsets and what the network says of each.

    `tokens`: logits by head (pieces × heads). `share`: what each adds to its sentence's bias logit, times the
    sentence's pieces. `answers`: the same for every class of the sentence heads. `upos`, `xpos`: logits of tags.
    `vectors`: pieces × width.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    tokens: Floats
    share: Floats
    answers: Floats
    upos: Floats
    xpos: Floats
    vectors: Floats


@dataclass(frozen=True, slots=True)
class Perceptron:
    """Two layers over some mean vectors side by side: rows are weighed one by one, so that none depends on others."""

    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    smooth: bool = False  # GELU between the layers (Hendrycks & Gimpel 2016), else ReLU

    def judge(self, vectors: Floats) -> Floats:
        """Logits for one row of vectors put side by side."""
        hidden = vectors @ self.inner + self.inner_bias
        active = hidden * 0.5 * (1 + erf(hidden / math.sqrt(2))) if self.smooth else np.maximum(hidden, 0)
        logits: Floats = active.astype(np.float32) @ self.outer + self.outer_bias
        return logits


@dataclass(frozen=True, slots=True)
class Encoder:
    """Tokenizer, graph and the heads that are weighed after it. One thread, one passage at a time: a passage's figures
    depend on nothing but its text."""

    tokenizer: Tokenizer
    session: onnxruntime.InferenceSession
    heads: tuple[str, ...]
    answers: Mapping[str, int]  # classes by sentence head
    intercept: float  # of the bias logit
    polarity: Perceptron  # of a target in its sentence: negative, neutral, positive
    pair: Perceptron  # of p, q and their sentence: none, p for q, q for p, p against q, q against p
    feeling: Perceptron  # of the author toward a person, in a passage: negative, neutral, positive
    parser: Parser
    begin: int
    finish: int

    def read(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Starts, ends and what is said (pieces × columns, the vectors first) of one passage, in overlapping windows
        where it is long."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        ids = encoding.ids
        offsets = np.array(encoding.offsets, np.int64).reshape(-1, 2)
        rows = []
        for first, last, keep_first, keep_last in cut_windows(len(ids)):
            window = np.array([[self.begin, *ids[first:last], self.finish]], np.int64)
            said: Floats = np.concatenate(self.session.run(["vectors", "judged"], {"ids": window}), axis=2)
            rows.append(said[0, 1 + keep_first - first : 1 + keep_last - first])
        columns = sum(self._columns)
        return offsets[:, 0], offsets[:, 1], np.concatenate(rows) if rows else np.zeros((0, columns), np.float32)

    @property
    def _columns(self) -> tuple[int, ...]:
        width = len(self.parser.root)
        return width, len(self.heads), 1, sum(self.answers.values()), len(UPOS), len(XPOS)

    def split(self, starts: NDArray[np.int64], ends: NDArray[np.int64], said: Floats) -> Pieces:
        """Name the columns of what is said."""
        vectors, tokens, share, answers, upos, xpos = np.split(said, np.cumsum(self._columns)[:-1], axis=1)
        return Pieces(starts, ends, tokens, share[:, 0], answers, upos, xpos, vectors)


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


def build(files: Mapping[str, bytes], heads: Sequence[str], answers: Mapping[str, int]) -> Encoder:
    """An encoder from its three files' bytes; `heads` names the graph's token columns, `answers` its sentence heads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # No further: the extended optimizations would join sums and norms again into a slower step.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    session = onnxruntime.InferenceSession(files["reader.onnx"], options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_buffer(files["tokenizer.json"])
    tokenizer.no_padding()
    tokenizer.no_truncation()
    with np.load(io.BytesIO(files["heads.npz"]), allow_pickle=False) as held:
        after = dict(held)

    def layer(name: str) -> tuple[Floats, Floats]:
        return after[name], after[f"{name}_bias"]

    def perceptron(name: str, *, smooth: bool = False) -> Perceptron:
        return Perceptron(*layer(f"{name}_inner"), *layer(f"{name}_outer"), smooth)

    return Encoder(
        tokenizer=tokenizer,
        session=session,
        heads=tuple(heads),
        answers=dict(answers),
        intercept=float(after["intercept"]),
        polarity=perceptron("polarity", smooth=True),
        pair=perceptron("pair"),
        feeling=perceptron("feeling"),
        parser=Parser(
            dependent=layer("arc_dependent"),
            head=layer("arc_head"),
            relation_dependent=layer("relation_dependent"),
            relation_head=layer("relation_head"),
            root=after["root"],
            arc=after["arc"],
            relation=after["relation"],
        ),
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
    return build({name: find_weights(name, card, folder) for name in card["files"]}, card["heads"], card["answers"])


@cache
def get_encoder() -> Encoder:
    """The one encoder of this process, loaded when first asked for."""
    return load()
