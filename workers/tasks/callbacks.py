"""Callbacks are delivered once their subject has ended, tried again with growing pauses, and given up in the end."""

from __future__ import annotations

import json
import logging
import random
import time
from datetime import UTC, datetime
from typing import Any

from workers import settings, store
from workers.extraction import http
from workers.extraction.refusal import Refused
from workers.queue.callbacks import SIGNATURE, sign
from workers.queue.celery import app
from workers.store import Callback, Errand, StoreUnavailable

_log = logging.getLogger(__name__)

_LOOKED_AT_ONCE = 500
_IN_HAND_SECONDS = 60  # until a delivery that was sent to a worker is sent again, should that one be killed
_LONGEST_LOOK = 30.0
_LONGEST_PAUSE = 6 * 3600.0
FIRST_PAUSE = 10.0  # seconds before the second attempt; each further pause is three times as long
_GROWTH = 3


@app.task(name="look_at_callbacks")
def look_at_callbacks() -> None:
    """Have those delivered whose article or batch has ended; look at the others again, the older the rarer."""
    with store.hold("callbacks", _IN_HAND_SECONDS) as ours:
        if not ours:
            return
        try:
            now = time.time()
            due = store.due_callbacks(_LOOKED_AT_ONCE)
            ended = [record for record in due if _find(record) is not _WAITING]
            store.look_again([(record.id, _IN_HAND_SECONDS) for record in ended])
            waiting = [record for record in due if record not in ended]
            store.look_again([(r.id, min(_LONGEST_LOOK, max(1.0, (now - r.added) / 4))) for r in waiting])
            for record in ended:
                store.send_out(Errand.to("callback", record.id, record.url))
        except StoreUnavailable as error:
            _log.warning("callbacks are looked at later: %s", error)


def deliver_callback(identifier: str) -> None:
    """Tell an address what became of its article or batch; should that fail, try again later, or give it up."""
    with store.hold(identifier, _IN_HAND_SECONDS) as ours:
        record = store.callback(identifier)
        if not ours or record is None:
            return
        told = _find(record)
        if told is _WAITING:
            return
        if told is None:
            store.drop_callback(identifier)
            return
        trouble = _post(record, told)
        chosen = settings.current()
        if trouble is None:
            store.drop_callback(identifier)
        elif record.attempts + 1 >= chosen.callback_attempts:
            _log.warning("callback %s is given up after %s attempts: %s", identifier, record.attempts + 1, trouble)
            store.drop_callback(identifier)
        else:
            pause = min(_LONGEST_PAUSE, FIRST_PAUSE * _GROWTH**record.attempts)
            store.note_attempt(record, pause * random.uniform(0.8, 1.2))  # noqa: S311 - not all at once


_WAITING: dict[str, Any] = {}


def _find(record: Callback) -> dict[str, Any] | None:
    """What is to be told; `_WAITING` while the subject goes on, None when it is not there any more."""
    if record.kind == "report":
        state = store.state(record.subject)
        if state is None:
            return None
        if state.status not in ("done", "failed"):
            return _WAITING
        about = {"event": f"report.{state.status}", "id": record.subject, "report": f"/api/v1/reports/{record.subject}"}
        return about | ({"reason": state.reason} if state.reason else {})
    batch = store.batch(record.subject)
    if batch is None:
        return None
    if batch.status in ("received", "reading") or batch.open:
        return _WAITING
    counts = {name: getattr(batch, name) for name in ("lines", "done", "failed", "refused", "cancelled", "deleted")}
    about = {"event": f"batch.{batch.status}", "id": record.subject, "batch": f"/api/v1/batches/{record.subject}"}
    return about | {"counts": counts} | ({"reason": batch.reason} if batch.reason else {})


def _post(record: Callback, told: dict[str, Any]) -> str | None:
    """Send it; gives what went wrong, or None."""
    chosen = settings.current()
    now = int(time.time())
    sent = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
    about = told | {"delivery": record.id, "attempt": record.attempts + 1, "sent_at": sent}
    body = json.dumps(about, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        SIGNATURE: sign(chosen.callback_secret or "", now, body),
    }
    try:
        answer = http.request(record.url, method="POST", headers=headers, body=body, redirects=0, most=65_536)
    except Refused as refused:
        return refused.code
    return None if 200 <= answer.status < 300 else f"status {answer.status}"
