"""Hands the parts of a corpus to the workers of a Dask cluster, and goes on where an earlier run stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from distributed import Client, Future, LocalCluster, as_completed

from .. import version
from ..importers import BodyRefused
from . import findings, parts
from .findings import Done

LOCAL = "local"
_PLAN = "plan.json"
_AHEAD = 3  # parts handed out for every thread of the cluster, so that none waits for the next
_ANYWHERE = "127.0.0.1:0"  # Dask's own page: on a free port, so that a second cluster does not complain of the first
_TRIES = 2  # more, where a part failed


class NoCluster(Exception):
    """The scheduler can't be reached; the message says so."""


def prepare(folder: Path, output: Path, *, resume: bool) -> parts.Plan:
    """What is to be done, noted in the output's folder. Raises BodyRefused where that holds another run's work."""
    wanted = parts.plan(folder, version.engine())
    noted = output / _PLAN
    if noted.exists():
        if not resume:
            raise BodyRefused(
                f"{output} holds something already: go on with it by --resume, delete it, or name another."
            )
        if parts.Plan.model_validate_json(noted.read_bytes()) != wanted:
            raise BodyRefused(
                f"{output} was made from other files, or by another engine. Name another --output, or delete it."
            )
    elif output.exists() and any(output.iterdir()):
        raise BodyRefused(f"{output} holds something else. Name a folder that is empty or not there.")
    output.mkdir(parents=True, exist_ok=True)
    noted.write_text(wanted.model_dump_json(), encoding="utf-8")
    return wanted


def run(plan: parts.Plan, output: Path, scheduler: str, jobs: int) -> Iterator[tuple[int, Done | Exception]]:
    """Every part's number and what became of it, as they end; those done before first.

    An exception is what went wrong with a part for good: the others go on. Raises NoCluster.
    """
    left = []
    for number in range(len(plan.parts)):
        if done := findings.look(output, number):
            yield number, done
        else:
            left.append(number)
    if left:
        with _connect(scheduler, jobs) as client:
            yield from _run(client, plan, output.resolve(), left)


@contextmanager
def _connect(scheduler: str, jobs: int) -> Iterator[Client]:
    if scheduler == LOCAL:
        with (
            LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=_ANYWHERE) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise NoCluster(f"no scheduler answers at {scheduler} ({error}); start one with: dask scheduler") from None
    with client:
        yield client


def _run(client: Client, plan: parts.Plan, output: Path, left: list[int]) -> Iterator[tuple[int, Done | Exception]]:
    waiting = iter(left)
    numbers: dict[Any, int] = {}

    def hand_out(count: int) -> Iterator[Future[Done]]:
        for number in islice(waiting, count):
            future = client.submit(findings.write, plan.parts[number], str(output), number, pure=False, retries=_TRIES)
            numbers[future.key] = number
            yield future

    ahead = _AHEAD * max(1, sum(client.nthreads().values()))
    running = as_completed(hand_out(ahead))
    for future in running:
        number = numbers.pop(future.key)
        error = future.exception()
        yield number, error if error is not None else future.result()
        running.update(list(hand_out(1)))
