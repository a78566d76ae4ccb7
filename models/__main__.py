"""The command line: `python -m models analyze | compare | evaluate | train | lexicon`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from models.article import problems
from models.report import Report


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m models",
        description="Analyse news articles for loaded words, attribution and sentiment; no server needed.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    analyze = commands.add_parser(
        "analyze",
        help="articles in, reports out (JSON Lines)",
        description="Read JSON Lines on standard input, an article a line ('text' is needed; 'id', 'title', 'outlet', "
        "'author', 'url', 'published', 'targets' are optional), and write a report a line, in order. A bad line gives "
        "an error line in its place and exit status 1.",
    )
    analyze.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to use (default: 1)")
    analyze.set_defaults(run=_analyze)

    compare = commands.add_parser(
        "compare",
        help="two to six reports in, one comparison out",
        description="Read two to six reports as JSON Lines on standard input and write one comparison.",
    )
    compare.set_defaults(run=_compare)

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


def _analyze(options: argparse.Namespace) -> int:
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    from models import lines

    failed = False
    for line, is_error in lines.analyze(sys.stdin, options.jobs):
        failed |= is_error
        print(line, flush=options.jobs == 1)
    return int(failed)


def _compare(_: argparse.Namespace) -> int:
    from models.comparison import compare

    try:
        reports = [Report.model_validate_json(line) for line in sys.stdin if line.strip()]
        print(compare(reports).model_dump_json())
    except ValidationError as error:
        first = problems(error)[0]
        return _complain(f"a line is not a report: {first.field}: {first.message}")
    except ValueError as error:
        return _complain(str(error))
    return 0


def _complain(message: str) -> int:
    print(f"python -m models: {message}", file=sys.stderr)
    return 1


def _evaluate(options: argparse.Namespace) -> int:
    from models.evaluation import evaluate

    return _on_data(partial(evaluate, options.data), options.data)


def _train(options: argparse.Namespace) -> int:
    from models.training import train

    try:
        return _on_data(partial(train, options.data), options.data)
    except ModuleNotFoundError as error:
        return _complain(f"training needs {error.name}: pip install -r requirements-train.txt")


def _check_lexicon(_: argparse.Namespace) -> int:
    from models.training import lexicography

    faults = lexicography.check()
    print("\n".join(faults) if faults else "Every example holds.")
    return int(bool(faults))


def _count_lexicon(_: argparse.Namespace) -> int:
    from models.training import lexicography

    for title, counts in lexicography.count().items():
        print(title)
        for name, number in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
            print(f"  {number:5}  {name}")
    return 0


def _find_candidates(options: argparse.Namespace) -> int:
    from itertools import groupby

    from models.training import lexicography

    def show() -> None:
        for why, found in groupby(lexicography.find_candidates(options.data), lambda one: one.why):
            for one in list(found)[: options.most]:
                print(f"{one.text:32}{why:10}{one.marked:6} of {one.used:6}{one.weight:10.2f}")

    return _on_data(show, options.data)


def _on_data(run: Callable[[], object], data: Path) -> int:
    if not data.is_dir():
        return _complain(f"{data} is not a folder; docs/training.md says where each corpus is had")
    run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
