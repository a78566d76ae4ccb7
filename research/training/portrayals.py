"""Training what an article's evidence says of somebody's portrayal.

Five corpora asked how whole articles feel toward somebody: our own, the articles told in outline, PerSenT, SEESAW and
BASIL. Each has a level of its own (half of PerSenT's people are shown well, a tenth of ours): one column a corpus takes
it up, and what is written is at the level of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from models import leanings, reader
from models.analyzers import portraits, vocabulary
from models.analyzers.portraits.rules import settings
from models.article import Article
from models.classifiers import portrayal
from models.coding.tool import to_level
from models.document import Document, Entity, names, read
from research.corpora import Sample, find_part, read_lines
from research.corpus import records
from research.corpus.layers import same_name
from research.corpus.measures import ordinal_alpha
from research.judgements import SEESAW_VOTES

Doubles = NDArray[np.float64]
CORPORA = ("coded", "outlined", "persent", "seesaw", "basil")
_PENALTY = 0.005
_OURS = 2.0  # how much more one of our own people weighs
_LEVEL = 3.0  # of a corpus' column where it is that corpus
_LEAST = 0.01  # scale of a feature that hardly ever differs
_VECTORS = 4.0  # how much less a column of a vector weighs than a feature
_SURE = (0.55, 0.5, 0.45)  # badly, neither, well: from here on 73 of 100 have our coders' sign, in folds
_FAINT = 0.1  # a mean feeling up to this far from 0 is none
_FOLDS = 5
_STRETCHES = tuple(product(np.linspace(1, 2, 6), np.linspace(0, 0.2, 5)))  # and shifts of the figure
_FELT = {"neg": -1.0, "neu": 0.0, "pos": 1.0}


@dataclass(frozen=True, slots=True)
class Asked:
    """An article, and what people felt of it toward some of whom it names (-1..1)."""

    corpus: str
    part: str
    title: str
    text: str
    feelings: dict[str, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody in an article: the evidence, how many of the outlet's own mentions it rests on, and what was felt."""

    article: str
    corpus: str
    part: str
    row: list[float]  # features, then the two vectors
    mentions: int
    felt: float


def read_asked(data: Path) -> Iterator[Asked]:
    """Every article of the corpora that `data` holds."""
    for row in _rows(data / "persent" / "train.jsonl"):
        part = find_part(Sample("persent", row["id"], ""))
        yield Asked("persent", part, row["title"], row["text"], {row["target"]: float(row["feeling"])})
    for row in _rows(data / "seesaw" / "train.jsonl"):
        felt = {}
        for name, votes in row["feelings"].items():
            known = [SEESAW_VOTES[vote] for vote in votes if vote in SEESAW_VOTES]
            if known:
                felt[name] = float(np.mean(known))
        yield Asked(
            "seesaw", find_part(Sample("seesaw", row["event"], "")), row["title"], "\n".join(row["sentences"]), felt
        )
    for row in _rows(data / "basil" / "dev.jsonl"):
        body = row["text"][row["title_end"] :].lstrip()
        felt = {
            name: _FELT[one] for name, one in row["author_feeling"].items() if one in _FELT and name != "main event"
        }
        yield Asked("basil", find_part(Sample("basil", row["event"], "")), row["title"], body, felt)
    marks, facts = records.read_marks(), records.read_articles()
    rows = [*_rows(data / "news" / "articles.jsonl.gz"), *records.read_own()]
    outlines = {row["id"]: row for row in records.read_outlines()}
    for row in rows:
        if row["id"] in outlines:
            felt = {one["name"]: one["portrayal"] / 2 for one in outlines[row["id"]]["people"]}
            yield Asked("outlined", "train", row["title"], row["text"], felt)
    texts = records.find_texts(rows)
    for name, text in texts.items():
        if name in marks:
            title, body = text.split("\n\n", 1)
            felt = {one["name"]: one["portrayal"] / 2 for one in records.best(marks[name])["people"]}
            yield Asked("coded", facts[name]["part"], title, body, felt)


def train_portrayals(data: Path) -> None:
    """Learn from all corpora and write portrayal.json."""
    portrayal.FILE.write_text(json.dumps(train(collect(data)), indent=1) + "\n", encoding="utf-8")


def collect(data: Path, jobs: int = 2) -> list[Shown]:
    """Everybody who was asked about and is found in the article."""
    with get_context("spawn").Pool(jobs) as pool:
        return [one for several in pool.imap(_show, list(read_asked(data)), chunksize=16) for one in several]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return read_lines(path) if path.exists() else iter(())


def _show(asked: Asked) -> list[Shown]:
    document = names.settle(reader.read(read(Article(title=asked.title or None, text=asked.text))))
    terms = vocabulary.analyze(document).shown
    document = leanings.settle(document, terms)
    shown = []
    for name, felt in asked.feelings.items():
        entity = _find(document, name)
        if entity:
            gathered = portraits.describe(document, entity, terms)
            own = sum(m.form == "name" and document.voice_at(m.start) == "outlet" for m in entity.mentions)
            row = [*(gathered[one] for one in portrayal.FEATURES), *portraits.average(document, entity).tolist()]
            shown.append(Shown(asked.text, asked.corpus, asked.part, row, own, felt))
    return shown


def _find(document: Document, name: str) -> Entity | None:
    fitting = [entity for entity in document.entities if same_name(entity.name, name)]
    return max(fitting, key=lambda entity: len(entity.mentions), default=None)


