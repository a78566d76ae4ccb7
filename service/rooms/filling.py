"""A room is filled with reports that are here: by addresses of this service, or drawn by lot within strata."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field

from models.coding import lots
from models.outlets.records import name_key
from service.rooms import sources
from service.texts import TEXTS, say
from workers import settings, store
from workers.store import Added, Drawn, Room, RoomArticle, Stratum, Summary

MOST_DRAWN = 200
SEEDS = 1_000_000
STRATA = get_args(Stratum)
LOOKED_AT = 5_000  # reports among which a lot is drawn


class DrawRequest(BaseModel):
    """Articles to be drawn by lot."""

    model_config = ConfigDict(extra="forbid", strict=True)

    count: int = Field(ge=1, le=MOST_DRAWN, description="How many.")
    q: str = Field(default="", max_length=200, description="Words that headline or outlet must have; empty: any.")
    outlet: str = Field(default="", max_length=200, description="Of which outlet alone; empty: of any.")
    strata: list[Stratum] = Field(
        default=[],
        description="Draw as many of each outlet, genre (as the reports say it) or month of publication, as far as "
        "there are; of several, as many of each combination.",
    )
    seed: int | None = Field(
        default=None, ge=0, le=SEEDS, description="The same seed draws the same again; left out: one by chance."
    )


def add(room: Room, typed: str) -> list[Added] | str:
    """Take in the reports that addresses lead to, one a line: what became of each, or why nothing was done at all."""
    found = list(sources.find(typed))
    for address, source in found:
        if not source.reports and not source.waiting and not source.lost:
            return say("room.no_report", name=f"“{address[:80]}”")
    if not found:
        return say("room.no_report", name="“”")
    known = {entry.report for entry in room.articles.values()}
    told = []
    for address, source in found:
        taken, lost, full = [], 0, 0
        new = [report for report in source.reports if report not in known]
        for report in new:
            answer = _take(room.id, report) if not full else "full"
            if answer in ("gone", "ended"):
                return str(refuse_article(answer))
            lost += answer == "lost"
            full += answer == "full"
            if answer not in ("lost", "full"):
                taken.append(report)
        known.update(taken)
        told.append(
            Added(
                address=address[:500],
                taken=len(taken),
                known=len(source.reports) - len(new),
                waiting=source.waiting,
                lost=source.lost + lost,
                full=full,
                only=len(source.reports) if source.more else None,
            )
        )
    if not any(one.taken for one in told):
        return " ".join(tell(one) for one in told)
    store.change_room(room.id, {"added": json.dumps([one.model_dump() for one in told], ensure_ascii=False)})
    return told


def _take(room: str, report: str) -> str:
    if store.lasting_report(report) is None:
        return "lost"
    return store.add_room_article(room, RoomArticle(report=report, own=False))


def add_report(room: str, report: str) -> str | None:
    """Take a report in by its id; why not, where it can't be."""
    answer = _take(room, report)
    return say("room.no_report", name=report) if answer == "lost" else refuse_article(answer)


def refuse_article(answer: str) -> str | None:
    """Why an article was not taken in; None where it was."""
    return {
        "gone": say("room.no_link"),
        "ended": say("problem.room_ended.detail"),
        "full": say("room.full_articles", most=settings.current().room_articles),
        "known": say("room.known_article"),
    }.get(answer)


def tell(added: Added) -> str:
    """What became of an address, in a sentence."""
    counts = added.model_dump(include={"taken", "known", "waiting", "lost", "full"})
    parts = [say(f"room.added.{name}", n=f"{n:,}") for name, n in counts.items() if n or name == "taken"]
    more = say("room.added.only", n=f"{added.only:,}") if added.only else ""
    return f"{added.address}: {', '.join(parts)}.{more}"


def draw(room: Room, wanted: DrawRequest) -> Drawn | str:
    """Draw articles by lot among the reports in the lists that are not in the room; why not, where none suits."""
    known = {entry.report for entry in room.articles.values()}
    listed, is_all = _list(wanted.q, wanted.outlet)
    found = [one for one in listed if one.id not in known]
    if not found:
        return say("room.nothing_drawn")
    most = settings.current().room_articles
    if len(room.articles) + min(wanted.count, len(found)) > most:
        return say("room.full_articles", most=most)
    seed = secrets.randbelow(SEEDS) if wanted.seed is None else wanted.seed
    name = _stratify(wanted.strata, found)
    each: Counter[str] = Counter()
    count = 0
    for one in lots.draw(found, wanted.count, name, seed):
        answer = store.add_room_article(room.id, RoomArticle(report=one.id, own=False))
        if answer in ("gone", "ended", "full"):
            return str(refuse_article(answer))
        count += answer != "known"
        each[name(one)] += answer != "known"
    drawn = Drawn(
        seed=seed,
        count=count,
        among=len(found),
        only=None if is_all else LOOKED_AT,
        strata=wanted.strata,
        each=dict(sorted(each.items())) if wanted.strata else {},
    )
    store.change_room(room.id, {"drawn": drawn.model_dump_json()})
    return drawn


def _list(q: str, outlet: str) -> tuple[list[Summary], bool]:
    """The newest reports in the lists that suit, in an order that does not depend on the page size; are these all?"""
    found: list[Summary] = []
    cursor: str | None = None
    while len(found) < LOOKED_AT:
        page = store.recent(cursor=cursor, limit=100, outlet=outlet or None, q=q or None)
        found += page.items
        cursor = page.next
        if cursor is None:
            break
    return sorted(found[:LOOKED_AT], key=lambda summary: summary.id), cursor is None and len(found) <= LOOKED_AT


def _stratify(strata: list[Stratum], found: list[Summary]) -> Callable[[Summary], str]:
    """What is the stratum of a report called? An outlet by the spelling that comes first by the alphabet."""
    outlets: dict[str, str] = {}
    for outlet in sorted({one.outlet for one in found if one.outlet}, reverse=True):
        outlets[name_key(outlet)] = outlet
    unknown: Mapping[str, str] = TEXTS["room"]["unknown"]

    def name(one: Summary) -> str:
        told = {
            "outlet": outlets.get(name_key(one.outlet or "")) or unknown["outlet"],
            "genre": TEXTS["genre"][one.genre] if one.genre else unknown["genre"],
            "month": (one.published or "")[:7] or unknown["month"],
        }
        return " · ".join(told[stratum] for stratum in strata)

    return name
