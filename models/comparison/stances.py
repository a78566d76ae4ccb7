"""Who is for or against whom, by each article's telling."""

from __future__ import annotations

from collections.abc import Sequence

from ..comparison_report.framing import ComparedStance, StanceEvidence, StanceInArticle
from ..report import Polarity, StanceFinding
from .columns import Column
from .naming import Owners


def compare(columns: Sequence[Column], owners: Owners) -> list[ComparedStance]:
    """Who is told to be for or against whom? What articles tell in opposite ways first, then what most of them tell."""
    found: dict[tuple[str, str], dict[int, list[StanceFinding]]] = {}
    for column in columns:
        for stance in column.report.framing.stances if column.report.framing else ():
            holder, target = owners.get((column.index, stance.holder)), owners.get((column.index, stance.target))
            if holder and target and holder is not target:
                found.setdefault((holder.name, target.name), {}).setdefault(column.index, []).append(stance)
    rows = []
    for (holder_name, target_name), told in found.items():
        cells = [_show(column, told[column.index]) if column.index in told else None for column in columns]
        sides = {cell.polarity for cell in cells if cell}
        rows.append(ComparedStance(holder=holder_name, target=target_name, opposed={-1, 1} <= sides, by_article=cells))
    return sorted(rows, key=lambda row: (not row.opposed, -sum(cell is not None for cell in row.by_article)))


def _show(column: Column, stances: Sequence[StanceFinding]) -> StanceInArticle:
    sides = {stance.polarity for stance in stances}
    polarity: Polarity = 0 if len(sides) > 1 else stances[0].polarity
    return StanceInArticle(
        polarity=polarity,
        evidence=[
            StanceEvidence(
                span=column.span(stance.evidence.start, stance.evidence.end),
                polarity=stance.polarity,
                voice=stance.voice,
            )
            for stance in stances
        ],
    )
