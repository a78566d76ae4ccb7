"""What every command says when it can't go on."""

from __future__ import annotations

import sys


def complain(message: str) -> int:
    """Say it on standard error; the exit status that goes with it."""
    print(f"python -m models: {message}", file=sys.stderr)
    return 1
