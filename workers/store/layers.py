"""Layers of a room's own: what a category that was learnt there finds in a batch, or in a span of a feed.

They stand in the hash `room-learned:<id>` beside the categories: of each its record and the turn that it is at, its
classifier and the reports that it is applied to while that goes on, and what it finds, some articles a field.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field, RootModel

from models.report import OwnFinding
from workers.store.categories import keep_learned, read_learned
from workers.store.connection import key, pack, reach, unpack

MOST_LAYERS = 20
"""Of one room."""
_RECORD = "layer"
_PARTS = (_RECORD, "layer-turn", "layer-model", "layer-reports", "layer-found")


class OwnLayer(BaseModel):
    """A category that is applied, how far that is, and to what."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="What it is called.")
    category: str = Field(description="The layer or question of the codebook that it was learnt by.")
    unit: Literal["article", "sentence"] = Field(description="What it judges.")
    categories: list[str] = Field(description="Those that it tells apart.")
    source: Literal["batch", "feed"] = Field(description="Where the articles come from.")
    place: str = Field(description="Id of the batch or feed.")
    called: str = Field(description="What the batch or feed is called.")
    first: str = Field(default="", description="Of a feed: the first day; empty: from the beginning.")
    last: str = Field(default="", description="Of a feed: the last day; empty: to the end.")
    status: Literal["queued", "done", "cancelled", "failed"] = Field(default="queued", description="How far it is.")
    why: str = Field(default="", description="Why it failed, in a sentence.")
    asked: float = Field(description="When it was asked for, seconds since 1970.")
    version: str = Field(default="", description="Hash of the classifier; empty before it has begun.")
    total: int = Field(ge=0, description="Articles that it is applied to.")
    done: int = Field(default=0, ge=0, description="How many of them it has seen.")
    having: dict[str, int] = Field(default={}, description="In how many articles each category is found.")
    left_out: int = Field(default=0, ge=0, description="How many could not be read.")
    turn: int = Field(
        default=0, ge=0, description="Counts its changes: of two who change it at once one comes too late."
    )
    tries: int = Field(default=0, ge=0, description="How often the next articles were begun.")


class FoundArticle(BaseModel):
    """What a layer finds in one article."""

    model_config = ConfigDict(frozen=True)

    report: str = Field(description="Id of its report.")
    findings: list[OwnFinding] = Field(default=[], description="What is found, in the order of the text.")
    left_out: Literal["", "gone", "language", "failed"] = Field(
        default="",
        description="Why it was not read: its report is gone, it is not English, or it failed again and again.",
    )


class _Reports(RootModel[list[str]]):
    """The reports that a layer is applied to."""


class _Found(RootModel[list[FoundArticle]]):
    """Some of the articles of a layer."""


def add_layer(identifier: str, layer: OwnLayer, reports: Sequence[str], model: str) -> str:
    """Have a category applied; the layer's name in the room, or why not: "gone" (the room), "full"."""
    if len(_names(identifier)) >= MOST_LAYERS:
        return "full"
    name = f"l{secrets.token_hex(4)}"
    fields: dict[str, str | bytes] = {
        f"{_RECORD}:{name}": pack(layer.model_dump_json()),
        f"layer-turn:{name}": str(layer.turn),
        f"layer-model:{name}": pack(model),
        f"layer-reports:{name}": pack(_Reports(list(reports)).model_dump_json()),
    }
    return name if keep_learned(identifier, name, fields, goes_on=True) else "gone"


def room_layers(identifier: str) -> dict[str, OwnLayer]:
    """The layers of a room by their names, the first asked for first."""
    names = _names(identifier)
    found = {name: one for name in names if (one := room_layer(identifier, name))}
    return dict(sorted(found.items(), key=lambda each: each[1].asked))


def room_layer(identifier: str, name: str) -> OwnLayer | None:
    """The layer of this name."""
    with reach() as client:
        held = cast(bytes | None, client.hget(key("room-learned", identifier), f"{_RECORD}:{name}"))
    return unpack(OwnLayer, held, f"room-learned:{identifier}")


def layer_work(identifier: str, name: str) -> tuple[str, list[str]] | None:
    """The classifier of a layer that is being made, and the reports that it is applied to."""
    model, reports = (read_learned(identifier, f"layer-{part}:{name}") for part in ("model", "reports"))
    return (model, _Reports.model_validate_json(reports).root) if model and reports else None


def move_layer(identifier: str, name: str, now: OwnLayer, found: Sequence[FoundArticle] = ()) -> bool:
    """Keep how a layer stands one turn later, with what was found since. False where it was changed meanwhile."""
    fields: dict[str, str | bytes] = {
        f"{_RECORD}:{name}": pack(now.model_dump_json()),
        f"layer-turn:{name}": str(now.turn),
    }
    if found:
        fields[f"layer-found:{name}:{now.done - len(found):08}"] = pack(_Found(list(found)).model_dump_json())
    goes_on = now.status == "queued"
    if not goes_on:
        fields |= {f"layer-model:{name}": "", f"layer-reports:{name}": ""}
    return keep_learned(identifier, name, fields, goes_on=goes_on, only_if=(f"layer-turn:{name}", str(now.turn - 1)))


def layer_found(identifier: str, name: str) -> Iterator[FoundArticle]:
    """What a layer finds, article by article, in their order."""
    for field in _fields(identifier, name, ("layer-found",)):
        if held := read_learned(identifier, field):
            yield from _Found.model_validate_json(held).root


def drop_layer(identifier: str, name: str) -> bool:
    """Leave nothing of a layer."""
    gone = dict.fromkeys(_fields(identifier, name, _PARTS), "")
    return bool(gone) and keep_learned(identifier, name, gone, goes_on=False)


def _names(identifier: str) -> list[str]:
    with reach() as client:
        fields = [field.decode() for field in cast(list[bytes], client.hkeys(key("room-learned", identifier)))]
    return [field.partition(":")[2] for field in fields if field.startswith(f"{_RECORD}:")]


def _fields(identifier: str, name: str, parts: Sequence[str]) -> list[str]:
    with reach() as client:
        fields = [field.decode() for field in cast(list[bytes], client.hkeys(key("room-learned", identifier)))]
    return sorted(field for field in fields if field.split(":")[0] in parts and field.split(":")[1] == name)
