"""A source audit: who is heard in these articles, as what, on whose side, how much and how early."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from pydantic import Field

from ..report import CastRole, Share, SourceType
from .draws import Draws
from .records import FEWEST_ARTICLES, Counts, Gender, Interval, Record, Voiced, distinct, name_key

_MOST_SIDES = 20
_Kind = Callable[[Voiced], str | None]


class AuditedSource(Record):
    """One source over the articles that hear it; what it is, is what it is in most of them."""

    name: str = Field(description="As the articles name it most often.")
    source_type: SourceType = Field(description="What kind of source it is.")
    role: CastRole | None = Field(description="What it speaks as; null where not judged.")
    side: str | None = Field(description="Whom it stands for, in the articles' words; null where none says it.")
    gender: Gender = Field(description="By he, she, Mr or Ms in the articles' own words; else, or where both, unknown.")
    articles: int = Field(ge=1, description="Articles in which it is heard.")
    statements: int = Field(ge=1, description="Statements of it.")
    words: int = Field(ge=0, description="Words of content given to it.")
    quoted: int = Field(ge=0, description="Those of them in quotation marks.")
    first: Share = Field(
        description="Where its first words stand, the median over its articles: 0 at the beginning of the text."
    )


class Audit(Record):
    """Who is heard over a span of days; shares are of the words given to sources, with 95 % intervals by article."""

    since: str | None = Field(description="First day that counts, ISO 8601; null: from the first on.")
    until: str | None = Field(description="Last day that counts; null: to the last.")
    fewest: int = Field(default=FEWEST_ARTICLES, ge=1, description="Articles below which no share is given.")
    articles: int = Field(ge=0, description="Articles that count.")
    repeated: int = Field(ge=0, description="Left out: the same text again, or an earlier version of an article.")
    undated: int = Field(ge=0, description="Left out where days are asked for: without a day of publication.")
    statements: int = Field(ge=0, description="Statements of all sources.")
    words: int = Field(ge=0, description="Words given to all sources: what the shares are of.")
    quoted: int = Field(ge=0, description="Those of them in quotation marks.")
    by_type: dict[SourceType, Interval] = Field(description="By kind of source; empty below the fewest articles.")
    by_role: dict[CastRole, Interval] = Field(description="By role, where one is judged.")
    by_side: dict[str, Interval] = Field(description="By side, where the articles name one; the largest 20.")
    by_gender: dict[Gender, Interval] = Field(description="Of the words of named persons, by gender as told.")
    sources: list[AuditedSource] = Field(description="Those heard in most articles first.")


def audit(counted: Sequence[Counts], since: str | None = None, until: str | None = None) -> Audit:
    """Who is heard in the articles published from `since` to `until` (ISO days, both included)?"""
    there = distinct([one for one in counted if one.voiced is not None])
    repeated = sum(one.voiced is not None for one in counted) - len(there)
    undated = sum(one.published is None for one in there) if since or until else 0
    if since or until:
        there = [one for one in there if one.published and (since or "") <= one.published <= (until or "9999")]
    heard = [one.voiced or [] for one in there]
    everybody = [source for sources in heard for source in sources]
    shares = _Shares(heard) if len(there) >= FEWEST_ARTICLES else None
    return Audit(
        since=since,
        until=until,
        articles=len(there),
        repeated=repeated,
        undated=undated,
        statements=sum(source.statements for source in everybody),
        words=sum(source.words for source in everybody),
        quoted=sum(source.quoted for source in everybody),
        by_type=shares.of(lambda source: source.source_type) if shares else {},
        by_role=shares.of(lambda source: source.role) if shares else {},
        by_side=shares.of(lambda source: _spell(source.side), most=_MOST_SIDES) if shares else {},
        by_gender=shares.of(lambda source: source.gender, among=lambda source: source.person) if shares else {},
        sources=_add_up(heard),
    )


class _Shares:
    """Shares of words by what a source is."""

    def __init__(self, heard: Sequence[Sequence[Voiced]]) -> None:
        self._heard = heard
        self._draws = Draws(len(heard))

    def of(
        self, kind: _Kind, among: Callable[[Voiced], bool] = lambda _: True, most: int | None = None
    ) -> dict[Any, Interval]:
        """By what `kind` says of each source, the largest first; None is left out, and counts in what it is a share of.

        `among`: the sources that are looked at at all.
        """
        chosen = [[source for source in sources if among(source)] for sources in self._heard]
        bases = [sum(source.words for source in sources) for sources in chosen]
        by_kind: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(chosen))
        for at, sources in enumerate(chosen):
            for source in sources:
                if (found := kind(source)) is not None:
                    by_kind[found][at] += source.words
        ranked = sorted(by_kind, key=lambda name: (-sum(by_kind[name]), name))[:most]
        return {name: self._draws.share(by_kind[name], bases) for name in ranked if sum(bases)}


def _spell(side: str | None) -> str | None:
    return " ".join(side.split()) if side else None


def _add_up(heard: Sequence[Sequence[Voiced]]) -> list[AuditedSource]:
    by_name: defaultdict[str, list[Voiced]] = defaultdict(list)
    for sources in heard:
        for source in sources:
            by_name[name_key(source.name)].append(source)
    found = [_join(sources) for sources in by_name.values()]
    return sorted(found, key=lambda one: (-one.articles, -one.words, one.name))


def _join(sources: Sequence[Voiced]) -> AuditedSource:
    """One source of several articles; a word such as "he" tells of it wherever it stands."""
    told = {source.gender for source in sources} - {"unknown"}
    return AuditedSource(
        name=_most([source.name for source in sources]),
        source_type=_most([source.source_type for source in sources]),
        role=_most([source.role for source in sources if source.role]),
        side=_most([source.side for source in sources if source.side]),
        gender=told.pop() if len(told) == 1 else "unknown",
        articles=len(sources),
        statements=sum(source.statements for source in sources),
        words=sum(source.words for source in sources),
        quoted=sum(source.quoted for source in sources),
        first=round(median(source.first for source in sources), 3),
    )


def _most(values: Sequence[Any]) -> Any:
    return Counter(values).most_common(1)[0][0] if values else None
