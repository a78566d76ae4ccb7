"""Train the two models of statements: what belongs to a cue, and what a careful reader has as it stands.

Both learn from the coded corpus' train part, the second from what blind readers held of reports, too
(`research/corpus/data/judged.jsonl`). How sure it is, and from where on a statement shows, is set by those readers,
each article judged by what was learned without it.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from sklearn.linear_model import LogisticRegression

from models.analyzers import attribution
from models.analyzers.attribution import acceptance, decide, grammar, items, propose
from models.document import Document
from research.corpus.layers import Coded, compare_statements, shared, statement
from research.corpus.measures import sign
from research.scoring import find_least
from research.training.attribution import Annotated, Example, fit, train
from research.training.coded import read_coded, read_judged

ABOUT = "articles coded by our codebook (research/corpus), the train part; statements judged by blind readers"
HELD = 0.86  # of what is shown, so much blind readers held
_FOLDS = 5
_READERS = "judged"  # who is asked before a report is readier to nod than who marks by himself
_TOLD = 2.0  # what a reader's verdict weighs beside a coder's: readers judge what is shown
_RARE = 8  # a feature that fewer statements have is none
_REGULARIZED = 0.1
_WHOLE = 0.75  # of the characters of two contents together that both have: they end alike, give or take a word
_SAME = 0.5  # and of two sources

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement that a reader held or refused, and the article it stands in."""

    article: str
    features: Features
    held: bool


def train_statements(data: Path) -> None:
    """Learn both, and write them with their cards."""
    train(partial(_read, data), {"data": ABOUT})
    examples = [example for one in read_coded(data, ["train"]) for example in collect(one.document, one.gold)]
    write(
        examples,
        [one for name, document, rows in read_judged(data, "statements") for one in match(name, document, rows)],
    )


def _read(data: Path) -> Iterator[tuple[Document, Sequence[Annotated]]]:
    for article in read_coded(data, ["train"]):
        yield (
            article.document,
            [
                Annotated([one["source"]] if one["source"] else [], [one["cue"]], one["content"])
                for one in article.gold["statements"]
                if one["cue"]
            ],
        )


def _propose(document: Document) -> tuple[list[dict[str, Any]], list[Features]]:
    """Every statement that may be one, in the codebook's shape, with what is known of it."""
    lines, reading = grammar.lay_out(document), propose.coded(document.reading)
    spoken, _ = attribution.find(document, lines, reading)
    called = {entity.id: entity.name for entity in document.entities}
    ours = [statement(items.write(document, lines, one, 1.0, 0.0), called) for one in spoken]
    return ours, acceptance.describe(document, lines, reading, spoken)


def collect(document: Document, gold: Coded) -> list[Example]:
    """Every statement that is proposed for this document, judged: has the coder it as it stands?"""
    ours, described = _propose(document)
    compared = compare_statements({"statements": ours}, gold)
    met, signed = dict(compared.pairs), sign("statements", compared)
    return [
        Example(features, signed[at] and is_whole(ours[at], gold["statements"][met[at]]))
        for at, features in enumerate(described)
    ]


def is_whole(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Do source and content end where the other's do, give or take a word?"""
    sources = [[one["source"]] if one["source"] else [] for one in (ours, theirs)]
    return shared(ours["content"], theirs["content"]) >= _WHOLE and shared(*sources) >= _SAME


def match(name: str, document: Document, rows: Sequence[Mapping[str, Any]]) -> list[Judged]:
    """Those statements of a document that were judged and are proposed still, word for word."""
    held = {_key(row): row["fault"] is None for row in rows}
    ours, described = _propose(document)
    keys = [_key(one | {"source": [one["source"]] if one["source"] else []}) for one in ours]
    return [Judged(name, features, held[key]) for key, features in zip(keys, described, strict=True) if key in held]


def _key(row: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """First piece of the source, and the content."""
    return tuple((start, end) for start, end in (*row["source"][:1], *row["content"]))


def write(examples: Sequence[Example], judged: Sequence[Judged], path: Path = acceptance.PATH) -> None:
    """Fit the decision on both, set its probability by what was judged, and write it with its card."""
    counts = Counter(name for example in examples for name in example.features)
    kept = frozenset(name for name, count in counts.items() if count >= _RARE)
    judged = [replace(one, features=_only(kept, one.features)) for one in judged]
    examples = [Example(_only(kept, one.features), one.together) for one in examples]
    held, apart = [one.held for one in judged], judge_apart(examples, judged)
    slope, shift = calibrate(apart, held)
    weights = {
        name: round(slope * weight + (shift if name == "intercept" else 0.0), 4)
        for name, weight in learn(examples, judged).items()
    }
    strengths = [1 / (1 + math.exp(-(slope * logit + shift))) for logit in apart]
    card: dict[str, Any] = {
        "question": "Would a careful reader have this statement as it stands?",
        "about": {
            "data": ABOUT,
            "statements": len(examples),
            "accepted": sum(one.together for one in examples),
            "judged": len(judged),
            "held": sum(held),
        },
        "shown": round(min(1.0, find_least(strengths, held, HELD)), 2),
        "weights": weights,
    }
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _only(kept: frozenset[str], features: Features) -> Features:
    return {name: value for name, value in features.items() if name in kept}


def learn(examples: Sequence[Example], judged: Sequence[Judged]) -> dict[str, float]:
    """Weights by feature name, from coders and readers together, for what readers are asked."""
    told = [Example(one.features | {_READERS: 1.0}, one.held) for one in judged]
    weights = fit([*examples, *told], _REGULARIZED, [1.0] * len(examples) + [_TOLD] * len(told))
    weights["intercept"] += weights.pop(_READERS, 0.0)
    return weights


def judge_apart(examples: Sequence[Example], judged: Sequence[Judged]) -> list[float]:
    """The logit of every judged statement by what was learned without its article."""
    logits = [0.0] * len(judged)
    folds = {name: at % _FOLDS for at, name in enumerate(sorted({one.article for one in judged}))}
    for fold in range(_FOLDS):
        weights = learn(examples, [one for one in judged if folds[one.article] != fold])
        for at, one in enumerate(judged):
            if folds[one.article] == fold:
                logits[at] = decide.weigh(weights, one.features)
    return logits


def calibrate(logits: Sequence[float], held: Sequence[bool]) -> tuple[float, float]:
    """Slope and shift that make of a logit how often readers held a statement (Platt 1999)."""
    line = LogisticRegression(C=1e6).fit([[logit] for logit in logits], held)
    return float(line.coef_[0][0]), float(line.intercept_[0])
