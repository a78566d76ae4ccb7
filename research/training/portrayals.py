"""Training what an article's evidence says of somebody's portrayal.

Four corpora asked people how whole articles feel toward somebody: PerSenT, SEESAW, BASIL and our own. Each has a level
of its own (half of PerSenT's people are shown well, a tenth of ours), so each gets an intercept of its own in learning;
what is given out has our own coders' level.
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
from sklearn.linear_model import Ridge

from models import reader
from models.analyzers import portraits, vocabulary
from models.analyzers.portraits.rules import settings
from models.article import Article
from models.classifiers import portrayal
from models.coding.tool import to_level
from models.document import Document, Entity, read
from research.corpora import Sample, find_part, read_lines
from research.corpus import records
from research.corpus.layers import same_name
from research.corpus.measures import ordinal_alpha
from research.judgements import SEESAW_VOTES

Doubles = NDArray[np.float64]
CORPORA = ("coded", "persent", "seesaw", "basil")
_WEIGHTS = {"coded": 1.0, "persent": 0.5, "seesaw": 1.0, "basil": 1.0}
_SHRUNK = (3.0, 10.0, 30.0, 100.0, 300.0)
_STRETCHES = [round(1 + 0.25 * step, 2) for step in range(13)]
_SHIFTS = [round(-0.2 + 0.05 * step, 2) for step in range(9)]
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
    row: list[float]
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
    document = reader.read(read(Article(title=asked.title or None, text=asked.text)))
    terms = vocabulary.analyze(document).shown
    shown = []
    for name, felt in asked.feelings.items():
        entity = _find(document, name)
        if entity:
            gathered = portraits.describe(document, entity, terms)
            own = sum(m.form == "name" and document.voice_at(m.start) == "outlet" for m in entity.mentions)
            shown.append(Shown(asked.corpus, asked.part, [gathered[one] for one in portrayal.FEATURES], own, felt))
    return shown


def _find(document: Document, name: str) -> Entity | None:
    fitting = [entity for entity in document.entities if same_name(entity.name, name)]
    return max(fitting, key=lambda entity: len(entity.mentions), default=None)


def train(shown: list[Shown]) -> dict[str, Any]:
    """Fit on the train parts, choose the shrinkage on the tune parts, tell the measure parts."""
    enough = [one for one in shown if one.mentions >= settings()["portrayal_mentions"]]
    parts = {part: [one for one in enough if one.part == part] for part in ("train", "tune", "measure")}
    rows = np.array([one.row for one in parts["train"]])
    center, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    best: tuple[float, Ridge] | None = None
    for shrunk in _SHRUNK:
        model = Ridge(alpha=shrunk)
        weights = [_WEIGHTS[one.corpus] for one in parts["train"]]
        model.fit(_extend(parts["train"], center, scale), [one.felt for one in parts["train"]], weights)
        told = {part: _tell(model, parts[part], center, scale) for part in ("tune", "measure")}
        mean = float(np.mean(list(told["tune"].values())))
        print(shrunk, {part: {k: round(v, 3) for k, v in one.items()} for part, one in told.items()}, flush=True)
        if best is None or mean > best[0]:
            best = (mean, model)
    assert best is not None  # noqa: S101  # there are strengths
    model = best[1]
    weights = model.coef_[: len(portrayal.FEATURES)] / scale
    intercept = float(model.intercept_ + model.coef_[len(portrayal.FEATURES)] - weights @ center)
    own = [one for one in parts["tune"] if one.corpus == "coded"]
    felt = np.array([one.felt for one in own])
    found = np.array([one.row for one in own]) @ weights + intercept
    stretch, shift = max(product(_STRETCHES, _SHIFTS), key=lambda chosen: _agree(chosen[0] * found + chosen[1], felt))
    weights, intercept = weights * stretch, intercept * stretch + shift
    misses = np.abs(np.clip(stretch * found + shift, -1, 1) - felt)
    return {
        "features": list(portrayal.FEATURES),
        "weights": [round(float(one), 5) for one in weights],
        "intercept": round(intercept, 5),
        "spread": round(float(np.quantile(misses, 0.8)), 4),
        "card": {
            "question": "How does an article's own telling make a fair reader see somebody, from -1 to 1?",
            "data": "our own corpus' train part, PerSenT, SEESAW, BASIL (research/corpus, docs/training.md)",
            "people": {part: len(several) for part, several in parts.items()},
            "spearman": {part: _tell(model, parts[part], center, scale) for part in ("tune", "measure")},
        },
    }


def _agree(found: Doubles, felt: Doubles) -> float:
    """Ordinal alpha over the five levels. A regression keeps to the middle; people who code use the ends."""
    return ordinal_alpha([(to_level(float(a)), to_level(float(b))) for a, b in zip(found, felt, strict=True)])


def _extend(shown: list[Shown], center: Doubles, scale: Doubles) -> Doubles:
    rows = (np.array([one.row for one in shown]) - center) / scale
    flags = np.array([[float(one.corpus == corpus) for corpus in CORPORA] for one in shown])
    return np.hstack([rows, flags])


def _tell(model: Ridge, shown: list[Shown], center: Doubles, scale: Doubles) -> dict[str, float]:
    told = {}
    for corpus in CORPORA:
        chosen = [one for one in shown if one.corpus == corpus]
        if len(chosen) > 2:
            found = model.predict(_extend(chosen, center, scale))
            told[corpus] = round(float(spearmanr(found, [one.felt for one in chosen]).statistic), 4)
    return told