def train(shown: list[Shown]) -> dict[str, Any]:
    """Fit on all train parts; tell how far the tune and measure parts agree."""
    shown = [one for one in shown if one.mentions]
    learnt = [one for one in shown if one.part == "train"]
    model = _fit(learnt)
    folded = np.zeros((len(learnt), 3))
    for inside, outside in GroupKFold(_FOLDS).split(learnt, groups=[one.article for one in learnt]):
        folded[outside] = _fit([learnt[at] for at in inside]).share([learnt[at] for at in outside])
    ours = np.array([one.corpus == "coded" for one in learnt])
    levels = _stretch(folded[ours], _felt(learnt)[ours])
    tuned = [one for one in shown if (one.corpus, one.part) == ("coded", "tune")]
    spread = float(np.quantile(np.abs(np.clip(model.share(tuned) @ levels, -1, 1) - _felt(tuned)), 0.8)) if tuned else 1
    return {
        "features": list(portrayal.FEATURES),
        "center": [round(float(one), 5) for one in model.center],
        "scale": [round(float(one), 5) for one in model.scale],
        "weights": [[round(float(one), 5) for one in row] for row in model.weights],
        "intercept": [round(float(one), 5) for one in model.intercept],
        "levels": [round(float(one), 4) for one in levels],
        "sure": list(_SURE),
        "spread": round(spread, 4),
        "card": {
            "question": "How does an article's own telling make a fair reader see somebody: badly, neither, well?",
            "data": "PerSenT, SEESAW, BASIL and our own corpus, their train parts; articles told in outline "
            "(docs/training.md)",
            "people": {corpus: sum(one.corpus == corpus for one in learnt) for corpus in CORPORA},
            "agreement": {part: _agree(model, levels, shown, part) for part in ("tune", "measure")},
            "spearman": {part: _order(model, levels, shown, part) for part in ("tune", "measure")},
        },
    }


@dataclass(frozen=True, slots=True)
class _Model:
    """The numbers, at the level of our own coders."""

    center: Doubles
    scale: Doubles
    weights: Doubles
    intercept: Doubles

    def share(self, shown: list[Shown]) -> Doubles:
        """Probabilities of badly, neither and well."""
        logits = _standardize(_rows_of(shown), self.center, self.scale) @ self.weights + self.intercept
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: Doubles = powers / powers.sum(axis=1, keepdims=True)
        return shares


def _fit(shown: list[Shown]) -> _Model:
    rows = _rows_of(shown)
    center, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), _LEAST)
    scale[len(portrayal.FEATURES) :] *= _VECTORS
    whose = np.array([[one.corpus == corpus for corpus in CORPORA] for one in shown], float)
    columns = np.hstack([_standardize(rows, center, scale), _LEVEL * whose])
    weights = np.where(whose[:, 0] > 0, _OURS, 1.0)
    fitted = LogisticRegression(C=_PENALTY, max_iter=500).fit(columns, _sign(_felt(shown)), weights)
    size = rows.shape[1]
    return _Model(center, scale, fitted.coef_.T[:size], fitted.intercept_ + _LEVEL * fitted.coef_.T[size])


def _stretch(shares: Doubles, felt: Doubles) -> Doubles:
    """The figures of the three answers by which our coders' ordinal alpha is best: a regression keeps to the middle."""

    def alpha(levels: Doubles) -> float:
        found = np.clip(shares @ levels, -1, 1)
        return ordinal_alpha([(to_level(float(a)), to_level(float(b))) for a, b in zip(found, felt, strict=True)])

    return max((by * np.array([-1.0, 0.0, 1.0]) + shift for by, shift in _STRETCHES), key=alpha)


def _agree(model: _Model, levels: Doubles, shown: list[Shown], part: str) -> dict[str, float]:
    """Beside our own coders: everybody by level, and by sign who would be shown."""
    ours = [one for one in shown if (one.corpus, one.part) == ("coded", part)]
    if not ours:
        return {}
    shares, felt = model.share(ours), _felt(ours)
    found = np.clip(shares @ levels, -1, 1)
    signs = (found > portrayal.NEITHER).astype(int) - (found < -portrayal.NEITHER)
    often = np.array([one.mentions >= settings()["portrayal_mentions"] for one in ours])
    told = often & (shares[np.arange(len(ours)), 1 + signs] >= np.array(_SURE)[1 + signs])
    pairs = [(to_level(float(a)), to_level(float(b))) for a, b in zip(found, felt, strict=True)]
    return {
        "people": len(ours),
        "alpha": round(ordinal_alpha(pairs), 4),
        "often": int(often.sum()),
        "shown": int(told.sum()),
        "sign_agrees": round(float((signs == np.sign(felt))[told].mean()), 4),
    }


def _order(model: _Model, levels: Doubles, shown: list[Shown], part: str) -> dict[str, float]:
    order = {}
    for corpus in CORPORA:
        several = [one for one in shown if (one.corpus, one.part) == (corpus, part)]
        if len(several) > 2:
            found = np.clip(model.share(several) @ levels, -1, 1)
            order[corpus] = round(float(spearmanr(found, _felt(several)).statistic), 4)
    return order


def _rows_of(shown: list[Shown]) -> Doubles:
    return np.array([one.row for one in shown])


def _felt(shown: list[Shown]) -> Doubles:
    return np.array([one.felt for one in shown])


def _sign(felt: Doubles) -> Doubles:
    return np.sign(np.where(np.abs(felt) > _FAINT, felt, 0.0))


def _standardize(rows: Doubles, center: Doubles, scale: Doubles) -> Doubles:
    standard: Doubles = np.clip((rows - center) / scale, -portrayal.FAR, portrayal.FAR)
    return standard
