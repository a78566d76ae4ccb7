"""The whole service as `make run` starts it, but with the worker of `tests/workers/faults.py`."""

from __future__ import annotations

import sys

from workers.__main__ import main
from workers.supervision import launcher

_read = launcher.read_procfile


def read_procfile() -> dict[str, str]:
    """Give the Procfile's parts, the worker with its faults."""
    return {name: command.replace("workers.queue.celery", "tests.workers.faults") for name, command in _read().items()}


if __name__ == "__main__":
    launcher.read_procfile = read_procfile
    sys.exit(main())
