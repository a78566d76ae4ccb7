"""What an article's words, labels and sentences do with somebody: the evidence behind a portrayal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...document import Document, Entity
from ...report import Agency, Label, Term

_PRIOR = 1.0  # weight of a neutral prior beside sentences weighted by the square of their bias
_UNREAD_BIAS = 0.3


@dataclass(frozen=True, slots=True)
class Whole:
    """What is the same for everybody in an article."""

    names: int  # mentions by name of anybody
    bias: float
    opinion: float
    words: Mapping[str, Sequence[Term]]  # loaded words by the entity they are about

    @classmethod
    def of(cls, document: Document, terms: Iterable[Term]) -> Whole:
        reading = document.reading
        words: dict[str, list[Term]] = {}
        for term in terms:
            if term.target:
                words.setdefault(term.target, []).append(term)
        names = sum(mention.form == "name" for entity in document.entities for mention in entity.mentions)
        return cls(names, _mean(reading.bias), _mean(reading.opinion), words)


def _mean(values: Iterable[float]) -> float:
    known = [float(one) for one in values if not math.isnan(one)]
    return sum(known) / len(known) if known else 0.0


def gather(
    document: Document, entity: Entity, labels: Sequence[Label], agency: Agency | None, whole: Whole
) -> dict[str, float]:
    """Evidence by the names of `classifiers.portrayal.FEATURES`; every figure is 0 where there is none."""
    reading = document.reading
    own: dict[int, list[float]] = {}
    quoted: list[float] = []
    feelings: dict[int, list[float]] = {}
    named = [mention for mention in entity.mentions if mention.form == "name"]
    for mention in named:
        at = document.sentence_at(mention.start)
        span = (mention.start, mention.end)
        negative, _, positive = reading.polarities[span]
        if document.voice_at(mention.start) == "outlet":
            own.setdefault(at, []).append(positive - negative)
        else:
            quoted.append(positive - negative)
        if span in reading.feelings:
            negative, _, positive = reading.feelings[span]
            feelings.setdefault(document.sentences[at].paragraph, []).append(positive - negative)
    leans = [sum(values) / len(values) for values in own.values()]
    felt = [sum(feelings[at]) / len(feelings[at]) for at in sorted(feelings)]
    words = whole.words.get(entity.id, ())
    mentions = max(1, len(entity.mentions))
    sentences = {document.sentence_at(mention.start) for mention in named}

    def share(of: Iterable[bool]) -> float:
        return sum(of) / mentions

    return {
        "lean": _mean(leans),
        "lean_least": min(leans, default=0.0),
        "lean_most": max(leans, default=0.0),
        "lean_biased": _weigh(document, own),
        "lean_quoted": _mean(quoted),
        "feeling": _mean(felt),
        "feeling_least": min(felt, default=0.0),
        "feeling_most": max(felt, default=0.0),
        "feeling_first": felt[0] if felt else 0.0,
        "feeling_last": felt[-1] if felt else 0.0,
        "labels_negative": share(label.tone == "negative" for label in labels),
        "labels_positive": share(label.tone == "positive" for label in labels),
        "words_negative": share(w.tone == "negative" and w.voice == "outlet" for w in words),
        "words_positive": share(w.tone == "positive" and w.voice == "outlet" for w in words),
        "words_negative_quoted": share(w.tone == "negative" and w.voice == "quoted" for w in words),
        "words_positive_quoted": share(w.tone == "positive" and w.voice == "quoted" for w in words),
        "speaks": agency.speaks if agency else 0.0,
        "acts": agency.acts if agency else 0.0,
        "acted_on": agency.acted_on if agency else 0.0,
        "mentions": math.log(mentions),
        "share": len(named) / max(1, whole.names),
        "headline": float(any(document.sentences[at].part == "headline" for at in sentences)),
        "tone": _mean(document.sentences[at].polarity for at in sentences),
        "bias": whole.bias,
        "opinion": whole.opinion,
        "person": float(entity.kind == "person"),
        "organization": float(entity.kind == "organization"),
    }


def _weigh(document: Document, own: Mapping[int, Sequence[float]]) -> float:
    total, weights = 0.0, _PRIOR
    for at, leans in own.items():
        bias = float(document.reading.bias[at])
        weight = (_UNREAD_BIAS if math.isnan(bias) else bias) ** 2
        total += weight * sum(leans) / len(leans)
        weights += weight
    return total / weights
