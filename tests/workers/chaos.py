"""Faults that strike a running house from outside, and a soak under many of them at random moments.

`python -m tests.workers.chaos --articles 300` prints what came of it; `make soak` does it after the fault suite.
"""

from __future__ import annotations

import argparse
import random
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import redis

from tests.conftest import wait_until
from tests.workers.stack import TIME_LIMIT, Stack, read_address

END_SECONDS = 60  # after the last fault, everything that was accepted must have ended
SECONDS = "seconds from the last fault or article to the last end"


def strike(processes: Iterable[psutil.Process]) -> None:
    """`kill -9`; one that is gone already needs none."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def is_gone(process: psutil.Process) -> bool:
    """Did it end?"""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def kill_pool_process(stack: Stack) -> None:
    """`kill -9` of a process that analyses."""
    main = stack.await_main("tests.workers.faults")
    strike([random.choice(stack.find("tests.workers.faults")[1:] or [main])])


def kill_worker(stack: Stack) -> None:
    """`kill -9` of the worker's main process; its children end with it."""
    strike(stack.find("tests.workers.faults")[:1])


def kill_web_process(stack: Stack) -> None:
    """`kill -9` of a process that answers requests."""
    strike(stack.find("-m service")[-1:])


def kill_web(stack: Stack) -> None:
    """`kill -9` of the web's main process."""
    strike(stack.find("-m service")[:1])


def kill_clock(stack: Stack) -> None:
    """`kill -9` of the clock."""
    strike(stack.find("workers.queue.clock"))


def kill_network(stack: Stack) -> None:
    """`kill -9` of the process that asks hosts outside."""
    strike(stack.find("workers.network"))


def kill_store(stack: Stack) -> None:
    """`kill -9` of the store."""
    strike(stack.find("valkey-server"))


def kill_parts(stack: Stack) -> None:
    """`kill -9` of all of it at once but for the launcher."""
    strike(psutil.Process(stack.service.process.pid).children(recursive=True))


def kill_everything(stack: Stack) -> None:
    """`kill -9` of all of it at once, the launcher among it; the house is started anew by hand."""
    everybody = psutil.Process(stack.service.process.pid).children(recursive=True)
    strike(everybody)
    stack.service.process.kill()
    psutil.wait_procs(everybody, 30)
    stack.service.process.wait()
    stack.build()


def hang_worker(stack: Stack) -> None:
    """The worker's main process stands still; the launcher must find out and replace it."""
    worker = stack.await_main("tests.workers.faults")
    worker.suspend()
    wait_until(lambda: is_gone(worker))


def pause_store(stack: Stack, seconds: float = TIME_LIMIT + 1) -> None:
    """The store stands still for longer than an analysis may take, which no article is to blame for."""
    store = stack.await_main("valkey-server")
    store.suspend()
    time.sleep(seconds)
    with suppress(psutil.NoSuchProcess):
        store.resume()


def hang_store(stack: Stack) -> None:
    """The store stands still for good; the launcher must find out and replace it."""
    store = stack.await_main("valkey-server")
    store.suspend()
    wait_until(lambda: is_gone(store))


def take_store_away(stack: Stack, seconds: float = 30) -> None:
    """The store is gone, and can't be started for a while: somebody else has its port."""
    port = int(str(urlsplit(read_address(stack.data)).port))
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)

        def is_ours() -> bool:
            stores = stack.find("valkey-server")
            strike(stores)
            psutil.wait_procs(stores, 5)
            with suppress(OSError):
                held.bind(("127.0.0.1", port))
            return bool(held.getsockname()[1] == port)

        wait_until(is_ours)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)  # bound, and now nobody else may be
        time.sleep(seconds)
        wait_until(lambda: not stack.find("valkey-server"))  # one that tries to start is seen for an instant


def refuse_writes(stack: Stack, seconds: float = 3) -> None:
    """The store can be read and not written for a while."""
    client = stack.client()

    def answers() -> bool:
        try:
            return bool(client.ping())
        except redis.RedisError:  # just being started again
            return False

    wait_until(answers)
    with read_only(client):
        time.sleep(seconds)


