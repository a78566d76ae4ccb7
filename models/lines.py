"""From articles as handed in to lines of JSON: a report, or what is wrong, for each, in order."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterable, Iterator
from multiprocessing import get_context

from models import pipeline
from models.mailbag import Letter


def analyze(letters: Iterable[Letter], jobs: int = 1) -> Iterator[tuple[str, bool]]:
    """A line for every letter, in order; beside it whether it is an error.

    More than one job reads in processes of their own.
    """
    if jobs == 1:
        yield from map(_answer, letters)
        return
    with get_context("spawn").Pool(jobs, _leave_interrupts) as pool:
        yield from pool.imap(_answer, letters)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that hands out the work; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _answer(letter: Letter) -> tuple[str, bool]:
    if letter.article is None:
        first = letter.problems[0]
        message = f"{letter.place}: {first.message}" if letter.place else first.message
        error = {"code": first.code, "message": message, "field": first.field}
        return json.dumps({"id": letter.name, "error": error}), True
    return pipeline.analyze(letter.article).model_dump_json(), False
