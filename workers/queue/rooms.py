"""Rooms: their articles are read like any other, and go with them."""

from __future__ import annotations

import time

from models.article import Article
from workers import queue, store
from workers.queue.celery import send
from workers.store import RoomArticle, RoomCategory


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


def learn(room: str, layer: str) -> None:
    """Have a category learnt from what was coded by a layer or question. Raises StoreUnavailable."""
    if store.keep_room_category(room, layer, RoomCategory(status="queued", asked=time.time())):
        send("learn_category", room, layer)


def remove(identifier: str) -> bool:
    """Leave nothing of a room: first its own reports, so that a room that is still there can be removed again."""
    found = store.room(identifier)
    for article in found.articles.values() if found else ():
        if article.own:
            store.delete(article.report)
    return store.remove_room(identifier)
