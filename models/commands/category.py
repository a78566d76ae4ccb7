"""`python -m models category`: learn a category of one's own from codes."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from .errors import PROGRAM, complain

if TYPE_CHECKING:
    from ..categories.learning import Learned

_DESCRIPTION = """\
Learn to tell your own categories apart from what you coded, on the reader's vectors and on words.

CODES is one of
  FILE.csv, .tsv   a row an article or headline: a column text (example, body …) and a column category (label, frame …)
  FILE.jsonl       {"text", "title", "category"}: one category an article; or {"text", "title", "marks":
                   [{"start", "end", "category"}]}: places in the title, a blank line and the text; [] where nothing is
  ROOM.json        a room's file; --layer says which layer or question of its codebook

The figures are told on articles that it had not seen: cross-validated by article, with a 95 % interval, what whoever
always says the most common would reach, and what may be expected of 200 codes more.
"""
_EXAMPLES = f"""\
examples:
  {PROGRAM} category codes.csv --output frames.json
  {PROGRAM} category room.json --layer blame --output blame.json
  {PROGRAM} analyze news/ --with frames.json > reports.jsonl
"""


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "category",
        help="codes in, a classifier of your own out",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("codes", type=Path, metavar="CODES", help="what was coded")
    command.add_argument("--output", type=Path, required=True, metavar="FILE", help="where the category goes (JSON)")
    command.add_argument("--name", help="what to call it (default: the file's name)")
    command.add_argument("--layer", help="of a room's file: the layer or question that is meant")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; the exit status."""
    # Its products are small: threads would cost more than they give. Read when numpy is loaded, which is below.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from ..categories import codes, learning  # only now: it loads the analysis, and --help need not wait for that

    try:
        coded, kind = codes.read(options.codes, options.layer)
        bar = tqdm(coded, unit=" articles", disable=not sys.stderr.isatty())
        units = [unit for one in bar for unit in learning.look(one, kind)]
        learned = learning.learn(units, options.name or options.codes.stem, kind)
        options.output.write_text(learned.model.model_dump_json() + "\n", encoding="utf-8")
    except (codes.CodesRefused, learning.TooFew) as refused:
        return complain(f"{refused}.")
    except OSError as error:
        return complain(f"{error.filename}: {error.strerror}.")
    except UnicodeDecodeError:
        return complain(f"{options.codes} is not UTF-8. Save it as UTF-8.")
    _tell(learned)
    return 0


def _tell(learned: Learned) -> None:
    model, figures = learned.model, learned.model.figures
    print(f"{model.name}: {figures.units} {model.unit}s of {figures.articles} articles")
    print(
        f"macro-F1 {figures.macro_f1:.3f} [{figures.low:.3f}, {figures.high:.3f}] on articles that it had not seen; "
        f"always the most common: {figures.guess:.3f}"
    )
    for name, value in figures.by_category.items():
        print(f"  {value:.3f}  {name} ({figures.counts[name]} codes)")
    curve = ", ".join(f"{point.codes}: {point.macro_f1:.3f}" for point in figures.curve)
    print(f"learnt from {curve}; with 200 codes more you may expect {figures.expected:.3f}")
