"""`python -m research evaluate | train | candidates`: what corpora say of the models, and teach them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit status is 1 when it can't be done."""
    parser = argparse.ArgumentParser(prog="python -m research", description=__doc__)
    parser.add_argument("command", choices=("evaluate", "train", "candidates"))
    parser.add_argument("data", type=Path, metavar="DATA", help="folder of corpora, laid out as in docs/training.md")
    parser.add_argument("--most", type=int, default=200, metavar="N", help="how many candidates of each kind (200)")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        return _complain(f"{options.data} is not a folder; docs/training.md says where each corpus is had")
    try:
        _DO[options.command](options.data, options.most)
    except ModuleNotFoundError as error:
        return _complain(f"{options.command} needs {error.name}: pip install -r requirements-train.txt")
    return 0


def _complain(message: str) -> int:
    print(f"python -m research: {message}", file=sys.stderr)
    return 1


def _evaluate(data: Path, _most: int) -> None:
    from research.evaluation import evaluate

    evaluate(data)


def _train(data: Path, _most: int) -> None:
    from research.training import train

    train(data)


def _find_candidates(data: Path, most: int) -> None:
    from research.training import missing_words

    for why, found in groupby(missing_words.find_candidates(data), lambda one: one.why):
        for one in list(found)[:most]:
            print(f"{one.text:32}{why:10}{one.marked:6} of {one.used:6}{one.weight:10.2f}")


_DO = {"evaluate": _evaluate, "train": _train, "candidates": _find_candidates}

if __name__ == "__main__":
    sys.exit(main())
