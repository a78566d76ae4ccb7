"""A worker that has faults, for tests only: a headline says which one strikes while its article is read.

`celery --app tests.workers.faults worker` is the real worker but for this, `python -m tests.workers.faults` the
network's process with short pauses between the attempts at a callback.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from celery import signals
from celery.worker.request import Request

from models import pipeline
from models.article import Article
from models.report import Report
from workers import network, store
from workers.queue.celery import app
from workers.tasks import callbacks

__all__ = ["app"]

HURRIED = (20, 4)  # seconds: the hard limit, and the soft one, in Celery's order
_read = pipeline.analyze


def analyze(article: Article, spent: dict[str, float] | None = None) -> Report:
    """Read the article, unless its headline asks for a fault. Each start is noted in a file named after it."""
    notes = Path(os.environ["PARALLAX_TEST_FAULTS"])
    fault, _, name = (article.title or "").partition(": ")
    with (notes / (name or "none")).open("a") as starts:
        starts.write(f"{os.getpid()}\n")
    first = len((notes / (name or "none")).read_text().splitlines()) == 1
    if fault == "kill" or (fault == "kill once" and first):
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "hang" or (fault == "hang once" and first):
        time.sleep(3600)
    if fault == "fat":
        len(b"x" * 600_000_000)  # touched, so that it counts
    if fault == "runaway":
        bytearray(100_000_000_000)
    if fault == "slow":
        time.sleep(2)
    if fault == "stuck":  # deaf to the soft time limit
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
        time.sleep(3600)
    if fault == "error":
        raise ValueError(article.text)
    return _read(article, spent)


@signals.task_received.connect
def hurry(request: Request, **_: object) -> None:
    """What hangs is given up soon, so that nobody waits for it and the limit of all others can be as it ships."""
    article = store.article(request.args[0]) if request.args else None
    if not isinstance(article, Article):
        return
    fault, _, name = (article.title or "").partition(": ")
    is_first = not (Path(os.environ["PARALLAX_TEST_FAULTS"]) / name).exists()
    if fault in {"hang", "stuck"} or (fault == "hang once" and is_first):
        request.time_limits = HURRIED


pipeline.analyze = analyze
callbacks.FIRST_PAUSE = 0.5

if __name__ == "__main__":
    sys.exit(network.main())
