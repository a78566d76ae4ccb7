"""What would strength be worth if it were learned from the coded corpus? `python -m research acceptance DATA`.

Candidates for loaded words are described as `models.classifiers.terms` does, and by what coders made of their entry in
other articles, their part of speech and category; a logistic regression says how likely a careful reader accepts each
as it stands. Learned on the train part, told for the tune and measure parts at several thresholds. Not in use: what it
brings is in docs/experiments.md, and what it would change in reports is to be read by eye first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from models import reader
from models.agreement import Mark
from models.analyzers import vocabulary
from models.analyzers.vocabulary import category_guess
from models.analyzers.vocabulary.targets import Targets
from models.classifiers import terms
from models.document import read
from models.report import Category
from research.corpora import read_lines
from research.corpus.layers import Coded, compare_loaded
from research.corpus.measures import auc, sign, to_article
from research.corpus.records import best, find_texts, read_articles, read_marks

_SHRUNK = 3.0  # an entry's own count weighs as much as that of all entries from so many uses on
_REGULARIZED = 0.5
_TAGS = ("NN", "VB", "JJ")
_THRESHOLDS = (0.0, 0.2, 0.3, 0.4, 0.5)
_SURE = 2


@dataclass(frozen=True, slots=True)
class CodedCase:
    """One coded article: its candidates' features, entries and strength today, which are accepted, and the marks."""

    described: list[list[float]]
    entries: list[str | None]
    strengths: list[float]
    shown: list[bool]
    accepted: list[bool]
    touched: list[frozenset[int]]  # for each candidate the coder's marks that it meets, by index
    sure: list[bool]  # of the coder's marks


def tell(data: Path) -> None:
    """Learn, and print what today's strength and the learned one are worth on the tune and measure parts."""
    cases = {part: list(read_cases(data, part)) for part in ("train", "tune", "measure")}
    model, log_odds = learn(cases["train"])
    print(f"{'part':9}{'strength':10}{'from':>5}{'shown':>7}{'signed':>8}{'sure found':>12}{'AUC':>7}")
    for part in ("tune", "measure"):
        now = [(case, case.strengths, case.shown) for case in cases[part]]
        _print(part, "today", "", now)
        learned = [(case, predict(case, model, log_odds)) for case in cases[part]]
        for least in _THRESHOLDS:
            kept = [(case, strengths, [one >= least for one in strengths]) for case, strengths in learned]
            _print(part, "learned", f"{least:.1f}", kept)


def _print(part: str, name: str, least: str, told: Sequence[tuple[CodedCase, Sequence[float], Sequence[bool]]]) -> None:
    shown = stand = sure = found = 0
    judged: list[tuple[float, bool]] = []
    for case, strengths, kept in told:
        chosen = [at for at, is_shown in enumerate(kept) if is_shown]
        shown, stand = shown + len(chosen), stand + sum(case.accepted[at] for at in chosen)
        met = frozenset[int]().union(*(case.touched[at] for at in chosen))
        sure, found = sure + sum(case.sure), found + sum(case.sure[at] for at in met)
        judged += [(strengths[at], case.accepted[at]) for at in chosen]
    signed, recall = stand / max(1, shown), found / max(1, sure)
    print(f"{part:9}{name:10}{least:>5}{shown:7}{signed:8.3f}{recall:12.3f}{auc(judged):7.3f}")


def read_cases(data: Path, part: str) -> Iterator[CodedCase]:
    """Every coded article of a part whose text is in `data`, with candidates as the analyzer proposes them."""
    source = data / "news" / "articles.jsonl.gz"
    facts, marks = read_articles(), read_marks()
    texts = find_texts(read_lines(source) if source.exists() else ())
    for name, about in facts.items():
        if about["part"] == part and name in texts:
            yield _read_case(texts[name], about, best(marks[name]))


