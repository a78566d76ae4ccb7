"""Is a category of one's own, learnt as rooms learn it, at least what a linear model on words alone is?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from models.article import Article
from models.categories import codes, learning
from models.categories.codes import CodedText
from models.categories.units import Codes, Unit
from research.corpora import Sample, find_part, read_lines

_STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0)  # of the words' model: 1 / weight decay
_NARRATIVE = ("conflict", "economic", "human_interest", "morality", "resolution")


def compare(data: Path) -> Iterator[str]:
    """A line for each corpus that is there: macro-F1 of ours and of words alone, by cross-validation on the same folds.

    Words alone are tf-idf of words and pairs, and logistic regression at the strength that does best on these folds.
    Of Narrative Frames each frame is a question of its own, yes or no, on the parts to learn and to tune on.
    """
    headlines = data / "frames" / "gvfc_headlines.csv"
    if headlines.exists():
        coded = codes.read(headlines)[0]
        texts = [one.article.text for one in coded]
        yield _measure("GVFC", texts, [unit for one in coded for unit in learning.look(one, "article")]).told
    articles = data / "narrative" / "train.jsonl"
    if not articles.exists():
        return
    rows = [row for row in read_lines(articles) if find_part(Sample("narrative", row["id"], "")) != "measure"]
    seen = [learning.look(CodedText(row["id"], Article(text=row["text"]), Codes()), "article")[0] for row in rows]
    found = []
    for frame in _NARRATIVE:
        units = [
            replace(unit, labels=frozenset(["yes" if frame in row["frames"] else "no"]))
            for unit, row in zip(seen, rows, strict=True)
        ]
        found.append(_measure(f"Narrative Frames, {frame}", [row["text"] for row in rows], units))
        yield found[-1].told
    ours, words = (np.mean([getattr(one, name) for one in found]) for name in ("ours", "words"))
    yield f"Narrative Frames, mean of {len(found)}: {ours:.3f}, words alone {words:.3f}"


@dataclass(frozen=True, slots=True)
class _Measured:
    ours: float
    words: float
    told: str


def _measure(name: str, texts: Sequence[str], units: Sequence[Unit]) -> _Measured:
    ours = learning.learn(units, name, "article").model.figures
    words = _count_words(texts, units)
    span = f"[{ours.low:.3f}, {ours.high:.3f}]"
    told = f"{name}, {len(units)} articles: {ours.macro_f1:.3f} {span}, words alone {words:.3f}"
    return _Measured(ours.macro_f1, words, told)


def _count_words(texts: Sequence[str], units: Sequence[Unit]) -> float:
    """Macro-F1 of the model on words, at its best strength."""
    truth = np.array([next(iter(unit.labels)) for unit in units])
    folds = learning.deal(units, 1)
    scores = []
    for strength in _STRENGTHS:
        said = truth.copy()
        for fold in sorted(set(folds.tolist())):
            rest, held = np.flatnonzero(folds != fold).tolist(), np.flatnonzero(folds == fold).tolist()
            counter = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
            known = counter.fit_transform([texts[at] for at in rest])
            model = LogisticRegression(C=strength, max_iter=1_000).fit(known, truth[rest])
            said[held] = model.predict(counter.transform([texts[at] for at in held]))
        scores.append(float(f1_score(truth, said, average="macro")))
    return max(scores)
