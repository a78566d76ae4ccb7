"""Choosing and checking the comparison's thresholds on BASIL: 26 events, three outlets each.

`python -m research.training.passages BASIL.jsonl --pairs N` prints N pairs of aligned passages of the half of the
events where nothing was chosen, to be read by eye, each with what the comparison finds opposed in it. Nothing of the
corpus is written anywhere.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from models.article import Article
from models.comparison import claims, columns, contradictions, naming, opposition, passages
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


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two sentences that the comparison takes for one fact."""

    similarity: float
    one: str
    other: str
    opposed: tuple[str, ...]  # in what, so that they are called alike no more
    contradicts: bool  # the comparison says so


def aligned(events: Sequence[Event]) -> list[Aligned]:
    """Every two sentences that the comparison takes for one fact, and whether it finds them opposed."""
    found = []
    for event in events:
        read = [columns.read(at, report) for at, report in enumerate(event)]
        figures = naming.join(event)
        readings = [claims.read_all(column, figures) for column in read]
        by_place = {(reading.column.index, reading.sentence): reading for own in readings for reading in own}
        clashes = contradictions.find(readings, figures, list(combinations(range(len(read)), 2)))
        said = {(clash.one, clash.other) for clash in clashes if not clash.disputed}
        telling = passages.tell(read, figures, readings)
        for value, a, b in passages.matches(telling.units, telling.scores, SETTINGS["passages"]["same"]):
            units = (telling.units[a], telling.units[b])
            pair = tuple(by_place[unit.column, unit.sentence] for unit in units)
            places = [(reading.column, reading.column.sentences[reading.sentence]) for reading in pair]
            one, other = (column.text[sentence.start : sentence.end] for column, sentence in places)
            kinds = tuple(opposition.name_kinds(pair, figures))
            found.append(Aligned(value, one, other, kinds, pair in said))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--pairs", type=int, default=0)
    options = parser.parse_args()
    _, checking = read(options.source)
    found = aligned(checking)
    print(f"aligned passages in the checking half: {len(found)}")
    said = [pair for pair in found if pair.contradicts]
    print(
        f"said to contradict each other: {len(said)}; opposed in some way: {sum(bool(pair.opposed) for pair in found)}"
    )
    drawn = random.Random(_SEED).sample(found, min(options.pairs, len(found)))
    for pair in sorted(drawn, key=lambda pair: pair.similarity):
        print(f"{pair.similarity:.2f} {'CONTRADICTS ' * pair.contradicts}{' '.join(pair.opposed)}")
        print(f"  {pair.one}\n  {pair.other}")


if __name__ == "__main__":
    main()
