"""`parallax analyze FOLDER --scheduler ADDRESS`: a corpus, read by the workers of a Dask cluster."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from tqdm import tqdm

from ..importers import BodyRefused
from .errors import complain

_NEEDED = ("distributed", "pyarrow")


def run(options: argparse.Namespace) -> int:
    """Have every part of the folder read; 1 where an article or a part was an error."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        return complain(f"--scheduler needs {' and '.join(missing)}: pip install 'parallax[corpora]'.")
    from ..corpora import cluster  # only now: it loads Dask, which other articles need not wait for
    from ..corpora.findings import Done

    folder, output = _check(options)
    plan = cluster.prepare(folder, output, resume=options.resume)
    total, failed = Done(), 0
    try:
        with tqdm(total=len(plan.parts), unit=" parts", disable=not sys.stderr.isatty()) as bar:
            for number, done in cluster.run(plan, output, options.scheduler, options.jobs):
                if isinstance(done, Exception):
                    failed += 1
                    complain(f"part {number} of {plan.parts[number].path} failed: {type(done).__name__}: {done}")
                else:
                    total = Done.model_validate({name: value + getattr(total, name) for name, value in done})
                bar.update()
    except cluster.NoCluster as gone:
        return complain(str(gone))
    parts = f"{len(plan.parts) - failed:,} of {len(plan.parts):,} parts"
    print(
        f"{total.articles:,} articles, {total.errors:,} errors, {total.findings:,} findings; {parts}.", file=sys.stderr
    )
    if failed:
        complain("the same command with --resume tries what failed again.")
    return int(bool(failed or total.errors))


def _check(options: argparse.Namespace) -> tuple[Path, Path]:
    """The folder of articles, and that of findings."""
    if len(options.paths) != 1 or not options.paths[0].is_dir():
        raise BodyRefused("--scheduler reads one folder of Parquet or JSON Lines; name that one.")
    if options.output is None or options.output.is_file() or options.csv:
        raise BodyRefused("--scheduler needs --output FOLDER, where findings go as Parquet, and takes no --csv.")
    return options.paths[0], options.output
