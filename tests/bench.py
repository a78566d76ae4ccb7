"""`make bench`, second half: the way through the house against the bare analysis, in one run.

`python -m tests.bench throughput latency --articles 2000 --file FILE` chooses measures, their size, and the articles of
a JSON Lines file (`text`, `title`; may be gzipped) instead of our own. Figures mean something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import redis

from models import pipeline
from models.article import Article
from service.examples import ARTICLES
from tests.conftest import Service, ask, start_service, wait_until

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
SENDERS = 4
FULL = 100  # articles in a queue that is full
PARTS = {
    "web": "-m service",
    "worker": "workers.queue.celery",
    "store": "valkey-server",
    "network": "workers.network",
    "clock": "workers.queue.clock",
}

Fields = dict[str, Any]


def read_articles(path: Path | None, count: int) -> Iterator[Fields]:
    """Give so many different articles; one of a kind is told apart by its outlet."""
    if path is None:
        given = [article.model_dump(include={"text", "title"}) for article in ARTICLES]
    else:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            given = [{name: json.loads(line).get(name) for name in ("text", "title")} for line in islice(lines, count)]
    for number, fields in enumerate(islice(cycle(given), count)):
        yield fields | {"outlet": f"Outlet {number}"}


@dataclass
class Run:
    """A running house and what may be asked of it."""

    service: Service
    client: redis.Redis

    def post(self, many: Iterable[Fields]) -> list[str]:
        """Send articles in over kept connections as fast as they are accepted; gives their ids."""
        todo = iter(list(many))
        where = urlsplit(self.service.url)

        def send(_: int) -> list[str]:
            connection = http.client.HTTPConnection(str(where.hostname), where.port, timeout=60)
            ids = []
            for fields in todo:  # a list's iterator is shared safely
                body = json.dumps(fields)
                while True:
                    connection.request("POST", "/api/v1/articles", body, {"Content-Type": "application/json"})
                    answer = connection.getresponse()
                    content = json.loads(answer.read())
                    if answer.status != 503:
                        break
                    time.sleep(0.5)
                assert answer.status in {200, 202}, content
                ids.append(content["id"])
            return ids

        with ThreadPoolExecutor(SENDERS) as threads:
            return [identifier for ids in threads.map(send, range(SENDERS)) for identifier in ids]

    def ended(self) -> int:
        """How many articles ended?"""
        return sum(int(count) for count in self.client.hgetall("parallax:counts").values())

    def failed(self) -> int:
        """How many of them without a report?"""
        return int(self.client.hget("parallax:counts", "failed") or 0)

    def analyze(self, many: list[Fields], seconds: float = 3600) -> list[str]:
        """Send articles in and wait until each is a stored report."""
        goal = self.ended() + len(many)
        ids = self.post(many)
        wait_until(lambda: self.ended() >= goal, seconds)
        assert not self.failed(), "not every article became a report"
        return ids

    def processes(self, part: str) -> list[psutil.Process]:
        """Find a part's processes."""
        children = psutil.Process(self.service.process.pid).children(recursive=True)
        return [child for child in children if PARTS[part] in " ".join(child.cmdline())]

    def spent(self, part: str) -> float:
        """Processor seconds of a part so far."""
        times = [process.cpu_times() for process in self.processes(part)]
        return sum(one.user + one.system for one in times)

    def memory(self) -> dict[str, float]:
        """Megabytes of each part, memory that its processes share counted once."""
        return {part: sum(one.memory_full_info().pss for one in self.processes(part)) / 1e6 for part in PARTS}


@contextmanager
def run_house(**more: str) -> Iterator[Run]:
    """A house for one measure."""
    with tempfile.TemporaryDirectory() as data:
        service = start_service(Path(data), WORKER_CONCURRENCY=str(CORES), **more)
        try:
            address = json.loads((Path(data) / "store.json").read_text())["url"]
            yield Run(service, redis.Redis.from_url(address))
        finally:
            service.stop()


def analyze(fields: Fields) -> float:
    """Analyse an article right here; gives the milliseconds that took."""
    return clock(lambda: pipeline.analyze(Article(**fields)))[0]


def measure_throughput(articles: list[Fields]) -> None:
    """Articles a second, POST to stored report on all cores, against the same analysis called directly."""
    warm, many = articles[: CORES * 4], articles[CORES * 4 :]
    with ProcessPoolExecutor(CORES, initializer=pipeline.warm) as pool:
        list(pool.map(analyze, warm))
        began = time.perf_counter()
        list(pool.map(analyze, many))
        direct = len(many) / (time.perf_counter() - began)
    with run_house() as run:
        run.analyze(warm)
        before = {part: run.spent(part) for part in PARTS}
        began = time.perf_counter()
        ids = run.analyze(many)
        through = len(many) / (time.perf_counter() - began)
        spent = {part: (run.spent(part) - before[part]) / len(many) * 1000 for part in PARTS}
        missing = [identifier for identifier in ids if ask(f"{run.service.url}/api/v1/reports/{identifier}")[0] != 200]
    print(f"throughput: {len(many)} articles on {CORES} cores, {len(missing)} errors")
    print(f"  analysed directly     {direct:8.1f} a second")
    print(f"  through HTTP          {through:8.1f} a second, {through / direct:.2f} of it")
    print(f"  processor time each   {', '.join(f'{part} {each:.1f} ms' for part, each in spent.items())}")


