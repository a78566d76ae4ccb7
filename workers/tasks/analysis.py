"""What a worker does with one article, or one comparison, at a time."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from billiard.process import current_process
from celery.exceptions import Reject, SoftTimeLimitExceeded
from celery.signals import worker_init, worker_process_init

from models import comparison, pipeline
from models.report import Report
from workers import logbook, settings, store
from workers.extraction import articles
from workers.extraction.refusal import Refused
from workers.extraction.source import Link
from workers.parent import die_with_parent
from workers.queue.celery import app
from workers.store import LEASE_SECONDS, StoreUnavailable
from workers.supervision.recovery import Recovery, Watched
from workers.tasks import grouping

_PATIENCE_SECONDS = 90  # how long a finished analysis waits for a store that is away
_ANNOUNCE_SECONDS = 10  # how long a process that starts does: not longer, or it could not be stopped meanwhile
_STANDBY_SECONDS = LEASE_SECONDS + 5
_NICENESS = 10  # an analysis takes all the processor it can get: whoever reads a report meanwhile goes first
_MEMORY_TIMES = 3  # so many times PARALLAX_WORKER_MEMORY, which is looked at between two articles, and no more

REASONS = {
    "time_limit": "The analysis took longer than the time it may take, twice.",
    "worker_lost": "The process that analysed it ended in the middle, twice.",
    "unreadable": "The stored article could not be read.",
    "error": "The analysis stopped with an internal error ({kind}).",
}

_Answer = TypeVar("_Answer")

_log = logbook.logger(__name__)

app.steps["worker"].add(Recovery)


@worker_init.connect
def prepare_worker(**_: Any) -> None:
    """Load what its processes can share before there are any: each is ready sooner, and so is one that replaces it."""
    pipeline.load_words()


@worker_process_init.connect
def prepare_process(**_: Any) -> None:
    """Load every model once, before the first article; end with the worker, whatever ends it."""
    die_with_parent(signal.SIGKILL, current_process()._parent_pid)
    _limit_memory()
    try:
        pipeline.warm()
    except Exception:  # noqa: BLE001 - whatever it was
        # Celery would go on without; a worker that can't read has to end, and to say why.
        _log.critical("the models can't be loaded", exc_info=True)
        os.kill(os.getppid(), signal.SIGTERM)
        return
    os.nice(_NICENESS)  # not sooner: somebody waits for a process that starts
    try:
        _insist(lambda: store.announce_worker(store.name_worker(os.getppid())), seconds=_ANNOUNCE_SECONDS)
    except StoreUnavailable:
        _log.error("the store is away: this worker ends, to be started again")
        os.kill(os.getppid(), signal.SIGTERM)


def _limit_memory() -> None:
    """Have an allocation fail, and with it one analysis, before the machine runs out of memory."""
    most = _MEMORY_TIMES * settings.current().worker_memory * 1_000_000
    with suppress(ValueError, OSError):  # not every system counts this
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))


@app.task(name="analyze_article", Request=Watched)
def analyze_article(identifier: str) -> None:
    """Turn the article that waits under this id into its report, or into a failure with a reason: once."""
    owner = f"{socket.gethostname()}:{os.getpid()}"
    try:
        begun = _take_up(identifier, owner)
    except SoftTimeLimitExceeded:
        raise Reject("another process is at work on it", requeue=True) from None
    except StoreUnavailable:
        raise Reject("the store is away", requeue=True) from None
    if not begun:
        return
    try:
        with _lease(identifier, owner):
            _analyze(identifier)
        _give_memory_back()
    except SoftTimeLimitExceeded:
        _put_back(identifier, "time_limit")
    except StoreUnavailable:
        raise Reject("the store is away", requeue=True) from None


def _take_up(identifier: str, owner: str) -> bool:
    """Make the article ours. Stands by while another process has it: should that one die, its work is ours."""
    deadline = time.monotonic() + _STANDBY_SECONDS
    while (start := store.begin(identifier, owner)) == "held":
        if time.monotonic() > deadline:
            raise Reject("another process is at work on it", requeue=True)
        time.sleep(0.5)
    if start == "exhausted":
        _, trouble = store.attempts(identifier)
        store.fail(identifier, REASONS[trouble or "worker_lost"])
    if start == "settled" and (report := store.report(identifier)):  # perhaps ended between report and story
        _group(report)
    return start == "begun"


def _analyze(identifier: str) -> None:
    submitted = _insist(lambda: store.article(identifier))
    if submitted is None:
        _insist(lambda: store.fail(identifier, REASONS["unreadable"]))
        return
    if isinstance(submitted, Link):  # one that was tried again: nothing in here waits for a network
        _insist(lambda: store.depart(identifier, submitted))
        return
    began = time.perf_counter()
    spent: dict[str, float] = {}
    if (known := _insist(lambda: store.state(identifier))) and known.submitted:
        spent["waiting"] = max(0.0, time.time() - known.submitted)
    try:
        copy = articles.prepare(submitted)
        spent["editor"] = time.perf_counter() - began
        report = copy.sign(pipeline.analyze(copy.article, spent))
    except SoftTimeLimitExceeded:
        raise
    except Refused as refused:
        reason, code = refused.reason, refused.code
        _insist(lambda: store.fail(identifier, reason, code))
        return
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the article must end
        # Neither log nor reason gives the error's message: it may quote the article.
        kind = type(error).__name__
        _log.error("analysis failed", error=kind)
        _insist(lambda: store.fail(identifier, REASONS["error"].format(kind=kind)))
        return
    # The id was promised by whoever took the article in, perhaps a release ago; provenance says who read it.
    finished = report.model_copy(update={"id": identifier})
    spent |= {"analysis": time.perf_counter() - began - spent["editor"]}
    _insist(lambda: store.save(finished, spent))
    _log.info("report", milliseconds=round((time.perf_counter() - began) * 1000, 1))
    _group(finished)


def _give_memory_back() -> None:
    """Else the allocator keeps what the longest article so far has needed. Costs less than a millisecond (glibc)."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _group(report: Report) -> None:
    """Put the report into its story; whatever goes wrong with that, the report is there."""
    try:
        _insist(lambda: grouping.group(report))
    except (SoftTimeLimitExceeded, StoreUnavailable):
        raise
    except Exception as error:  # noqa: BLE001 - a fault in a group must not cost the report
        _log.error("in no story", id=report.id, error=type(error).__name__)


