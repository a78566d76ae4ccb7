"""Comparisons to be read by eye against BASIL's annotations: what they say, and what annotators marked.

`python -m tests.reading BASIL.jsonl --events 10` draws events by lot (seeded) from the half that no threshold was
chosen on (`--half choosing`: the other one), and prints for each every sentence of "What stands out" and, an outlet a
line, the targets of annotated bias with their polarity, quoted or not, and the author's feeling toward the main people.
Nothing of it is written anywhere.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from models.comparison import compare
from research.training import passages
from service import comparison_summary

_SEED = 25


def describe(row: dict[str, Any]) -> str:
    """What annotators marked in one article, in one line."""
    marked = Counter(
        (span["target"], span["polarity"], span["kind"], "quoted" if span["in_quote"] else "own")
        for span in row["spans"]
    )
    told = "; ".join(f"{target} {' '.join(how)} ×{count}" for (target, *how), count in marked.most_common())
    return f"{row['outlet']}: {told} | feeling: {row['author_feeling']}"


def main() -> None:
    """Print what was drawn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--events", type=int, default=10)
    parser.add_argument("--half", choices=("choosing", "checking"), default="checking")
    options = parser.parse_args()
    rows: dict[str, dict[str, Any]] = {}
    for line in options.source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["event"], row["outlet"]] = row
    events = passages.read(options.source)[options.half == "checking"]
    for reports in random.Random(_SEED).sample(events, min(options.events, len(events))):
        print(f"\n{' / '.join(report.article.title or '' for report in reports)}")
        for contrast in comparison_summary.find(compare(reports)):
            print(f"  [{contrast.section}] {contrast.text}")
        for row in rows.values():
            if any((row["outlet"], row["title"]) == (r.article.outlet, r.article.title) for r in reports):
                print(f"  - {describe(row)}")


if __name__ == "__main__":
    main()
