"""How far do the coders of a sample agree, and how does Parallax do beside them?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from .. import agreement
from ..codebook import Codebook, Layer, Scale
from .entries import Coding, Mark

Figure = Annotated[float, Field(ge=-1, le=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Counts = NDArray[np.float64]  # … × (both, only the first, only the second)


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True)


class Measured(_Result):
    """A share with its 95 % interval over articles."""

    value: Share = Field(description="The share.")
    low: Share | None = Field(description="Where the interval begins; null for fewer than two articles.")
    high: Share | None = Field(description="Where it ends.")


class ToolResult(_Result):
    """Parallax as one more coder of a layer."""

    marks: int = Field(ge=0, description="Marks of Parallax in these articles.")
    precision: Measured | None = Field(description="Of its marks, the share that a coder has too; null without any.")
    recall: Measured | None = Field(description="Of the coders’ marks, the share that it has too; null without any.")
    f1: Measured | None = Field(description="Both in one figure.")
    alpha_u: Figure | None = Field(description="Krippendorff’s alpha of unitizing of the coders with Parallax added.")


class LayerResult(_Result):
    """Agreement on the marks of one layer. A mark meets another where they overlap and their group is the same."""

    layer: str = Field(description="Id of the layer.")
    name: str = Field(description="Its name.")
    articles: int = Field(ge=0, description="Articles that two or more people have coded.")
    marks: int = Field(ge=0, description="Their marks in these.")
    f1: Measured | None = Field(description="F1 of one coder against another, over all pairs; null without marks.")
    alpha_u: Figure | None = Field(
        description="Krippendorff’s alpha of unitizing (2004): how far borders lie apart; null where it says nothing."
    )
    alpha_characters: Figure | None = Field(description="Krippendorff’s nominal alpha, each character a unit.")
    kappa: Figure | None = Field(description="Cohen’s kappa of the categories of marks that overlap.")
    tool: ToolResult | None = Field(description="Parallax beside them; null where it does not code this layer.")


class LevelResult(_Result):
    """Agreement on a question to the whole article, or on how people are shown."""

    level: str = Field(description="Id of the level; portrayal: how people are shown.")
    name: str = Field(description="Its name.")
    ordered: bool = Field(description="Whether alpha is ordinal; else nominal.")
    units: int = Field(ge=0, description="Articles (or people in them) that two or more coders gave a value.")
    same: Share | None = Field(description="Share of pairs of coders who gave the same value.")
    alpha: Figure | None = Field(description="Krippendorff’s alpha; null where all values are one.")
    kappa: Figure | None = Field(description="Cohen’s kappa, over all pairs of coders; null where it says nothing.")
    tool_alpha: Figure | None = Field(description="The same alpha with Parallax as one more coder; null without it.")


class Results(_Result):
    """Agreement of a sample, as it is now."""

    articles: int = Field(ge=0, description="Articles that two or more people have coded to the end.")
    layers: list[LayerResult] = Field(description="A row a layer of the codebook.")
    levels: list[LevelResult] = Field(description="A row a level, and one for portrayal.")


@dataclass(frozen=True, slots=True)
class Coded:
    """One article: how many characters it has, what each coder says, what stands once settled, what Parallax says."""

    length: int
    coders: Mapping[str, Coding]
    settled: Coding | None = None
    tool: Coding | None = None

    @property
    def standard(self) -> list[Coding]:
        """What Parallax is held against: what was settled, else each coder."""
        return [self.settled] if self.settled else list(self.coders.values())


def measure(articles: Sequence[Coded], codebook: Codebook, tool_layers: set[str]) -> Results:
    """Agreement over articles, of which those with two coders or more count between coders."""
    shared = [article for article in articles if len(article.coders) > 1]
    levels = [_level(scale, shared, articles) for scale in codebook.levels]
    if codebook.portrayal:
        levels.append(_portrayal(codebook.portrayal, shared, articles))
    return Results(
        articles=len(shared),
        layers=[_layer(layer, codebook, shared, articles, layer.id in tool_layers) for layer in codebook.layers],
        levels=levels,
    )


def _layer(
    layer: Layer, codebook: Codebook, shared: Sequence[Coded], articles: Sequence[Coded], by_tool: bool
) -> LayerResult:
    groups = codebook.groups(layer.id)
    coded = [[_of(coding, layer.id) for coding in article.coders.values()] for article in shared]
    counts = np.array([compare(list(combinations(marks, 2)), groups) for marks in coded]).reshape(-1, 3)
    met = [
        (ours[i].category, theirs[j].category)
        for marks in coded
        for ours, theirs in combinations(marks, 2)
        for i, j in agreement.match(ours, theirs, lambda *_: True, _span)
    ]
    return LayerResult(
        layer=layer.id,
        name=layer.name,
        articles=len(shared),
        marks=sum(len(some) for marks in coded for some in marks),
        f1=_measure(counts, f1),
        alpha_u=_say(agreement.alpha_of_units(_continua(shared, layer.id, groups))),
        alpha_characters=_say(
            agreement.alpha_over_characters(
                (article.length, [[(one.start, one.end) for one in some] for some in marks])
                for article, marks in zip(shared, coded, strict=True)
            )
        ),
        kappa=_say(agreement.kappa(met)),
        tool=_tool(layer.id, groups, articles) if by_tool else None,
    )


def _tool(layer: str, groups: Mapping[str, str], articles: Sequence[Coded]) -> ToolResult | None:
    beside = [article for article in articles if article.tool and article.coders]
    if not beside:
        return None
    rows, marks = [], 0
    for article in beside:
        ours = _of(article.tool, layer) if article.tool else []
        marks += len(ours)
        rows.append(compare([(ours, _of(coding, layer)) for coding in article.standard], groups))
    counts = np.array(rows)
    added = [Coded(one.length, {**one.coders, "": one.tool}) for one in beside if one.tool]
    return ToolResult(
        marks=marks,
        precision=_measure(counts, precision),
        recall=_measure(counts, recall),
        f1=_measure(counts, f1),
        alpha_u=_say(agreement.alpha_of_units(_continua(added, layer, groups))),
    )


def _of(coding: Coding, layer: str) -> list[Mark]:
    return [mark for mark in coding.marks if mark.layer == layer]


def _span(mark: Mark) -> list[agreement.Span]:
    return [(mark.start, mark.end)]


def compare(pairs: Sequence[tuple[list[Mark], list[Mark]]], groups: Mapping[str, str]) -> Counts:
    """Marks of the pairs that meet, that only the first has, that only the second has."""
    found = np.zeros(3)
    for ours, theirs in pairs:
        both = len(agreement.match(ours, theirs, lambda a, b: groups[a.category] == groups[b.category], _span))
        found += (both, len(ours) - both, len(theirs) - both)
    return found


def _continua(articles: Sequence[Coded], layer: str, groups: Mapping[str, str]) -> Iterator[agreement.Continuum]:
    for article in articles:
        for group in sorted(set(groups.values())):
            marked = [
                agreement.merge((one.start, one.end) for one in _of(coding, layer) if groups[one.category] == group)
                for coding in article.coders.values()
            ]
            yield agreement.Continuum(article.length, marked)


def f1(counts: Counts) -> Counts:
    """F1 of both, only the first's, only the second's."""
    return _share(2 * counts[..., 0], 2 * counts[..., 0] + counts[..., 1] + counts[..., 2])


def precision(counts: Counts) -> Counts:
    """Of the first's marks, the share that the second has."""
    return _share(counts[..., 0], counts[..., 0] + counts[..., 1])


