"""Search finds what was stored before it: old reports are filed as this version files, some seconds at a time."""

from __future__ import annotations

import logging
import time

from celery.exceptions import SoftTimeLimitExceeded

from models.comparison import columns
from workers import store
from workers.queue.celery import app
from workers.store import StoreUnavailable
from workers.tasks import grouping

_log = logging.getLogger(__name__)

_LEASE_SECONDS = 30
_SLICE_SECONDS = 1.0  # of the five after which the clock calls again: articles wait for it
_AT_ONCE = 50
_TRIES = 3  # to file a report; then search does without it


@app.task(name="file_again")
def file_again() -> None:
    """File some of the reports that search does not know, or knows by the keys of another version."""
    with store.hold("refiling", _LEASE_SECONDS) as ours:
        try:
            if ours and not store.is_nearly_full():
                _go_on()
        except StoreUnavailable as error:
            _log.warning("reports are filed for search later: %s", error)


def _go_on() -> None:
    deadline = time.monotonic() + _SLICE_SECONDS
    while True:
        reports, tries = store.next_unfiled(_AT_ONCE)
        if not reports:
            return
        for at, (name, place) in enumerate(reports):
            if tries > _TRIES and at == 0:
                _log.warning("report %s stopped its process %d times, and is not filed for search", name, _TRIES)
            else:
                _file(name)
            store.go_on_behind(place)
            if time.monotonic() > deadline:
                return


def _file(identifier: str) -> None:
    report = store.report(identifier)
    if report is None:  # deleted meanwhile, or nobody can read it
        return
    try:
        grouping.file(columns.read(0, report))
    except (StoreUnavailable, SoftTimeLimitExceeded):
        raise
    except Exception as error:  # noqa: BLE001 - the others must be found whatever this one is; the message may quote it
        _log.error("report %s not filed for search: %s", identifier, type(error).__name__)
