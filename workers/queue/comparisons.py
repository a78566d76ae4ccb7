"""Comparisons: asked for once, made by a worker, kept under a permanent name as long as their reports."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

from models.comparison_report import Comparison
from models.version import engine
from workers import settings, store
from workers.queue.celery import send
from workers.store import StoreUnavailable

_POLL_SECONDS = 0.02


class ReportsUnknown(Exception):
    """Some of these reports are unknown, expired or deleted."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(f"No such report: {', '.join(ids)}")
        self.ids = tuple(ids)


class ReportsNotReady(Exception):
    """Some of these articles have no report (yet)."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(f"Not ready: {', '.join(ids)}")
        self.ids = tuple(ids)


class ReportsNotRetained(Exception):
    """Some of these reports are gone once read, so that no comparison may quote them."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(f"Not retained: {', '.join(ids)}")
        self.ids = tuple(ids)


class ComparisonUnknown(Exception):
    """Nobody asked for this comparison, or one of its reports has expired or was deleted."""


class ComparisonFailed(Exception):
    """The comparison could not be made; trying again would not help."""


def name(reports: Sequence[str]) -> str:
    """Name the comparison of these reports, in this order, by this engine: 32 hexadecimal digits."""
    return hashlib.sha256("\n".join([*reports, engine()]).encode()).hexdigest()[:32]


def ask(reports: Sequence[str]) -> str:
    """Ask for the comparison of these reports; gives its permanent name, under which `find` knows it from now on.

    Raises ReportsUnknown, ReportsNotReady, ReportsNotRetained or StoreUnavailable.
    """
    states = {report: store.state(report) for report in reports}
    if unknown := [report for report, found in states.items() if found is None]:
        raise ReportsUnknown(unknown)
    if waiting := [report for report, found in states.items() if found and found.status != "done"]:
        raise ReportsNotReady(waiting)
    if fleeting := [report for report, found in states.items() if found and not found.retained]:
        raise ReportsNotRetained(fleeting)
    identifier = name(reports)
    if not store.ask_comparison(identifier, reports):  # deleted since we looked
        raise ReportsUnknown([report for report in reports if store.state(report) is None])
    return identifier


def find(identifier: str, seconds: float | None = None) -> Comparison | None:
    """Give a comparison that was asked for, having it made by a worker if it isn't there.

    Waits so many seconds for it (PARALLAX_COMPARISON_WAIT, unless said), then gives None: it is on its way. Raises
    ComparisonUnknown, ComparisonFailed or StoreUnavailable.
    """
    longest = settings.current().comparison_wait
    deadline = time.monotonic() + (longest if seconds is None else seconds)
    while True:
        found = store.comparison(identifier)
        if found is None:
            raise ComparisonUnknown
        if isinstance(found, Comparison):
            return found
        if isinstance(found, str):
            raise ComparisonFailed(found)
        # Sent again when nobody made it in time: a worker may have died with it.
        if store.claim_comparison(identifier, seconds=int(longest) + 1):
            send("compare_reports", identifier, found)
        if time.monotonic() >= deadline:
            return None
        time.sleep(_POLL_SECONDS)


def compare(reports: Sequence[str]) -> Comparison:
    """Ask for a comparison and wait for it. Raises what `ask` and `find` raise, StoreUnavailable when it takes long."""
    if found := find(ask(reports)):
        return found
    raise StoreUnavailable("No worker made the comparison in time. Try again in a moment.")