@contextmanager
def read_only(client: redis.Redis) -> Iterator[None]:
    """A store that follows a master which is not there: it answers what it knows and takes nothing."""
    client.execute_command("REPLICAOF", "127.0.0.1", "1")
    try:
        yield
    finally:
        client.execute_command("REPLICAOF", "NO", "ONE")


FAULTS: tuple[Callable[[Stack], None], ...] = (
    kill_pool_process,
    kill_worker,
    kill_web_process,
    kill_web,
    kill_clock,
    kill_network,
    kill_store,
    kill_parts,
    kill_everything,
    pause_store,
    hang_store,
    take_store_away,
    refuse_writes,
    hang_worker,
)


def soak(stack: Stack, articles: int, faults: list[Callable[[Stack], None]], pause: float, seed: int) -> dict[str, Any]:
    """Send articles in while faults strike; every accepted one must end, once, and innocent ones with a report."""
    dice = random.Random(seed)
    random.seed(seed)
    before = stack.ended()
    accepted: dict[str, str] = {}
    poison = {f"kill: soak {seed}", f"hang: soak {seed}", f"error: soak {seed}"}
    titles = [f"plain: {number} of soak {seed}" for number in range(articles - len(poison))] + sorted(poison)
    dice.shuffle(titles)

    def send() -> None:
        while titles:
            title = titles.pop()
            accepted[title] = stack.submit(title)
            time.sleep(dice.random() * pause)

    senders = [threading.Thread(target=send, name=f"sender {number}") for number in range(3)]
    for sender in senders:
        sender.start()
    for fault in faults:
        time.sleep(dice.random() * 2)
        print(f"  {time.strftime('%X')} {fault.__name__}, {len(accepted)} accepted", file=sys.stderr, flush=True)
        fault(stack)
    last = time.monotonic()
    for sender in senders:
        sender.join()
    assert len(accepted) == articles, "a sender gave up"
    sent = time.monotonic()
    ends: dict[str, str] = {}

    def all_ended() -> bool:
        for title, identifier in accepted.items():
            if title not in ends and (end := stack.end_of(identifier)):
                ends[title] = end
        return len(ends) == articles

    wait_until(all_ended)
    for title, end in ends.items():
        struck_twice = "ended in the middle" in end and stack.starts(title.partition(": ")[2]) > 1
        assert (end == "done") == (title not in poison) or struck_twice, (title, end)
    assert stack.ended() - before == articles, "one ended twice, or none at all"
    waiting = {name: stack.client().zcard(f"parallax:{name}") for name in ("waiting", "running", "unsent")}
    assert waiting == dict.fromkeys(waiting, 0), waiting
    return {
        "articles": articles,
        "faults": len(faults),
        SECONDS: round(time.monotonic() - max(last, sent), 1),
    }


def main() -> None:
    """Run a soak and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.workers.chaos", description=__doc__)
    parser.add_argument("--articles", type=int, default=300, help="how many are sent in")
    parser.add_argument("--faults", type=int, default=14, help="how many faults strike meanwhile")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="repeats the same order")
    chosen = parser.parse_args()
    dice = random.Random(chosen.seed)
    faults = [*FAULTS, *dice.choices(FAULTS, k=max(0, chosen.faults - len(FAULTS)))][: chosen.faults]
    dice.shuffle(faults)
    print(f"seed {chosen.seed}")
    with tempfile.TemporaryDirectory() as data:
        stack = Stack(Path(data))
        try:
            figures = soak(stack, chosen.articles, faults, 0.3, chosen.seed)
            for name, figure in figures.items():
                print(f"{name:60} {figure}")
            if figures[SECONDS] > END_SECONDS:
                sys.exit(f"that is more than {END_SECONDS} seconds")
        finally:
            stack.service.stop(signal.SIGTERM)


if __name__ == "__main__":
    main()
