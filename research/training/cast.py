"""Training what tells sources' roles and who is missed, on the casts that coders wrote down."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from models import leanings
from models.analyzers import attribution, portraits, vocabulary
from models.analyzers.cast import find_sources, roles, unheard
from models.classifiers import cast
from models.document import Document
from research.corpus.layers import same_name
from research.training.coded import Coded, collect

Doubles = NDArray[np.float64]
_ROLES_STRENGTH, _UNHEARD_STRENGTH = 0.3, 1.0  # C, chosen by folds of the train part
_LEAST = 3  # sources of which a flag must hold
_FROM = 0.35  # probability from which somebody is missed
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """An article's sources with their flags, and who is silent with figures, by name."""

    sources: list[tuple[str, list[str]]]
    silent: list[tuple[str, list[float]]]


def train_cast(data: Path) -> None:
    """Learn from the coded corpus and write cast.json; nothing where its texts are not in `data`."""
    if (data / "news").exists():
        cast.FILE.write_text(json.dumps(train(collect(data, tell))) + "\n", encoding="utf-8")


def tell(document: Document) -> Told:
    """What the two decisions see of an article."""
    terms = vocabulary.analyze(document).terms
    document = leanings.settle(document, terms)
    said = attribution.analyze(document)
    people = portraits.analyze(document, terms)
    sources = []
    for source in find_sources(document, said):
        told = next((item.source.text for item in source.items if item.source is not None), source.summary.name)
        name = source.summary.name if source.entity is not None else told
        sources.append((name, roles.flags(document, source, list(roles.find(document, source)))))
    silent = [
        (one.entity.name, [one.figures[figure] for figure in cast.UNHEARD])
        for one in unheard.describe(document, said, terms, people)
    ]
    return Told(sources, silent)


def train(coded: Sequence[Coded[Told]]) -> dict[str, Any]:
    """Fit both on the train part; what they reach over its folds and on the tune part goes into the card."""
    chosen, roles_card = _train_roles(coded)
    missed, unheard_card = _train_unheard(coded)
    card = {
        "question": "As what does a source speak in this story, and who is accused or touched and has no word in it?",
        "data": "our own corpus' train part (research/corpus): 90 in 100 roles are alike between two coders",
        "not_for": "groups that bear no name are never given as unheard",
        "roles": roles_card,
        "unheard": unheard_card,
    }
    return chosen | {"unheard": missed, "card": card}


def _train_roles(coded: Sequence[Coded[Told]]) -> tuple[dict[str, Any], dict[str, Any]]:
    sources = {part: list(_pair_roles([one for one in coded if one.part == part])) for part in ("train", "tune")}
    counts = Counter(flag for _, flags, _ in sources["train"] for flag in flags)
    known = sorted(flag for flag, count in counts.items() if count >= _LEAST)
    rows = {part: np.array([[flag in flags for flag in known] for _, flags, _ in sources[part]]) for part in sources}
    labels = {part: np.array([role for _, _, role in sources[part]]) for part in sources}
    model = LogisticRegression(C=_ROLES_STRENGTH, max_iter=2000)
    groups = [name for name, _, _ in sources["train"]]
    folds = cross_val_predict(model, rows["train"], labels["train"], cv=GroupKFold(_FOLDS), groups=groups)
    model.fit(rows["train"], labels["train"])
    numbers = {
        "roles": model.classes_.tolist(),
        "flags": known,
        "weights": [[round(float(one), 4) for one in row] for row in model.coef_.T],
        "intercept": [round(float(one), 4) for one in model.intercept_],
    }
    card = {
        "sources": {part: len(rows[part]) for part in rows},
        "folds.accuracy": round(float((folds == labels["train"]).mean()), 4),
        "tune.accuracy": round(float((model.predict(rows["tune"]) == labels["tune"]).mean()), 4),
    }
    return numbers, card


def _pair_roles(coded: Sequence[Coded[Told]]) -> Any:
    for one in coded:
        for name, flags in one.told.sources:
            role = next((c["role"] for c in one.marks["cast"] if same_name(name, c["speaker"])), None)
            if role is not None:
                yield one.name, frozenset(flags), role


def _train_unheard(coded: Sequence[Coded[Told]]) -> tuple[dict[str, Any], dict[str, Any]]:
    parts = {}
    for part in ("train", "tune"):
        told = [(one, name, row) for one in coded if one.part == part for name, row in one.told.silent]
        truths = np.array([any(same_name(name, other) for other in one.marks["unheard"]) for one, name, _ in told])
        parts[part] = [one.name for one, _, _ in told], np.array([row for _, _, row in told]), truths
    groups, rows, truths = parts["train"]
    center, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(C=_UNHEARD_STRENGTH, max_iter=2000)
    standard = (rows - center) / scale
    folds = cross_val_predict(model, standard, truths, cv=GroupKFold(_FOLDS), groups=groups, method="predict_proba")
    model.fit(standard, truths)
    weights = model.coef_[0] / scale
    tuned = model.predict_proba((parts["tune"][1] - center) / scale)[:, 1]
    wanted = {part: sum(len(one.marks["unheard"]) for one in coded if one.part == part) for part in parts}
    numbers = {
        "weights": {name: round(float(one), 5) for name, one in zip(cast.UNHEARD, weights, strict=True)},
        "intercept": round(float(model.intercept_[0] - center @ weights), 5),
        "from": _FROM,
    }
    card = {
        "folds": _rate(folds[:, 1], truths, wanted["train"]),
        "tune": _rate(tuned, parts["tune"][2], wanted["tune"]),
    }
    return numbers, card


def _rate(found: Doubles, truths: NDArray[np.bool_], wanted: int) -> dict[str, float]:
    """Precision of what is told, and recall of all that coders name, unnamed groups too."""
    told = found >= _FROM
    right = float((told & truths).sum())
    return {"precision": round(right / max(1, told.sum()), 4), "recall": round(right / max(1, wanted), 4)}
