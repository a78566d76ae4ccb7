"""Learning whether two articles tell one event, long or short, dated or not, and measuring it.

`python -m research.training.events DATA` measures on BASIL and SEESAW (events of the half that nothing was chosen on),
whole and cut to about 300 and 120 words, against other events with a main person in common, and on our own scenes
(`research/evaluation/scenes.toml`); `--learn` first learns the weights anew from the other half and rewrites
classifiers/events.json; `--reports FOLDER` keeps the reports between runs, outside the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from numpy.typing import NDArray
from pydantic import ValidationError
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from models.article import Article
from models.comparison import columns, events, naming
from models.comparison.claims import read_all
from models.comparison.events import FEATURES, PATH, Decision
from models.comparison.outline import Outline, outline
from models.comparison.settings import SETTINGS
from models.pipeline import analyze
from models.report import Report
from research.corpora import read_lines

_SCENES = Path(__file__).parent.parent / "evaluation" / "scenes.toml"
_LENGTHS = (120, 300, 100_000)  # words
_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+")
_MAIN_PEOPLE = 2
_WEEK = 7  # days
_WEIGHTS = {"same": 2.0, "different": 1.0, "one week": 0.3}  # of all pairs of a kind together
_FAR = 17  # every so many pairs of two events without a person in common are learnt from too
_SCENES_WEIGHT = 1.0  # of the own scenes beside all pairs of the corpora
_STRENGTH, _SCALE = 3.0, 1500.0

Numbers = NDArray[np.float64]
Group = tuple[str, int, int]  # source, and the lengths of the two articles


@dataclass(frozen=True, slots=True)
class Told:
    """One article at one length; `event` is unique over all sources."""

    source: str
    event: str
    length: int
    outline: Outline
    people: frozenset[str]  # the main ones

    @property
    def half(self) -> int:
        """0 to learn and choose on, 1 to measure on."""
        return int(hashlib.sha256(f"{self.source}{self.event}".encode()).hexdigest(), 16) % 2


def read(data: Path, kept: Path | None) -> list[Told]:
    """The articles of both corpora at three lengths, and the scenes."""
    found: list[Told] = []
    for length in _LENGTHS:
        rows = list(_draw(data, length))
        store = kept / f"events-{length}.jsonl" if kept else None
        if store and store.exists():
            reports = [Report.model_validate_json(line) for line in store.read_text(encoding="utf-8").splitlines()]
        else:
            reports = [analyze(article) for _, _, article in rows]
            if store:
                store.write_text("".join(f"{report.model_dump_json()}\n" for report in reports), encoding="utf-8")
        found += [_told(*row[:2], length, report) for row, report in zip(rows, reports, strict=True)]
    for scene in tomllib.loads(_SCENES.read_text(encoding="utf-8"))["scene"]:
        for which in ("first", "second"):
            for text in scene[which]:
                title, body = text.split("\n\n", 1)
                told = _told("scenes", scene["name"], 0, analyze(Article(title=title, text=body)))
                dated = replace(told.outline, day=1)  # as if all were of one day
                found.append(replace(told, outline=dated, people=frozenset({which})))
    return found


def _draw(data: Path, length: int) -> Iterator[tuple[str, str, Article]]:
    for row in read_lines(data / "basil" / "dev.jsonl"):
        yield "basil", row["event"], _to_article(row, row["text"][row["title_end"] :].lstrip(), length)
    for row in read_lines(data / "seesaw" / "train.jsonl"):
        yield "seesaw", row["event"], _to_article(row, " ".join(row["sentences"]), length)


def _to_article(row: dict[str, Any], body: str, length: int) -> Article:
    kept, words = [], 0
    for sentence in _SENTENCE_END.split(body):
        if words >= length:
            break
        kept.append(sentence)
        words += len(sentence.split())
    facts = {"title": row["title"], "outlet": row["outlet"], "text": " ".join(kept) if length < _LENGTHS[-1] else body}
    try:
        return Article(**facts, published=row["date"])
    except ValidationError:  # a date in another form
        return Article(**facts)


def _told(source: str, event: str, length: int, report: Report) -> Told:
    column = columns.read(0, report)
    people = sorted((e for e in report.entities if e.kind == "person"), key=lambda entity: -len(entity.mentions))
    return Told(
        source,
        event,
        length,
        outline(column, read_all(column, naming.join([report]))),
        frozenset(person.name.split()[-1].casefold() for person in people[:_MAIN_PEOPLE]),
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles and whether they tell one event."""

    one: Told
    other: Told
    same: bool
    near: bool  # a main person in common

    @property
    def is_of_one_week(self) -> bool:
        """Are they of days as near as those of one event? Else their dates alone tell two events apart."""
        days = (self.one.outline.day, self.other.outline.day)
        return None not in days and abs((days[0] or 0) - (days[1] or 0)) <= _WEEK

    def features(self, *, dated: bool) -> list[float]:
        """What the decision sees, with the days of publication or without."""
        pair = (self.one.outline, self.other.outline)
        one, other = pair if dated else (replace(outline, day=None) for outline in pair)
        return list(events.measure(one, other).values())


