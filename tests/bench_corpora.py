"""What a corpus costs through Dask, beside `--jobs` on the same articles: `python -m tests.bench_corpora [FILE]`.

FILE holds articles as JSON Lines; without one they are our own, again and again. Processor time counts all processes;
on a busy machine it says more than the clock.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench import read_articles
from workers.settings import HOUSE

FILES = 8  # more than there are workers, so that all of them have work to the end
COMMAND = (sys.executable, "-m", "models", "analyze")


def write(folder: Path, file: Path | None, count: int) -> list[Path]:
    """The articles as JSON Lines, in files of which each is a part."""
    folder.mkdir()
    some = [json.dumps(article) for article in read_articles(file, count)]
    paths = [folder / f"{number}.jsonl" for number in range(min(FILES, count))]
    for number, path in enumerate(paths):
        path.write_text("".join(f"{line}\n" for line in some[number::FILES]), encoding="utf-8")
    return paths


def measure(*command: str | Path) -> tuple[float, float]:
    """Seconds by the clock and of the processor, children included."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*COMMAND, *map(str, command)], cwd=HOUSE, check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return time.perf_counter() - began, spent


def main() -> None:
    """Both ways, the start of each taken off by a run on one article."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--jobs", default="2")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        paths = {
            name: write(home / name, options.file, count) for name, count in (("one", 1), ("all", options.articles))
        }
        ways: dict[str, Callable[[str], Iterable[str | Path]]] = {
            "--jobs": lambda name: (*paths[name], "--output", home / f"{name}.jsonl"),
            "--scheduler local": lambda name: (home / name, "--output", home / f"{name}-out", "--scheduler", "local"),
        }
        for way, command in ways.items():
            (alone, start), (clock, spent) = (measure(*command(name), "--jobs", options.jobs) for name in paths)
            count = options.articles - 1
            print(
                f"{way} {options.jobs}: {count / (clock - alone):.2f} articles a second, "
                f"{1000 * (spent - start) / count:.0f} ms of the processor each; start {alone:.1f} s",
                flush=True,
            )
        size = sum(path.stat().st_size for path in (home / "all-out").glob("*.parquet"))
        print(f"Parquet: {size / options.articles:,.0f} bytes an article")


if __name__ == "__main__":
    main()
