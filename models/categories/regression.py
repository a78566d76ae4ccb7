"""Logistic regression over the reader's vectors and weighted words, by L-BFGS (Liu & Nocedal 1989)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .units import Doubles, Unit

MOST_WORDS = 4_000
_LEAST_UNITS = 2  # units in which a word must stand
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Scale:
    """How units become rows: each column of the vectors with mean 0 and spread 1, and words by tf-idf at length 1
    (Salton & Buckley 1988); both parts weigh the same."""

    mean: Doubles
    spread: Doubles
    words: dict[str, int]
    rarity: Doubles

    @classmethod
    def of(cls, units: Sequence[Unit]) -> Scale:
        """The scale of these units: nothing else may be known of them."""
        vectors = np.stack([unit.vector for unit in units])
        often = Counter(word for unit in units for word in unit.words)
        kept = [word for word, count in often.most_common() if count >= _LEAST_UNITS][:MOST_WORDS]
        rarity = np.log((1 + len(units)) / (1 + np.array([often[word] for word in kept]))) + 1
        spread = np.maximum(vectors.std(axis=0), 1e-6) * np.sqrt(vectors.shape[1])
        return cls(vectors.mean(axis=0), spread, {word: at for at, word in enumerate(kept)}, rarity.astype(np.float64))

    def rows(self, units: Sequence[Unit]) -> tuple[Doubles, csr_matrix]:
        """Vectors (units × width) and words (units × words, sparse), both scaled."""
        vectors = (np.stack([unit.vector for unit in units]) - self.mean) / self.spread
        values, columns, starts = [], [], [0]
        for unit in units:
            found = [(self.words[word], count) for word, count in unit.words.items() if word in self.words]
            weights = np.array([1 + np.log(count) for _, count in found]) * self.rarity[[at for at, _ in found]]
            length = float(np.sqrt((weights**2).sum())) or 1.0
            values += (weights / length).tolist()
            columns += [at for at, _ in found]
            starts.append(len(columns))
        sparse = csr_matrix((values, columns, starts), shape=(len(units), len(self.words)))
        return vectors, sparse


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt: vectors × classes, words × classes, and where each class begins."""

    vectors: Doubles
    words: Doubles
    shift: Doubles

    def judge(self, rows: tuple[Doubles, csr_matrix], *, exclusive: bool) -> Doubles:
        """Probabilities, units × classes: of one class among all (`exclusive`), or of each by itself."""
        logits = rows[0] @ self.vectors + rows[1] @ self.words + self.shift
        return _softmax(logits) if exclusive else 1 / (1 + np.exp(-np.clip(logits, -30, 30)))


def fit(rows: tuple[Doubles, csr_matrix], truth: NDArray[np.float64], strength: float, *, exclusive: bool) -> Weights:
    """The weights that lose least on these rows. `truth`: units × classes of 0 and 1; `strength`: 1 / weight decay."""
    from scipy.optimize import minimize  # only where one learns: half a second, and every worker judges

    vectors, words = rows
    width, count, classes = vectors.shape[1], words.shape[1], truth.shape[1]
    split = (width * classes, (width + count) * classes)
    transposed = words.T.tocsr()

    def lose(flat: Doubles) -> tuple[float, Doubles]:
        weights = Weights(
            flat[: split[0]].reshape(width, classes),
            flat[split[0] : split[1]].reshape(count, classes),
            flat[split[1] :],
        )
        logits = vectors @ weights.vectors + words @ weights.words + weights.shift
        if exclusive:
            shares = _softmax(logits)
            loss = -float((truth * np.log(np.maximum(shares, 1e-12))).sum())
        else:
            shares = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
            loss = float((np.logaddexp(0, logits) - truth * logits).sum())
        error = shares - truth
        decay = flat[: split[1]] / strength
        gradient = np.concatenate([(vectors.T @ error).ravel(), (transposed @ error).ravel(), error.sum(axis=0)])
        gradient[: split[1]] += decay
        return loss + float(decay @ flat[: split[1]]) / 2, gradient

    start = np.zeros(split[1] + classes)
    found = minimize(lose, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return Weights(
        found[: split[0]].reshape(width, classes), found[split[0] : split[1]].reshape(count, classes), found[split[1] :]
    )


def _softmax(logits: Doubles) -> Doubles:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Doubles = powers / powers.sum(axis=1, keepdims=True)
    return shares
