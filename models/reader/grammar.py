"""Grammar: tags and a dependency tree for every sentence, from what the reader says of each word's first piece."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_LABELS = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
UPOS, XPOS, RELATIONS = (tuple(_LABELS[kind]) for kind in ("upos", "xpos", "relations"))
ROOT = -1  # the head of a sentence's uppermost word
_NEVER = np.float32(-1e9)
_ROWS = 256  # words whose relations are weighed at once: more would need much memory


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's grammar by Universal Dependencies, one value a word.

    `heads`: each word's head as its place in the sentence, ROOT for one word; every word hangs below that one.
    """

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parser:
    """Biaffine heads over the reader's vectors (Dozat & Manning 2017): what hangs from what, and as what."""

    dependent: tuple[Floats, Floats]  # weight (width × arc), bias
    head: tuple[Floats, Floats]
    relation_dependent: tuple[Floats, Floats]
    relation_head: tuple[Floats, Floats]
    root: Floats  # the vector that stands for "no head"
    arc: Floats  # (arc + 1) × arc
    relation: Floats  # relations × (1 + inner) × (1 + inner)

    def parse(self, vectors: Floats, upos: Floats, xpos: Floats) -> Tree:
        """The tree of one sentence: `vectors` (words × width), and the logits of both tags (words × tags)."""
        heads, relations = self.hang(vectors, [(0, len(vectors))])
        return Tree(
            tuple(UPOS[at] for at in upos.argmax(axis=1)) if len(vectors) else (),
            tuple(XPOS[at] for at in xpos.argmax(axis=1)) if len(vectors) else (),
            tuple(heads.tolist()),
            tuple(RELATIONS[at] for at in relations),
        )

    def hang(self, vectors: Floats, sentences: Sequence[tuple[int, int]]) -> tuple[Integers, Integers]:
        """For each word the row of its head (ROOT for the root) and the number of its relation.

        `vectors`: words × width; `sentences`: their rows [first, last), which cover all rows in order.
        """
        if not len(vectors):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        arcs = _with_one(_layer(vectors, self.dependent)) @ self.arc
        governors = _layer(vectors, self.head)
        root = _layer(self.root[None], self.head)
        heads = np.concatenate(
            [
                find_tree(arcs[first:last] @ np.concatenate([root, governors[first:last]]).T) - 1 + first
                for first, last in sentences
                if first < last
            ]
        )
        starts = np.concatenate([np.full(last - first, first) for first, last in sentences])
        heads[heads < starts] = ROOT
        below = heads != ROOT
        rooted = np.concatenate([vectors, self.root[None]])  # the last row stands for the root: ROOT is -1
        governor = _with_one(_layer(rooted, self.relation_head))[heads]
        dependent = _with_one(_layer(vectors, self.relation_dependent))
        count, inner, _ = self.relation.shape
        wide = self.relation.transpose(1, 0, 2).reshape(inner, count * inner)
        logits = np.concatenate(
            [
                ((dependent[at : at + _ROWS] @ wide).reshape(-1, count, inner) @ governor[at : at + _ROWS, :, None])[
                    ..., 0
                ]
                for at in range(0, len(vectors), _ROWS)
            ]
        )
        uppermost = RELATIONS.index("root")
        logits[below, uppermost] = _NEVER
        return heads, np.where(below, logits.argmax(axis=1), uppermost)


def _layer(x: Floats, weights: tuple[Floats, Floats]) -> Floats:
    active: Floats = np.maximum(x @ weights[0] + weights[1], np.float32(0))
    return active


def _with_one(x: Floats) -> Floats:
    return np.concatenate([x, np.ones((len(x), 1), np.float32)], axis=1)


def find_tree(scores: NDArray[np.floating]) -> Integers:
    """The best tree: for each of n words its head, 0 for the root, 1..n for a word; exactly one word has the root.

    `scores`: n × (n + 1), a word's score for each head. Where the best heads are no tree, maximum spanning
    arborescence by Chu & Liu (1965) and Edmonds (1967), below the root that the scores prefer.
    """
    scores = scores.astype(np.float64)
    size = len(scores)
    scores[np.arange(size), np.arange(size) + 1] = _NEVER
    heads: Integers = scores.argmax(axis=1)
    if (heads == 0).sum() != 1:
        lost = scores[:, 1:].max(axis=1) - scores[:, 0] if size > 1 else np.zeros(1)
        root = int(lost.argmin())
        kept = scores[root, 0]
        scores[:, 0] = _NEVER
        scores[root] = _NEVER
        scores[root, 0] = kept
        heads = scores.argmax(axis=1)
    if _find_cycle(heads - 1) is None:
        return heads
    root = int(np.flatnonzero(heads == 0)[0])
    scores[np.arange(size) != root, 0] = _NEVER
    square = np.full((size + 1, size + 1), float(_NEVER))
    square[1:] = scores
    spanned: Integers = _span(square)[1:]
    return spanned


def _find_cycle(heads: Sequence[int] | Integers) -> list[int] | None:
    """Some words that hang from each other in a circle; a head below 0 is outside."""
    done = [False] * len(heads)
    for start in range(len(heads)):
        path: list[int] = []
        at = start
        while at >= 0 and not done[at]:
            done[at] = True
            path.append(at)
            at = int(heads[at])
        if at >= 0 and at in path:
            return path[path.index(at) :]
    return None


def _span(scores: NDArray[np.float64]) -> Integers:
    """Heads of a maximum arborescence below node 0; `scores`: dependents × heads, square."""
    heads: Integers = scores.argmax(axis=1)
    heads[0] = -1
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    ring = np.array(cycle)
    own = scores[ring, heads[ring]]
    # The circle becomes one node, the last: what enters it gives up one of its own arcs.
    entering = scores[np.ix_(ring, outside)] - own[:, None]
    leaving = scores[np.ix_(outside, ring)]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), float(_NEVER))
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    smaller[:size, size] = leaving.max(axis=1)
    smaller[size, :size] = entering.max(axis=0)
    found = _span(smaller)
    result = heads.copy()
    for at, node in enumerate(outside):
        if at:
            result[node] = outside[found[at]] if found[at] < size else ring[leaving[at].argmax()]
    door = ring[entering[:, found[size]].argmax()]
    result[door] = outside[found[size]]
    return result
