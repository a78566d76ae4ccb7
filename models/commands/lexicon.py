"""`python -m models lexicon`: for those who tend the lexicon of loaded words."""

from __future__ import annotations

import argparse
from typing import Any

from .errors import complain


def add(commands: Any) -> None:
    """Add the command to the parser."""
    from . import research

    known = "check | stats | candidates" if research.is_here() else "check | stats"
    tend = commands.add_parser(
        "lexicon",
        help="for those who tend the lexicon: check it, count it, find words that it lacks",
        description="For those who tend the lexicon of loaded words (models/lexicons/*.toml).",
    ).add_subparsers(required=True, metavar=known)
    check = tend.add_parser(
        "check",
        help="do all examples hold? exit status 1 when one does not",
        description="Do all examples hold, of loaded words, of cues, vague markers and sources, and of boilerplate? Of "
        "the entries that are named, says too how strong a report would mark their sentences, or that the reader takes "
        "the word for plain there.",
    )
    check.add_argument("entries", nargs="*", metavar="ID", help="such as label.regime")
    check.set_defaults(run=_check)
    stats = tend.add_parser("stats", help="entries by category, tone, part of speech, style and contested pair")
    stats.set_defaults(run=_count)
    research.add_candidates(tend)


def _check(options: argparse.Namespace) -> int:
    from .. import lexicography
    from ..lexicon import load

    known = {entry.id: entry for entry in load().entries}
    if unknown := [name for name in options.entries if name not in known]:
        return complain(f"no such entry: {', '.join(unknown)}; an id is the file's name and the entry's, label.regime")
    for name in options.entries:
        for sentence, strength in lexicography.foresee(known[name]):
            print(f"{name}: {'the reader drops it' if strength is None else f'{strength:.2f}'}  {sentence}")
    faults = [*lexicography.check(), *lexicography.check_attribution(), *lexicography.check_boilerplate()]
    print("\n".join(faults) if faults else "Every example holds.")
    if lexicography.is_reference_stale():
        complain("note: rates are compared with counts of an earlier lexicon; `python -m research reference DATA`")
    return int(bool(faults))


def _count(_: argparse.Namespace) -> int:
    from .. import lexicography

    for title, counts in lexicography.count().items():
        print(title)
        for name, number in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
            print(f"  {number:5}  {name}")
    return 0
