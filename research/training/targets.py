"""Training the choice of whom a loaded word is about: `models/classifiers/targets.json`.

Coders and readers say whom each word is about, which teaches the choice; coders say from which probability on somebody
is named.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from models.analyzers.vocabulary.aims import Aim, Aims, Word
from models.classifiers import targets
from models.document import Document
from research.corpus.layers import same_name
from research.training.camps import names_somebody
from research.training.coded import CodedArticle, read_coded, read_judged

_FEWEST = 5  # candidates that a feature must be known of
_REGULARIZED = 8.0
_SMALL = 0.03  # weights below this say nothing
_GIVEN = 0.84  # of what is named, so many coders must name too
_GRID = [round(0.3 + 0.02 * at, 2) for at in range(31)]
_BORDER = 2  # characters by which two borders of one name may differ: 's


@dataclass(frozen=True, slots=True)
class Asked:
    """One loaded word: the features of all that it may be about, and which of them the coder means."""

    offered: list[tuple[str, ...]]
    meant: list[bool]
    is_nobody: bool  # the coder names nobody


def train_targets(data: Path) -> None:
    """Fit the weights on the train part and on readers' words, choose on the tune part when to name somebody."""
    train, tune = (list(ask(read_coded(data, [part]))) for part in ("train", "tune"))
    keep(train, list(ask_readers(data)), tune)


def keep(coded: Sequence[Asked], blind: Sequence[Asked], tune: Sequence[Asked]) -> None:
    """Fit, choose and write targets.json."""
    weights = fit([*coded, *blind])
    table = [measure(tune, weights, least) for least in _GRID]
    given_from = next((row["from"] for row in table if row["right_of_given"] >= _GIVEN), _GRID[-1])
    about = json.loads((Path(__file__).parent / "targets_text.json").read_text(encoding="utf-8"))
    size = {"words": len(coded), "readers": len(blind)}
    card = about | {"trained_on": size, "tuned_on": {"words": len(tune)}, "table": table[::5]}
    # Left out only now: whom a camp's name is about must not be learned, and nothing else hangs on it.
    weights = {
        name: one
        for name, one in weights.items()
        if not names_somebody(name.removeprefix("noun=")) or "noun=" not in name
    }
    told = {"weights": weights, "given_from": given_from, "card": card}
    targets.FILE.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    targets.load.cache_clear()


def ask(articles: Iterable[CodedArticle]) -> Iterator[Asked]:
    """Every loaded word that a coder marked."""
    for article in articles:
        document = article.document
        aims = Aims(document)
        for mark in article.gold["loaded"]:
            covered = document.tokens_in(mark["start"], mark["end"])
            if not covered:
                continue
            word = Word(covered.start, covered.stop, mark["category"], mark["tone"])
            offered = aims.find(word)
            meant = [
                mark["target"] is not None and any(same_name(name, mark["target"]) for name in _names(document, aim))
                for aim in offered
            ]
            meant[0] = not any(meant)
            yield Asked([aim.features for aim in offered], meant, mark["target"] is None)


def ask_readers(data: Path) -> Iterator[Asked]:
    """Every word that a blind reader called loaded; where whom he means is not offered, it teaches nothing."""
    for _, document, rows in read_judged(data, "blind"):
        aims = Aims(document)
        for row in rows:
            if row["grade"]:
                offered = aims.find(_word(document, row, row["kinds"][0], row["tone"]))
                meant = [row["about"] is not None and _is_meant(document, aim, row["about"]) for aim in offered]
                if row["about"] is None or any(meant):
                    meant[0] = not any(meant)
                    yield Asked([aim.features for aim in offered], meant, row["about"] is None)


def _word(document: Document, row: Mapping[str, Any], category: Any, tone: Any) -> Word:
    covered = document.tokens_in(row["start"], row["end"])
    return Word(covered.start, covered.stop, category, tone)


def _is_meant(document: Document, aim: Aim, place: Sequence[int]) -> bool:
    start, end = place
    if any(same_name(name, document.text[start:end]) for name in _names(document, aim)):
        return True
    entity = next((one for one in document.entities if one.id == aim.entity), None)
    return entity is not None and any(
        abs(one.end - end) <= _BORDER and one.start < end and start < one.end for one in entity.mentions
    )


def _names(document: Document, aim: Aim) -> list[str]:
    if aim.phrase:
        first, last = aim.phrase
        return [document.text[document.tokens[first].start : document.tokens[last - 1].end]]
    entity = next((one for one in document.entities if one.id == aim.entity), None)
    if entity is None:
        return []
    return [entity.name, *(document.text[m.start : m.end] for m in entity.mentions if m.form == "name")]


def fit(asked: Sequence[Asked]) -> dict[str, float]:
    """Weights by which those meant are likeliest."""
    uses = Counter(feature for one in asked for features in one.offered for feature in features)
    index = {name: at for at, name in enumerate(sorted(name for name, n in uses.items() if n >= _FEWEST))}
    places: list[int] = []
    ends, starts, meant = [0], [], []
    for one in asked:
        starts.append(len(ends) - 1)
        for features in one.offered:
            places += [index[name] for name in features if name in index]
            ends.append(len(places))
        meant += one.meant
    rows = csr_matrix((np.ones(len(places)), places, ends), shape=(len(ends) - 1, len(index)))
    turned, first, is_meant = rows.T.tocsr(), np.array(starts), np.array(meant)
    owner = np.repeat(np.arange(len(first)), np.diff([*starts, rows.shape[0]]))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = np.asarray(rows @ weights)
        powers = np.exp(scores - np.maximum.reduceat(scores, first)[owner])
        total, right = np.add.reduceat(powers, first), np.add.reduceat(powers * is_meant, first)
        slope = turned @ (powers / total[owner] - powers * is_meant / right[owner])
        value = float(np.log(total).sum() - np.log(right).sum() + _REGULARIZED / 2 * (weights @ weights))
        return value, slope + _REGULARIZED * weights

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {name: round(float(found[at]), 3) for name, at in index.items() if abs(found[at]) >= _SMALL}


def _weigh(offered: Sequence[Sequence[str]], weights: Mapping[str, float]) -> NDArray[np.float64]:
    scores = np.array([sum(weights.get(name, 0.0) for name in features) for features in offered])
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def measure(asked: Sequence[Asked], weights: Mapping[str, float], least: float) -> dict[str, float]:
    """How often is somebody named, is it right, and is the whole answer the coder's?"""
    given = right = same = 0
    for one in asked:
        shares = _weigh(one.offered, weights)
        best = int(shares.argmax())
        named = bool(best) and shares[best] >= least
        given += named
        right += named and one.meant[best]
        same += one.meant[best] if named else one.is_nobody
    return {
        "from": least,
        "given": round(given / max(1, len(asked)), 3),
        "right_of_given": round(right / max(1, given), 3),
        "right": round(same / max(1, len(asked)), 3),
    }
