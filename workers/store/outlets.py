"""Outlets: the reports of each, and what they come to together.

`parallax:outlet:<key>` holds an outlet's reports by their place in the list of reports, what each adds to the
figures stands in its own record (and goes with it), `parallax:outlet-figures:<key>` keeps the sums until a report comes
or goes.
"""

from __future__ import annotations

import hashlib
from typing import cast

import redis
from pydantic import BaseModel, ConfigDict, Field

from models.outlets.records import FEWEST_ARTICLES, Counts, Figures, name_key
from workers import settings
from workers.store.connection import DAY, key, pack, reach, run, unpack
from workers.store.listing import Page, Summary, read_page, read_summaries

MOST_OUTLETS = 300
"""That the list of outlets holds: those with most reports."""
_READ_AT_ONCE = 500
_KEPT_SECONDS = 3_600  # figures are made anew after an hour: a report may have expired meanwhile


class Outlet(BaseModel):
    """What the reports of one outlet come to together. It describes wording; it is no score."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="As the newest report spells it; case and white space make no difference.")
    reports: int = Field(ge=1, description="Reports of this outlet.")
    articles: int = Field(ge=0, description="Those that count: long enough to have rates, in English.")
    fewest: int = Field(default=FEWEST_ARTICLES, ge=1, description="Articles below which no figure is given.")
    figures: Figures | None = Field(description="Null when there are fewer: too little to say.")


def add_to_outlet(identifier: str, outlet: str, counts: Counts | None) -> bool:
    """Count a report among those of its outlet; once, whoever asks how often.

    `counts`: None for a report that counts in no figure. False when it was deleted meanwhile or is in no list.
    """
    name = _name(outlet)
    names = [key("article", identifier), key("reports"), key("outlet", name), key("outlets")]
    names.append(key("outlet-figures", name))
    packed = pack(counts.model_dump_json()) if counts else b""
    shown, seconds = " ".join(outlet.split()), settings.current().retention_days * DAY
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


def outlet_reports(name: str, cursor: str | None = None, limit: int | None = None) -> Page[Summary]:
    """List an outlet's reports, newest first. Raises BadCursor for a cursor that this function did not give."""
    with reach() as client:
        found = read_page(client, key("outlet", _name(name)), cursor, limit)
        summaries = read_summaries(client, found.items)
    return Page([summary for summary in summaries if summary], found.next)


def _measure(client: redis.Redis, name: str, shown: str) -> Outlet | None:
    kept = unpack(Outlet, cast(bytes | None, client.get(key("outlet-figures", name))), name)
    if kept:
        return kept
    members = cast(list[bytes], client.zrange(key("outlet", name), 0, -1))
    tallies: list[bytes | None] = []
    for at in range(0, len(members), _READ_AT_ONCE):
        pipe = client.pipeline(transaction=False)
        for member in members[at : at + _READ_AT_ONCE]:
            pipe.hget(key("article", member.decode()), "tally")
        tallies += pipe.execute()
    if gone := [member for member, packed in zip(members, tallies, strict=True) if packed is None]:
        client.zrem(key("outlet", name), *gone)
    if len(gone) == len(members):
        client.hdel(key("outlets"), name)
        return None
    counts = [found for packed in tallies if packed and (found := unpack(Counts, packed, name))]
    from models.outlets import figures  # only now: `make run` need not wait for numpy

    made = Outlet(name=shown, reports=len(members) - len(gone), articles=len(counts), figures=figures.measure(counts))
    client.set(key("outlet-figures", name), pack(made.model_dump_json()), ex=_KEPT_SECONDS)
    return made


def _name(outlet: str) -> str:
    """The name under which an outlet is filed: short, and the same for every spelling."""
    return hashlib.sha256(name_key(outlet).encode()).hexdigest()[:16]
