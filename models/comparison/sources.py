"""Who is heard: the sources of each article, their words and verbs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from models.analyzers.attribution.items import NOBODY
from models.comparison.columns import Column
from models.comparison.naming import Figure, is_pronoun, key
from models.comparison_report import ComparedSource, CueUse, SourceInArticle
from models.report import SourceSummary, SourceType, Stance

_Vote = TypeVar("_Vote", bound=str)


@dataclass(slots=True)
class _Voice:
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[SourceType] = field(default_factory=Counter)
    figure: Figure | None = None
    heard: dict[int, list[SourceSummary]] = field(default_factory=dict)


def compare(columns: Sequence[Column], figures: Sequence[Figure]) -> list[ComparedSource]:
    """Who speaks in which article, how much, through which verbs? Most words first; nobody named comes last."""
    owners = _owners(figures)
    voices: dict[object, _Voice] = {}
    for column in columns:
        for source in column.report.attribution.sources:
            figure = owners.get((column.index, source.speaker or ""))
            if not figure and is_pronoun(source.name):
                continue  # nobody knows whether "he" here is "he" there
            name = key(source.name)
            voice = voices.setdefault(id(figure) if figure else name or source.name, _Voice())
            voice.figure = figure
            voice.names[source.name] += source.words or 1
            voice.types[source.source_type] += source.words or 1
            voice.heard.setdefault(column.index, []).append(source)
    rows = [
        ComparedSource(
            name=voice.figure.name if voice.figure else _most(voice.names),
            source_type=_most(voice.types),
            heard_in=len(voice.heard),
            by_article=[_hear(column, voice) for column in columns],
        )
        for voice in voices.values()
    ]
    return sorted(
        rows,
        key=lambda row: (row.name == NOBODY, -sum(entry.words for entry in row.by_article), -row.heard_in, row.name),
    )


def _owners(figures: Iterable[Figure]) -> dict[tuple[int, str], Figure]:
    return {
        (at, entity.id): figure for figure in figures for at, found in enumerate(figure.members) for entity in found
    }


def _most(votes: Counter[_Vote]) -> _Vote:
    return min(votes, key=lambda name: (-votes[name], name))


def _hear(column: Column, voice: _Voice) -> SourceInArticle:
    summaries = voice.heard.get(column.index, [])
    items = [column.report.attribution.items[at] for summary in summaries for at in summary.items]
    verbs: Counter[tuple[str, Stance]] = Counter()
    for summary in summaries:
        for verb in summary.verbs:
            verbs[verb.lemma, verb.stance] += verb.count
    mentions = voice.figure.members[column.index] if voice.figure else ()
    return SourceInArticle(
        words=sum(summary.words for summary in summaries),
        share=round(min(1.0, sum(summary.share for summary in summaries)), 4),
        cues=[
            CueUse(lemma=lemma, stance=stance, count=count)
            for (lemma, stance), count in sorted(verbs.items(), key=lambda item: (-item[1], item[0]))
        ],
        spans=sorted(
            (span for item in items for span in (item.content, *item.content_parts)), key=lambda span: span.start
        ),
        mentions=sum(len(entity.mentions) for entity in mentions),
    )
