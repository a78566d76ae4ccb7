"""Training whether an editor would sign a loaded word as it is told: `models/classifiers/signing.json`.

Readers saw words in their sentences and said, without knowing what a report tells, whether each is loaded, of which
kinds an editor could call it, of which tone and whose it is. What they say of kinds teaches the choice of categories,
too; here each word is told by what was learned from other articles.
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

from models.analyzers import vocabulary
from models.analyzers.vocabulary import whose
from models.analyzers.vocabulary.candidates import TermCandidate, turn
from models.analyzers.vocabulary.targets import Targets
from models.analyzers.vocabulary.whose import Whose
from models.classifiers import categories, signing, terms
from models.classifiers.categories import Kind
from models.classifiers.signing import FEATURES, Told
from models.document import Document
from research.corpus.measures import auc
from research.scoring import find_least
from research.training.acceptance import JudgedCase, know, tell_kinds
from research.training.categories import Marked
from research.training.coded import read_judged

Doubles = NDArray[np.float64]
_HELD = 0.88  # of what is shown, so much readers hold
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Blind:
    """One article's candidates of which readers said what they are, before their categories are judged."""

    name: str
    candidates: list[TermCandidate]
    voices: list[Whose]
    marked: Marked
    case: JudgedCase
    said: list[Mapping[str, Any]]


def read_blind(data: Path, proposal: terms.Model) -> Iterator[Blind]:
    """Every article of which readers judged words blindly."""
    for name, document, rows in read_judged(data, "blind"):
        yield _see(name, document, rows, proposal)


def _see(name: str, document: Document, rows: Sequence[Mapping[str, Any]], proposal: terms.Model) -> Blind:
    said = {(row["start"], row["end"]): row for row in rows}
    proposed = vocabulary.propose(document, Targets(document), proposal)
    places = [(document.tokens[one.first].start, document.tokens[one.last - 1].end) for one in proposed]
    kept = [(one, said[place]) for one, place in zip(proposed, places, strict=True) if place in said]
    candidates = [one for one, _ in kept]
    entries = [one.hit.entry.id if one.hit else None for one in candidates]
    described = terms.describe(document, [one.known for one in candidates], proposal)
    syntax = document.reading.syntax
    return Blind(
        name=name,
        candidates=candidates,
        voices=whose.judge(document, candidates, described),
        marked=Marked(
            rows=categories.describe(document, [one.told for one in candidates], {}),
            entries=entries,
            told=[one.category for one in candidates],
            gold=[next(iter(row.get("kinds", ())), None) for _, row in kept],
        ),
        case=JudgedCase(
            name=name,
            described=described,
            entries=entries,
            heads=[document.folded[syntax.head_of(one.first, one.last)] for one in candidates],
            accepted=[],
        ),
        said=[row for _, row in kept],
    )


def train(blind: Sequence[Blind], kinds: Sequence[Sequence[Kind]], model: terms.Model, taught: set[str]) -> None:
    """Fit and write; `kinds` as judged by other articles, `taught`: articles whose words `model` learned from."""
    names, rows, held = [], [], []
    for one, judged in zip(blind, kinds, strict=True):
        if one.name not in taught:
            for row, share in _tell(one, judged, model):
                names.append(one.name)
                rows.append(row)
                held.append(share)
    table, shares = np.array(rows), np.array(held)
    folds = np.array([zlib.crc32(name.encode()) % _FOLDS for name in names])
    apart = np.zeros(len(table))
    for fold in range(_FOLDS):
        learned = _fit(table[folds != fold], shares[folds != fold])
        apart[folds == fold] = [signing.weigh(row, learned) for row in table[folds == fold].tolist()]
    whole = (shares > 0).astype(float)
    least = find_least(apart, whole, _HELD)
    shown = apart >= least
    card = {
        "question": "Would an editor sign this loaded word as a report tells it: loaded, of this kind, tone and voice?",
        "data": "words of lesson articles of which readers said, without seeing what was told, what they are",
        "not_for": "words that no list has: they are never in the default view; whom a word is about",
        "trained_on": {"articles": len(set(names)), "words": len(table), "held": round(float(whole.mean()), 4)},
        "folds.auc": round(auc(list(zip(apart.tolist(), (whole > 0).tolist(), strict=True))), 4),
        "folds.strength_auc": round(auc(list(zip(table[:, 0].tolist(), (whole > 0).tolist(), strict=True))), 4),
        "folds.shown": {
            "share": round(float(shown.mean()), 4),
            "held": round(float(whole[shown].mean()), 4),
            "any_reader_would_mark": round(float((shares[shown] == 1).mean()), 4),
        },
    }
    told = _fit(table, shares).model_copy(update={"shown_from": round(least, 3), "card": card})
    signing.FILE.write_text(json.dumps(told.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    signing.load.cache_clear()


def _tell(one: Blind, kinds: Sequence[Kind], model: terms.Model) -> Iterator[tuple[list[float], float]]:
    """What is told of each word that a list has, and how far its reader holds it: 0, 0.5 (a strict editor), 1."""
    settled = [turn(candidate, kind) for candidate, kind in zip(one.candidates, kinds, strict=True)]
    case = know(one.case, model)
    decisions = terms.decide(tell_kinds(case.described, settled), model)
    for candidate, decision, voice, said in zip(settled, decisions, one.voices, one.said, strict=True):
        if candidate.hit:
            outlets = voice.voice == "outlet"
            told = Told(decision.strength, candidate.category, candidate.sure, voice.probability, is_outlets=outlets)
            yield signing.describe(told), said["grade"] / 2 if _holds(candidate, voice, said) else 0.0


def _holds(candidate: TermCandidate, voice: Whose, said: Mapping[str, Any]) -> bool:
    return bool(
        said["grade"]
        and candidate.category in said["kinds"]
        and candidate.tone == said["tone"]
        and voice.voice == said["voice"]
        and said["note"] is not False
    )


def _fit(rows: Doubles, shares: Doubles) -> signing.Model:
    """Weights by logistic regression; what is held by halves counts half on either side."""
    learned = LogisticRegression(max_iter=2000).fit(
        np.vstack([rows] * 2), np.repeat([True, False], len(rows)), sample_weight=np.concatenate([shares, 1 - shares])
    )
    return signing.Model(
        features=FEATURES,
        weights=tuple(round(float(one), 4) for one in learned.coef_[0]),
        intercept=round(float(learned.intercept_[0]), 4),
        shown_from=1.0,
        card={},
    )
