"""What every command says when it can't go on, and what it is called."""

from __future__ import annotations

import sys

PROGRAM = "parallax" if __name__.startswith("parallax.") else "python -m models"
"""How the user called it: the installed library's command, or the folder of the repository."""


def complain(message: str) -> int:
    """Say it on standard error; the exit status that goes with it."""
    print(f"{PROGRAM}: {message}", file=sys.stderr)
    return 1
