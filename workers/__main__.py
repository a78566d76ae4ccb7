"""`python -m workers run`, `status`, `requeue`, `drop`, `key` and `settings`."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from workers import keys, settings, store
from workers.store import StoreUnavailable
from workers.store.binary import ServerFailed
from workers.supervision import launcher

_MOST_SHOWN = 20


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
    for name, does in (("requeue", "have it tried again"), ("drop", "forget it: articles are deleted")):
        aside = commands.add_parser(name, help=f"take what was put aside, and {does}")
        chosen_ones = aside.add_mutually_exclusive_group(required=True)
        chosen_ones.add_argument("id", nargs="*", default=[], help="of the articles, as `status` lists them")
        chosen_ones.add_argument("--all", action="store_true", help="everything that was put aside")
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
        if chosen.command in ("requeue", "drop"):
            return _take(chosen.command, chosen.id, chosen.all)
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
    print(
        f"waiting   {figures.queued}  {figures.bulk} of them in bulk; the first one for {figures.oldest_seconds:.0f} s"
    )
    print(f"running   {figures.running}")
    print(f"outside   {figures.outbound} links, feeds and callbacks wait for a host")
    print(f"reports   {figures.reports}")
    print(f"ended     {figures.done} with a report, {figures.failed} failed")
    print(f"store     {figures.bytes / 1e6:.1f} MB")
    print(f"aside     {figures.aside} articles, {figures.foreign} foreign messages")
    for failure in store.find_failures(most=_MOST_SHOWN):
        print(f"  {failure.id}  {datetime.fromtimestamp(failure.at):%Y-%m-%d %H:%M}  {failure.reason}")
    if figures.aside > _MOST_SHOWN:
        print(f"  and {figures.aside - _MOST_SHOWN} more")
    if figures.aside:
        print("  python -m workers requeue ID … tries again, drop ID … forgets; --all for all of them")
    return 0 if figures.workers else 1


def _take(command: str, names: list[str], everything: bool) -> int:
    """Try again or forget what was put aside; 1 when one of the ids is not among it."""
    from workers import queue

    known = {failure.id for failure in store.find_failures(most=1_000_000)}
    act, did = {"requeue": (queue.requeue, "tried again"), "drop": (store.delete, "forgotten")}[command]
    missed = 0
    for name in sorted(known) if everything else names:
        if name in known and act(name):
            print(f"{name}  {did}")
        else:
            missed += 1
            print(f"{name}  can't be {did}: `python -m workers status` lists what can", file=sys.stderr)
    if everything and command == "drop":
        print(f"{store.drop_foreign()} foreign messages  forgotten")
    return 1 if missed else 0


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
