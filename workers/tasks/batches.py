"""Batches: unpacked by a worker, and fed into the queue as room appears.

Two tasks, both short, both harmless when they run twice: a batch may hold far more than the queue, and a task that
waited for room would itself take the room. The clock (`workers/queue/clock.py`) calls for them every second, so
whatever is killed is taken up by the next call. A line is first assigned to its article's id, queued, dropped.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from celery.exceptions import SoftTimeLimitExceeded

from workers import importers, queue, settings, store
from workers.extraction.source import File
from workers.importers import BodyRefused, Line
from workers.queue.celery import app, send
from workers.store import LineError, StoreUnavailable

_log = logging.getLogger(__name__)

_UNPACK_SECONDS = 60  # lease of one slice; a slice ends by itself well before
_SLICE_SECONDS = 10
_LINES_AT_ONCE = 100
_BYTES_AT_ONCE = 10_000_000
_ATTEMPTS = 3  # to read on from the same place
_TEND_SECONDS = 15  # lease of one round, which ends well before
_WINDOW = 200  # articles of batches that are in the queue at once; the others wait beside it

_FAILED = "analysis_failed"


@app.task(name="unpack_batch")
def unpack_batch(identifier: str) -> None:
    """Read lines of the batch's file for some seconds; what is left is for the next call."""
    with store.hold(identifier, _UNPACK_SECONDS) as ours:
        batch = store.batch(identifier)
        if not ours or batch is None or batch.status != "received" or store.is_nearly_full():
            return
        if store.begin_slice(identifier) > _ATTEMPTS:
            store.end_batch(identifier, "refused", f"The process that unpacked it ended {_ATTEMPTS} times.")
            return
        try:
            if _unpack(batch):
                store.end_unpacking(identifier)
        except BodyRefused as error:
            store.end_batch(identifier, "refused", str(error))
        except (StoreUnavailable, SoftTimeLimitExceeded):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, the batch must end; its message may quote the file
            kind = type(error).__name__
            _log.error("batch %s: %s", identifier, kind)
            store.end_batch(identifier, "refused", f"The file could not be unpacked ({kind}).")


def _unpack(batch: store.Batch) -> bool:
    """Was the whole file read? Raises BodyRefused."""
    most = settings.current().batch_articles
    deadline = time.monotonic() + _SLICE_SECONDS
    seen, last = batch.lines, store.last_line(batch.id)

    def note(columns: dict[str, str], unknown: list[str]) -> None:
        store.note_columns(batch.id, columns, unknown)

    kept: list[Line] = []
    heavy = 0
    with importers.open_file(store.read_body(batch.id), batch.form, note, after=last) as lines:
        for line in lines:
            seen += 1
            if seen > most:
                raise BodyRefused(f"The file holds more than {most:,} articles, the limit. Send it in parts.")
            kept.append(line)
            heavy += len(line.article.content) if isinstance(line.article, File) else 0
            if len(kept) == _LINES_AT_ONCE or heavy > _BYTES_AT_ONCE:
                _keep(batch.id, kept)
                kept, heavy = [], 0
                if time.monotonic() > deadline or store.is_nearly_full():
                    return False
    _keep(batch.id, kept)
    if seen == 0:
        raise BodyRefused("The file holds no article. Send a line, a row or a file for each.")
    return True


def _keep(identifier: str, lines: Sequence[Line]) -> None:
    if lines:
        articles = [(line.number, line.article) for line in lines if line.article]
        store.add_lines(identifier, articles, [error for line in lines for error in line.errors], lines[-1].number)


@app.task(name="tend_batches")
def tend_batches() -> None:
    """Count what ended, queue what there is room for, and end the batches that are over: each batch its share."""
    with store.hold("batches", _TEND_SECONDS) as ours:
        names = store.unfinished_batches() if ours else []
        deadline = time.monotonic() + _TEND_SECONDS / 3
        for at, identifier in enumerate(names):
            if time.monotonic() > deadline:
                return
            share = max(1, _WINDOW // len(names))
            try:
                _tend(identifier, share)
            except queue.QueueFull:
                _log.info("batches wait for room: %s", len(names) - at)


def _tend(identifier: str, share: int) -> None:
    batch = store.batch(identifier)
    if batch and batch.status == "received":
        if not store.is_leased(identifier):
            send("unpack_batch", identifier)
        return
    unended = _count(identifier) if batch else 0
    if batch and batch.status == "reading":
        waiting = store.waiting_lines(identifier, max(0, share - unended))
        for number in waiting:
            _queue_line(identifier, number)
        if waiting or unended or store.waiting_lines(identifier, 1):
            return
    store.end_batch(identifier, "done")


def _count(identifier: str) -> int:
    """Count those that ended since the last look; gives how many have not."""
    open_ = store.open_articles(identifier)
    ended: dict[int, store.Outcome] = {}
    errors = []
    for (number, article), status in zip(open_.items(), store.statuses(list(open_.values())), strict=True):
        if status is None:
            ended[number] = "deleted"
        elif status == "done":
            ended[number] = "done"
        elif status == "failed":
            ended[number] = "failed"
            state = store.state(article)
            reason = (state and state.reason) or "The analysis gave up on this article."
            errors.append(LineError(line=number, field="", code=_FAILED, message=reason))
    store.tally(identifier, ended, errors)
    return len(open_) - len(ended)


def _queue_line(identifier: str, number: int) -> None:
    """Queue the article of a line, once, whenever this was stopped before. Raises QueueFull."""
    article = store.waiting_article(identifier, number)
    if article is None:  # cancelled meanwhile
        return
    name, new = store.assign(identifier, number, queue.name(article), by_chance=not article.is_listed)
    if new or store.state(name) is None:
        queue.submit(article, "bulk", name)
    store.confirm_queued(identifier, number)
