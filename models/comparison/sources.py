"""Who is heard: the sources of each article, their words and verbs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ..analyzers.attribution.items import NOBODY
from ..comparison_report.sources import ComparedSource, CueUse, SourceInArticle
from ..report import AttributionItem, SourceType
from .columns import Column
from .naming import Figure, Owners, is_name, is_pronoun, key
from .quotes import Group

_Vote = TypeVar("_Vote", bound=str)
_DATELINE = re.compile(r"[A-Z][A-Z .,'’]+(?:\([A-Za-z /]+\))? ?(?:—|–|-{1,2}) ?")
_PREPOSITIONS = frozenset(("about", "against", "at", "by", "for", "from", "in", "near", "of", "on", "to", "with"))


@dataclass(slots=True)
class _Voice:
    names: Counter[str] = field(default_factory=Counter)
    types: Counter[SourceType] = field(default_factory=Counter)
    figure: Figure | None = None
    heard: dict[int, list[AttributionItem]] = field(default_factory=dict)


def compare(
    columns: Sequence[Column], figures: Sequence[Figure], owners: Owners, same_words: Sequence[Group]
) -> list[ComparedSource]:
    """Who speaks in which article, how much, through which verbs? Most words first; nobody named comes last.

    `same_words` are quotations that several articles carry: where one says who speaks, the others' "he" or "the
    nominee" is known too.
    """
    speakers = _speakers(same_words)
    voices: dict[object, _Voice] = {}
    for column in columns:
        items = column.report.attribution.items
        for source in column.report.attribution.sources:
            figure = owners.get((column.index, source.speaker or ""))
            for item in (items[at] for at in source.items if is_certain(items[at], column)):
                who = _behind_dateline(column, item, figure, figures) or speakers.get(id(item))
                who = who or _named_in(column, item, figures)
                if not who and is_pronoun(source.name):
                    continue  # nobody knows whether "he" here is "he" there
                name = _tidy(source.name)
                voice = voices.setdefault(id(who) if who else key(name) or name, _Voice())
                voice.figure = who
                voice.names[name] += 1
                voice.types["named" if who and not source.speaker else source.source_type] += 1
                voice.heard.setdefault(column.index, []).append(item)
    rows = [
        ComparedSource(
            name=voice.figure.name if voice.figure else _most(voice.names),
            kind=voice.figure.kind if voice.figure else None,
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


def _speakers(same_words: Sequence[Group]) -> dict[int, Figure]:
    """Who says the items that leave it open, as the other articles with the same words have it."""
    known: dict[int, Figure] = {}
    for group in same_words:
        named = {id(quote.speaker): quote.speaker for quote in group.values() if quote.speaker}
        if len(named) == 1:
            known |= {id(quote.item): who for quote in group.values() if not quote.speaker for who in named.values()}
    return known


def is_certain(item: AttributionItem, column: Column) -> bool:
    """Is this surely speech: a quotation, or introduced by a verb that the lexicon of cues knows?

    A verb that nobody listed ("the plan would impose …") makes too many sources that are none; a headline only says
    again what the text says.
    """
    if not item.shown or item.content.start < column.report.article.title_end:
        return False
    return item.kind != "indirect" or (item.cue is not None and item.cue.stance != "unclassified")


def _behind_dateline(
    column: Column, item: AttributionItem, figure: Figure | None, figures: Sequence[Figure]
) -> Figure | None:
    """The speaker; in "LIMA — Ann Moss said" the first person after the dash and not the place before it."""
    if figure is None or figure.kind != "place" or not item.source:
        return figure
    dash = _DATELINE.match(item.source.text)
    if not dash:
        return figure
    after = item.source.start + dash.end()
    named = [
        (mention.start, other)
        for other in figures
        if other.kind == "person"
        for entity in other.members[column.index]
        for mention in entity.mentions
        if after <= mention.start < item.source.end
    ]
    return min(named, key=lambda one: one[0])[1] if named else None


def _named_in(column: Column, item: AttributionItem, figures: Sequence[Figure]) -> Figure | None:
    """The one person whom a source names in apposition: "the mayor's spokesman, Otto Lund,", "and Judge Holm"."""
    span = item.source
    if span is None:
        return None
    found = [
        figure
        for figure in figures
        if figure.kind == "person"
        and any(
            span.start <= mention.start and mention.end <= span.end and is_name(mention.text)
            and _stands_free(column.text[span.start : mention.start], column.text[mention.end : mention.end + 2])
            for entity in figure.members[column.index]
            for mention in entity.mentions
        )
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _names(item: AttributionItem, figure: Figure) -> bool:
    """Is the source called by the figure's name, or its last word?"""
    name = key(figure.name, figure.kind)
    return bool(item.source and name and name[-1] in key(item.source.text, "other"))


def _stands_free(before: str, after: str) -> bool:
    """Is a name the head of its phrase, and not "of Lund", "Lund's"?"""
    phrase = re.split(r",|\band\b", before)[-1]
    return after not in ("’s", "'s") and not any(word in _PREPOSITIONS for word in phrase.casefold().split())


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" ,;:—–-")


def _most(votes: Counter[_Vote]) -> _Vote:
    return min(votes, key=lambda name: (-votes[name], name))


def _hear(column: Column, voice: _Voice) -> SourceInArticle:
    items = voice.heard.get(column.index, [])
    verbs = Counter((item.cue.lemma, item.cue.stance) for item in items if item.cue)
    spans = sorted((span for item in items for span in (item.content, *item.content_parts)), key=lambda s: s.start)
    given = {word.start: word.quoted for span in spans for word in column.words_in(span.start, span.end)}
    mentions = voice.figure.members[column.index] if voice.figure else ()
    return SourceInArticle(
        words=len(given),
        quoted=sum(given.values()),
        by_name=[item.content for item in items if voice.figure and _names(item, voice.figure)],
        share=round(len(given) / len(column.words), 4) if column.words else 0.0,
        cues=[
            CueUse(lemma=lemma, stance=stance, count=count)
            for (lemma, stance), count in sorted(verbs.items(), key=lambda item: (-item[1], item[0]))
        ],
        spans=spans,
        mentions=sum(len(entity.mentions) for entity in mentions),
    )
