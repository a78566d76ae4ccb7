"""`parallax serve`: the web service, where its parts are there."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .errors import complain

_REPOSITORY = Path(__file__).parents[2]
_NEEDED = ("celery", "flask", "redis", "trafilatura")


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "serve",
        help="run the web service, until Ctrl-C",
        description="Run the web service, a worker and the store, until Ctrl-C. It is no part of the library: it runs "
        "in the repository, where `make run` does the same and installs what it needs, or in a container.",
    )
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Become the launcher; 1, with what to do, where the service's parts or its packages are missing."""
    if not (_REPOSITORY / "workers" / "__main__.py").exists():
        return complain(
            "the web service is no part of the library. Get the repository and say `make run` there, or run the "
            "container (`docker compose up`); README.md says more."
        )
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        return complain(f"the web service needs {', '.join(missing)}: pip install -r requirements.txt, or `make run`.")
    os.chdir(_REPOSITORY)
    os.execv(sys.executable, [sys.executable, "-m", "workers", "run"])  # noqa: S606 - our own launcher
