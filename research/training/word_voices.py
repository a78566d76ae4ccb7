"""Training the decision whose a loaded word is: `models/classifiers/word_voices.json`.

Coders say whose each word is that they mark, readers whether the voice that they were told is wrong. Weights come from
the coded corpus' train part and from the words that readers judged; how right it is is told on the tune part, and in
folds by article.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from models.analyzers import vocabulary
from models.analyzers.vocabulary import whose
from models.analyzers.vocabulary.candidates import TermCandidate
from models.analyzers.vocabulary.targets import Targets
from models.classifiers import terms, word_voices
from models.classifiers.word_voices import FEATURES, Rows
from models.document import Document
from research.training.coded import read_coded, read_judged

Flags = NDArray[np.bool_]
_REGULARIZED = 0.05
_VECTORS = 0.3  # what a vector's column counts beside a named feature
_FOLDS = 5
_QUOTED = 0.6  # chosen with the folds and the tune part in sight: .5 to .65 differ by .002


@dataclass(frozen=True, slots=True)
class Case:
    """One article's words of which somebody said whose they are."""

    name: str
    rows: Rows
    quoted: Flags

    @property
    def ruled(self) -> Flags:
        """What the rules alone say."""
        return self.rows[:, FEATURES.index("ruled")] > 0


def train_voices(data: Path) -> dict[str, object]:
    """Fit the decision, write word_voices.json, and return its card."""
    coded = {part: list(_read_coded(data, part)) for part in ("train", "tune")}
    return write(coded["train"], coded["tune"], list(_read_judged(data)))


def write(coded: Sequence[Case], tuned: Sequence[Case], judged: Sequence[Case]) -> dict[str, object]:
    """The same on cases that are read already."""
    model = fit([*coded, *judged])
    folds = _fold_models([*coded, *judged])
    card: dict[str, object] = {
        "name": "word_voices",
        "question": "Is a loaded word the outlet's, or that of somebody whose words are told?",
        "data": "coders' marks of the coded corpus' train part, and words whose voice readers held or called wrong",
        "not_for": "quotations and statements, whose speakers are found by rule and tree",
        "trained_on": {"coded": _count(coded), "judged": _count(judged)},
        "tune": _measure(tuned, [word_voices.weigh(case.rows, model) for case in tuned]),
        "folds.coded": _measure(coded, _weigh_apart(coded, folds)),
        "folds.judged": _measure(judged, _weigh_apart(judged, folds)),
    }
    model = model.model_copy(update={"card": card})
    word_voices.FILE.write_text(json.dumps(model.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    word_voices.load.cache_clear()
    return card


def _read_coded(data: Path, part: str) -> Iterator[Case]:
    for article in read_coded(data, [part]):
        told = []
        found = _find(article.document)
        for start, end in (place for place, _ in found):
            met = [one for one in article.gold["loaded"] if one["start"] < end and start < one["end"]]
            told.append(met[0]["voice"] == "quoted" if met else None)
        yield _take(article.name, article.document, [one for _, one in found], told)


def _read_judged(data: Path) -> Iterator[Case]:
    """Words that readers called loaded: whose they were told to be, or the other where that was called wrong.

    What they were told was the rules' voice of that day; today's is taken for it, so a rule mended since turns a label.
    """
    for name, document, rows in read_judged(data, "words"):
        said = {(row["start"], row["end"]): row for row in rows if row.get("grade", 0)}
        found = [(place, one) for place, one in _find(document) if place in said]
        told = [_turn(said[place], whose.locate(document, one).ruled) for place, one in found]
        yield _take(name, document, [one for _, one in found], told)


def _turn(row: Mapping[str, Any], ruled: bool) -> bool:
    return ruled != ("v" in (row["fault"] or ""))


def _find(document: Document) -> list[tuple[tuple[int, int], TermCandidate]]:
    found = vocabulary.settle(document, vocabulary.propose(document, Targets(document)))
    return [((document.tokens[one.first].start, document.tokens[one.last - 1].end), one) for one in found]


def _take(name: str, document: Document, found: Sequence[TermCandidate], told: Sequence[bool | None]) -> Case:
    kept = [(one, quoted) for one, quoted in zip(found, told, strict=True) if quoted is not None]
    described = terms.describe(document, [one.known for one, _ in kept])
    places = [whose.locate(document, one) for one, _ in kept]
    return Case(name, word_voices.describe(places, described), np.array([quoted for _, quoted in kept], bool))


def fit(cases: Sequence[Case]) -> word_voices.Model:
    """Weights by logistic regression."""
    rows, quoted = np.concatenate([case.rows for case in cases]), np.concatenate([case.quoted for case in cases])
    scaler = StandardScaler().fit(rows)
    counted = np.where(np.arange(rows.shape[1]) < len(FEATURES), 1.0, _VECTORS)
    learned = LogisticRegression(C=_REGULARIZED, max_iter=2000).fit(scaler.transform(rows) * counted, quoted)
    weights = learned.coef_[0] * counted / scaler.scale_
    told = [round(float(weight), 5) for weight in weights]
    return word_voices.Model(
        features=FEATURES,
        weights=tuple(told[: len(FEATURES)]),
        vectors=tuple(told[len(FEATURES) :]),
        intercept=round(float(learned.intercept_[0] - scaler.mean_ @ weights), 5),
        quoted_from=_QUOTED,
        card={},
    )


def _fold_models(cases: Sequence[Case]) -> list[word_voices.Model]:
    """For each fold what is learned from all articles outside it."""
    return [fit([case for case in cases if _fold(case) != fold]) for fold in range(_FOLDS)]


def _weigh_apart(cases: Sequence[Case], models: Sequence[word_voices.Model]) -> list[list[float]]:
    """Each case weighed by what was learned from other articles."""
    return [word_voices.weigh(case.rows, models[_fold(case)]) for case in cases]


def _fold(case: Case) -> int:
    return zlib.crc32(case.name.encode()) % _FOLDS


def _count(cases: Sequence[Case]) -> dict[str, int]:
    return {"articles": len(cases), "words": sum(len(case.quoted) for case in cases)}


def _measure(cases: Sequence[Case], weighed: Sequence[Sequence[float]]) -> dict[str, float]:
    """How often the voice is right: by the rules, and as decided."""
    quoted, ruled = (np.concatenate([getattr(case, name) for case in cases]) for name in ("quoted", "ruled"))
    shares = np.array([share for one in weighed for share in one])
    found = ruled | (shares > _QUOTED)
    return {
        "words": len(quoted),
        "right_by_rule": round(float((ruled == quoted).mean()), 4),
        "right": round(float((found == quoted).mean()), 4),
    }