def recall(counts: Counts) -> Counts:
    """Of the second's marks, the share that the first has."""
    return _share(counts[..., 0], counts[..., 0] + counts[..., 2])


def _share(part: Counts, whole: Counts) -> Counts:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _measure(counts: Counts, value: agreement.Value) -> Measured | None:
    """The measure over all articles and its interval; None where there is nothing to take it of."""
    found = float(value(counts.sum(0, keepdims=True))[0]) if len(counts) else math.nan
    if math.isnan(found):
        return None
    low, high = agreement.interval(counts, value)
    return Measured(value=found, low=None if math.isnan(low) else low, high=None if math.isnan(high) else high)


def _say(figure: float) -> float | None:
    """Alpha may fall below -1 where there is next to nothing to agree on: that is no better than -1."""
    return None if math.isnan(figure) else max(-1.0, figure)


def _level(scale: Scale, shared: Sequence[Coded], articles: Sequence[Coded]) -> LevelResult:
    """Each article of which two coders answer the question is a unit."""
    answers = any(one.tool and scale.id in one.tool.levels for one in articles)
    with_tool = [*_answers(scale, articles, with_tool=True)] if answers else None
    return _result(scale, [*_answers(scale, shared, with_tool=False)], with_tool)


def _answers(scale: Scale, articles: Sequence[Coded], with_tool: bool) -> Iterator[list[str]]:
    for article in articles:
        codings = [*article.coders.values(), *([article.tool] if with_tool and article.tool else [])]
        yield [coding.levels[scale.id] for coding in codings if scale.id in coding.levels]


def _portrayal(scale: Scale, shared: Sequence[Coded], articles: Sequence[Coded]) -> LevelResult:
    """Each person whom two coders name is a unit."""
    return _result(scale, [*_people(shared, with_tool=False)], [*_people(articles, with_tool=True)])


def _people(articles: Sequence[Coded], with_tool: bool) -> Iterator[list[str]]:
    for article in articles:
        for person in dict.fromkeys(name for coding in article.coders.values() for name in coding.people):
            codings = [*article.coders.values(), *([article.tool] if with_tool and article.tool else [])]
            yield [coding.people[name] for coding in codings for name in coding.people if is_same(name, person)]


def is_same(name: str, other: str) -> bool:
    """Do two names mean one bearer, as far as their letters tell?"""
    return " ".join(name.split()).casefold() == " ".join(other.split()).casefold()


def _result(scale: Scale, units: Sequence[Sequence[str]], with_tool: Sequence[Sequence[str]] | None) -> LevelResult:
    ranks = {value: rank for rank, value in enumerate(scale.values)}
    told = [[ranks[value] for value in unit] for unit in units if len(unit) > 1]
    pairs = [pair for unit in told for pair in combinations(unit, 2)]
    more = [[ranks[value] for value in unit] for unit in with_tool or [] if len(unit) > 1]
    level: Literal["nominal", "ordinal"] = "ordinal" if scale.ordered else "nominal"
    return LevelResult(
        level=scale.id,
        name=scale.name,
        ordered=scale.ordered,
        units=len(told),
        same=sum(a == b for a, b in pairs) / len(pairs) if pairs else None,
        alpha=_say(agreement.alpha(told, level)),
        kappa=_say(agreement.kappa(pairs)),
        tool_alpha=_say(agreement.alpha(more, level)) if with_tool else None,
    )
