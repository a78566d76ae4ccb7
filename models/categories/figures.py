"""How well a category was learnt. Light: whoever only shows the figures loads no analysis."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A part of a category's file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


LEAST_CODES = 50
"""Units that must be coded before anything is learnt; a category with fewer is told to have few."""


class Point(Part):
    """A point of the learning curve."""

    codes: int = Field(description="Units learnt from.")
    macro_f1: float = Field(description="On articles that it had not seen.")


class Performance(Part):
    """How well it does, told on articles that it had not seen."""

    units: int = Field(description="Units coded.")
    articles: int = Field(description="Articles that they stand in.")
    macro_f1: float = Field(description="Mean of the categories' F1, five folds of whole articles.")
    low: float = Field(description="Lower end of its 95 % interval, over articles drawn anew.")
    high: float = Field(description="Upper end.")
    by_category: dict[str, float] = Field(description="F1 of each category.")
    counts: dict[str, int] = Field(description="Codes of each category.")
    guess: float = Field(description="Macro-F1 of whoever always says the most common.")
    curve: list[Point] = Field(description="With fewer codes.")
    expected: float = Field(description="Macro-F1 that may be expected with 200 codes more, if the curve goes on so.")
