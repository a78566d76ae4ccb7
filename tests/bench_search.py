"""`python -m tests.bench_search [ARTICLES]`: what search costs, in bytes a report and in milliseconds a question.

Articles are invented: words drawn as often as news uses them. Only the index is filled, without reports, on a server of
its own; bytes are exact on any machine, times only mean something on a quiet one.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import redis

from models import search
from models.classifiers import background
from models.report import ArticleFacts, EntityFinding, Report
from models.search import Wanted
from tests.conftest import serve_alone
from workers import store
from workers.store import Summary
from workers.store.connection import key

WORDS = 600
PEOPLE = [f"{first} {last}" for first in ("Ilse", "Conrad", "Ana", "Tomas") for last in ("Vail", "Marden", "Reik")]
ASKED = (
    Wanted(words="government"), Wanted(words="government tax"), Wanted(words="zymurgy"), Wanted(person="Ilse Vail"),
    Wanted(words="minister", outlet="Outlet 3", since="2026-02-01", until="2026-03-15"),
)  # fmt: skip
_SEED = 20261130


def fill(client: redis.Redis, articles: int) -> tuple[int, float]:
    """File so many reports; characters of their texts, and seconds that filing took."""
    rng = random.Random(_SEED)
    known = background.load()
    words, shares = list(known.counts), list(accumulate(count for count, _ in known.counts.values()))
    characters, spent = 0, 0.0
    for at in range(articles):
        drawn = rng.choices(words, cum_weights=shares, k=WORDS)
        characters += len(" ".join(drawn))
        name, outlet, day = f"{at:032x}", f"Outlet {at % 7}", f"2026-{1 + at % 12:02}-11"
        facts = ArticleFacts(outlet=outlet, published=day, text="", sha256="", title_end=0, language="en", words=WORDS)
        people = [EntityFinding.model_construct(name=one, kind="person") for one in rng.sample(PEOPLE, 4)]
        report = Report.model_construct(id=name, article=facts, entities=people)
        keys = search.file_under(report, drawn)
        summary = Summary(
            id=name, title="", outlet=outlet, author=None, url=None, published=day, language="en", words=WORDS,
            analyzed_at=day,
        )  # fmt: skip
        client.hset(key("article", name), mapping={"status": "done", "summary": store.pack(summary.model_dump_json())})
        client.zadd(key("reports"), {name: at + 1})
        spent += clock(lambda: store.file(name, keys))  # noqa: B023 - called at once
    return characters, spent


def clock(act: Callable[[], object]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main() -> None:
    """Fill an index and ask it."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder, serve_alone(Path(folder)) as server:
        client = redis.Redis.from_url(server.url)
        characters, spent = fill(client, articles)
        blocks = list(client.scan_iter(f"{key('search')}:*"))
        held = sum(int(client.memory_usage(block, samples=0) or 0) for block in blocks)
        held += sum(int(client.hstrlen(key("article", f"{at:032x}"), "keys")) for at in range(articles))
        print(f"{articles} articles of {characters / articles:.0f} characters: {held / articles:.0f} bytes each,")
        print(f"{len(blocks)} blocks, {held / characters:.2f} of the text; filing {1000 * spent / articles:.1f} ms")
        for wanted in ASKED:
            times = [clock(lambda: store.search(wanted)) for _ in range(9)]  # noqa: B023 - called at once
            found = len(store.search(wanted).items)
            asked = wanted.words or wanted.person
            print(f"  {asked!r} {wanted.outlet}: {found} on the page, {1000 * statistics.median(times):.1f} ms")
        print(f"deletion: {1000 * clock(lambda: store.delete(f'{articles // 2:032x}')):.1f} ms")


if __name__ == "__main__":
    main()
