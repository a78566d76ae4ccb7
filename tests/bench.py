"""`make bench`: the way through the house against the bare analysis, in one run.

`python -m tests.bench FILE` takes the articles of a JSON Lines file (`text`, `title`, `outlet`) instead of our own.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from models import pipeline
from models.article import Article
from service.examples import ARTICLES
from tests.conftest import House, start_house

COUNT = 200
SINGLE = 20


def read_articles(path: Path | None, count: int) -> Iterator[dict[str, Any]]:
    """Give so many different articles; one of a kind is told apart by its outlet."""
    if path is None:
        given = [article.model_dump(include={"text", "title"}) for article in ARTICLES]
    else:
        lines = path.read_text(encoding="utf-8").splitlines()
        given = [{name: json.loads(line).get(name) for name in ("text", "title")} for line in lines[:count]]
    for number, fields in enumerate(islice(cycle(given), count)):
        yield fields | {"outlet": f"Outlet {number}"}


def ask(address: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    """Ask over HTTP; gives status and JSON."""
    request = urllib.request.Request(
        address, json.dumps(body).encode() if body else None, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, json.load(answer)


def read_report(house: House, fields: dict[str, Any], pause: float) -> float:
    """Send an article and wait until its report can be read; gives the milliseconds that took."""
    began = time.perf_counter()
    _, accepted = ask(f"{house.url}/api/v1/articles", fields)
    while ask(f"{house.url}/api/v1/reports/{accepted['id']}")[0] != 200:
        time.sleep(pause)
    return (time.perf_counter() - began) * 1000


def analyze(fields: dict[str, Any]) -> float:
    """Analyse an article right here; gives the milliseconds that took."""
    began = time.perf_counter()
    pipeline.analyze(Article(**fields))
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print articles a second through HTTP and directly, and the latency of a single one."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    articles = list(read_articles(path, COUNT + SINGLE))
    many, single = articles[:COUNT], articles[COUNT:]
    with ProcessPoolExecutor(cores, initializer=pipeline.warm) as pool:
        list(pool.map(analyze, single))
        began = time.perf_counter()
        list(pool.map(analyze, many))
        direct = COUNT / (time.perf_counter() - began)
    pipeline.warm()
    bare = statistics.median(map(analyze, single))
    with tempfile.TemporaryDirectory() as data:
        house = start_house(Path(data), WORKER_CONCURRENCY=str(cores))
        try:
            latency = statistics.median(read_report(house, fields, 0.002) for fields in single)
            began = time.perf_counter()
            with ThreadPoolExecutor(8) as threads:
                list(threads.map(lambda fields: read_report(house, fields, 0.05), many))
            through = COUNT / (time.perf_counter() - began)
        finally:
            house.stop()
    print(f"{COUNT} articles on {cores} cores")
    print(f"  analysed directly     {direct:8.1f} a second")
    print(f"  through HTTP          {through:8.1f} a second, {through / direct:.2f} of it")
    print(f"one article on an idle machine, median of {SINGLE}")
    print(f"  analysed directly     {bare:8.1f} ms")
    print(f"  POST to report read   {latency:8.1f} ms, {latency - bare:.1f} ms more")


if __name__ == "__main__":
    main()
