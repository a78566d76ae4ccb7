"""What a careful reader accepts, learned from the coded corpus: which candidates for loaded words stand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from models import reader
from models.agreement import Mark
from models.analyzers import vocabulary
from models.analyzers.vocabulary.targets import Targets
from models.classifiers import terms
from models.document import read
from research.corpora import read_lines
from research.corpus.layers import Coded, compare_loaded
from research.corpus.measures import sign, to_article
from research.corpus.records import best, find_texts, read_articles, read_marks

_SHRUNK = 3.0  # an entry's own count weighs as much as that of all entries from so many uses on
_ACCEPTED = terms.FEATURES.index("accepted")
_REGULARIZED = 0.5


@dataclass(frozen=True, slots=True)
class CodedCase:
    """One coded article: its candidates' features, their entries, which of them the coder accepts, and the marks."""

    name: str
    described: list[list[float]]
    entries: list[str | None]
    accepted: list[bool]
    touched: list[frozenset[int]]  # for each candidate the coder's marks that it meets, by index
    sure: list[bool]  # of the coder's marks


def read_cases(data: Path, parts: Iterable[str], proposal: terms.Model) -> Iterator[CodedCase]:
    """Every coded article of these parts whose text is in `data`, with candidates as the analyzer proposes them."""
    source = data / "news" / "articles.jsonl.gz"
    facts, marks = read_articles(), read_marks()
    texts = find_texts(read_lines(source) if source.exists() else ())
    wanted = set(parts)
    for name, about in facts.items():
        if about["part"] in wanted and name in texts:
            yield _read_case(name, texts[name], about, best(marks[name]), proposal)


def _read_case(name: str, text: str, facts: Mapping[str, object], gold: Coded, proposal: terms.Model) -> CodedCase:
    document = reader.read(read(to_article(text, facts)))
    targets = Targets(document)
    names = {entity.id: entity.name for entity in document.entities}
    candidates = vocabulary.propose(document, targets, proposal)
    terms_told = [vocabulary.write(document, candidate, 0.0, targets) for candidate in candidates]
    ours = [
        {
            "start": told.start,
            "end": told.end,
            "category": told.category,
            "voice": told.voice,
            "target": names.get(told.target or ""),
        }
        for told in terms_told
    ]
    accepted = sign("loaded", compare_loaded({"loaded": ours}, gold))
    presumed = [mark for mark in gold["devices"] if mark["kind"] == "presupposition"]
    for at, one in enumerate(ours):
        if one["category"] == "presupposition":  # by the codebook a device
            accepted[at] = any(True for _ in _meeting(one, presumed))
    return CodedCase(
        name=name,
        described=terms.describe(document, [one.known for one in candidates], proposal),
        entries=[one.hit.entry.id if one.hit else None for one in candidates],
        accepted=accepted,
        touched=[frozenset(_meeting(one, gold["loaded"])) for one in ours],
        sure=[mark["sure"] == 2 for mark in gold["loaded"]],
    )


def _meeting(ours: Mark, marks: Sequence[Mark]) -> Iterator[int]:
    return (at for at, mark in enumerate(marks) if mark["start"] < ours["end"] and ours["start"] < mark["end"])


def fit(cases: Sequence[CodedCase], proposal: terms.Model) -> terms.Model:
    """Weights by logistic regression; each article's entries are counted on all other articles."""
    accepted, met = Counter[str](), Counter[str]()
    for case in cases:
        for entry, held in zip(case.entries, case.accepted, strict=True):
            if entry:
                met[entry] += 1
                accepted[entry] += held
    share = sum(accepted.values()) / max(1, sum(met.values()))
    rows, held_rows = [], []
    for case in cases:
        own, own_accepted = Counter(filter(None, case.entries)), Counter[str]()
        for entry, held in zip(case.entries, case.accepted, strict=True):
            if entry:
                own_accepted[entry] += held
        for row, entry, held in zip(case.described, case.entries, case.accepted, strict=True):
            known = _log_odds(accepted[entry] - own_accepted[entry], met[entry] - own[entry], share) if entry else 0.0
            rows.append([*row[:_ACCEPTED], known, *row[_ACCEPTED + 1 :]])
            held_rows.append(held)
    learned = LogisticRegression(C=_REGULARIZED, max_iter=5000).fit(np.asarray(rows), np.asarray(held_rows))
    return proposal.model_copy(
        update={
            "weights": tuple(round(float(w), 5) for w in learned.coef_[0]),
            "intercept": round(float(learned.intercept_[0]), 5),
            "accepted": {entry: round(_log_odds(accepted[entry], met[entry], share), 4) for entry in sorted(met)},
            "unmet": round(_log_odds(0, 0, share), 4),
        }
    )


def know(case: CodedCase, model: terms.Model) -> CodedCase:
    """The case with what the model knows of its entries in the features."""
    rows = [
        [*row[:_ACCEPTED], model.accepted.get(entry, model.unmet) if entry else 0.0, *row[_ACCEPTED + 1 :]]
        for row, entry in zip(case.described, case.entries, strict=True)
    ]
    return replace(case, described=rows)


def _log_odds(accepted: int, met: int, share: float) -> float:
    return math.log((accepted + _SHRUNK * share) / (met - accepted + _SHRUNK * (1 - share)))
