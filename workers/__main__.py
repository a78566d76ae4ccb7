"""`python -m workers run`, `status`, `key` and `settings`."""

from __future__ import annotations

import argparse
import sys

from workers import keys, launcher, settings, store
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
    key = commands.add_parser(
        "key",
        help="make a key for a person or a program",
        description="Makes a key and prints it, once, with the hashed line that PARALLAX_API_KEYS takes. "
        "Nothing is stored: a lost key is replaced by a new one.",
    )
    key.add_argument("name", help="whose key it is: letters, digits, dots, hyphens; shown in lists and logs")
    key.add_argument(
        "--scopes",
        type=lambda given: given.split(","),
        default=keys.SCOPES_OF_A_PERSON,
        help="what it is good for, separated by commas: read, submit, delete, admin (default: read,submit,delete)",
    )
    chosen = parser.parse_args()
    try:
        if chosen.command == "key":
            return _make_key(parser, chosen.name, chosen.scopes)
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


def _make_key(parser: argparse.ArgumentParser, name: str, scopes: list[str]) -> int:
    if unknown := set(scopes) - set(keys.SCOPES):
        parser.error(f"no such scope: {', '.join(sorted(unknown))}; there are {', '.join(keys.SCOPES)}")
    try:
        secret, key = keys.make(name, [scope for scope in keys.SCOPES if scope in scopes])
    except ValueError:
        parser.error("the name may hold letters, digits, dots, hyphens and underscores, 40 at most")
    print(f"The key, shown only now:\n\n  {secret}\n\nIts line in PARALLAX_API_KEYS (several: separated by spaces):\n")
    print(f"  {key}")
    return 0


def _show_settings() -> int:
    print(settings.describe())
    return 0


if __name__ == "__main__":
    sys.exit(main())
