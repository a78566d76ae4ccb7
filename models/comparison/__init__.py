"""The comparison: two to six reports of one event, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from ..comparison_report import ComparedArticle, Comparison
from ..report import Report
from . import (
    acts,
    cast,
    claims,
    columns,
    contradictions,
    devices,
    distinctive,
    entities,
    events,
    frames,
    headlines,
    naming,
    notes,
    one_event,
    order,
    passages,
    quotes,
    rates,
    similarity,
    sources,
    stances,
    versions,
)
from .columns import Column
from .outline import outline
from .settings import SETTINGS

__all__ = ["compare"]


def compare(reports: Sequence[Report]) -> Comparison:
    """How do these articles tell what they share, and what does each leave out? Pure and deterministic.

    Raises ValueError for fewer than two reports or more than six.
    """
    least, most = SETTINGS["reports"]["least"], SETTINGS["reports"]["most"]
    if not least <= len(reports) <= most:
        raise ValueError(f"a comparison takes {least} to {most} reports, not {len(reports)}")
    names = columns.name_all(reports)
    read = [columns.read(at, report, name) for at, (report, name) in enumerate(zip(reports, names, strict=True))]
    figures = naming.join(reports)
    owners = naming.find_owners(figures)
    readings = [claims.read_all(column, figures) for column in read]
    outlines = [outline(column, own) for column, own in zip(read, readings, strict=True)]
    pairs = similarity.compare(read, outlines)
    changed = versions.find(read)
    clashes = contradictions.find(
        readings, figures, [(pair.a, pair.b) for pair in pairs if events.may_be_one(pair.same)]
    )
    same_words = quotes.find(read, figures)
    heard = sources.compare(read, figures, owners, same_words)
    return Comparison(
        articles=[_facts(column) for column in read],
        similarity=round(sum(pair.similarity for pair in pairs) / len(pairs), 4),
        event=one_event.compare(outlines, pairs, changed),
        contradictions=contradictions.compare(read, clashes, figures, {(one.a, one.b) for one in changed}),
        headlines=headlines.compare(read, readings, figures),
        acts=acts.compare(read, readings, owners),
        frames=frames.compare(read),
        devices=devices.compare(read, owners),
        stances=stances.compare(read, owners),
        cast=cast.compare(read),
        order=order.compare(read, owners),
        pairs=pairs,
        entities=entities.compare(read, figures),
        sources=heard,
        quotations=quotes.compare(read, same_words),
        vocabulary=rates.compare(read),
        distinctive=distinctive.compare(read, figures),
        passages=passages.compare(read, readings, figures, heard, pairs),
        notes=notes.compare(read, pairs, changed),
    )


def _facts(column: Column) -> ComparedArticle:
    article = column.report.article
    return ComparedArticle(
        id=column.report.id,
        name=column.name,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        url=article.url,
        language=article.language,
        words=article.words,
    )
