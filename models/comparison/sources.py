"""Who is heard: the sources of each article, their words and verbs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from models.analyzers.attribution.items import NOBODY
from models.comparison.columns import Column
from models.comparison.naming import Figure, is_name, is_pronoun, key
from models.comparison_report import ComparedSource, CueUse, SourceInArticle
from models.report import AttributionItem, SourceType

_Vote = TypeVar("_Vote", bound=str)
_PREPOSITIONS = frozenset(("about", "against", "at", "by", "for", "from", "in", "near", "of", "on", "to", "with"))


@dataclass(slots=True)
class _Voice:
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[SourceType] = field(default_factory=Counter)
    figure: Figure | None = None
    heard: dict[int, list[AttributionItem]] = field(default_factory=dict)


def compare(columns: Sequence[Column], figures: Sequence[Figure]) -> list[ComparedSource]:
    """Who speaks in which article, how much, through which verbs? Most words first; nobody named comes last."""
    owners = _owners(figures)
    voices: dict[object, _Voice] = {}
    for column in columns:
        items = column.report.attribution.items
        for source in column.report.attribution.sources:
            certain = [items[at] for at in source.items if is_certain(items[at])]
            figure = owners.get((column.index, source.speaker or "")) or _named_in(column, certain, figures)
            if not certain or (not figure and is_pronoun(source.name)):
                continue  # nobody knows whether "he" here is "he" there
            name = _tidy(source.name)
            voice = voices.setdefault(id(figure) if figure else key(name) or name, _Voice())
            voice.figure = figure
            voice.names[name] += source.words or 1
            voice.types["named" if figure and not source.speaker else source.source_type] += source.words or 1
            voice.heard.setdefault(column.index, []).extend(certain)
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


def is_certain(item: AttributionItem) -> bool:
    """Is this surely speech: a quotation, or introduced by a verb that the lexicon of cues knows?

    A verb that nobody listed ("the plan would impose …") makes too many sources that are none.
    """
    return item.kind != "indirect" or (item.cue is not None and item.cue.stance != "unclassified")


def _named_in(column: Column, items: Sequence[AttributionItem], figures: Sequence[Figure]) -> Figure | None:
    """The one person whom a source names in apposition: "the mayor's spokesman, Otto Lund,", "and Judge Holm"."""
    found = []
    for span in (item.source for item in items if item.source):
        for figure in figures:
            if figure.kind == "person" and any(
                span.start <= mention.start and mention.end <= span.end and is_name(mention.text)
                and _stands_free(column.text[span.start : mention.start], column.text[mention.end : mention.end + 2])
                for entity in figure.members[column.index]
                for mention in entity.mentions
            ):  # fmt: skip
                found.append(figure)
        if found:
            break
    return found[0] if len(found) == 1 else None


def _stands_free(before: str, after: str) -> bool:
    """Is a name the head of its phrase, and not "of Lund", "Lund's"?"""
    phrase = re.split(r",|\band\b", before)[-1]
    return after not in ("’s", "'s") and not any(word in _PREPOSITIONS for word in phrase.casefold().split())


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" ,;:—–-")


def _owners(figures: Iterable[Figure]) -> dict[tuple[int, str], Figure]:
    return {
        (at, entity.id): figure for figure in figures for at, found in enumerate(figure.members) for entity in found
    }


def _most(votes: Counter[_Vote]) -> _Vote:
    return min(votes, key=lambda name: (-votes[name], name))


def _hear(column: Column, voice: _Voice) -> SourceInArticle:
    items = voice.heard.get(column.index, [])
    verbs = Counter((item.cue.lemma, item.cue.stance) for item in items if item.cue)
    spans = sorted((span for item in items for span in (item.content, *item.content_parts)), key=lambda s: s.start)
    given = {word.start for span in spans for word in column.words_in(span.start, span.end)}
    mentions = voice.figure.members[column.index] if voice.figure else ()
    return SourceInArticle(
        words=len(given),
        share=round(len(given) / len(column.words), 4) if column.words else 0.0,
        cues=[
            CueUse(lemma=lemma, stance=stance, count=count)
            for (lemma, stance), count in sorted(verbs.items(), key=lambda item: (-item[1], item[0]))
        ],
        spans=spans,
        mentions=sum(len(entity.mentions) for entity in mentions),
    )
