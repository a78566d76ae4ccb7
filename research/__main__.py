"""The command line of research: what corpora say of the models, how they are taught, and the coded corpus."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit status is not 0 when it can't be done."""
    options = _parser().parse_args(arguments)
    if "data" in options and not options.data.is_dir():
        return _complain(f"{options.data} is not a folder; docs/training.md says where each corpus is had")
    try:
        return int(options.run(options))
    except ModuleNotFoundError as error:
        return _complain(f"this needs {error.name}: pip install -r requirements-train.txt")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m research", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, text in (
        ("evaluate", _evaluate, "print the measures of the design on the corpora in DATA"),
        ("benchmarks", _write_benchmarks, "write the page that sets us beside papers and other tools"),
        ("train", _train, "train every model from scratch on the corpora in DATA"),
        ("reference", _count_reference, "count anew the news articles that a report's rates are compared with"),
        ("devices", _train_devices, "fit the decision on devices anew, with what each kind is worth beside coders"),
        ("own", _compare_own, "set categories of one's own beside a linear model on words"),
        ("candidates", _find_candidates, "words that the lexicon lacks and perhaps should have"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("data", type=Path, metavar="DATA", help="folder of corpora, as in docs/training.md")
        command.set_defaults(run=run)
        if name == "candidates":
            command.add_argument("--most", type=int, default=200, metavar="N", help="how many of each kind (200)")
        if name == "reference":
            command.add_argument(
                "--minutes",
                type=float,
                default=math.inf,
                metavar="M",
                help="stop after so many: a sample (all articles)",
            )
        if name == "benchmarks":
            command.add_argument("--page", type=Path, required=True, metavar="FILE", help="docs/benchmarks.md")
            command.add_argument(
                "--measures", type=Path, metavar="FILE", help="what evaluate printed, to be taken as ours"
            )
            command.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that count (1)")
            command.add_argument("--limit", type=int, metavar="N", help="samples of each corpus, for a try (all)")

    corpus = commands.add_parser("corpus", help="the articles coded by the codebook").add_subparsers(
        required=True, metavar="draw | place | settle | gather | join | agreement"
    )
    join = corpus.add_parser("join", help="put marks and texts together, for whoever has the texts")
    join.add_argument("texts", type=Path, metavar="TEXTS", help="JSON Lines (or .gz) of articles: id, title, text")
    join.add_argument("--output", type=Path, metavar="FILE", help="where to write (default: standard output)")
    join.set_defaults(run=_join)
    place = corpus.add_parser("place", help="turn coders' lines (ID.marks beside ID.txt) into offsets (ID.json)")
    place.add_argument("folder", type=Path, metavar="FOLDER")
    place.set_defaults(run=_place)
    settle = corpus.add_parser("settle", help="set two coders' lines side by side; or, with one FOLDER, do as settled")
    settle.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="of one coder, of the other, of drafts")
    settle.set_defaults(run=_settle)
    gather = corpus.add_parser("gather", help="write the corpus' files from coders' folders of placed marks")
    gather.add_argument("drawn", type=Path, metavar="DRAWN", help="the articles drawn, JSON Lines")
    gather.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="a coder's folder, named as the coder")
    gather.add_argument("--codebook", type=int, required=True, metavar="N", help="version that they coded by")
    gather.set_defaults(run=_gather)
    draw = corpus.add_parser("draw", help="draw articles by lot within strata")
    draw.add_argument("texts", type=Path, metavar="TEXTS", help="Article-Bias-Prediction as JSON Lines (or .gz)")
    draw.add_argument("--count", type=int, default=640, metavar="N", help="how many (640)")
    draw.add_argument("--without", type=Path, metavar="FILE", help="JSON Lines of articles that must not be drawn")
    draw.set_defaults(run=_draw)
    agreement = corpus.add_parser("agreement", help="how far two coders of one article agree, layer by layer")
    agreement.set_defaults(run=_agree)
    return parser


def _complain(message: str) -> int:
    print(f"python -m research: {message}", file=sys.stderr)
    return 1


def _evaluate(options: argparse.Namespace) -> int:
    from research.evaluation.measures import evaluate

    evaluate(options.data)
    return 0


def _write_benchmarks(options: argparse.Namespace) -> int:
    from research.evaluation import benchmarks

    benchmarks.write(options.data, options.page, options.limit, options.jobs, options.measures)
    return 0


def _train(options: argparse.Namespace) -> int:
    from research.training import train

    train(options.data)
    return 0


def _count_reference(options: argparse.Namespace) -> int:
    from research.training import reference

    counted = reference.measure(options.data, options.minutes)
    return 0 if counted else _complain(f"{options.data} has no news/articles.jsonl.gz")


def _train_devices(options: argparse.Namespace) -> int:
    from research.training import devices

    devices.train_devices(options.data)
    return 0


def _compare_own(options: argparse.Namespace) -> int:
    from research.evaluation import own

    told = 0
    for told, line in enumerate(own.compare(options.data), 1):  # noqa: B007 - how many there were
        print(line, flush=True)
    return 0 if told else _complain(f"{options.data} has neither frames/gvfc_headlines.csv nor narrative/train.jsonl")


def _find_candidates(options: argparse.Namespace) -> int:
    from research.training import missing_words

    for why, found in groupby(missing_words.find_candidates(options.data), lambda one: one.why):
        for one in list(found)[: options.most]:
            print(f"{one.text:32}{why:10}{one.marked:6} of {one.used:6}{one.weight:10.2f}")
    return 0


def _join(options: argparse.Namespace) -> int:
    from research.corpus.join import join

    if not options.texts.is_file():
        return _complain(f"{options.texts} is no file; it must hold articles, a JSON line each: id, title, text")
    if options.output:
        with options.output.open("w", encoding="utf-8") as output:
            missing = join(options.texts, output)
    else:
        missing = join(options.texts, sys.stdout)
    if missing:
        return _complain(f"{missing} articles of the corpus have no text in {options.texts}, or an altered one")
    return 0


def _place(options: argparse.Namespace) -> int:
    from research.corpus.place import place_folder

    return int(bool(place_folder(options.folder)))


def _gather(options: argparse.Namespace) -> int:
    from research.corpora import read_lines
    from research.corpus.gather import gather

    articles, lines = gather(read_lines(options.drawn), options.folders, options.codebook)
    print(f"{articles} articles, {lines} codings")
    return 0


def _settle(options: argparse.Namespace) -> int:
    from research.corpus.settle import draft_folder, settle_folder

    if len(options.folders) == 3:  # of two coders, and where drafts go
        print(f"{draft_folder(*options.folders)} drafts")
        return 0
    if len(options.folders) > 1:
        return _complain("one FOLDER of drafts that were settled; or three: of two coders, and where drafts go")
    told = settle_folder(options.folders[0])
    print("\n".join(told) or "all settled")
    return int(bool(told))


def _draw(options: argparse.Namespace) -> int:
    from research.corpora import read_lines
    from research.corpus.draw import draw

    without = frozenset(row["id"] for row in read_lines(options.without)) if options.without else frozenset[str]()
    for row in draw(read_lines(options.texts), options.count, without):
        print(json.dumps(row, ensure_ascii=False))
    return 0


def _agree(_: argparse.Namespace) -> int:
    from research.corpus.measures import compare_coders
    from research.corpus.records import read_marks
    from research.scoring import Tallies, print_measures

    tallies = Tallies()
    compare_coders(read_marks(), tallies)
    print_measures(tallies.measures())
    return 0


if __name__ == "__main__":
    sys.exit(main())
