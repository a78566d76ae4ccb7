"""`python -m models lexicon`: for those who tend the lexicon of loaded words."""

from __future__ import annotations

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Add the command to the parser."""
    from . import research

    known = "check | stats | candidates" if research.is_here() else "check | stats"
    tend = commands.add_parser(
        "lexicon",
        help="for those who tend the lexicon: check it, count it, find words that it lacks",
        description="For those who tend the lexicon of loaded words (models/lexicons/*.toml).",
    ).add_subparsers(required=True, metavar=known)
    check = tend.add_parser("check", help="do all examples hold? exit status 1 when one does not")
    check.set_defaults(run=_check)
    stats = tend.add_parser("stats", help="entries by category, tone, part of speech, style and contested pair")
    stats.set_defaults(run=_count)
    research.add_candidates(tend)


def _check(_: argparse.Namespace) -> int:
    from .. import lexicography

    faults = lexicography.check()
    print("\n".join(faults) if faults else "Every example holds.")
    return int(bool(faults))


def _count(_: argparse.Namespace) -> int:
    from .. import lexicography

    for title, counts in lexicography.count().items():
        print(title)
        for name, number in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
            print(f"  {number:5}  {name}")
    return 0
