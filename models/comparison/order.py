"""Who comes first, who speaks when, and where does the accused answer?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..comparison_report.framing import AppearanceInArticle, ComparedOrder
from ..report import Appearance, Span
from .columns import Column
from .naming import Figure, Owners

Accused = tuple[Span, int | None]  # where first, and how many words until the answer, if one comes


def compare(columns: Sequence[Column], owners: Owners) -> list[ComparedOrder]:
    """Where do two or more of the articles bring in the same people and bodies? In the order of the first article."""
    placed: dict[int, dict[int, Appearance]] = {}  # figure: article: where
    accused: dict[int, dict[int, Accused]] = {}
    figures: dict[int, Figure] = {}
    for column in columns:
        blamed = _find_accused(column)
        order = column.report.framing.order if column.report.framing else None
        for person in order.people if order else ():
            figure = owners.get((column.index, person.entity))
            if figure:
                figures[id(figure)] = figure
                placed.setdefault(id(figure), {}).setdefault(column.index, person)
                if person.entity in blamed:
                    accused.setdefault(id(figure), {}).setdefault(column.index, blamed[person.entity])
    shared = {name: cells for name, cells in placed.items() if len(cells) > 1}
    ranks = [_rank(shared, column.index) for column in columns]
    rows = [
        (
            min((at, cells[at].mentioned) for at in cells),
            ComparedOrder(
                name=figures[name].name,
                kind=figures[name].kind,
                by_article=[
                    _show(column, cells[column.index], ranks[column.index][name], accused.get(name, {}))
                    if column.index in cells
                    else None
                    for column in columns
                ],
            ),
        )
        for name, cells in shared.items()
    ]
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


def _rank(placed: Mapping[int, Mapping[int, Appearance]], column: int) -> dict[int, int]:
    """The how-manieth of the shared ones does an article bring in?"""
    here = sorted((cells[column].mentioned, name) for name, cells in placed.items() if column in cells)
    return {name: at for at, (_, name) in enumerate(here, 1)}


def _find_accused(column: Column) -> dict[str, Accused]:
    """Who is accused in an article, where first, and how far is the answer?"""
    attribution = column.report.attribution
    found: dict[str, Accused] = {
        one.entity: (one.evidence, None) for one in attribution.unheard if one.why == "accused"
    }
    for member in attribution.cast:
        if member.speaker and member.accused:
            found[member.speaker] = (member.accused, member.answer)
    return found


def _show(column: Column, person: Appearance, rank: int, accused: Mapping[int, Accused]) -> AppearanceInArticle:
    where, answer = accused.get(column.index, (None, None))
    return AppearanceInArticle(
        rank=rank,
        mentioned=person.mentioned,
        speaks=person.speaks,
        in_headline=person.in_headline,
        accused=column.span(where.start, where.end) if where else None,
        answer=answer,
    )
