"""Naming and tone: what each outlet calls the people the articles share, and how it speaks of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from models.comparison.columns import Column
from models.comparison.naming import Figure, is_name
from models.comparison.settings import SETTINGS
from models.comparison_report import ComparedEntity, EntityInArticle, LabelUse, VoiceTone
from models.report import EntityFinding, Label, MentionFinding, Span, Voice

_ARTICLES = ("the ", "a ", "an ", "this ", "that ")


def compare(columns: Sequence[Column], figures: Sequence[Figure]) -> list[ComparedEntity]:
    """What does each article call those whom two or more of them name, and in which tone, by whose voice?"""
    shared = [figure for figure in figures if len(figure.articles) > 1]
    shared.sort(key=lambda figure: (-len(figure.articles), -figure.weight, figure.name))
    return [
        ComparedEntity(
            name=figure.name,
            kind=figure.kind,
            articles=len(figure.articles),
            by_article=[_treat(column, figure.members[column.index]) for column in columns],
        )
        for figure in shared
    ]


def _treat(column: Column, members: Sequence[EntityFinding]) -> EntityInArticle:
    mentions = sorted((m for member in members for m in member.mentions), key=lambda m: (m.start, m.end))
    names = Counter(mention.text for mention in mentions if is_name(mention.text))
    portrayed = [member for member in members if member.portrayal is not None]
    weight = sum(member.portrayal_mentions for member in portrayed)
    portrayal = (
        sum((member.portrayal or 0.0) * member.portrayal_mentions for member in portrayed) / weight if weight else None
    )
    return EntityInArticle(
        mentions=len(mentions),
        names=sorted(names, key=lambda name: (-names[name], name)),
        spans=[column.span(mention.start, mention.end) for mention in mentions],
        labels=_labels([label for member in members for label in member.labels]),
        portrayal=None if portrayal is None else round(portrayal, 4),
        outlet=_tone(mentions, "outlet"),
        quoted=_tone(mentions, "quoted"),
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


def _tone(mentions: Sequence[MentionFinding], voice: Voice) -> VoiceTone:
    polarities = [mention.polarity for mention in mentions if mention.voice == voice]
    enough = len(polarities) >= SETTINGS["naming"]["least_mentions"]
    mean = round(sum(polarities) / len(polarities), 4) if enough else None
    return VoiceTone(polarity=mean, mentions=len(polarities))
