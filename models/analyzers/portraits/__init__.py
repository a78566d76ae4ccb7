"""Portraits: what the outlet calls each person, organization and place, how it shows them, what they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ...classifiers import portrayal
from ...document import Document, Entity, Mention
from ...document.parts import UNREAD
from ...report import Agency, EntityFinding, Interval, Label, MentionFinding, Polarity, Term
from . import evidence
from .grammar import Doing, Grammar
from .rules import settings

# A place is shown in no light by what happens there: blind readers took 7 of 9 such figures for wrong.
_TOLD = ("person", "organization")


def analyze(document: Document, terms: Iterable[Term] = ()) -> list[EntityFinding]:
    """How does this article portray everybody it names? In order of first mention; boilerplate counts in nothing."""
    grammar = Grammar.of(document)
    whole = evidence.Whole.of(document, terms)
    return [_portray(document, entity, grammar, whole) for entity in document.entities]


def describe(document: Document, entity: Entity, terms: Sequence[Term]) -> dict[str, float]:
    """The evidence that a portrayal of this entity would rest on, by the names of the classifier's features."""
    return _look(document, entity, Grammar.of(document), evidence.Whole.of(document, terms))[1]


def average(document: Document, entity: Entity) -> evidence.Doubles:
    """The reader's vectors that a portrayal of this entity would rest on (`classifiers.portrayal.judge`)."""
    return evidence.vectors(document, entity, evidence.Whole.of(document, ()))


def _portray(document: Document, entity: Entity, grammar: Grammar, whole: evidence.Whole) -> EntityFinding:
    finding, gathered = _look(document, entity, grammar, whole)
    if not finding.portrayal_mentions:
        return finding
    found = portrayal.judge(gathered, evidence.vectors(document, entity, whole))
    return finding.model_copy(
        update={
            "portrayal": found.value,
            "portrayal_interval": Interval(low=found.low, high=found.high),
            "portrayal_strength": found.strength,
            "portrayal_shown": found.shown
            and entity.kind in _TOLD
            and finding.portrayal_mentions >= settings()["portrayal_mentions"],
        }
    )


def _look(
    document: Document, entity: Entity, grammar: Grammar, whole: evidence.Whole
) -> tuple[EntityFinding, dict[str, float]]:
    findings: list[MentionFinding] = []
    resting = 0
    labels: dict[tuple[int, int], Label] = {}
    doings: Counter[Doing] = Counter()
    for mention in entity.mentions:
        finding = _mention(document, mention)
        findings.append(finding)
        first, last = grammar.bounds(mention)
        doing = grammar.doing(first, last)
        if doing:
            doings[doing] += 1
        if finding.voice != "outlet":
            continue
        resting += mention.form == "name"
        for start, end in grammar.labels(entity, mention, first, last):
            if document.voice_at(start) == "outlet":
                labels[start, end] = Label(
                    start=start,
                    end=end,
                    text=document.text[start:end],
                    tone=grammar.tone(start, end),
                    shown=entity.kind in _TOLD,
                )
    total = len(findings)
    called = [labels[key] for key in sorted(labels)]
    agency = (
        Agency(
            acts=doings["acts"] / total,
            acted_on=doings["acted_on"] / total,
            speaks=doings["speaks"] / total,
            feels=doings["feels"] / total,
            mentions=total,
        )
        if total
        else None
    )
    found = EntityFinding(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        mentions=findings,
        labels=called,
        portrayal=None,
        portrayal_mentions=resting,
        portrayal_shown=False,
        agency=agency,
    )
    return found, evidence.gather(document, entity, called, agency, whole)


def _mention(document: Document, mention: Mention) -> MentionFinding:
    """One mention with the reader's polarity toward it."""
    start, end = mention.start, mention.end
    _, neutral, positive = read = document.reading.polarities.get((start, end), UNREAD)
    sure = max(read)
    polarity: Polarity = 0 if neutral == sure else 1 if positive == sure else -1
    return MentionFinding(
        start=start,
        end=end,
        text=document.text[start:end],
        polarity=polarity,
        sure=sure,
        voice=document.voice_at(start),
    )
