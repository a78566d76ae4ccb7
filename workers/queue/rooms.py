"""Rooms: their articles are read like any other, and go with them."""

from __future__ import annotations

import time
from collections.abc import Sequence

from models.article import Article
from workers import logbook, queue, store
from workers.queue.celery import send
from workers.store import OwnLayer, RoomArticle, RoomCategory

_log = logbook.logger(__name__)


def add(room: str, article: Article, after: str = "") -> str:
    """Take a text into a room as an article of its own: a private report, which is deleted with the room.

    `after`: the article of the room that it is the next version of. Answers its name in the room, or why it was not
    taken in (store.Taken). Raises what `queue.submit` raises.
    """
    private = article.model_copy(update={"private": True, "retain": True, "callback_url": None})
    identifier = queue.name(private)
    answer = store.add_room_article(room, RoomArticle(report=identifier, own=True, after=after))
    if answer not in ("gone", "ended", "full", "known"):
        try:
            queue.submit(private, identifier=identifier)
        except store.StoreUnavailable:
            store.drop_room_article(room, answer, RoomArticle(report=identifier, own=True))
            raise
    return answer


def drop(room: str, name: str, article: RoomArticle) -> bool:
    """Take an article out of a room; one of its own is deleted."""
    if article.own:
        store.delete(article.report)
    return store.drop_room_article(room, name, article)


def learn(room: str, category: str) -> None:
    """Have a category learnt from what was coded by a layer or question. Raises StoreUnavailable."""
    if store.keep_room_category(room, category, RoomCategory(status="queued", asked=time.time())):
        _send("learn_category", room, category)


def apply(room: str, layer: OwnLayer, reports: Sequence[str], model: str) -> str:
    """Have a category applied to reports; the layer's name in the room, or why not (store.add_layer).

    Raises StoreUnavailable.
    """
    answer = store.add_layer(room, layer, reports, model)
    if answer not in ("gone", "full"):
        _send("apply_category", room, answer)
    return answer


def cancel(room: str, name: str) -> None:
    """Apply a category no further; what was found stays."""
    while (layer := store.room_layer(room, name)) and layer.status == "queued":
        stopped = layer.model_copy(update={"status": "cancelled", "turn": layer.turn + 1})
        if store.move_layer(room, name, stopped):
            return


def send_again() -> None:
    """Send again what rooms wait for and no worker was heard of since long. Raises StoreUnavailable."""
    for room, work in store.overdue_work():
        _send("apply_category" if store.room_layer(room, work) else "learn_category", room, work)


def _send(task: str, room: str, work: str) -> None:
    try:
        send(task, f"{room} {work}")
    except store.StoreUnavailable as error:  # it is kept, so that it is sent again
        _log.warning("sent later", task=task, why=str(error))


def remove(identifier: str) -> bool:
    """Leave nothing of a room: first its own reports, so that a room that is still there can be removed again."""
    found = store.room(identifier)
    for article in found.articles.values() if found else ():
        if article.own:
            store.delete(article.report)
    return store.remove_room(identifier)
