"""Comparisons: asked for once, made by a worker, kept under a permanent name as long as their reports."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from models.comparison_report import Comparison
from models.version import engine
from workers import store
from workers.queue.celery import send

_RESEND_SECONDS = 11


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


def find(identifier: str) -> Comparison | None:
    """Give a comparison that was asked for; None where it is on its way, and a worker is told to make it.

    Raises ComparisonUnknown, ComparisonFailed or StoreUnavailable.
    """
    found = store.comparison(identifier)
    if found is None:
        raise ComparisonUnknown
    if isinstance(found, str):
        raise ComparisonFailed(found)
    if isinstance(found, Comparison):
        return found
    # Sent again when nobody made it in time: a worker may have died with it.
    if store.claim_comparison(identifier, _RESEND_SECONDS):
        send("compare_reports", identifier, found)
    return None
