"""What a room keeps of its articles and people, and of how they were drawn: records of JSON, a field each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Stratum = Literal["outlet", "genre", "month"]


class RoomArticle(BaseModel):
    """An article of a room: the text stays with its report."""

    model_config = ConfigDict(frozen=True)

    report: str = Field(description="Id of its report.")
    own: bool = Field(description="Whether the report came with the room, and goes with it.")
    after: str = Field(default="", description="The article that it is the next version of; empty: it is the first.")


class RoomPerson(BaseModel):
    """Somebody in a room."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="What they call themselves.")
    left: bool = Field(default=False, description="Whether they may not come in any more; what they said stays.")


class Lot(BaseModel):
    """Who codes what, as it was drawn."""

    model_config = ConfigDict(frozen=True)

    each: int = Field(ge=1, description="People an article.")
    seed: int = Field(ge=0, description="From which the lot can be drawn again.")
    given: dict[str, list[str]] = Field(description="The people of each article.")


class Drawn(BaseModel):
    """How articles were drawn by lot among the reports in the lists."""

    model_config = ConfigDict(frozen=True)

    seed: int = Field(ge=0, description="The same seed draws the same again from the same reports.")
    count: int = Field(ge=0, description="How many were drawn.")
    among: int = Field(ge=0, description="How many reports suited, those in the room already left out.")
    only: int | None = Field(ge=1, description="How many of the newest reports were looked at; null: all of them.")
    strata: list[Stratum] = Field(
        description="As many were drawn of each of these, as far as there are; several: of each combination."
    )
    each: dict[str, Annotated[int, Field(ge=0)]] = Field(
        description="How many were drawn of each stratum, by its name; empty without strata."
    )


class Added(BaseModel):
    """What became of an address whose reports were to be added."""

    model_config = ConfigDict(frozen=True)

    address: str = Field(description="As it was sent.")
    taken: int = Field(ge=0, description="Reports that were taken in.")
    known: int = Field(default=0, ge=0, description="Reports that were in the room already.")
    waiting: int = Field(default=0, ge=0, description="Articles that are still being read, and were not taken.")
    lost: int = Field(default=0, ge=0, description="Articles that could not be read, or whose report has gone.")
    full: int = Field(default=0, ge=0, description="Reports for which the room has no place.")
    only: int | None = Field(
        default=None,
        ge=1,
        description="How many of its reports were looked at, the first that it lists; null: all of them.",
    )
