"""`make bench`, first half: what the analysis costs, against TextBlob's `.parse()`.

`python -m tests.bench_analysis FILE` takes the articles of a JSON Lines file instead of our own.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from textblob.en import parse

from models import pipeline
from models.article import Article
from models.comparison import compare
from service.examples import ARTICLES
from tests.bench import read_articles

COUNT = 60


def measure(step: Callable[[], Any]) -> float:
    """Processor seconds of one step."""
    began = time.process_time()
    step()
    return time.process_time() - began


def bench_speed(articles: Iterable[Article]) -> None:
    """Words a second on one core, the yardstick in between, and which stages of the analysis the time goes to."""
    stages = Counter[str]()

    def analyze(article: Article) -> None:
        spent: dict[str, float] = {}
        pipeline.analyze(article, spent)
        stages.update(spent)

    steps: dict[str, Callable[[Article], Any]] = {
        "TextBlob's parse": lambda article: parse(article.text),
        "the whole analysis": analyze,
    }
    spent = dict.fromkeys(steps, 0.0)
    words = 0
    for article in articles:
        words += len(article.text.split())
        for name, step in steps.items():
            spent[name] += measure(lambda step=step, article=article: step(article))  # type: ignore[misc]
    print(f"{words:,} words on one core, interleaved")
    for name, seconds in spent.items():
        ratio = seconds / spent["TextBlob's parse"]
        print(f"  {name:20} {words / seconds:10,.0f} words a second, 1/{ratio:.1f} of TextBlob's parse")
    for stage, seconds in stages.most_common():
        print(f"    {stage:18} {seconds / stages.total():10.0%} of it")


def bench_comparison() -> None:
    """Six articles of about 1,000 words, warm."""
    bodies = [article.text for article in ARTICLES]
    six = [
        pipeline.analyze(Article(title=f"Number {at}", text="\n\n".join(bodies[(at + turn) % 3] for turn in range(5))))
        for at in range(6)
    ]
    compare(six)
    print(f"six articles of {six[0].article.words:,} words compared: {measure(lambda: compare(six)) * 1000:.0f} ms")


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    pipeline.warm()
    parse("A warm-up.")
    bench_speed(Article(**fields) for fields in read_articles(path, COUNT))
    bench_comparison()


if __name__ == "__main__":
    main()
