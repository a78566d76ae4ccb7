"""A process and its parent: none of ours outlives the one that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys


def die_with_parent(number: int = signal.SIGTERM, parent: int | None = None) -> None:
    """Have the kernel send this process a signal when its parent ends, however it ends (Linux; elsewhere nothing).

    `parent` is the one that it should have: one that ended before this was asked for has left nobody to be noticed.
    """
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, number)
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), number)
