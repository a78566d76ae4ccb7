"""`python -m models analyze`: articles in, reports out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from tqdm import tqdm

from .. import rows
from ..importers import BodyRefused, Record, files, jsonlines
from ..report import Report
from . import corpus, resume
from .errors import PROGRAM, complain

STANDARD = Path("-")
_DESCRIPTION = """\
Read articles and write a report for each as a line of JSON, in order.

Without PATH, articles come on standard input as JSON Lines: an article a line, "text" is needed; "id", "title",
"outlet", "author", "url", "published", "targets" are optional. A PATH is
  FILE.jsonl         the same
  FILE.csv, .tsv     an article a row; columns by the names in the first row, common other names are understood
  FILE.txt           the text of one article; the file's name is its id
  FOLDER             every .txt file in it and below; the path from there is the id

What can't be read gives an error line {"id", "error": {"code", "message", "field"}} in its place, the rest goes on,
and the exit status is 1.
"""
_EXAMPLES = f"""\
examples:
  {PROGRAM} analyze < articles.jsonl > reports.jsonl
  {PROGRAM} analyze articles.csv --output reports.jsonl --jobs 0
  {PROGRAM} analyze articles.csv --output reports.jsonl --jobs 0 --resume
  {PROGRAM} analyze news/ --csv findings.csv
  {PROGRAM} analyze articles.csv --with frames.json --output reports.jsonl
  {PROGRAM} analyze corpus/ --scheduler local --jobs 0 --output findings/
"""


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "analyze",
        help="articles in, reports out",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files and folders instead of standard input"
    )
    command.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="processes to use, 0: one a core (default: 1)"
    )
    command.add_argument("--output", type=Path, metavar="FILE", help="where reports go instead of standard output")
    command.add_argument(
        "--resume", action="store_true", help="go on where --output stopped, whatever stopped it; nothing is read twice"
    )
    command.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="have one folder of Parquet or JSON Lines read by a Dask cluster: tcp://host:8786, or local for --jobs "
        "processes of this machine; --output is then a folder of Parquet, a row a finding (docs/corpora.md)",
    )
    command.add_argument(
        "--csv",
        type=Path,
        metavar="FILE",
        help="write the findings there too, a row each (-: standard output); reports then go to --output only",
    )
    command.add_argument(
        "--with",
        dest="own",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="look for a category of your own, too (made by `category`; may be given several times)",
    )
    command.set_defaults(run=run)


def _jobs(value: str) -> int:
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"must be a whole number, 0 for one a core, not {value!r}")
    return int(value) or _count_cores()


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(options: argparse.Namespace) -> int:
    """Do it; the exit status."""
    try:
        if options.scheduler:
            return corpus.run(options)
        _refuse_what_is_lost(options)
        files.check(options.paths)
        return int(_analyze(options))
    except (BodyRefused, resume.NotThePast) as refused:
        return complain(str(refused))
    except BrokenPipeError:  # whoever reads our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return complain(f"{error.filename or 'output'}: {error.strerror}.")
    except KeyboardInterrupt:
        hint = "the same command with --resume goes on" if options.output else "with --output FILE, --resume can go on"
        complain(f"stopped; {hint}.")
        return 130


def _refuse_what_is_lost(options: argparse.Namespace) -> None:
    """Hours of work are not written over by a command that forgot --resume."""
    if options.resume:
        if not options.output:
            raise BodyRefused("--resume needs --output FILE: the file that it goes on with.")
        return
    for path in (options.output, options.csv):
        if path and path != STANDARD and path.is_file() and path.stat().st_size:
            goes_on = "go on with it by --resume, " if options.output else ""
            raise BodyRefused(f"{path} holds something already: {goes_on}delete it, or name another file.")


def _analyze(options: argparse.Namespace) -> bool:
    """Was anything an error?"""
    from .. import lines  # only now: it loads the analysis, and --help need not wait for that
    from ..categories import model

    try:
        own = [model.load(path) for path in options.own]
    except model.WrongModel as wrong:
        raise BodyRefused(f"{wrong}.") from None

    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # typed as any stream of text
    records = _open(options.paths, _say_columns)
    count = errors = 0
    with ExitStack() as opened:
        table = _open_table(options.csv, opened)
        if options.resume:
            for line, is_error in resume.read(options.output, records):
                count, errors = count + 1, errors + is_error
                _tabulate(line, is_error, table)
        if options.output:
            reports: IO[str] | None = opened.enter_context(options.output.open("a", encoding="utf-8", newline="\n"))
        else:
            reports = None if table else sys.stdout
        shown = sys.stderr.isatty() and (bool(options.output) or not sys.stdout.isatty())
        total = sum(1 for _ in _open(options.paths)) if shown and options.paths else None
        bar = opened.enter_context(tqdm(total=total, initial=count, unit=" articles", disable=not shown))
        for line, is_error in lines.analyze(records, options.jobs, own):
            count, errors = count + 1, errors + is_error
            if reports:
                print(line, file=reports, flush=bool(options.output) or options.jobs == 1)
            elif is_error:
                complain(json.loads(line)["error"]["message"])
            _tabulate(line, is_error, table)
            bar.update()
    if options.paths or options.output:
        told = f"{_count(count - errors, 'report')}, {_count(errors, 'error')}"
        print(f"{told} (their lines say why)." if errors and reports else f"{told}.", file=sys.stderr)
    return errors > 0


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _open(paths: Sequence[Path], note_columns: files.Columns = lambda *_: None) -> Iterator[Record]:
    if paths:
        return files.read(paths, note_columns)
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]  # typed as any stream of text
    if sys.stdin.isatty():
        print("Reading JSON Lines from the keyboard; Ctrl-D ends them, --help says more.", file=sys.stderr)
    return jsonlines.read(sys.stdin)


def _say_columns(path: Path, taken: dict[str, str], left_out: list[str]) -> None:
    mapped = ", ".join(name if name == field else f"{name} as {field}" for name, field in taken.items())
    rest = f"; not known and left out: {', '.join(left_out)}" if left_out else ""
    print(f"{path}: columns read: {mapped}{rest}.", file=sys.stderr)


def _open_table(path: Path | None, opened: ExitStack) -> IO[str] | None:
    if path is None:
        return None
    if path == STANDARD:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # typed as any stream of text
        table: IO[str] = sys.stdout
    else:
        table = opened.enter_context(path.open("w", encoding="utf-8", newline=""))
    rows.write_header(table)
    return table


def _tabulate(line: str, is_error: bool, table: IO[str] | None) -> None:
    if table and not is_error:
        rows.write(Report.model_validate_json(line), table)
