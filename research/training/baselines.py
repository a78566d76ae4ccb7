"""What simpler tools reach on the same parts: a word list and linear models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from models.document.pattern import sentiment
from research.corpora import Sample, find_part
from research.scoring import (
    Measure,
    Tallies,
    Tally,
    confuse,
    count_hits,
    f1,
    find_tokens,
    macro_f1,
    mark_tokens,
)
from research.training.measuring import count_bias
from research.training.tuning import Read

_CORPORA = {"babe": ("loaded_babe", "babe.word_f1"), "ptc": ("loaded_ptc", "ptc.loaded_f1")}


def measure(samples: Sequence[Sample], tuned: Sequence[Read], held: Sequence[Read]) -> list[Measure]:
    """TF-IDF (words and characters) with logistic regression for bias and polarity, TextBlob's list for words."""
    found = [*_measure_bias(samples), _measure_polarity(samples), *_measure_list(tuned, held)]
    return [m for m in found if m is not None]


def build_linear() -> Pipeline:
    """Words, pairs of words and pieces of words (TF-IDF) with logistic regression, not yet fitted."""
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=3),
    )
    return make_pipeline(features, LogisticRegression(C=4.0, max_iter=2000, class_weight="balanced"))


def _measure_bias(samples: Sequence[Sample]) -> list[Measure]:
    babe = [s for s in samples if s.corpus == "babe"]
    model = build_linear()
    train = [s for s in babe if find_part(s) == "train"]
    model.fit([s.text for s in train], [int(bool(s.judged[0].bias)) for s in train])
    tallies = Tallies()
    held = [s for s in babe if find_part(s) == "measure"]
    for sample, guess in zip(held, model.predict([s.text for s in held]), strict=True):
        count_bias(sample, bool(guess), tallies, ", TF-IDF with logistic regression")
    return tallies.measures()


def _measure_polarity(samples: Sequence[Sample]) -> Measure | None:
    def rows(part: str) -> list[tuple[str, int, str]]:
        return [
            (f"{s.text[: t.start]} TARGET {s.text[t.end :]}", t.polarity + 1, s.group)
            for s in samples
            if s.corpus == "newsmtsc" and find_part(s) == part
            for t in s.targets
        ]

    train, held = rows("train"), rows("measure")
    model = build_linear()
    model.fit([text for text, _, _ in train], [y for _, y, _ in train])
    tally = Tally("newsmtsc.macro_f1, TF-IDF with logistic regression", macro_f1, "targets")
    for (_, expected, group), guess in zip(held, model.predict([t for t, _, _ in held]), strict=True):
        tally.add(group, confuse(expected, int(guess), 3))
    return tally.measure()


def _measure_list(tuned: Sequence[Read], held: Sequence[Read]) -> list[Measure | None]:
    """Words whose polarity in TextBlob's lexicon is beyond a threshold chosen on the tune part."""

    def score(reads: Sequence[Read], corpus: str, least: float) -> Tally:
        label, name = _CORPORA[corpus]
        tally = Tally(f"{name}, TextBlob's word list", f1, "tokens")
        for r in reads:
            if r.sample.corpus == corpus:
                text, tokens = r.sample.text, find_tokens(r.sample.text)
                found = np.array([abs(sentiment(text[s:e].lower())[0]) >= least for s, e in tokens], bool)
                expected = mark_tokens(tokens, r.sample.spans[label])
                tally.add(r.sample.group, count_hits(expected, found), len(tokens))
        return tally

    measured = []
    for corpus in _CORPORA:
        grid = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8)

        def on_tuned(least: float, corpus: str = corpus) -> float:
            found = score(tuned, corpus, least).measure()
            return found.value if found else 0.0

        measured.append(score(held, corpus, max(grid, key=on_tuned)).measure())
    return measured
