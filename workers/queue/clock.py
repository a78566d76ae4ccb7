"""The clock: Celery beat, a process of its own that calls for what must be looked at again and again.

What is due, and since when, stands in the store, so the clock keeps nothing: it may be stopped, killed or moved at any
time. Each of its tasks takes a lease first, so a second clock does no harm, and one that comes too late is dropped.
"""

from __future__ import annotations

from typing import Any

from celery import Celery

from workers.queue.celery import configure

ROUNDS = {"tend_batches": 1.0, "look_at_feeds": 2.0, "look_at_callbacks": 1.0}
"""Each task and the seconds between two calls for it."""


def _configure() -> dict[str, Any]:
    rounds = {
        task: {
            "task": task,
            "schedule": seconds,
            "options": {"queue": "chores", "expires": max(5.0, 2 * seconds), "headers": {"subject": task}},
        }
        for task, seconds in ROUNDS.items()
    }
    return {
        **configure(),
        "beat_schedule": rounds,
        "beat_scheduler": "celery.beat:Scheduler",
        "beat_max_loop_interval": 1,
    }


app = Celery("parallax-clock", amqp="workers.queue.broker:Broker", set_as_current=False)
app.add_defaults(_configure)
