"""From articles as handed in to lines of JSON: a report, or what is wrong, for each, in order."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from multiprocessing import get_context

from . import pipeline
from .categories.model import CategoryModel
from .importers import Record


def analyze(records: Iterable[Record], jobs: int = 1, own: Sequence[CategoryModel] = ()) -> Iterator[tuple[str, bool]]:
    """A line for every record, in order; beside it whether it is an error.

    More than one job reads in processes of their own. `own`: categories of one's own that are looked for, too.
    """
    answer = partial(_answer, own)
    if jobs == 1:
        yield from map(answer, records)
        return
    with get_context("spawn").Pool(jobs, _leave_interrupts) as pool:
        yield from pool.imap(answer, records)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that hands out the work; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _answer(own: Sequence[CategoryModel], record: Record) -> tuple[str, bool]:
    if record.article is None:
        first = record.errors[0]
        message = f"{record.place}: {first.message}" if record.place else first.message
        error = {"code": first.kind, "message": message, "field": first.field or None}
        return json.dumps({"id": record.name, "error": error}), True
    return pipeline.analyze(record.article, own=own).model_dump_json(), False