def pair_up(told: Sequence[Told]) -> dict[Group, list[Pair]]:
    """Pairs of one event, and of two with a main person in common, by source and lengths, all within one half."""
    groups: dict[Group, list[Pair]] = {}
    lengths = [*zip(_LENGTHS, _LENGTHS, strict=True), (_LENGTHS[0], _LENGTHS[-1])]
    for source, short, long in [("scenes", 0, 0), *((name, a, b) for name in ("basil", "seesaw") for a, b in lengths)]:
        ones = [one for one in told if one.source == source and one.length == short]
        others = [one for one in told if one.source == source and one.length == long]
        groups[source, short, long] = [
            pair
            for a, b in combinations(range(len(ones)), 2)
            if ones[a].half == others[b].half
            for pair in [_pair(ones[a], others[b], ones[b])]
            if pair.same or pair.near or (b - a) % _FAR == 0
        ]
    return groups


def _pair(one: Told, other: Told, whole: Told) -> Pair:
    """`whole` is the other article at the first one's length, by which main people are compared."""
    if one.source == "scenes":
        return Pair(one, other, one.event == other.event and one.people == other.people, one.event == other.event)
    return Pair(one, other, one.event == other.event, bool(one.people & whole.people))


def learn(groups: dict[Group, list[Pair]]) -> Decision:
    """Learn the weights from one half: every pair dated and undated.

    One event weighs more than two, for it was missed more often than cried. Two events of one week are few, and weigh
    more each, so that nothing is one event by its date alone.
    """
    rows: list[list[float]] = []
    answers: list[bool] = []
    weights: list[float] = []
    half = [(group, pair) for group, pairs in groups.items() for pair in pairs if pair.one.half == 0]
    corpora = [pair for group, pair in half if group[0] != "scenes"]
    scenes = [pair for group, pair in half if group[0] == "scenes"]
    for pairs, share in ((corpora, 1.0), (scenes, _SCENES_WEIGHT)):
        counts = Counter(_kind(pair) for pair in pairs)
        counts["different"] += counts["one week"]
        ours = [share * _WEIGHTS[kind] / counts[kind] for kind in map(_kind, pairs)]
        for dated in (True, False):
            rows += [pair.features(dated=dated) for pair in pairs]
            answers += [pair.same for pair in pairs]
            weights += ours
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    model.fit(np.array(rows), np.array(answers), sample_weight=np.array(weights) * _SCALE)
    return Decision(
        card={
            "question": "Do two articles tell one event?",
            "data": "half of the events of BASIL (Fan et al. 2019) and SEESAW (Zhang et al. 2022), whole and cut, and "
            "half of the scenes in research/evaluation/scenes.toml; most pairs of two have a main person in common",
            "licence": "Weights only; no text of the corpora is kept.",
            "pairs": {"same": sum(answers), "different": len(answers) - sum(answers)},
            "libraries": {"scikit-learn": sklearn.__version__},
            "not_for": "Telling whether an outlet failed to cover an event: it sees only what it was given.",
        },
        weights={name: round(float(value), 4) for name, value in zip(FEATURES, model.coef_[0], strict=True)},
        intercept=round(float(model.intercept_[0]), 4),
    )


def _kind(pair: Pair) -> str:
    """By what a pair is weighed. All scenes are of one week."""
    if pair.same:
        return "same"
    return "one week" if pair.is_of_one_week and pair.one.source != "scenes" else "different"


def report(groups: dict[Group, list[Pair]], decision: Decision, half: int) -> dict[str, Any]:
    """Print how well one event is told from two on a half; gives the figures for the card."""
    least: float = SETTINGS["events"]["same"]
    weights = np.array([decision.weights[name] for name in FEATURES])
    measures: dict[str, Any] = {}
    for (source, short, long), every in groups.items():
        pairs = [pair for pair in every if pair.one.half == half and (pair.same or pair.near)]
        for dated in (True, False):
            logits = np.array([pair.features(dated=dated) for pair in pairs]) @ weights + decision.intercept
            sure: Numbers = 1 / (1 + np.exp(-logits))
            same = np.array([pair.same for pair in pairs])
            figures = {
                "same": int(same.sum()),
                "different": int((~same).sum()),
                "auc": round(float(roc_auc_score(same, sure)), 4),
                "one_called_two": round(float((sure[same] < least).mean()), 4),
                "two_called_one": round(float((sure[~same] >= least).mean()), 4),
            }
            name = f"{source} {short or ''}-{long or ''} {'dated' if dated else 'undated'}"
            measures[name] = figures
            print(name, json.dumps(figures))
    return measures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--learn", action="store_true")
    options = parser.parse_args()
    groups = pair_up(read(options.data, options.reports))
    if options.learn:
        decision = learn(groups)
        print(decision.weights, decision.intercept)
        report(groups, decision, 0)
        print("the other half:")
        measures = report(groups, decision, 1)
        decision = decision.model_copy(update={"card": decision.card | {"measures": measures}})
        PATH.write_text(decision.model_dump_json(indent=1) + "\n", encoding="utf-8")
        return
    report(groups, events.load(), 1)


if __name__ == "__main__":
    main()
