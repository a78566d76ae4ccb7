"""Training the decision which words are a device of framing: `models/classifiers/devices.json`.

A logistic regression a kind, on what the analyzer proposes in the coded corpus' train part: strength is the
probability that a careful reader marks it. From which strength on a device is shown is chosen on cross-validated
strengths of the train part together with the tune part; the last articles of the tune part choose nothing.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import sklearn
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from models import reader
from models.analyzers import attribution
from models.analyzers.framing.devices import know, propose, settle
from models.analyzers.framing.devices.proposals import Candidate
from models.analyzers.framing.devices.scene import Scene, lay_out
from models.classifiers import devices, genre
from models.classifiers.device_features import Described, features
from models.document import names, read
from models.report import DeviceKind
from research.corpora import read_lines
from research.corpus.measures import to_article
from research.corpus.records import best, find_texts, read_articles, read_marks
from research.training.camps import names_somebody

Doubles = NDArray[np.float64]

KINDS: tuple[DeviceKind, ...] = tuple(
    kind for kind in get_args(DeviceKind) if kind != "hidden_agent"
)  # acts find those
_FOLDS = 5
_REGULARIZED = 0.02
_SHRUNK = 6.0  # what an entry finds weighs as much as what all entries find from so many uses on
_UNSEEN = 40  # articles of the tune part that choose nothing
_TOLD_FROM = 0.3
_LIKELY = 0.5  # nothing is shown that is less likely than not
_PRECISION = 0.6  # of what is shown of a kind: in all, and in the tune part alone, which the reader never saw
_LEAST_SHOWN = 20  # a kind that shows fewer is too rare to judge
_NEVER = 1.01
# What readers who were asked one by one (judged.jsonl) say: from 0.75 on they would mention 63 of 100 questions to an
# editor (a strict one 79), from 0.7 on 60. Of motives they hold 63 even from 0.8 on, and would mention 49, whatever
# coders say: none is shown.
_ASKED: Mapping[DeviceKind, float] = {"rhetorical_question": 0.75, "motive": _NEVER}


@dataclass(frozen=True, slots=True)
class Case:
    """One coded article: what is proposed, a row of features each, and which of the coder's marks each meets."""

    name: str
    scene: Scene
    candidates: list[Candidate]
    known: list[devices.Known]
    described: list[list[float]]
    met: list[frozenset[int]]
    marks: list[str]  # kinds of the coder's marks


@dataclass(frozen=True, slots=True)
class Shown:
    """Of one kind: for each device that a report would hold its strength and whether it meets a mark of its own; and
    the same of those that an entry shows by itself, whatever their strength."""

    found: list[tuple[float, bool]]
    signed: list[bool]
    marks: int

    def decided(self, least: float) -> tuple[int, int]:
        """How many meet a mark, of how many, from this strength on: of what the decision shows."""
        kept = [right for strength, right in self.found if strength >= least]
        return sum(kept), len(kept)

    def count(self, least: float) -> tuple[int, int]:
        """The same of all that is shown."""
        right, shown = self.decided(least)
        return right + sum(self.signed), shown + len(self.signed)


def train_devices(data: Path) -> dict[str, object]:
    """Fit every kind's decision, write devices.json, and return its card."""
    return write({part: list(read_cases(data, part)) for part in ("train", "tune")})


def read_cases(data: Path, part: str) -> Iterator[Case]:
    """Every coded article of a part whose text is in `data`, by the digest of its text."""
    source = data / "news" / "articles.jsonl.gz"
    facts, marks = read_articles(), read_marks()
    texts = find_texts(read_lines(source) if source.exists() else ())
    for name in sorted(texts, key=lambda one: str(facts[one]["sha256"])):
        if facts[name]["part"] == part and name in marks:
            document = reader.read(read(to_article(texts[name], facts[name])))
            document = replace(document, entities=names.refine(document))
            judged = genre.judge(document)
            scene = lay_out(document, attribution.analyze(document), judged[0] if judged else None)
            yield prepare(name, scene, best(marks[name])["devices"])


