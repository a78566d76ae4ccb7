"""gunicorn's settings that are code: log lines as everywhere else, and counters that all web processes share."""

from __future__ import annotations

import gc
import os
import tempfile
from typing import Any

# Before prometheus_client is imported, which looks for it then. A folder of this run's own: counters start at nought.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="parallax-metrics-")


def on_starting(server: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """Configure the main process's lines."""
    from workers import logbook

    logbook.configure()


def post_worker_init(worker: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """Leave out of every later collection what stays as long as the process: each would stop a reader for 50 ms."""
    gc.collect()
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """Let the gauges of a process go with it; what it counted stays counted."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """Leave nothing behind."""
    import shutil

    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
