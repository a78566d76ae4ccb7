"""`python -m models evaluate`, `train` and `lexicon candidates`: what the repository's research/ does, where it is."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

_DATA = "folder of corpora, laid out as in docs/training.md"


def is_here() -> bool:
    """Does research/ stand beside the analysis? In the repository it does, in an installed library not."""
    return (Path(__file__).parents[2] / "research" / "__main__.py").exists()


def add(commands: Any) -> None:
    """Add the commands to the parser, where they can be followed."""
    for name, text in (
        ("evaluate", "print the measures of the design on the corpora found in DATA"),
        ("train", "train every model from scratch on the corpora in DATA (see docs/training.md)"),
    ):
        if is_here():
            command = commands.add_parser(name, help=text, description=text.capitalize() + ".")
            command.add_argument("data", type=Path, metavar="DATA", help=_DATA)
            command.set_defaults(run=partial(_follow, name))


def add_candidates(tend: Any) -> None:
    """Add `candidates` to the lexicon's commands, where it can be followed."""
    if not is_here():
        return
    candidates = tend.add_parser(
        "candidates",
        help="words that the lexicon lacks and perhaps should have",
        description="Words that experts marked in BABE, PTC and BASIL, and words and pairs that outlets of the left "
        "or the right use far more on the same topic: text, why, marked of used, weight. Most are no loaded "
        "words: each needs your judgement.",
    )
    candidates.add_argument("data", type=Path, metavar="DATA", help=_DATA)
    candidates.add_argument("--most", type=_positive, default=200, metavar="N", help="how many of each (default: 200)")
    candidates.set_defaults(run=partial(_follow, "candidates"))


def _positive(value: str) -> int:
    number = int(value) if value.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {value!r}")
    return number


def _follow(command: str, options: argparse.Namespace) -> int:
    from research import __main__ as research

    more: Sequence[str] = ("--most", str(options.most)) if command == "candidates" else ()
    return int(research.main([command, str(options.data), *more]))
