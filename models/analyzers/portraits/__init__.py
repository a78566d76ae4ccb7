"""Portraits: what the outlet calls each person, organization and place, how it feels about them, what they do."""

from __future__ import annotations

import math
from collections import Counter

from ...document import Document, Entity, Mention
from ...report import Agency, EntityFinding, Label, MentionFinding, Polarity
from .grammar import Doing, Grammar
from .rules import settings


def analyze(document: Document) -> list[EntityFinding]:
    """How does this article portray everybody it names? In order of first mention; boilerplate counts in nothing."""
    grammar = Grammar.of(document)
    return [_portray(document, entity, grammar) for entity in document.entities]


def _portray(document: Document, entity: Entity, grammar: Grammar) -> EntityFinding:
    findings: list[MentionFinding] = []
    leanings: dict[int, list[float]] = {}  # sentence -> leans of the names in the outlet's own voice
    labels: dict[tuple[int, int], Label] = {}
    doings: Counter[Doing] = Counter()
    for mention in entity.mentions:
        finding, leaning = _mention(document, mention)
        findings.append(finding)
        first, last = grammar.bounds(mention)
        doing = grammar.doing(first, last)
        if doing:
            doings[doing] += 1
        if finding.voice != "outlet":
            continue
        if mention.form == "name":
            leanings.setdefault(document.sentence_at(mention.start), []).append(leaning)
        for start, end in grammar.labels(entity, mention, first, last):
            if document.voice_at(start) == "outlet":
                labels[start, end] = Label(
                    start=start, end=end, text=document.text[start:end], tone=grammar.tone(start, end)
                )
    resting = sum(map(len, leanings.values()))
    enough = resting >= settings()["portrayal_mentions"]
    total = len(findings)
    return EntityFinding(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        mentions=findings,
        labels=[labels[key] for key in sorted(labels)],
        portrayal=_portrayal(document, leanings) if enough else None,
        portrayal_mentions=resting,
        agency=Agency(
            acts=doings["acts"] / total,
            acted_on=doings["acted_on"] / total,
            speaks=doings["speaks"] / total,
            mentions=total,
        )
        if total
        else None,
    )


def _portrayal(document: Document, leanings: dict[int, list[float]]) -> float:
    """What the outlet's own voice does with somebody, -1..1: the mean lean of the sentences that name them.

    A sentence weighs as much as the square of its bias, since feeling shows where the language is slanted, and
    a neutral prior weighs `prior`: one harsh sentence makes no portrait. With both, about as many people lean
    beyond -0.25 as BASIL's annotators felt were treated badly (a fifth).
    """
    rules = settings()
    total, weights = 0.0, float(rules["prior"])
    for at, leans in leanings.items():
        bias = float(document.reading.bias[at])
        weight = (rules["unread_bias"] if math.isnan(bias) else bias) ** 2
        total += weight * sum(leans) / len(leans)
        weights += weight
    return round(total / weights, 4)


def _mention(document: Document, mention: Mention) -> tuple[MentionFinding, float]:
    """One mention with the reader's polarity toward it, and that polarity's lean (-1..1)."""
    start, end = mention.start, mention.end
    negative, neutral, positive = read = document.reading.polarities[start, end]
    sure = max(read)
    polarity: Polarity = 0 if neutral == sure else -1 if negative == sure else 1
    finding = MentionFinding(
        start=start,
        end=end,
        text=document.text[start:end],
        polarity=polarity,
        sure=sure,
        voice=document.voice_at(start),
    )
    return finding, positive - negative
