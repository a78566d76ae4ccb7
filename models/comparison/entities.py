"""Naming and tone: what each outlet calls the people the articles share, and how it speaks of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from .. import chance
from ..comparison_report.entities import ComparedEntity, EntityInArticle, LabelUse, ToneDifference, VoiceTone
from ..report import EntityFinding, Label, MentionFinding, Span, Voice
from .columns import Column
from .naming import Figure, is_name
from .settings import SETTINGS

VOICES: Final[tuple[Voice, ...]] = ("outlet", "quoted")
_ARTICLES = ("the ", "a ", "an ", "this ", "that ")


def compare(columns: Sequence[Column], figures: Sequence[Figure]) -> list[ComparedEntity]:
    """What does each article call those whom two or more of them name, and in which tone, by whose voice?"""
    shared = [figure for figure in figures if len(figure.articles) > 1]
    shared.sort(key=lambda figure: (-len(figure.articles), -figure.weight, figure.name))
    return [_compare(columns, figure) for figure in shared]


def _compare(columns: Sequence[Column], figure: Figure) -> ComparedEntity:
    mentions = [_mentions(figure.members[column.index]) for column in columns]
    draws: dict[Voice, list[chance.Numbers | None]] = {
        voice: [_draw(column, own, voice) for column, own in zip(columns, mentions, strict=True)] for voice in VOICES
    }
    return ComparedEntity(
        name=figure.name,
        kind=figure.kind,
        articles=len(figure.articles),
        by_article=[
            _treat(column, figure.members[at], mentions[at], {voice: draws[voice][at] for voice in VOICES})
            for at, column in enumerate(columns)
        ],
        tone_differences=[difference for voice in VOICES for difference in _differences(mentions, draws[voice], voice)],
    )


def _mentions(members: Sequence[EntityFinding]) -> list[MentionFinding]:
    return sorted((m for member in members for m in member.mentions), key=lambda m: (m.start, m.end))


def _treat(
    column: Column,
    members: Sequence[EntityFinding],
    mentions: Sequence[MentionFinding],
    draws: dict[Voice, chance.Numbers | None],
) -> EntityInArticle:
    names = Counter(mention.text for mention in mentions if is_name(mention.text))
    portrayed = [(member.shown_portrayal, member.portrayal_mentions) for member in members]
    told = [(figure, mentions) for figure, mentions in portrayed if figure is not None]
    weight = sum(mentions for _, mentions in told)
    portrayal = sum(figure * mentions for figure, mentions in told) / weight if weight else None
    return EntityInArticle(
        mentions=len(mentions),
        names=sorted(names, key=lambda name: (-names[name], name)),
        spans=[column.span(mention.start, mention.end) for mention in mentions],
        labels=_labels([label for member in members for label in member.labels if label.shown]),
        portrayal=None if portrayal is None else round(portrayal, 4),
        outlet=_tone(mentions, "outlet", draws["outlet"]),
        quoted=_tone(mentions, "quoted", draws["quoted"]),
    )


def _labels(labels: Sequence[Label]) -> list[LabelUse]:
    groups: dict[str, list[Label]] = {}
    for label in sorted(labels, key=lambda label: label.start):
        groups.setdefault(_bare(label.text), []).append(label)
    uses = [
        LabelUse(
            text=Counter(label.text for label in group).most_common(1)[0][0],
            tone=Counter(label.tone for label in group).most_common(1)[0][0],
            count=len(group),
            spans=[Span(start=label.start, end=label.end, text=label.text) for label in group],
        )
        for group in groups.values()
    ]
    return sorted(uses, key=lambda use: (-use.count, use.spans[0].start))


def _bare(label: str) -> str:
    plain = label.casefold()
    return next((plain[len(article) :] for article in _ARTICLES if plain.startswith(article)), plain)


def _polarities(mentions: Sequence[MentionFinding], voice: Voice) -> list[int]:
    return [mention.polarity for mention in mentions if mention.voice == voice]


def _draw(column: Column, mentions: Sequence[MentionFinding], voice: Voice) -> chance.Numbers | None:
    """Means as resampling over mentions gives them; None below the mentions needed."""
    polarities = _polarities(mentions, voice)
    if len(polarities) < SETTINGS["naming"]["least_mentions"]:
        return None
    return chance.means(polarities, chance.generator(column.text, mentions[0].start, VOICES.index(voice)))


def _tone(mentions: Sequence[MentionFinding], voice: Voice, draws: chance.Numbers | None) -> VoiceTone:
    polarities = _polarities(mentions, voice)
    if draws is None:
        return VoiceTone(polarity=None, mentions=len(polarities))
    low, high = chance.interval(draws, 4)
    return VoiceTone(polarity=round(_mean(polarities), 4), mentions=len(polarities), low=low, high=high)


def _differences(
    mentions: Sequence[Sequence[MentionFinding]], draws: Sequence[chance.Numbers | None], voice: Voice
) -> Iterator[ToneDifference]:
    for a, b in combinations(range(len(mentions)), 2):
        one, other = draws[a], draws[b]
        if one is None or other is None:
            continue
        low, high = chance.interval(one - other)
        apart = _mean(_polarities(mentions[a], voice)) - _mean(_polarities(mentions[b], voice))
        yield ToneDifference(
            a=a, b=b, voice=voice, difference=round(apart, 2), low=low, high=high, distinguishable=not low <= 0 <= high
        )


def _mean(polarities: Sequence[int]) -> float:
    return sum(polarities) / len(polarities)
