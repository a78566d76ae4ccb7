"""`python -m workers run`, `status` and `settings`."""

from __future__ import annotations

import argparse
import sys

from workers import launcher, settings, store
from workers.server import ServerFailed
from workers.store import StoreUnavailable


def main() -> int:
    """Do what the command line asks; the exit status is 1 when it can't be done."""
    parser = argparse.ArgumentParser(prog="python -m workers", description="Run Parallax, or look inside it.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser(
        "run",
        help="run the web process, the worker and (with REDIS_URL unset) the store, until Ctrl-C",
        description="Runs the Procfile's parts and, with REDIS_URL unset, an embedded store server, in the foreground. "
        "Prints a line when requests are answered. SIGINT or SIGTERM stops all of it. Settings: docs/settings.md.",
    )
    commands.add_parser("status", help="say what waits, what runs, and which workers are up")
    commands.add_parser("settings", help="list every setting with its default")
    chosen = parser.parse_args()
    try:
        return {"run": _run, "status": _show_status, "settings": _show_settings}[chosen.command]()
    except (launcher.CannotRun, ServerFailed, StoreUnavailable) as error:
        print(error, file=sys.stderr)
        return 1


def _run() -> int:
    launcher.run()
    return 0


def _show_status() -> int:
    """Print the figures; 1 without a worker, for then nothing that waits will be done."""
    figures = store.figures()
    print(f"workers   {len(figures.workers)}  {', '.join(figures.workers)}".rstrip())
    print(f"waiting   {figures.queued}  the first one for {figures.oldest_seconds:.0f} s")
    print(f"running   {figures.running}")
    print(f"reports   {figures.reports}")
    print(f"ended     {figures.done} with a report, {figures.failed} failed")
    print(f"store     {figures.bytes / 1e6:.1f} MB")
    return 0 if figures.workers else 1


def _show_settings() -> int:
    print(settings.describe())
    return 0


if __name__ == "__main__":
    sys.exit(main())
