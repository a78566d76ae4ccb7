"""Rooms: a category is learnt from what was coded in one; they go when nobody has done anything in them for long."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from celery.exceptions import SoftTimeLimitExceeded

from models import codebook
from models.coding import entries
from models.coding.entries import Coding
from workers import settings, store
from workers.queue import rooms
from workers.queue.celery import app
from workers.store import Room, RoomCategory, StoreUnavailable

if TYPE_CHECKING:
    from models.categories.units import Codes, Kind
    from models.document import Document
    from models.report import ArticleFacts

_log = logging.getLogger(__name__)

MOST_NEXT = 10  # articles that are said to be worth coding next
_TOO_LONG = "Its articles are too many, or too long, for the time that a task may take (PARALLAX_TIME_LIMIT)"


@app.task(name="tend_rooms")
def tend_rooms() -> None:
    """Remove the rooms whose time is over; what others wait for in vain is sent again."""
    with store.hold("rooms", 60) as ours:
        try:
            for identifier in store.rooms_over() if ours else ():
                rooms.remove(identifier)
            if ours:
                rooms.send_again()
        except StoreUnavailable as error:
            _log.warning("rooms are looked after later: %s", error)


@app.task(name="learn_category")
def learn_category(subject: str) -> None:
    """Learn to code by a layer or question what people coded by it, and code the room's articles.

    `subject`: the room's id and the layer's, which is what the lease of this work is called, too.
    """
    identifier, _, layer = subject.partition(" ")
    with store.hold(subject, settings.current().hard_time_limit) as ours:
        room, asked = store.room(identifier), store.room_category(identifier, layer)
        if not ours or room is None or asked is None or asked.status != "queued":
            return
        try:
            learned, model = _learn(room, layer)
        except SoftTimeLimitExceeded:
            learned, model = RoomCategory(status="failed", asked=0, why=_TOO_LONG), ""
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whoever waits for it must hear that it ended
            _log.error("category not learnt: %s", type(error).__name__)  # no message: it may quote an article
            learned, model = RoomCategory(status="failed", asked=0, why=f"It failed ({type(error).__name__})"), ""
        store.keep_room_category(identifier, layer, learned.model_copy(update={"asked": asked.asked}), model)


def read_again(facts: ArticleFacts) -> Document:
    """An article of a report, as the reader sees it."""
    from models import reader  # only now: a worker that learns nothing need not load it
    from models.categories import codes
    from models.document import read

    return reader.read(read(codes.split(facts.title, facts.text, facts.title_end)))


def _learn(room: Room, layer: str) -> tuple[RoomCategory, str]:
    """What was learnt, and its file; why not, where it can't be."""
    from models.categories import learning  # only now, as above
    from models.categories.model import find
    from models.categories.units import Codes, find_units

    kind: Kind = "article" if codebook.read(room.codebook).level(layer) else "sentence"
    said = _codes(room, layer, kind)
    units = {}
    for name, entry in room.articles.items():
        report = store.lasting_report(entry.report)
        if report is not None and report.article.language == "en":
            units[name] = find_units(read_again(report.article), kind, name, said.get(name, Codes()))
    coded = [name for name in units if name in said]
    try:
        model = learning.learn([unit for name in coded for unit in units[name]], layer, kind).model
    except learning.TooFew as few:
        return RoomCategory(status="failed", asked=0, why=str(few)), ""
    rest = [(name, unit) for name in units if name not in said for unit in units[name]]
    best = learning.suggest(model, [unit for _, unit in rest], 5 * MOST_NEXT)
    return RoomCategory(
        status="done",
        asked=0,
        unit=kind,
        categories=model.categories,
        figures=model.figures,
        found={name: find(held, model) for name, held in units.items()},
        coded=coded,
        next=list(dict.fromkeys(rest[at][0] for at in best))[:MOST_NEXT],
    ), model.model_dump_json()


def _codes(room: Room, layer: str, kind: Kind) -> dict[str, Codes]:
    """What was coded to the end, by article."""
    from models.categories import codes

    codings: dict[str, list[Coding]] = {}
    for (article, person), lines in store.all_entries(room.id).items():
        if person and (coding := entries.collect(entries.read(lines))).done:
            codings.setdefault(article, []).append(coding)
    taken = {article: codes.take(held, layer, kind) for article, held in codings.items()}
    return {article: found for article, found in taken.items() if found is not None}
