"""What tells an article's frames is linear: scores over words, themes, the reader's vectors and sentences.

Ridge regressions in their dual form: as many numbers as articles; then written down as weights of words and columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge

from models.classifiers import frames
from models.classifiers.frames import FRAMES, Told
from research.training.coded import Coded

Doubles = NDArray[np.float64]
Place = tuple[int, int]

THEMES = 250
SHRUNK = 2.0
LIKENESS = {"coded": (0.3, 0.3), "narrative": (1.0, 1.0)}  # weights of vectors and sentences beside words and themes
_SENTENCE_THEMES = 150
_PRESENT, _ABSENT, _OTHER = 3.0, 0.12, 0.05  # weights of sentences: marked, of an article without the frame, others
_MARKED = 0.25  # all marked sentences weigh no more than this share of the others


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees of an article, and where its sentences stand."""

    told: Told
    places: list[Place]


def list_words(told: Told) -> list[str]:
    """All words of an article, in their order."""
    return [word for words in told.words for word in words]


@dataclass(frozen=True, slots=True)
class Rows:
    """Articles as the four kinds of likeness see them."""

    words: sparse.csr_matrix
    themes: Doubles
    pooled: Doubles
    gathered: Doubles

    def take(self, chosen: NDArray[np.int64]) -> Rows:
        return Rows(self.words[chosen], self.themes[chosen], self.pooled[chosen], self.gathered[chosen])


@dataclass(frozen=True, slots=True)
class Columns:
    """Mean and deviation of each column, by which rows are made alike."""

    pooled: tuple[Doubles, Doubles]
    gathered: tuple[Doubles, Doubles]

    @classmethod
    def of(cls, rows: Rows) -> Columns:
        pairs = [(one.mean(axis=0), one.std(axis=0) + 1e-6) for one in (rows.pooled, rows.gathered)]
        return cls(pairs[0], pairs[1])


class Space:
    """The known words, how rare each is, and the themes that they share."""

    def __init__(self, articles: Sequence[list[str]], unlabelled: Sequence[list[str]]) -> None:
        letters = re.compile("[a-z]")
        everything = [[word for word in words if letters.search(word)] for words in (*articles, *unlabelled)]
        self._counted = TfidfVectorizer(analyzer=list, min_df=10, max_df=0.4, sublinear_tf=True).fit(everything)
        self.words: list[str] = self._counted.get_feature_names_out().tolist()
        self.rarity: Doubles = self._counted.idf_
        decomposed = TruncatedSVD(THEMES, random_state=0).fit(self._counted.transform(everything))
        self.themes: Doubles = decomposed.components_.T  # words × themes

    def weigh(self, texts: Sequence[list[str]]) -> sparse.csr_matrix:
        """TF-IDF of each text's words."""
        return sparse.csr_matrix(self._counted.transform(texts))

    def describe(self, articles: Sequence[Told], gathered: Doubles) -> Rows:
        words = self.weigh([list_words(one) for one in articles])
        return Rows(words, words @ self.themes, np.array([frames.pool(one) for one in articles]), gathered)


@dataclass(frozen=True, slots=True)
class Scorer:
    """How far a sentence shows each frame: weights of words and of the vector's columns."""

    words: Doubles
    vectors: Doubles
    intercept: Doubles

    @classmethod
    def fit(cls, space: Space, coded: Sequence[Coded[Seen]]) -> Scorer:
        words = space.weigh([words for one in coded for words in one.told.told.words])
        vectors = np.vstack([one.told.told.vectors for one in coded])
        themes = space.themes[:, :_SENTENCE_THEMES]
        parts: list[Any] = [sparse.csr_matrix(vectors), sparse.csr_matrix(words @ themes * 1.5), words * 0.7]
        rows: Any = sparse.csr_matrix(sparse.hstack(parts))
        by_words, by_vectors, intercept = [], [], []
        for name in FRAMES:
            marked = np.concatenate([_find_marked(one, name) for one in coded])
            absent = np.concatenate(
                [np.full(len(one.told.places), one.marks["frames"][name]["level"] == 0) for one in coded]
            )
            weights = np.where(absent, _ABSENT, _OTHER)
            weights[marked] = min(_PRESENT, weights[~marked].sum() * _MARKED / max(1, marked.sum()))
            model = Ridge(1.5, solver="lsqr", max_iter=60).fit(rows, marked.astype(float), weights)
            width = vectors.shape[1]
            by_vectors.append(model.coef_[:width])
            of_themes, of_words = np.split(model.coef_[width:], [_SENTENCE_THEMES])
            by_words.append(themes @ of_themes * 1.5 + of_words * 0.7)
            intercept.append(model.intercept_)
        return cls(np.array(by_words).T, np.array(by_vectors).T, np.array(intercept))

    def gather(self, space: Space, told: Told) -> Doubles:
        scores = told.vectors @ self.vectors + space.weigh(told.words) @ self.words + self.intercept
        return frames.gather(scores, told.opens)


def _find_marked(one: Coded[Seen], name: str) -> NDArray[np.bool_]:
    evidence = one.marks["frames"][name].get("evidence")
    if not evidence:
        return np.zeros(len(one.told.places), bool)
    return np.array([min(end, evidence[1]) > max(start, evidence[0]) for start, end in one.told.places], bool)


@dataclass(frozen=True, slots=True)
class Linear:
    """A ridge regression, written down as weights of words, columns and gathered scores."""

    words: Doubles
    pooled: Doubles
    gathered: Doubles
    intercept: Doubles

    @classmethod
    def fit(cls, space: Space, rows: Rows, truths: Doubles, kind: str, columns: Columns) -> Linear:
        of_vectors, of_sentences = LIKENESS[kind]
        pooled = (rows.pooled - columns.pooled[0]) / columns.pooled[1]
        gathered = (rows.gathered - columns.gathered[0]) / columns.gathered[1]
        of_vectors, of_sentences = of_vectors / pooled.shape[1], of_sentences / gathered.shape[1]
        size = float((rows.themes**2).sum(axis=1).mean())
        alike = (rows.words @ rows.words.T).toarray() + rows.themes @ rows.themes.T / size
        alike += of_vectors * pooled @ pooled.T + of_sentences * gathered @ gathered.T
        mean = truths.mean(axis=0)
        duals = np.linalg.solve(alike + SHRUNK * np.eye(len(truths)), truths - mean)
        by_pooled = of_vectors * pooled.T @ duals / columns.pooled[1][:, None]
        by_gathered = of_sentences * gathered.T @ duals / columns.gathered[1][:, None]
        words = rows.words.T @ duals + space.themes @ (rows.themes.T @ duals) / size
        intercept = mean - columns.pooled[0] @ by_pooled - columns.gathered[0] @ by_gathered
        return cls(words, by_pooled, by_gathered, intercept)

    def score(self, rows: Rows) -> Doubles:
        return np.asarray(
            rows.words @ self.words + rows.pooled @ self.pooled + rows.gathered @ self.gathered + self.intercept
        )
