"""Parsing a sentence whose words are given: how grammar is measured on a treebank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .encoder import Encoder, get_encoder
from .grammar import Tree

Offsets = NDArray[np.int64]


def parse(text: str, words: Sequence[tuple[int, int]], encoder: Encoder | None = None) -> Tree:
    """Tags, heads and relations of one sentence's words, given as spans [start, end) of `text` in its order.

    The names in it are read as they stand: masks are for texts that are judged.
    """
    encoder = encoder or get_encoder()
    starts, ends, said = encoder.read(text)
    pieces = encoder.split(starts, ends, said)
    firsts = find_first_pieces(words, starts, ends)
    rows = np.maximum(firsts, 0)
    if not len(starts):
        width = pieces.vectors.shape[1]
        none = (
            np.zeros((len(words), size), np.float32) for size in (width, pieces.upos.shape[1], pieces.xpos.shape[1])
        )
        return encoder.parser.parse(*none)
    seen = (firsts >= 0)[:, None].astype(np.float32)
    return encoder.parser.parse(pieces.vectors[rows] * seen, pieces.upos[rows], pieces.xpos[rows])


def find_first_pieces(spans: Sequence[tuple[int, int]], starts: Offsets, ends: Offsets) -> Offsets:
    """For each word its first piece: the first that begins in it, else the one that covers its start; -1 for none.

    `starts`, `ends`: of word pieces in text order, none of them empty.
    """
    if not len(starts):
        return np.full(len(spans), -1)
    begin, end = np.array(spans, np.int64).reshape(-1, 2).T
    at = np.searchsorted(starts, begin, "left")
    own = (at < len(starts)) & (starts[np.minimum(at, len(starts) - 1)] < end)
    before = np.maximum(at - 1, 0)
    covered = (at > 0) & (ends[before] > begin)
    return np.where(own, at, np.where(covered, before, -1))
