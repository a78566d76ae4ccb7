"""Dask beside `--jobs` on the same articles: `python -m tests.bench_corpora [FILE]`.

FILE holds articles as JSON Lines; without one they are our own, again and again. Both ways are started and warmed;
then they take turns, lot after lot, so that whatever else the machine does slows both alike.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from distributed import LocalCluster

from models import lines
from models.corpora import cluster, parts
from models.importers import Record
from tests.bench import read_articles

PARTS = 16  # of a lot, for every job: far smaller than real ones, so that no worker waits long for the other's last


def write(folder: Path, articles: list[dict[str, object]], count: int) -> Path:
    """A lot of articles as JSON Lines, in so many files of which each is a part."""
    folder.mkdir()
    for number in range(count):
        told = "".join(f"{json.dumps(article)}\n" for article in articles[number::count])
        (folder / f"{number}.jsonl").write_text(told, encoding="utf-8")
    return folder


class Pool:
    """`--jobs`, reading a lot when it is told to."""

    def __init__(self, lots: list[Path], jobs: int, output: Path) -> None:
        self._lots, self._gate, self._output = lots, threading.Semaphore(0), output
        self._answers = lines.analyze(self._wait(), jobs)

    def _wait(self) -> Iterator[Record]:
        for lot in self._lots:
            self._gate.acquire()
            for part in parts.plan(lot, "").parts:
                yield from parts.read(part)

    def read(self, lot: Path, count: int) -> None:
        self._gate.release()
        with (self._output / f"{lot.name}.jsonl").open("w", encoding="utf-8") as reports:
            for _ in range(count):
                print(next(self._answers)[0], file=reports)


def measure(act: Callable[[], object]) -> float:
    """Seconds by the clock."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main() -> None:
    """Both ways in turn, the first lot of each to warm up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--lots", type=int, default=4)
    options = parser.parse_args()
    each = options.articles // options.lots
    articles = list(read_articles(options.file, each * (options.lots + 1)))
    ratios, spent = [], {"--jobs": 0.0, "--scheduler": 0.0}
    with (
        tempfile.TemporaryDirectory() as made,
        LocalCluster(n_workers=options.jobs, threads_per_worker=1, dashboard_address=None) as workers,
    ):
        home = Path(made)
        lots = [
            write(home / f"lot-{number}", articles[number * each :][:each], PARTS * options.jobs)
            for number in range(options.lots + 1)
        ]
        pool = Pool(lots, options.jobs, home)

        def ask_cluster(lot: Path) -> None:
            output = home / f"{lot.name}-findings"
            plan = cluster.prepare(lot, output, resume=False)
            list(cluster.run(plan, output, workers.scheduler_address, options.jobs))

        for number, lot in enumerate(lots):
            by_dask = measure(lambda lot=lot: ask_cluster(lot))  # type: ignore[misc]  # bound, as it must be
            by_pool = measure(lambda lot=lot: pool.read(lot, each))  # type: ignore[misc]  # likewise
            if number:
                ratios.append(by_pool / by_dask)
                spent["--jobs"] += by_pool
                spent["--scheduler"] += by_dask
                print(f"lot {number}: Dask at {ratios[-1]:.2f} of --jobs {options.jobs}", flush=True)
        size = sum(path.stat().st_size for path in home.glob("*-findings/*.parquet"))
    for way, seconds in spent.items():
        print(f"{way}: {each * options.lots / seconds:.2f} articles a second")
    whole = spent["--jobs"] / spent["--scheduler"]
    print(f"Dask at {whole:.2f} of --jobs {options.jobs}; median of the lots {statistics.median(ratios):.2f}")
    print(f"Parquet: {size / len(articles):,.0f} bytes an article")


if __name__ == "__main__":
    main()
