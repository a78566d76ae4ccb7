"""Choosing and checking the comparison's thresholds on BASIL: 26 events, three outlets each.

`python -m research.training.passages BASIL.jsonl` prints, for the half of the events where thresholds are chosen and
the half where they are checked, how well similarity tells one event from two, and, with `--pairs N`, N pairs of
aligned passages of the second half to be read by eye. Nothing of the corpus is written anywhere.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from models.article import Article
from models.comparison import columns, naming, passages, similarity
from models.comparison.settings import SETTINGS
from models.pipeline import analyze
from models.report import Report

Event = list[Report]
Numbers = NDArray[np.float64]
_SEED = 7


def read(source: Path) -> tuple[list[Event], list[Event]]:
    """The events of the corpus as reports: those to choose on, those to check on."""
    events: dict[str, Event] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = row["text"][row["title_end"] :].lstrip()
        article = Article(title=row["title"], text=body, outlet=row["outlet"], published=row["date"])
        events.setdefault(row["event"], []).append(analyze(article))
    names = sorted(events)
    random.Random(_SEED).shuffle(names)
    half = len(names) // 2
    return [events[name] for name in names[:half]], [events[name] for name in names[half:]]


def compare_pairs(events: Sequence[Event]) -> tuple[Numbers, Numbers]:
    """Similarity of every pair of articles that tell one event, and of every pair that tell two."""
    owners = [at for at, event in enumerate(events) for _ in event]
    pairs = similarity.compare([columns.read(at, report) for at, report in enumerate(chain.from_iterable(events))])
    same = np.array([owners[pair.a] == owners[pair.b] for pair in pairs])
    values = np.array([pair.similarity for pair in pairs])
    return values[same], values[~same]


def choose(same: Numbers, different: Numbers) -> float:
    """The threshold that tells one event from two with the fewest errors of both kinds, each kind as a share."""
    return float(max(np.unique(same), key=lambda least: (same >= least).mean() - (different >= least).mean()))


def aligned(events: Sequence[Event]) -> list[tuple[float, str, str]]:
    """Every two sentences that the comparison takes for one fact: similarity and both texts."""
    found = []
    for event in events:
        read = [columns.read(at, report) for at, report in enumerate(event)]
        telling = passages.tell(read, naming.join(event))
        for value, a, b in passages.matches(telling.units, telling.scores, SETTINGS["passages"]["same"]):
            pair = (telling.units[a], telling.units[b])
            spans = [(read[unit.column], read[unit.column].sentences[unit.sentence]) for unit in pair]
            one, other = (column.text[sentence.start : sentence.end] for column, sentence in spans)
            found.append((value, one, other))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--pairs", type=int, default=0)
    options = parser.parse_args()
    choosing, checking = read(options.source)
    least = choose(*compare_pairs(choosing))
    print(f"same_event: {least:.2f} is best on the choosing half; {SETTINGS['similarity']['same_event']} is set")
    for name, events in (("choosing", choosing), ("checking", checking)):
        same, different = compare_pairs(events)
        area = roc_auc_score([1] * len(same) + [0] * len(different), np.concatenate([same, different]))
        missed = (same < SETTINGS["similarity"]["same_event"]).mean()
        wrong = (different >= SETTINGS["similarity"]["same_event"]).mean()
        print(f"{name}: AUC {area:.4f}, one event called two {missed:.1%}, two called one {wrong:.1%}")
    found = aligned(checking)
    print(f"aligned passages in the checking half: {len(found)}")
    for value, one, other in sorted(random.Random(_SEED).sample(found, min(options.pairs, len(found)))):
        print(f"{value:.2f}\n  {one}\n  {other}")


if __name__ == "__main__":
    main()