def _put_back(identifier: str, trouble: str) -> None:
    if _insist(lambda: store.blame(identifier, trouble)) < store.ATTEMPTS:
        raise Reject(trouble, requeue=True)
    _insist(lambda: store.fail(identifier, REASONS[trouble]))


@contextmanager
def _lease(identifier: str, owner: str) -> Iterator[None]:
    """Renew the lease from a thread of its own for as long as this goes on."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(LEASE_SECONDS / 4):
            try:
                store.renew_lease(identifier, owner)
            except StoreUnavailable as error:
                _log.warning("lease not renewed, trying again", why=str(error))

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _insist(ask: Callable[[], _Answer], seconds: float = _PATIENCE_SECONDS) -> _Answer:
    """Ask a store that may be away for a while: what was worked out must not be lost for that.

    An article whose time runs out meanwhile is not to blame for it: that is the store's absence too.
    """
    deadline = time.monotonic() + seconds
    try:
        while True:
            try:
                return ask()
            except StoreUnavailable:
                if time.monotonic() > deadline:
                    raise
                time.sleep(1)
    except SoftTimeLimitExceeded:
        raise StoreUnavailable("The time was over before the store answered.") from None


@app.task(name="compare_reports")
def compare_reports(identifier: str, names: list[str]) -> None:
    """Set the reports side by side and keep the comparison under its id."""
    reports = [report for name in names if (report := store.report(name))]
    if len(reports) < len(names):
        store.fail_comparison(identifier, "One of the reports is not there any more.")
        return
    try:
        made = comparison.compare(reports)
    except Exception as error:  # noqa: BLE001 - who waits for it must be told
        kind = type(error).__name__
        _log.error("comparison failed", error=kind)
        store.fail_comparison(identifier, f"The comparison stopped with an internal error ({kind}).")
        return
    store.save_comparison(made.model_copy(update={"id": identifier}))  # or a report was deleted, and it with it