def _read_case(text: str, facts: Mapping[str, object], gold: Coded) -> CodedCase:
    document = reader.read(read(to_article(text, facts)))
    assert document.reading is not None  # noqa: S101  # it was just read
    targets = Targets(document)
    names = {entity.id: entity.name for entity in document.entities}
    candidates = vocabulary.propose(document, targets)
    known = terms.describe(document, document.reading, [one.facts for one in candidates])
    ours: list[Mark] = []
    rows = []
    for candidate, row in zip(candidates, known, strict=True):
        entry = candidate.hit.entry if candidate.hit else None
        words = document.tokens[candidate.first : candidate.last]
        category = entry.category if entry else category_guess.judge(words)[0]
        target = targets.target(candidate.first, candidate.last, entry)
        ours.append(
            {
                "start": words[0].start,
                "end": words[-1].end,
                "category": category,
                "voice": document.voice_at(words[0].start),
                "target": names.get(target) if target else None,
            }
        )
        tags = [float(words[-1].tag.startswith(tag)) for tag in _TAGS]
        rows.append([*row, *tags, *(float(category == one) for one in get_args(Category))])
    decisions = terms.decide(known)
    return CodedCase(
        described=rows,
        entries=[one.hit.entry.id if one.hit else None for one in candidates],
        strengths=[decision.strength for decision in decisions],
        shown=[decision.holds for decision in decisions],
        accepted=sign("loaded", compare_loaded({"loaded": ours}, gold)),
        touched=[frozenset(_meeting(one, gold["loaded"])) for one in ours],
        sure=[mark["sure"] == _SURE for mark in gold["loaded"]],
    )


def _meeting(ours: Mark, marks: Sequence[Mark]) -> Iterator[int]:
    return (at for at, mark in enumerate(marks) if mark["start"] < ours["end"] and ours["start"] < mark["end"])


def learn(cases: Sequence[CodedCase]) -> tuple[LogisticRegression, Mapping[str | None, float]]:
    """A logistic regression, and each entry's log-odds of acceptance; in learning, of all other articles."""
    accepted, met = Counter[str](), Counter[str]()
    for case in cases:
        for entry, held in zip(case.entries, case.accepted, strict=True):
            if entry:
                met[entry] += 1
                accepted[entry] += held
    share = sum(accepted.values()) / max(1, sum(met.values()))
    rows: list[list[float]] = []
    for case in cases:
        own, own_accepted = Counter(filter(None, case.entries)), Counter[str]()
        for entry, held in zip(case.entries, case.accepted, strict=True):
            if entry:
                own_accepted[entry] += held
        others = {
            entry: _log_odds(accepted[entry] - own_accepted[entry], met[entry] - own[entry], share) for entry in own
        }
        rows += [[*row, others.get(entry or "", 0.0)] for row, entry in zip(case.described, case.entries, strict=True)]
    held_rows = [held for case in cases for held in case.accepted]
    model = LogisticRegression(C=_REGULARIZED, max_iter=5000).fit(np.asarray(rows), np.asarray(held_rows))
    table: dict[str | None, float] = {entry: _log_odds(accepted[entry], met[entry], share) for entry in met}
    return model, table | {None: _log_odds(0, 0, share)}


def predict(case: CodedCase, model: LogisticRegression, log_odds: Mapping[str | None, float]) -> list[float]:
    """How likely is each candidate accepted as it stands? An entry that no coder met counts as the mean of all."""
    if not case.described:
        return []
    known = [log_odds.get(entry, log_odds[None]) if entry else 0.0 for entry in case.entries]
    rows = [[*row, one] for row, one in zip(case.described, known, strict=True)]
    probabilities: NDArray[np.float64] = model.predict_proba(np.asarray(rows))[:, 1]
    return [float(one) for one in probabilities]


def _log_odds(accepted: int, met: int, share: float) -> float:
    return math.log((accepted + _SHRUNK * share) / (met - accepted + _SHRUNK * (1 - share)))
