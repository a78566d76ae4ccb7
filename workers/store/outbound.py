"""Errands: what waits for a host outside, and which of it may be begun. At most so many at one host at once.

`outbound` names the errands in the order of their turn, as “kind subject host”; `outbound-held` those begun, by the
time at which whoever holds them must be dead; `outbound-slow` the hosts that took long, by the time until which that
counts against them: they come last, one errand at a time, and hold a quarter of the places at most.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal, Self, cast, get_args
from urllib.parse import urlsplit

from workers.store.connection import key, reach, run

ErrandKind = Literal["link", "feed", "callback"]

BULK = 1e12
"""What the waiting ones of the bulk lane have added to their place, so that they come last."""
_MOST_AT_HOST = 4
_SLOW_SECONDS = 300
_READING_SECONDS = 60  # that a feed has on top of what its host may take
_FETCHED_AHEAD = 50  # pages that wait to be read; what is fetched takes room
_KEYS = ("outbound", "outbound-held", "outbound-slow", "outbound-sequence", "fetched")


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be asked of a host outside."""

    kind: ErrandKind
    subject: str
    """Id of the article, the feed or the callback."""
    host: str

    @classmethod
    def to(cls, kind: ErrandKind, subject: str, url: str) -> Self:
        """The errand that goes to the host of an address."""
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            host = ""
        return cls(kind, subject, "".join(host.split()).lower())

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.host}"


def send_out(errand: Errand, bulk: bool = False) -> None:
    """Have an errand done in its turn. One that waits or goes on already is not doubled."""
    with reach() as client:
        run(client, "send_out", [key(name) for name in _KEYS], str(errand), BULK if bulk else 0)


def take_errand(places: int, seconds: float) -> Errand | None:
    """Begin the next errand that may be; it waits again should it not end within so many seconds.

    `places` are the errands that go on at once, of which slow hosts may hold a quarter.
    """
    limits = (_MOST_AT_HOST, max(1, places // 4), _FETCHED_AHEAD)
    with reach() as client:
        names = [key(name) for name in _KEYS]
        records = key("article", "-")[:-1]
        found = cast(
            str, run(client, "take_errand", names, time.time(), seconds, *limits, records, BULK, _READING_SECONDS)
        )
    kind, _, rest = found.partition(" ")
    subject, _, host = rest.partition(" ")
    return Errand(cast(ErrandKind, kind), subject, host) if kind in get_args(ErrandKind) else None


def end_errand(errand: Errand, slow: bool) -> None:
    """It is done, or can't be; `slow` says that its host took long."""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.zrem(key("outbound-held"), str(errand))
        if slow:
            pipe.zadd(key("outbound-slow"), {errand.host: time.time() + _SLOW_SECONDS})
        pipe.zremrangebyscore(key("outbound-slow"), "-inf", time.time())
        pipe.execute()


def give_back(errand: Errand) -> None:
    """Let it wait again, in front of all others: whoever had begun it has to stop."""
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.zadd(key("outbound"), {str(errand): 0})
        pipe.zrem(key("outbound-held"), str(errand))
        pipe.execute()
