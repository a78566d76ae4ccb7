"""Batches: many articles sent as one file, unpacked and fed into the queue by `workers.tasks.batches`."""

from __future__ import annotations

import logging

from models.version import engine
from workers import store
from workers.queue.celery import send

_log = logging.getLogger(__name__)


def accept(upload: store.Upload, form: store.Form, name: str | None = None, callback: str | None = None) -> str:
    """Make an upload a batch and have it unpacked; gives its id. The same file again joins the batch that is there."""
    identifier = upload.claim(form, engine(), name)
    if callback:
        store.ask_callback("batch", identifier, callback)
    try:
        send("unpack_batch", identifier)
    except store.StoreUnavailable as error:
        _log.warning("batch %s is unpacked later: %s", identifier, error)
    return identifier


def cancel(identifier: str) -> bool:
    """Read nothing more of a batch but what a worker has begun or others want too. False when the batch was over."""
    if not store.end_batch(identifier, "cancelled"):
        return False
    for article in set(store.open_articles(identifier).values()):
        store.recall(identifier, article)
    return True
