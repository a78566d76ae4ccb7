"""`python -m models lint`: what a report would mark in drafts, a line a finding, for editors and CI."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .errors import PROGRAM, complain

FORMATS = ("text", "json", "sarif", "github")
_UNREADABLE = 2
_DESCRIPTION = """\
Say what Parallax would mark in drafts: loaded words in the outlet's own voice, claims given to nobody in particular,
and the words of your house list. FILE is plain text or Markdown, whose markup is skipped; - is standard input.

The house list is .parallax.toml, beside a draft or in the nearest folder above it, else where you are:
  max = 3                    # findings with which the check still passes
  least_strength = 0.3       # how sure a finding must be, 0 to 1
  quoted = false             # do loaded words in quotations count too?
  [[word]]
  terms = ["spin doctor"]
  note = "House style: say whom the person works for."
  alternatives = ["spokesperson"]
  [[allow]]
  word = "regime"            # words, an entry's id (label.regime) or a category (contested)
  reason = "The desk's term for governments under sanctions."

In a draft, a comment lets a line pass, or, alone on its line, the next one:
  <!-- parallax: allow tyrant because the court's ruling says so -->

Exit status: 0 where there are no more findings than allowed, 1 where there are, 2 where a file can't be read.
"""


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "lint",
        help="what would be marked in drafts: file:line:column, for editors and CI",
        description=_DESCRIPTION,
        epilog=f"example:\n  {PROGRAM} lint drafts/*.md --format github --max 0",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="plain text or Markdown; -: standard input")
    command.add_argument("--format", choices=FORMATS, default="text", help="how findings are told (default: text)")
    command.add_argument(
        "--config", type=Path, metavar="FILE", help="the house list; else a draft's nearest .parallax.toml"
    )
    command.add_argument(
        "--max", type=_number, metavar="N", help="findings, all files together, with which the check still passes"
    )
    command.set_defaults(run=run)


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise argparse.ArgumentTypeError(f"must be a whole number, not {value!r}")
    return int(value)


def run(options: argparse.Namespace) -> int:
    """Do it; the exit status."""
    from .. import lint
    from ..lint import formats, house

    houses: dict[Path | None, house.House] = {}
    counts: Counter[Path | None] = Counter()
    found: list[tuple[str, lint.Finding]] = []
    failed = False
    for name in options.files:
        beside = Path.cwd() if name == "-" else Path(name).resolve().parent
        path = options.config or house.find(beside) or house.find(Path.cwd())
        try:
            if path not in houses:
                houses[path] = house.read(path) if path else house.House()
            here = lint.lint(_open(name), houses[path])
        except house.HouseUnreadable as unreadable:
            complain(str(unreadable))
            return _UNREADABLE
        except OSError as error:
            complain(f"{name}: {error.strerror}.")
            failed = True
        except UnicodeDecodeError as error:
            complain(f"{name}: byte {error.start} is not UTF-8.")
            failed = True
        except ValidationError as invalid:
            complain(f"{name}: {invalid.errors(include_url=False)[0]['msg']}.")
            failed = True
        else:
            found += [(name, finding) for finding in here]
            counts[path] += len(here)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # typed as any stream of text
    if told := formats.FORMATS[options.format](found):
        print(told)
    if options.max is None:
        most = sum(one.most for one in houses.values())
        passes = all(counts[path] <= one.most for path, one in houses.items())  # one list's room is not another's
    else:
        most, passes = options.max, len(found) <= options.max
    if options.format == "text":
        print(f"{len(found)} finding{'' if len(found) == 1 else 's'}; {most} allowed.", file=sys.stderr)
    return _UNREADABLE if failed else int(not passes)


def _open(name: str) -> Any:
    from ..lint.drafts import MARKDOWN, Draft

    if name == "-":
        return Draft(sys.stdin.buffer.read().decode("utf-8-sig").replace("\r\n", "\n"))
    path = Path(name)
    text = path.read_bytes().decode("utf-8-sig")
    return Draft(text.replace("\r\n", "\n"), markdown=path.suffix.lower() in MARKDOWN)
