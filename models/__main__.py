"""The command line, `parallax` once installed: analyze, compare, parse, lexicon …; here evaluate and train too."""

from __future__ import annotations

import argparse
import sys

from .commands import analyze, category, compare, lexicon, lint, mcp, parse, research, serve
from .commands.errors import PROGRAM


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; the exit status."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Analyse news articles for loaded words, attribution and sentiment; no server needed.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (analyze, compare, category, parse, lint, lexicon, mcp, serve, research):
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
