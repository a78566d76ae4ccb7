"""Categories of a room's own: a hash `room-learned:<id>`, with a record and a model a layer; it goes with the room."""

from __future__ import annotations

from typing import Literal, cast

import zstandard
from pydantic import BaseModel, ConfigDict, Field

from models.categories.figures import Figures
from models.report import OwnFinding
from workers.store.connection import key, pack, reach, unpack


class RoomCategory(BaseModel):
    """How far a category was learnt, how well it does, and what it finds in the room's articles."""

    model_config = ConfigDict(frozen=True)

    status: Literal["queued", "done", "failed"] = Field(description="How far it is.")
    asked: float = Field(description="When it was asked for, seconds since 1970.")
    why: str = Field(default="", description="Why it failed, in a sentence.")
    unit: Literal["article", "sentence"] = Field(default="article", description="What it judges.")
    categories: list[str] = Field(default=[], description="Those that it tells apart.")
    figures: Figures | None = Field(default=None, description="How well it does.")
    found: dict[str, list[OwnFinding]] = Field(default={}, description="By article of the room.")
    coded: list[str] = Field(default=[], description="Articles that it was learnt from.")
    next: list[str] = Field(default=[], description="Articles that are most worth coding next, the first the most.")


def keep_room_category(identifier: str, layer: str, category: RoomCategory, model: str = "") -> bool:
    """Keep what was learnt of a layer or question; nothing where the room has gone meanwhile."""
    name = key("room-learned", identifier)
    with reach() as client:
        pipe = client.pipeline(transaction=True)
        pipe.hset(name, f"category:{layer}", pack(category.model_dump_json()))
        if model:
            pipe.hset(name, f"model:{layer}", pack(model))
        pipe.exists(key("room", identifier))
        if pipe.execute()[-1]:
            return True
        client.delete(name)
    return False


def room_category(identifier: str, layer: str) -> RoomCategory | None:
    """What was learnt of a layer or question."""
    with reach() as client:
        held = cast(bytes | None, client.hget(key("room-learned", identifier), f"category:{layer}"))
    return unpack(RoomCategory, held, f"room-learned:{identifier}")


def room_category_model(identifier: str, layer: str) -> str | None:
    """Its file, as `models analyze --with` takes it."""
    with reach() as client:
        held = cast(bytes | None, client.hget(key("room-learned", identifier), f"model:{layer}"))
    return zstandard.ZstdDecompressor().decompress(held).decode() if held else None
