"""Texts and sentences as weighted bags of words and names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from ..classifiers import background
from .columns import Column
from .naming import Figure
from .settings import SETTINGS

Matrix = NDArray[np.float64]
Term = str | int  # a word, or the index of a figure


def texts(columns: Sequence[Column]) -> Matrix:
    """How alike are whole texts (cosine, 0..1)? TF-IDF with the idf of news in general."""
    known = background.load()
    bags = [
        {form: (1 + math.log(count)) * known.idf(form) for form, count in Counter(w.form for w in column.words).items()}
        for column in columns
    ]
    products = _products(_rows(bags))
    norms = np.sqrt(np.maximum(products.diagonal(), 1e-9))
    alike: Matrix = products / np.outer(norms, norms)
    return np.clip(alike, 0.0, 1.0)


def weigh(bags: Sequence[Sequence[Term]]) -> dict[Term, float]:
    """How telling is each term, 0..1: how rare in news and among these sentences, both flattened by a root.

    What every sentence of the story says tells none apart, and one rare word must not decide.
    """
    known, total = background.load(), len(bags) + 1
    frequency = Counter(term for bag in bags for term in set(bag))
    choice = SETTINGS["passages"]
    weights: dict[Term, float] = {}
    for term, count in frequency.items():
        rare = known.idf(term) / known.idf("") if isinstance(term, str) else choice["name_rarity"]
        here = math.log(total / count) / math.log(total)
        weights[term] = float(rare ** choice["news_power"] * here ** choice["story_power"])
    return weights


def sentences(bags: Sequence[Sequence[Term]], weights: Mapping[Term, float]) -> Matrix:
    """How alike are sentences (0..1)? Cosine, held down where little is shared in all.

    A shared weight of 1, which is about two words, counts for 63 %.
    """
    if not bags:
        return np.zeros((0, 0))
    shared = _products(_rows({str(term): weights[term] for term in bag} for bag in bags))
    norms = np.sqrt(np.maximum(shared.diagonal(), 1e-9))
    alike: Matrix = shared / np.outer(norms, norms) * -np.expm1(-shared)
    return np.clip(alike, 0.0, 1.0)


def about(bags: Sequence[Mapping[str, float]]) -> Matrix:
    """How much are sentences about the same (0..1)? The weight that two share, over mostly that of the shorter one."""
    if not bags:
        return np.zeros((0, 0))
    shared = _products(_rows({term: math.sqrt(weight) for term, weight in bag.items()} for bag in bags))
    totals = np.maximum(shared.diagonal(), 1e-9)
    least, most = np.minimum.outer(totals, totals), np.maximum.outer(totals, totals)
    of_shorter: float = SETTINGS["contradictions"]["of_shorter"]
    alike: Matrix = shared / (of_shorter * least + (1 - of_shorter) * most) * -np.expm1(-2 * shared)
    return np.clip(alike, 0.0, 1.0)


def held(
    bags: Sequence[Sequence[Term]], texts: Sequence[Sequence[Sequence[Term]]], weights: Mapping[Term, float], near: int
) -> Matrix:
    """The largest share (0..1) of each sentence's weight that `near` sentences in a row of each text hold together."""
    found = np.zeros((len(bags), len(texts)))
    if not bags:
        return found
    columns = {str(term): at for at, term in enumerate(sorted({str(term) for bag in bags for term in bag}))}
    own = _rows(({str(term): weights[term] for term in bag} for bag in bags), columns)
    totals = np.maximum(np.asarray(own.sum(axis=1)).ravel(), 1e-9)
    for at, told in enumerate(texts):
        windows = [
            {str(term): 1.0 for bag in told[first : first + near] for term in bag}
            for first in range(max(1, len(told) - near + 1))
        ]
        shares = own @ _rows(windows, columns).T
        found[:, at] = shares.max(axis=1).toarray().ravel() / totals
    return found


def terms(column: Column, figures: Sequence[Figure]) -> list[list[Term]]:
    """The words of each sentence, every mention of somebody ("Kim", "he", "the leader") as one term for that figure."""
    owners: dict[int, int] = {}
    for at, figure in enumerate(figures):
        for entity in figure.members[column.index]:
            for mention in entity.mentions:
                owners |= {word.start: at for word in column.words_in(mention.start, mention.end)}
    found: list[list[Term]] = [[] for _ in column.sentences]
    for word in column.words:
        found[word.sentence].append(owners.get(word.start, word.form))
    return found


def _rows(bags: Iterable[Mapping[str, float]], columns: Mapping[str, int] | None = None) -> csr_matrix:
    """A row a bag, a column a term; terms without a column are left out."""
    bags = list(bags)
    columns = columns or {term: at for at, term in enumerate(sorted({term for bag in bags for term in bag}))}
    entries = [sorted((columns[term], weight) for term, weight in bag.items() if term in columns) for bag in bags]
    return csr_matrix(
        (
            np.array([weight for row in entries for _, weight in row], np.float64),
            np.array([at for row in entries for at, _ in row], np.int32),
            np.cumsum([0, *map(len, entries)], dtype=np.int32),
        ),
        shape=(len(bags), max(1, len(columns))),
    )


def _products(rows: csr_matrix) -> Matrix:
    dense: Matrix = (rows @ rows.T).toarray()
    return dense


def named(column: Column, figures: Sequence[Figure]) -> list[set[int]]:
    """Who is named in each sentence? Figures by their index."""
    sentences: list[set[int]] = [set() for _ in column.sentences]
    for at, figure in enumerate(figures):
        for entity in figure.members[column.index]:
            for mention in entity.mentions:
                sentence = column.sentence_at(mention.start)
                if sentence is not None:
                    sentences[sentence].add(at)
    return sentences
