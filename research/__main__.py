"""The command line of research: `python -m research corpus join | place | agreement`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m research", description="How Parallax's models came about.")
    rooms = parser.add_subparsers(required=True, metavar="corpus")
    corpus = rooms.add_parser("corpus", help="the articles coded by the codebook").add_subparsers(
        required=True, metavar="join | place | agreement"
    )
    join = corpus.add_parser("join", help="put marks and texts together, for whoever has the texts")
    join.add_argument("texts", type=Path, metavar="TEXTS", help="JSON Lines (or .gz) of articles: id, title, text")
    join.add_argument("--output", type=Path, metavar="FILE", help="where to write (default: standard output)")
    join.set_defaults(run=_join)
    place = corpus.add_parser("place", help="turn coders' lines (ID.marks beside ID.txt) into offsets (ID.json)")
    place.add_argument("folder", type=Path, metavar="FOLDER")
    place.set_defaults(run=_place)
    agreement = corpus.add_parser("agreement", help="how far two coders of one article agree, layer by layer")
    agreement.set_defaults(run=_agreement)
    return parser


def _join(options: argparse.Namespace) -> int:
    from research.corpus.join import join

    if not options.texts.exists():
        print(f"{options.texts}: there is no such file", file=sys.stderr)
        return 2
    if options.output:
        with options.output.open("w", encoding="utf-8") as output:
            missing = join(options.texts, output)
    else:
        missing = join(options.texts, sys.stdout)
    if missing:
        print(f"{missing} articles of the corpus have no text in {options.texts}, or another one", file=sys.stderr)
    return int(bool(missing))


def _place(options: argparse.Namespace) -> int:
    from research.corpus.place import place_folder

    return int(bool(place_folder(options.folder)))


def _agreement(_: argparse.Namespace) -> int:
    from research.corpus.measures import compare_coders
    from research.corpus.records import read_marks
    from research.training.scoring import Tallies, print_measures

    tallies = Tallies()
    compare_coders(read_marks(), tallies)
    print_measures(tallies.measures())
    return 0


if __name__ == "__main__":
    sys.exit(main())
