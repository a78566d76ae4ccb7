"""Choosing and checking the comparison's thresholds on BASIL: 26 events, three outlets each.

`python -m models.training.passages BASIL.jsonl --pairs N` prints N pairs of aligned passages of the half of the events
where nothing was chosen, to be read by eye, each with what the comparison finds opposed in it. Nothing of the corpus is
written anywhere.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

from models.article import Article
from models.comparison import claims, columns, naming, passages
from models.comparison.settings import SETTINGS
from models.pipeline import analyze
from models.report import Report

Event = list[Report]
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


def aligned(events: Sequence[Event]) -> list[tuple[float, str, str]]:
    """Every two sentences that the comparison takes for one fact: similarity and both texts."""
    found = []
    for event in events:
        read = [columns.read(at, report) for at, report in enumerate(event)]
        figures = naming.join(event)
        telling = passages.tell(read, figures, [claims.read_all(column, figures) for column in read])
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
    _, checking = read(options.source)
    found = aligned(checking)
    print(f"aligned passages in the checking half: {len(found)}")
    for value, one, other in sorted(random.Random(_SEED).sample(found, min(options.pairs, len(found)))):
        print(f"{value:.2f}\n  {one}\n  {other}")


if __name__ == "__main__":
    main()
