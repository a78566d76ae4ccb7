"""Training what an article's evidence says of somebody's portrayal.

Four corpora asked people how whole articles feel toward somebody: our own, PerSenT, SEESAW and BASIL. Each has a level
of its own (half of PerSenT's people are shown well, a tenth of ours): it is learnt from our own coders, and the others
say whether the order holds elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression

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
CORPORA = ("coded", "persent", "seesaw", "basil")
_PENALTY = 0.03  # chosen by five folds of our train part
_LEAST = 0.01  # scale of a feature that hardly ever differs
_VECTORS = 3.0  # how much less a column of a vector weighs than a feature
_SURE = 0.6  # from here on of 100 portrayals of the tune part 74 have our coders' sign, and two in three are told
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

    corpus: str
    part: str
    row: list[float]  # features, then the two vectors
    mentions: int
    felt: float


def read_asked(data: Path) -> Iterator[Asked]:
    """Every article of the four corpora that `data` holds."""
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
            shown.append(Shown(asked.corpus, asked.part, row, own, felt))
    return shown


def _find(document: Document, name: str) -> Entity | None:
    fitting = [entity for entity in document.entities if same_name(entity.name, name)]
    return max(fitting, key=lambda entity: len(entity.mentions), default=None)


def train(shown: list[Shown]) -> dict[str, Any]:
    """Fit on our train part; tell how far our tune and measure parts and the other corpora agree."""
    own = [one for one in shown if one.corpus == "coded" and one.mentions]
    rows, signs = _rows_of(own, "train"), np.sign(_felt(own, "train"))
    center, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), _LEAST)
    scale[len(portrayal.FEATURES) :] *= _VECTORS
    model = LogisticRegression(C=_PENALTY, max_iter=500).fit(_standardize(rows, center, scale), signs)
    levels = np.array([_felt(own, "train")[signs == sign].mean() for sign in (-1, 0, 1)])
    weights = model.coef_.T
    told: dict[str, dict[str, float]] = {}
    spread = 1.0
    for part in ("tune", "measure"):
        enough = [one for one in own if one.part == part and one.mentions >= settings()["portrayal_mentions"]]
        if not enough:
            continue
        shares = _share(_standardize(_rows_of(enough, part), center, scale), weights, model.intercept_)
        sure = shares.max(axis=1) >= _SURE
        felt = _felt(enough, part)[sure]
        found = np.clip(shares[sure] @ levels, -1, 1)
        chosen = shares[sure].argmax(axis=1) - 1
        spread = float(np.quantile(np.abs(found - felt), 0.8)) if part == "tune" else spread
        pairs = [
            (to_level(max(0.21, abs(v)) * sign), to_level(f)) for v, sign, f in zip(found, chosen, felt, strict=True)
        ]
        told[part] = {
            "people": len(enough),
            "judged": int(sure.sum()),
            "sign_agrees": round(float((chosen == np.sign(felt)).mean()), 4),
            "alpha": round(ordinal_alpha(pairs), 4),
        }
    order = {}
    for corpus in CORPORA:
        several = [one for one in shown if one.corpus == corpus and one.part in ("tune", "measure")]
        if len(several) > 2:
            several_rows = _standardize(np.array([one.row for one in several]), center, scale)
            shares = _share(several_rows, weights, model.intercept_)
            order[corpus] = round(float(spearmanr(shares @ levels, [one.felt for one in several]).statistic), 4)
    return {
        "features": list(portrayal.FEATURES),
        "center": [round(float(one), 5) for one in center],
        "scale": [round(float(one), 5) for one in scale],
        "weights": [[round(float(one), 5) for one in row] for row in weights],
        "intercept": [round(float(one), 5) for one in model.intercept_],
        "levels": [round(float(one), 4) for one in levels],
        "sure": _SURE,
        "spread": round(spread, 4),
        "card": {
            "question": "How does an article's own telling make a fair reader see somebody: badly, neither, well?",
            "data": "our own corpus' train part (research/corpus, docs/training.md)",
            "people": len(rows),
            "agreement": told,
            "spearman": order,
        },
    }


def _rows_of(shown: list[Shown], part: str) -> Doubles:
    return np.array([one.row for one in shown if one.part == part])


def _felt(shown: list[Shown], part: str) -> Doubles:
    return np.array([one.felt for one in shown if one.part == part])


def _standardize(rows: Doubles, center: Doubles, scale: Doubles) -> Doubles:
    standard: Doubles = np.clip((rows - center) / scale, -portrayal.FAR, portrayal.FAR)
    return standard


def _share(rows: Doubles, weights: Doubles, intercept: Doubles) -> Doubles:
    logits = rows @ weights + intercept
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Doubles = powers / powers.sum(axis=1, keepdims=True)
    return shares
