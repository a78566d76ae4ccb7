"""The command line: `python -m models analyze | compare | evaluate | train | lexicon`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .commands import analyze, compare
from .commands.errors import complain


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m models",
        description="Analyse news articles for loaded words, attribution and sentiment; no server needed.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    analyze.add(commands)
    compare.add(commands)

    data_help = "folder of corpora, laid out as in docs/training.md"
    for name, run, text in (
        ("evaluate", _evaluate, "print the measures of the design on the corpora found in DATA"),
        ("train", _train, "train every model from scratch on the corpora in DATA (see docs/training.md)"),
    ):
        command = commands.add_parser(name, help=text, description=text.capitalize() + ".")
        command.add_argument("data", type=Path, metavar="DATA", help=data_help)
        command.set_defaults(run=run)

    tend = commands.add_parser(
        "lexicon",
        help="for those who tend the lexicon: check it, count it, find words that it lacks",
        description="For those who tend the lexicon of loaded words (models/lexicons/*.toml).",
    ).add_subparsers(required=True, metavar="check | stats | candidates")
    check = tend.add_parser("check", help="do all examples hold? exit status 1 when one does not")
    check.set_defaults(run=_check_lexicon)
    stats = tend.add_parser("stats", help="entries by category, tone, part of speech, style and contested pair")
    stats.set_defaults(run=_count_lexicon)
    candidates = tend.add_parser(
        "candidates",
        help="words that the lexicon lacks and perhaps should have",
        description="Words that experts marked in BABE, PTC and BASIL, and words and pairs that outlets of the left "
        "or the right use far more on the same topic: text, why, marked of used, weight. Most are no loaded "
        "words: each needs your judgement.",
    )
    candidates.add_argument("data", type=Path, metavar="DATA", help=data_help)
    candidates.add_argument("--most", type=_positive, default=200, metavar="N", help="how many of each (default: 200)")
    candidates.set_defaults(run=_find_candidates)
    return parser


def _positive(value: str) -> int:
    number = int(value) if value.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {value!r}")
    return number


def _evaluate(options: argparse.Namespace) -> int:
    from research.evaluation import evaluate

    return _on_data(partial(evaluate, options.data), options.data)


def _train(options: argparse.Namespace) -> int:
    from research.training import train

    try:
        return _on_data(partial(train, options.data), options.data)
    except ModuleNotFoundError as error:
        return complain(f"training needs {error.name}: pip install -r requirements-train.txt")


def _check_lexicon(_: argparse.Namespace) -> int:
    from research.training import lexicography

    faults = lexicography.check()
    print("\n".join(faults) if faults else "Every example holds.")
    return int(bool(faults))


def _count_lexicon(_: argparse.Namespace) -> int:
    from research.training import lexicography

    for title, counts in lexicography.count().items():
        print(title)
        for name, number in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
            print(f"  {number:5}  {name}")
    return 0


def _find_candidates(options: argparse.Namespace) -> int:
    from itertools import groupby

    from research.training import lexicography

    def show() -> None:
        for why, found in groupby(lexicography.find_candidates(options.data), lambda one: one.why):
            for one in list(found)[: options.most]:
                print(f"{one.text:32}{why:10}{one.marked:6} of {one.used:6}{one.weight:10.2f}")

    return _on_data(show, options.data)


def _on_data(run: Callable[[], object], data: Path) -> int:
    if not data.is_dir():
        return complain(f"{data} is not a folder; docs/training.md says where each corpus is had")
    run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