def measure_latency(articles: list[Fields]) -> None:
    """Milliseconds from POST to a report that can be read, one article at a time, against the bare analysis."""
    pipeline.warm()
    analyze(articles[0])
    bare = [analyze(fields) for fields in articles]
    with run_house() as run:
        run.analyze([fields | {"author": "To warm up"} for fields in articles[: CORES * 2]])
        took = []
        for fields in articles:
            began = time.perf_counter()
            where = f"{run.service.url}/api/v1/reports/{ask(f'{run.service.url}/api/v1/articles', fields)[1]['id']}"
            while ask(where)[0] != 200:
                time.sleep(0.002)
            took.append((time.perf_counter() - began) * 1000)
    print(f"latency: {len(articles)} articles, one after the other, median (95th percentile)")
    for name, times in (("analysed directly", bare), ("POST to report read", took)):
        print(f"  {name:21} {statistics.median(times):8.1f} ms ({percentile(times, 95):.1f} ms)")
    print(f"  on top                {statistics.median(took) - statistics.median(bare):8.1f} ms")


def measure_reading(articles: list[Fields]) -> None:
    """Milliseconds to read a report, as JSON and as a page, while the queue is full; and to be refused by it."""
    keep = articles[:20]
    took: dict[str, list[float]] = {"report as JSON": [], "report as a page": [], "refusal": []}
    with run_house(PARALLAX_MAX_QUEUE=str(FULL)) as run:
        ids = run.analyze(keep)
        run.post(fields | {"author": "To fill the queue"} for fields in islice(cycle(articles), FULL))
        more = (fields | {"author": f"Number {n} to keep it full"} for n, fields in enumerate(cycle(articles)))
        for identifier in islice(cycle(ids), len(articles) - len(keep)):
            for name, path in (("report as JSON", "api/v1/reports"), ("report as a page", "reports")):
                took[name].append(clock(fetch, f"{run.service.url}/{path}/{identifier}")[0])
            status = 0
            while status != 503:  # what is not refused keeps it full
                milliseconds, (status, _) = clock(ask, f"{run.service.url}/api/v1/articles", next(more))
            took["refusal"].append(milliseconds)
            time.sleep(0.02)
        assert not run.failed(), "not every article became a report"
        print(f"reading while a queue of {FULL} was full: median, 99th percentile; {run.ended()} articles analysed")
    for name, times in took.items():
        print(f"  {name:21} {statistics.median(times):8.1f} ms {percentile(times, 99):8.1f} ms ({len(times)} times)")


def clock(act: Callable[..., Any], *about: Any) -> tuple[float, Any]:
    """Do it; gives the milliseconds that took, and what came of it."""
    began = time.perf_counter()
    found = act(*about)
    return (time.perf_counter() - began) * 1000, found


def measure_memory(articles: list[Fields]) -> None:
    """Megabytes of each part after a tenth of the articles and after all of them, the store's reports left out."""
    first = max(1, len(articles) // 10)
    with run_house() as run:
        run.analyze(articles[:first])
        before = run.memory()
        run.analyze(articles[first:])
        after = run.memory()
    print(f"memory: after {first} and after {len(articles)} articles")
    for part, megabytes in before.items():
        grown = (after[part] / megabytes - 1) * 100
        print(f"  {part:21} {megabytes:8.1f} MB {after[part]:8.1f} MB ({grown:+.0f} %)")


def measure_bytes(articles: list[Fields]) -> None:
    """Bytes that a report takes in the store and in its file, against the article's own bytes."""
    with run_house() as run:
        empty = run.client.info("memory")["used_memory"]
        ids = run.analyze(articles)
        grown = run.client.info("memory")["used_memory"] - empty
        records = [run.client.memory_usage(f"parallax:article:{identifier}", samples=0) or 0 for identifier in ids]
        reports = [run.client.hstrlen(f"parallax:article:{identifier}", "report") for identifier in ids]
    own = sum(len(json.dumps(fields, ensure_ascii=False).encode()) for fields in articles)
    print(f"bytes: {len(articles)} articles of {own / len(articles):,.0f} bytes")
    for name, size in (("report, packed", sum(reports)), ("its record", sum(records)), ("the store's memory", grown)):
        print(f"  {name:21} {size / len(articles):8,.0f} bytes, {size / own:.2f} times the article")


def fetch(address: str) -> None:
    """Read an answer to its end."""
    import urllib.request

    with urllib.request.urlopen(address, timeout=30) as answer:
        answer.read()


def percentile(times: list[float], share: int) -> float:
    """Give the percentile."""
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)]


MEASURES: dict[str, tuple[Callable[[list[Fields]], None], int]] = {
    "throughput": (measure_throughput, 200),
    "latency": (measure_latency, 40),
    "reading": (measure_reading, 400),
    "bytes": (measure_bytes, 100),
    "memory": (measure_memory, 300),
}


def main() -> None:
    """Print the chosen measures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("measures", nargs="*", help=f"of {', '.join(MEASURES)}; all of them where none is named")
    parser.add_argument("--articles", type=int, help="how many of them each measure takes")
    parser.add_argument("--file", type=Path, help="JSON Lines with `text` and `title`, instead of our own articles")
    chosen = parser.parse_args()
    if unknown := set(chosen.measures) - set(MEASURES):
        parser.error(f"no such measure: {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    for name in chosen.measures or MEASURES:
        measure, count = MEASURES[name]
        measure(list(read_articles(chosen.file, chosen.articles or count)))


if __name__ == "__main__":
    main()
