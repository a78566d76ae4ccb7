"""The command line: `python -m models analyze | compare | lexicon | evaluate | train`."""

from __future__ import annotations

import argparse
import sys

from .commands import analyze, compare, lexicon, research


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; the exit status."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m models",
        description="Analyse news articles for loaded words, attribution and sentiment; no server needed.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (analyze, compare, lexicon, research):
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
