"""How long does a comparison of six articles take? Without a server: reports in, comparison out.

`python -m tests.bench_comparison [FILE]` takes the first six articles of a JSON Lines file (`text`, `title`) that have
about 1,000 words each; without one, our own example is told at that length.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from models.article import Article
from models.comparison import compare
from models.pipeline import analyze
from service.examples import ARTICLES

COUNT, WORDS, ROUNDS = 6, 1_000, 20


def read_articles(path: Path | None) -> Iterator[Article]:
    """Give articles of about so many words."""
    if path is None:
        for number, article in enumerate(islice(cycle(ARTICLES), COUNT)):
            times = WORDS // len(article.text.split()) + 1
            yield Article(title=article.title, text="\n\n".join([article.text] * times), outlet=f"Outlet {number}")
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if 0.9 * WORDS <= len(row["text"].split()) <= 1.1 * WORDS:
            yield Article(title=row.get("title"), text=row["text"])


def main() -> None:
    """Print the median and the longest time."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    reports = [analyze(article) for article in islice(read_articles(path), COUNT)]
    compare(reports)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        compare(reports)
        times.append((time.perf_counter() - began) * 1000)
    words = sum(report.article.words for report in reports)
    print(f"{len(reports)} articles, {words:,} words")
    print(f"  compared in           {statistics.median(times):8.0f} ms (median of {ROUNDS}), {max(times):.0f} at most")


if __name__ == "__main__":
    main()
