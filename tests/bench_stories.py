"""`make bench-stories`: what it costs to group one new report when 1,000 and when 10,000 are stored.

The stored ones are invented: words drawn as often as news uses them, events of one to five reports over a year. Counts
of what is read are exact on any machine; times only mean something on a quiet one. `--data DATA --reports FILE` groups
the measuring half of `research.training.stories` through the store instead, and prints how well.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import redis

from models.classifiers import background
from models.stories import profiles
from models.stories.profiles import Profile
from research.training import stories as training
from workers import settings, store
from workers.store.connection import key
from workers.store.server import Server
from workers.tasks import grouping

SIZES = (1_000, 10_000)
MEASURED = 50
WORDS, TITLE, LEAD, NAMES = 400, 10, 60, 12
DAYS, FIRST_DAY = 365, 739_000
_SEED = 20261125


class News:
    """Invented profiles, one event after the other."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        known = background.load()
        self._words = list(known.counts)
        self._shares = list(accumulate(count for count, _ in known.counts.values()))

    def tell(self) -> Iterator[Profile]:
        """Reports for ever; those of one event share a third of their words and half of their names."""
        while True:
            event, day = self._draw(WORDS // 3), FIRST_DAY + self._rng.randrange(DAYS)
            names = [f"name {self._rng.randrange(20_000)}" for _ in range(NAMES)]
            for _ in range(self._rng.randint(1, 5)):
                yield self._report(event, names, day + self._rng.randrange(3))

    def _report(self, event: list[str], names: list[str], day: int) -> Profile:
        words = event + self._draw(WORDS - len(event))
        own = names[: NAMES // 2] + [f"name {self._rng.randrange(20_000)}" for _ in range(NAMES // 2)]
        weight = round(len(own) ** -0.5, 4)
        return Profile(
            day=day,
            title=profiles.weigh(event[:TITLE], 20),
            lead=profiles.weigh(words[:LEAD], 40),
            body=profiles.weigh(words, 100),
            names=dict.fromkeys(own, weight),
        )

    def _draw(self, count: int) -> list[str]:
        return self._rng.choices(self._words, cum_weights=self._shares, k=count)


def shelve(client: redis.Redis, number: int) -> str:
    """A finished report, as far as grouping looks at it."""
    identifier = f"{number:032x}"
    client.hset(key("article", identifier), "status", "done")
    client.zadd(key("reports"), {identifier: number})
    return identifier


def fill(client: redis.Redis, first: int, last: int, news: Iterator[Profile]) -> None:
    """Store reports, each findable, in a story of its own: what a search has to read does not depend on that."""
    for number in range(first, last):
        profile, identifier = next(news), shelve(client, number)
        store.enlist(identifier, store.pack(profile.model_dump_json()), profiles.find_keys(profile), profile.day)
        store.place(identifier, None)


def measure(client: redis.Redis, first: int, news: Iterator[Profile]) -> None:
    """Group some new reports, and print what each took."""
    entries, records, commands, times = [], [], [], []
    for number in range(first, first + MEASURED):
        profile, identifier = next(news), shelve(client, number)
        before = client.info("stats")["total_commands_processed"]
        began = time.perf_counter()
        grouped = grouping.join_story(identifier, profile)
        times.append((time.perf_counter() - began) * 1000)
        commands.append(client.info("stats")["total_commands_processed"] - before)
        entries.append(grouped.entries)
        records.append(grouped.records)
    print(
        f"{first:7,} stored: entries of the index read {statistics.median(entries):5.0f} (most {max(entries)}), "
        f"records read {statistics.median(records):3.0f} (most {max(records)}), "
        f"commands {statistics.median(commands):4.0f} (most {max(commands)}), "
        f"{statistics.median(times):6.1f} ms (most {max(times):.1f})"
    )


def evaluate(client: redis.Redis, data: Path, kept: Path) -> None:
    """Group the measuring half through the store, in order of date, and print its pairwise F1."""
    _, told = training.split(training.read(data, kept))
    told = sorted(told, key=lambda one: one.profile.day or 0)
    names = [shelve(client, number) for number in range(len(told))]
    for name, one in zip(names, told, strict=True):
        grouping.join_story(name, one.profile)
    owners = [str(store.find_story(name)) for name in names]
    score = training.count(told, [owners.index(owner) for owner in owners])
    print(f"through the store, {len(told)} articles in order of date: pairwise F1 {score.f1:.3f} ({score})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--reports", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.start()
        try:
            os.environ["REDIS_URL"] = server.url
            settings.current.cache_clear()
            client = redis.Redis.from_url(server.url)
            if options.data:
                evaluate(client, options.data, options.reports)
                return
            news, stored = News(_SEED).tell(), 0
            for size in sorted(options.sizes):
                fill(client, stored, size, news)
                measure(client, size, news)
                stored = size + MEASURED
        finally:
            server.stop()


if __name__ == "__main__":
    main()
