"""Versions: what stood at one address when it was fetched, and fetched again.

`parallax:versions:<address>` holds the reports of an address by their place in the list of reports; a record keeps a
hash of its wording, when it was fetched, and what changed since the version before. With that version this goes, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import cast

import redis
from pydantic import BaseModel, ConfigDict, Field

from models.comparison_report.events import AlteredPassage
from models.report import Span
from workers import settings
from workers.store.connection import DAY, key, pack, reach, run, unpack


class Rewording(BaseModel):
    """What an outlet changed in an article, sentence by sentence."""

    model_config = ConfigDict(frozen=True)

    before: str = Field(description="Report of the version before.")
    altered: list[AlteredPassage] = Field(description="Sentences that were changed, with the words that went and came.")
    dropped: list[Span] = Field(description="Sentences that only the version before has.")
    added: list[Span] = Field(description="Sentences that only this version has.")


class ArticleVersion(BaseModel):
    """One wording of an article that was found at its address, once or again and again."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Report of its first fetch.")
    reports: list[str] = Field(description="Reports of every fetch that found this wording, the first one first.")
    seen: str = Field(description="When it was fetched first, UTC, ISO 8601.")
    last_seen: str = Field(description="When it was fetched last.")
    changed: Rewording | None = Field(
        description="What changed since the version before; null for the first, and where that one was deleted."
    )


def add_version(identifier: str, address: str, wording: str, seen: str) -> tuple[str | None, str | None]:
    """Note what stood at an address; gives the reports of what stood there next before it and after it, if any.

    Nothing is noted of a report that was deleted meanwhile or is in no list.
    """
    place = hashlib.sha256(address.encode()).hexdigest()[:16]
    names = [key("article", identifier), key("reports"), key("versions", place)]
    values = (identifier, place, wording, seen, settings.current().retention_days * DAY)
    with reach() as client:
        before, later = (name.decode() or None for name in run(client, "version", names, *values))
    return before, later


def keep_rewording(identifier: str, rewording: Rewording) -> None:
    """Keep what changed since the version before, while both are there."""
    with reach() as client:
        if client.exists(key("article", rewording.before)) and client.exists(key("article", identifier)):
            client.hset(key("article", identifier), "reworded", pack(rewording.model_dump_json()))


def versions(identifier: str) -> list[ArticleVersion]:
    """Every wording that was found at the address of this report, the first one first; empty where it has none."""
    with reach() as client:
        address = cast(bytes | None, client.hget(key("article", identifier), "address"))
        if address is None:
            return []
        place = key("versions", address.decode())
        names = [name.decode() for name in cast(list[bytes], client.zrange(place, 0, -1))]
        return list(_gather(client, place, names))


def _gather(client: redis.Redis, place: str, names: list[str]) -> Iterator[ArticleVersion]:
    pipe = client.pipeline(transaction=False)
    for name in names:
        pipe.hmget(key("article", name), ["wording", "seen", "reworded"])
    made: ArticleVersion | None = None
    last: bytes | None = None
    for name, (wording, seen, reworded) in zip(names, pipe.execute(), strict=True):
        if wording is None:
            client.zrem(place, name)  # it has expired
        elif made and wording == last:
            made = made.model_copy(update={"reports": [*made.reports, name], "last_seen": seen.decode()})
        else:
            if made:
                yield made
            when = seen.decode()
            changed = unpack(Rewording, reworded, name)
            made = ArticleVersion(id=name, reports=[name], seen=when, last_seen=when, changed=changed)
        last = wording if wording is not None else last
    if made:
        yield made
