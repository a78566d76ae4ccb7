"""What the API takes and gives besides articles, reports and comparisons."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from workers.store import Summary

_ID = "5f0c1c3a9be84c5e9f1d0a6b7c8d9e0f"


class Accepted(BaseModel):
    """Where the report of a submitted article is, or will be."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"id": _ID, "status": "queued", "report": f"/api/v1/reports/{_ID}"}],
        }
    )

    id: str = Field(
        description="Hash of the article and of the engine's version; by chance where it is private or not retained."
    )
    status: Literal["queued", "running", "done", "failed"] = Field(description="How far it is.")
    report: str = Field(description="Where to look.")


class Waiting(BaseModel):
    """A report on its way."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": _ID, "status": "running"}]})

    id: str = Field(description="Id of the report.")
    status: Literal["queued", "running"] = Field(description="queued: it waits its turn; running: it is being read.")


class Reports(BaseModel):
    """Summaries of reports, newest first."""

    reports: list[Summary] = Field(description="Summaries, newest first.")
    next: str | None = Field(description="Send it as cursor for the next ones; null at the end.")


class ModelCard(BaseModel):
    """What a trained model was made from, how well it does, and what it is not for."""

    name: str = Field(description="The model's name, as in a report's provenance.")
    version: str = Field(description="Hash of the card, as it stands in a report's provenance.")
    card: dict[str, Any] = Field(description="Data, licence, split, measures with 95 % intervals, thresholds, limits.")


class Models(BaseModel):
    """Every trained model behind the reports of this engine."""

    engine: str = Field(description="Version of Parallax's analysis.")
    models: list[ModelCard] = Field(description="One card a model, by name.")


class ComparisonRequest(BaseModel):
    """Which reports to set side by side."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reports: Annotated[list[str], Field(min_length=2, max_length=6, json_schema_extra={"uniqueItems": True})] = Field(
        description="Ids of two to six reports, each once."
    )

    @field_validator("reports")
    @classmethod
    def _refuse_twice(cls, value: list[str]) -> list[str]:
        if len(set(value)) < len(value):
            raise PydanticCustomError("duplicate", "names a report twice; each stands once in a comparison")
        return value
