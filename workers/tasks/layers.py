"""Layers of a room's own: a category is applied to the articles of a batch or feed, some of them at a time."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from celery.exceptions import SoftTimeLimitExceeded

from workers import settings, store
from workers.queue.celery import app, send
from workers.store import FoundArticle, OwnLayer, StoreUnavailable
from workers.tasks.rooms import read_again

if TYPE_CHECKING:
    from models.categories.model import CategoryModel

_log = logging.getLogger(__name__)

_SLICE_SECONDS = 10
_TRIES = 3  # to read an article; then it is left out


@app.task(name="apply_category")
def apply_category(subject: str) -> None:
    """Apply a category for some seconds; what is left is for the next call, which others' articles may come before.

    `subject`: the room's id and the layer's name, which is what the lease of this work is called, too.
    """
    room, _, name = subject.partition(" ")
    with store.hold(subject, settings.current().hard_time_limit) as ours:
        layer = store.room_layer(room, name) if ours else None
        if layer is None or layer.status != "queued":
            return
        begun = _turn(layer, {"tries": layer.tries + 1})
        if not store.move_layer(room, name, begun):
            return
        try:
            after, found = _go_on(room, name, begun)
        except StoreUnavailable:
            raise  # it is sent again when it was not heard of for long
        except SoftTimeLimitExceeded:  # begun again; an article that stops it three times is left out
            after, found = _turn(begun, {}), []
        except Exception as error:  # noqa: BLE001 - whoever waits for it must hear that it ended
            _log.error("category not applied: %s", type(error).__name__)  # no message: it may quote an article
            after, found = _turn(begun, {"status": "failed", "why": f"It failed ({type(error).__name__})"}), []
        kept = store.move_layer(room, name, after, found)
    if kept and after.status == "queued":  # once the lease is over
        send("apply_category", subject)


def _go_on(room: str, name: str, layer: OwnLayer) -> tuple[OwnLayer, list[FoundArticle]]:
    """How the layer stands after some more articles, and what was found in them."""
    from models.categories.model import WrongModel, parse  # only now: a worker that applies none need not load it

    work = store.layer_work(room, name)
    if work is None:
        return _turn(layer, {"status": "failed", "why": "What it is applied with is gone"}), []
    try:
        model = parse(work[0], "The category")
    except WrongModel as wrong:
        return _turn(layer, {"status": "failed", "why": str(wrong)}), []
    found: list[FoundArticle] = []
    deadline = time.monotonic() + _SLICE_SECONDS
    for report in work[1][layer.done :]:
        if layer.tries > _TRIES and not found:
            found.append(FoundArticle(report=report, left_out="failed"))
        else:
            found.append(_find(report, model))
        if time.monotonic() > deadline or layer.tries > 1:  # one by one, where one of them stopped it
            break
    having = dict(layer.having)
    for one in found:
        for category in {place.category for place in one.findings}:
            having[category] = having.get(category, 0) + 1
    done = layer.done + len(found)
    facts = {
        "status": "done" if done >= layer.total else "queued",
        "done": done,
        "tries": 0,
        "version": model.version,
        "having": having,
        "left_out": layer.left_out + sum(bool(one.left_out) for one in found),
    }
    return _turn(layer, facts), found


def _find(report: str, model: CategoryModel) -> FoundArticle:
    from models.categories.model import find  # only now, as above
    from models.categories.units import find_units

    known = store.lasting_report(report)
    if known is None:
        return FoundArticle(report=report, left_out="gone")
    if known.article.language != "en":
        return FoundArticle(report=report, left_out="language")
    return FoundArticle(report=report, findings=find(find_units(read_again(known.article), model.unit), model))


def _turn(layer: OwnLayer, facts: Mapping[str, Any]) -> OwnLayer:
    """The layer one turn later."""
    return layer.model_copy(update={**facts, "turn": layer.turn + 1})
