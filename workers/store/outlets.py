"""Outlets: the reports of each, and what they come to together.

`parallax:outlet:<key>` holds an outlet's reports by their place in the list of reports, what each adds to the
figures stands in its own record (and goes with it), `parallax:outlet-figures:<key>` and `outlet-months` keep the sums
until a report comes or goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import cast

import redis
from pydantic import BaseModel, ConfigDict, Field

from models.outlets import figures, months
from models.outlets.months import OverTime
from models.outlets.records import FEWEST_ARTICLES, Counts, OutletFigures, distinct, name_key
from workers import settings
from workers.store.connection import DAY, key, pack, reach, run, unpack
from workers.store.listing import ListPage, Summary, read_page, read_summaries

MOST_OUTLETS = 300
"""That the list of outlets holds: those with most reports."""
_READ_AT_ONCE = 500
_KEPT_SECONDS = 3_600  # figures are made anew after an hour: a report may have expired meanwhile


class Outlet(BaseModel):
    """What the reports of one outlet come to together. It describes wording; it is no score."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="As the newest report spells it; case and white space make no difference.")
    reports: int = Field(ge=1, description="Reports of this outlet.")
    articles: int = Field(
        ge=0, description="Those that count: long enough to have rates, in English; the same text counts once."
    )
    fewest: int = Field(default=FEWEST_ARTICLES, ge=1, description="Articles below which no figure is given.")
    figures: OutletFigures | None = Field(description="Null when there are fewer: too little to say.")


def count(identifier: str, outlet: str | None, counts: Counts | None) -> bool:
    """Keep what a report counts, and count it among those of its outlet; once, whoever asks how often.

    `counts`: None for a report that counts in no figure. False when it was deleted meanwhile or is in no list.
    """
    name = _name(outlet) if outlet else ""
    names = [key("article", identifier), key("reports"), key("outlet", name), key("outlets")]
    names += [key("outlet-figures", name), key("outlet-months", name)]
    packed = pack(counts.model_dump_json()) if counts else b""
    shown, seconds = " ".join((outlet or "").split()), settings.current().retention_days * DAY
    with reach() as client:
        return bool(run(client, "outlet", names, identifier, name, shown, packed, seconds))


def outlet(name: str) -> Outlet | None:
    """Give an outlet by its name, whatever its case and white space; None when none of its reports is there."""
    with reach() as client:
        shown = cast(bytes | None, client.hget(key("outlets"), _name(name)))
        return _measure(client, _name(name), shown.decode()) if shown else None


def outlets() -> list[Outlet]:
    """List the outlets with most reports, MOST_OUTLETS of them, by the alphabet."""
    with reach() as client:
        names = cast(dict[bytes, bytes], client.hgetall(key("outlets")))
        pipe = client.pipeline(transaction=False)
        for name in names:
            pipe.zcard(key("outlet", name.decode()))
        sizes = dict(zip(names, pipe.execute(), strict=True))
        most = sorted(names, key=lambda name: (-sizes[name], name))[:MOST_OUTLETS]
        found = [_measure(client, name.decode(), names[name].decode()) for name in most]
    return sorted((one for one in found if one), key=lambda one: name_key(one.name))


def outlet_counts(name: str) -> list[Counts]:
    """What each report of an outlet counts, in the order they came."""
    with reach() as client:
        members = cast(list[bytes], client.zrange(key("outlet", _name(name)), 0, -1))
        return _unpack_all(_read_tallies(client, [member.decode() for member in members]))


def outlet_months(name: str) -> OverTime:
    """An outlet month by month; kept until one of its reports comes or goes."""
    place = key("outlet-months", _name(name))
    with reach() as client:
        kept = unpack(OverTime, cast(bytes | None, client.get(place)), name)
    if kept is None:
        kept = months.follow(outlet_counts(name))
        with reach() as client:
            client.set(place, pack(kept.model_dump_json()), ex=_KEPT_SECONDS)
    return kept


def feed_counts(identifier: str) -> list[Counts]:
    """What each report of a feed's items counts, in the order they were taken in; what is gone is forgotten."""
    with reach() as client:
        taken = cast(dict[bytes, bytes], client.hgetall(key("feed-reports", identifier)))
        names = [name.decode() for name in sorted(taken, key=lambda name: (float(taken[name]), name))]
        tallies = _read_tallies(client, names)
        pipe = client.pipeline(transaction=False)
        for name in names:
            pipe.exists(key("article", name))
        if gone := [name for name, there in zip(names, pipe.execute(), strict=True) if not there]:
            client.hdel(key("feed-reports", identifier), *gone)
    return _unpack_all(tallies)


def _read_tallies(client: redis.Redis, names: Sequence[str]) -> list[bytes | None]:
    tallies: list[bytes | None] = []
    for at in range(0, len(names), _READ_AT_ONCE):
        pipe = client.pipeline(transaction=False)
        for name in names[at : at + _READ_AT_ONCE]:
            pipe.hget(key("article", name), "tally")
        tallies += pipe.execute()
    return tallies


def _unpack_all(tallies: Sequence[bytes | None]) -> list[Counts]:
    return [found for packed in tallies if packed and (found := unpack(Counts, packed, "tally"))]


def outlet_reports(name: str, cursor: str | None = None, limit: int | None = None) -> ListPage[Summary]:
    """List an outlet's reports, newest first. Raises BadCursor for a cursor that this function did not give."""
    with reach() as client:
        found = read_page(client, key("outlet", _name(name)), cursor, limit)
        summaries = read_summaries(client, found.items)
    return ListPage([summary for summary in summaries if summary], found.next)


def _measure(client: redis.Redis, name: str, shown: str) -> Outlet | None:
    kept = unpack(Outlet, cast(bytes | None, client.get(key("outlet-figures", name))), name)
    if kept:
        return kept
    members = cast(list[bytes], client.zrange(key("outlet", name), 0, -1))
    tallies = _read_tallies(client, [member.decode() for member in members])
    if gone := [member for member, packed in zip(members, tallies, strict=True) if packed is None]:
        client.zrem(key("outlet", name), *gone)
    if len(gone) == len(members):
        client.hdel(key("outlets"), name)
        return None
    once = distinct(_unpack_all(tallies))
    made = Outlet(name=shown, reports=len(members) - len(gone), articles=len(once), figures=figures.measure(once))
    client.set(key("outlet-figures", name), pack(made.model_dump_json()), ex=_KEPT_SECONDS)
    return made


def _name(outlet: str) -> str:
    """The name under which an outlet is filed: short, and the same for every spelling."""
    return hashlib.sha256(name_key(outlet).encode()).hexdigest()[:16]
