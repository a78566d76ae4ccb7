"""Categories of a room's own: a hash `room-learned:<id>`, with a record and a model a category; it goes with the room.

Beside them stand the layers that were made with them (layers.py). `room-work` names what workers are at there, by the
time by which it must be heard of again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Literal, cast

import zstandard
from pydantic import BaseModel, ConfigDict, Field

from models.categories.figures import Performance
from models.report import OwnFinding
from workers.store.connection import key, pack, reach, run, unpack
from workers.store.rooms import find_end

_SILENCE_SECONDS = 120  # after which a piece of work is sent again: its task was lost on the way


class RoomCategory(BaseModel):
    """How far a category was learnt, how well it does, and what it finds in the room's articles."""

    model_config = ConfigDict(frozen=True)

    status: Literal["queued", "done", "failed"] = Field(description="How far it is.")
    asked: float = Field(description="When it was asked for, seconds since 1970.")
    why: str = Field(default="", description="Why it failed, in a sentence.")
    unit: Literal["article", "sentence"] = Field(default="article", description="What it judges.")
    categories: list[str] = Field(default=[], description="Those that it tells apart.")
    figures: Performance | None = Field(default=None, description="How well it does.")
    found: dict[str, list[OwnFinding]] = Field(default={}, description="By article of the room.")
    coded: list[str] = Field(default=[], description="Articles that it was learnt from.")
    next: list[str] = Field(default=[], description="Articles that are most worth coding next, the first the most.")


def keep_room_category(identifier: str, category: str, learnt: RoomCategory, model: str = "") -> bool:
    """Keep what was learnt of a layer or question; nothing where the room has gone meanwhile."""
    fields: dict[str, str | bytes] = {f"category:{category}": pack(learnt.model_dump_json())}
    if model:
        fields[f"model:{category}"] = pack(model)
    return keep_learned(identifier, category, fields, goes_on=learnt.status == "queued")


def room_category(identifier: str, category: str) -> RoomCategory | None:
    """What was learnt of a layer or question."""
    with reach() as client:
        held = cast(bytes | None, client.hget(key("room-learned", identifier), f"category:{category}"))
    return unpack(RoomCategory, held, f"room-learned:{identifier}")


def room_category_model(identifier: str, category: str) -> str | None:
    """Its file, as `models analyze --with` takes it."""
    return read_learned(identifier, f"model:{category}")


def read_learned(identifier: str, field: str) -> str | None:
    """One field of what was learnt in a room, unpacked."""
    with reach() as client:
        held = cast(bytes | None, client.hget(key("room-learned", identifier), field))
    return zstandard.ZstdDecompressor().decompress(held).decode() if held else None


def keep_learned(
    identifier: str,
    work: str,
    fields: Mapping[str, str | bytes],
    *,
    goes_on: bool,
    only_if: tuple[str, str] = ("", ""),
) -> bool:
    """Keep fields of what was learnt in a room, an empty value drops one. False where the room is gone.

    `work`: what a worker is at there, and whether it `goes_on`; `only_if`: a field and what it must hold, else False.
    """
    names = [key("room", identifier), key("rooms"), key("room-learned", identifier), key("room-work"), key("erase")]
    due = time.time() + _SILENCE_SECONDS if goes_on else ""
    pairs = [part for pair in fields.items() for part in pair]
    values = (identifier, find_end(), time.time(), f"{identifier} {work}", due, *only_if, *pairs)
    with reach() as client:
        return bool(run(client, "room_learn", names, *values))


def overdue_work() -> list[tuple[str, str]]:
    """The room and name of each piece of work that was not heard of for long; it is asked for again much later."""
    now = time.time()
    with reach() as client:
        found = cast(list[bytes], client.zrangebyscore(key("room-work"), "-inf", now))
        if found:
            client.zadd(key("room-work"), dict.fromkeys(found, now + _SILENCE_SECONDS), xx=True)
    return [(room, work) for room, _, work in (one.decode().partition(" ") for one in found)]