def prepare(name: str, scene: Scene, marks: Sequence[Mapping[str, Any]]) -> Case:
    """Propose what the analyzer would, and say which marks each candidate meets: same kind, overlapping words."""
    document = scene.document
    candidates = list(propose(scene))
    known = [know(scene, one) for one in candidates]
    described = Described(document, scene.told)
    met = []
    for one in candidates:
        start, end = document.tokens[one.first].start, document.tokens[one.last - 1].end
        met.append(
            frozenset(
                at for at, m in enumerate(marks) if m["kind"] == one.kind and m["start"] < end and start < m["end"]
            )
        )
    rows = [described.describe(one, {}, {}, 0.0) for one in known]
    return Case(name, scene, candidates, known, rows, met, [mark["kind"] for mark in marks])


def write(cases: Mapping[str, Sequence[Case]]) -> dict[str, object]:
    """Fit on prepared cases, choose what is shown, write the file, and return its card."""
    train, tune, unseen = cases["train"], cases["tune"][:-_UNSEEN], cases["tune"][-_UNSEEN:]
    kinds: dict[str, devices.Decider] = {}
    measured: dict[str, dict[str, object]] = {}
    for kind in KINDS:
        decider = fit(train, kind)
        if decider is None:
            continue
        crossed = show(train, kind, cross_validate(train, kind))
        tuned = show(tune, kind, weigh(tune, kind, decider))
        held = show(unseen, kind, weigh(unseen, kind, decider))
        least = max(choose(crossed, tuned), _ASKED.get(kind, 0.0))
        kinds[kind] = decider.model_copy(update={"shown_from": least})
        measured[kind] = {
            name: {"right": counts[0], "shown": counts[1], "marks": shown.marks}
            for name, shown in (("train, crossed", crossed), ("tune", tuned), ("unseen", held))
            for counts in (shown.count(least),)
        } | {"shown_from": least}
        print(f"{kind:20}", measured[kind], flush=True)
    card: dict[str, object] = {
        "name": "devices",
        "question": "Would a careful reader who knows the codebook mark these words as this device?",
        "method": "Logistic regression a kind over what the reader says of the words, their sentence and article, "
        "the tree around them, and how often coders accepted what the same pattern finds.",
        "not_for": "Calling an outlet or an author biased; texts in other languages than English.",
        "libraries": {"scikit-learn": sklearn.__version__},
        "trained_on": {"articles": len(train), "candidates": sum(len(case.candidates) for case in train)},
        "tuned_on": {"articles": len(tune)} | total(measured, "tune"),
        "unseen": {"articles": len(unseen)} | total(measured, "unseen"),
        "kinds": measured,
    }
    model = devices.Model(
        features={kind: features(kind) for kind in kinds}, kinds=kinds, told_from=_TOLD_FROM, card=card
    )
    devices.FILE.write_text(json.dumps(model.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    devices.load.cache_clear()
    return card


def fit(cases: Sequence[Case], kind: str) -> devices.Decider | None:
    """One kind's decision; None where coders accepted next to nothing of what is proposed."""
    rows, accepted, groups, keys = gather(cases, kind)
    if accepted.sum() < _FOLDS:
        return None
    rows = rows.copy()
    at = [features(kind).index(name) for name in ("rule", "words")]
    for trained, held in GroupKFold(_FOLDS).split(rows, accepted, groups):  # nobody tells by itself how it is coded
        for column, known in zip(at, keys, strict=True):
            odds, unmet = count([known[i] for i in trained], accepted[trained])
            rows[held, column] = [odds.get(known[i], unmet) for i in held]
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_REGULARIZED, max_iter=1000).fit(scaler.transform(rows), accepted)
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    weights = model.coef_[0] / scale
    intercept = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    rules, unmet = count(keys[0], accepted)
    words, _ = count(keys[1], accepted)
    words = {key: odds for key, odds in words.items() if _may_count(key)}
    return devices.Decider(
        weights=tuple(round(float(weight), 5) for weight in weights),
        intercept=round(intercept, 5),
        rules=rules,
        words=words,
        unmet=unmet,
        shown_from=_NEVER,
    )


def _may_count(key: str) -> bool:
    """May what is found by these words be judged by them? Not what only the reader found or what stands in quotation
    marks, for that is some article's own, and nothing that names a camp or somebody."""
    rule, _, words = key.partition(" ")
    return not rule.endswith(".reader") and not rule.startswith("snippet_quote.") and not names_somebody(words)


def gather(
    cases: Iterable[Case], kind: str
) -> tuple[Doubles, NDArray[np.bool_], NDArray[np.int64], tuple[list[str], list[str]]]:
    """One kind's candidates: rows, accepted or not, article, and the keys of what is counted by entry."""
    rows, accepted, groups = [], [], []
    keys: tuple[list[str], list[str]] = ([], [])
    for number, case in enumerate(cases):
        for known, row, met in zip(case.known, case.described, case.met, strict=True):
            if known.kind == kind:
                rows.append(row)
                accepted.append(bool(met))
                groups.append(number)
                keys[0].append(known.rule)
                keys[1].append(known.words(case.scene.document))
    size = len(features(kind))
    return np.array(rows, np.float64).reshape(-1, size), np.array(accepted, bool), np.array(groups, np.int64), keys


def count(known: Sequence[str], accepted: NDArray[np.bool_]) -> tuple[dict[str, float], float]:
    """How often what goes by a name is accepted: log odds, shrunk toward all; and those of what was never met."""
    base = float(accepted.mean()) if len(accepted) else 0.5
    base = min(0.99, max(0.01, base))
    uses, right = Counter(known), Counter(name for name, held in zip(known, accepted, strict=True) if held)
    shares = {name: (right[name] + _SHRUNK * base) / (uses[name] + _SHRUNK) for name in uses if uses[name] > 1}
    odds = {name: round(math.log(share / (1 - share)), 4) for name, share in sorted(shares.items())}
    return odds, round(math.log(base / (1 - base)), 4)


def weigh(cases: Sequence[Case], kind: str, decider: devices.Decider) -> list[list[float]]:
    """The strength of each case's candidates; those of other kinds have 0."""
    columns = features(kind)
    rule, words = columns.index("rule"), columns.index("words")
    strengths = []
    for case in cases:
        found = [0.0] * len(case.known)
        for at, known in enumerate(case.known):
            if known.kind == kind:
                row = list(case.described[at])
                row[rule] = decider.rules.get(known.rule, decider.unmet)
                row[words] = decider.words.get(known.words(case.scene.document), decider.unmet)
                score = decider.intercept + float(np.dot(decider.weights, row))
                found[at] = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
        strengths.append(found)
    return strengths


def cross_validate(cases: Sequence[Case], kind: str) -> list[list[float]]:
    """The same, each case weighed by a decision that learned from others."""
    strengths: list[list[float]] = [[] for _ in cases]
    for fold in range(_FOLDS):
        held = [at for at in range(len(cases)) if at % _FOLDS == fold]
        decider = fit([case for at, case in enumerate(cases) if at % _FOLDS != fold], kind)
        for at in held:
            known = cases[at].known
            strengths[at] = weigh([cases[at]], kind, decider)[0] if decider else [0.0] * len(known)
    return strengths


def show(cases: Sequence[Case], kind: str, strengths: Sequence[Sequence[float]]) -> Shown:
    """What a report would hold of this kind; of two devices that meet the same mark one is right."""
    found: list[tuple[float, bool]] = []
    signed: list[bool] = []
    for case, weighed in zip(cases, strengths, strict=True):
        at = {id(one): number for number, one in enumerate(case.candidates)}
        rows = [
            (one, devices.affirm(one.rule, strength, 0.0))
            for one, strength in zip(case.candidates, weighed, strict=True)
            if one.kind == kind
        ]
        used: set[int] = set()
        for candidate, decision in settle(case.scene, rows):
            free = sorted(case.met[at[id(candidate)]] - used)
            used.update(free[:1])
            if candidate.rule in devices.load_signed():
                signed.append(bool(free))
            else:
                found.append((decision.strength, bool(free)))
    return Shown(found, signed, sum(case.marks.count(kind) for case in cases))


def choose(crossed: Shown, tuned: Shown) -> float:
    """From which strength on is a kind shown: the lowest at which enough of it is right; above 1 for none."""
    both = Shown(crossed.found + tuned.found, [], crossed.marks + tuned.marks)
    for step in range(45):
        least = round(_LIKELY + 0.01 * step, 2)
        (right, shown), (met, told) = both.decided(least), tuned.decided(least)
        if shown < _LEAST_SHOWN:
            break
        if right >= _PRECISION * shown and met >= _PRECISION * told:
            return least
    return _NEVER


def total(measured: Mapping[str, Mapping[str, Any]], part: str) -> dict[str, float]:
    """All kinds together: what is shown, how much of it is right, and of the marks how many are met."""
    right, shown, marks = (sum(kind[part][name] for kind in measured.values()) for name in ("right", "shown", "marks"))
    precision, recall = right / max(1, shown), right / max(1, marks)
    return {
        "shown": shown,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }
