"""`python -m models compare`: reports in, one comparison out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..refusals import explain
from ..report import Report
from .errors import PROGRAM, complain

_DESCRIPTION = """\
Set two to six reports side by side and write one comparison as JSON.

Without PATH, reports come on standard input as JSON Lines, as `analyze` writes them. A PATH is a file of such lines,
or of one report as the API gives it.
"""
_EXAMPLES = f"""\
examples:
  {PROGRAM} analyze < articles.jsonl | {PROGRAM} compare > comparison.json
  {PROGRAM} compare courier.json ledger.json --output comparison.json
"""


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "compare",
        help="two to six reports in, one comparison out",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files instead of standard input")
    command.add_argument("--output", type=Path, metavar="FILE", help="where it goes instead of standard output")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; the exit status."""
    from ..comparison import compare  # only now: it loads the analysis, and --help need not wait for that

    try:
        comparison = compare(list(_read(options.paths))).model_dump_json()
    except ValidationError as error:
        first = explain(error, Report)[0]
        return complain(f"a line is not a report: {first.field}: {first.message} `analyze` makes reports of articles")
    except ValueError as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"{error.filename}: {error.strerror}.")
    if options.output:
        options.output.write_text(comparison + "\n", encoding="utf-8")
    else:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # typed as any stream of text
        print(comparison)
    return 0


def _read(paths: list[Path]) -> Iterator[Report]:
    if not paths:
        sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # typed as any stream of text
        yield from (Report.model_validate_json(line) for line in sys.stdin if line.strip())
    for path in paths:
        content = path.read_text(encoding="utf-8-sig")
        try:
            yield Report.model_validate_json(content)  # one report, perhaps over many lines
        except ValidationError:
            yield from (Report.model_validate_json(line) for line in content.split("\n") if line.strip())
