"""What an article's words, labels and sentences do with somebody: the evidence behind a portrayal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...document import Document, Entity
from ...document.parts import UNREAD
from ...report import Agency, Label, Term

_PRIOR = 1.0  # weight of a neutral prior beside sentences weighted by the square of their bias
_UNREAD_BIAS = 0.3
_PLAIN = 0.4  # a lean beyond this is plain
_HEADS = (
    "content", "cue", "loaded", "source", "blame", "hidden_agent", "metaphor", "motive", "opinion_as_fact",
    "presupposition", "rhetorical_question", "snippet_quote", "speculation", "vague_source",
)  # fmt: skip

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Whole:
    """What is the same for everybody in an article."""

    names: int  # mentions by name of anybody
    bias: float
    opinion: float
    words: Mapping[str, Sequence[Term]]  # loaded words by the entity they are about
    highest: Mapping[str, Sequence[float]]  # by head of the reader: each sentence's highest token
    vector: Doubles  # mean of the article's sentences

    @classmethod
    def of(cls, document: Document, terms: Iterable[Term]) -> Whole:
        """What the reader and the loaded words of a document come to, over all of it."""
        reading = document.reading
        words: dict[str, list[Term]] = {}
        for term in terms:
            if term.target:
                words.setdefault(term.target, []).append(term)
        names = sum(mention.form == "name" for entity in document.entities for mention in entity.mentions)
        return cls(
            names, _mean(reading.bias), _mean(reading.opinion), words, _highest(document), _average(reading.vectors)
        )


def _highest(document: Document) -> dict[str, list[float]]:
    reading = document.reading
    heads = {**reading.devices, **reading.coded}
    spans = [(s.first, s.last) for s in document.sentences]
    return {
        name: [float(heads[name][first:last].max()) if name in heads and first < last else 0.0 for first, last in spans]
        for name in _HEADS
    }


def _average(vectors: Doubles) -> Doubles:
    """The mean of the rows that are judged; zeros where none is."""
    known = vectors[~np.isnan(vectors[:, 0])] if len(vectors) else vectors
    mean: Doubles = known.mean(axis=0) if len(known) else np.zeros(vectors.shape[1])
    return mean


def vectors(document: Document, entity: Entity, whole: Whole) -> Doubles:
    """The reader's vectors of the outlet's own sentences that speak of somebody, and of the article."""
    own = document.reading.vectors[_own(document, entity)]
    return np.concatenate([_average(own), whole.vector])


def _own(document: Document, entity: Entity) -> list[int]:
    """The sentences in the outlet's voice that speak of somebody, by name, role or pronoun."""
    told = (m.start for m in entity.mentions if document.voice_at(m.start) == "outlet")
    return sorted({document.sentence_at(start) for start in told})


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
        negative, _, positive = reading.polarities.get(span, UNREAD)
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

    spoken = _own(document, entity)
    toward = [
        (document.sentence_at(m.start), _lean(reading.polarities.get((m.start, m.end), UNREAD)))
        for m in entity.mentions
        if document.voice_at(m.start) == "outlet"
    ]
    every = [
        _lean(reading.polarities.get((m.start, m.end), UNREAD))
        for m in entity.mentions
        if document.sentences[document.sentence_at(m.start)].part == "headline"
    ]
    weighed = [(float(reading.opinion[at]), lean) for at, lean in toward if not math.isnan(reading.opinion[at])]
    return {
        **{name: _mean(whole.highest[name][at] for at in spoken) for name in _HEADS},
        "lean_all": _mean(lean for _, lean in toward),
        "lean_headline": _mean(every),
        "lean_opinion": sum(o * lean for o, lean in weighed) / (1 + sum(o for o, _ in weighed)),
        "negative_share": _mean(float(lean < -_PLAIN) for _, lean in toward),
        "positive_share": _mean(float(lean > _PLAIN) for _, lean in toward),
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


def _lean(polarity: tuple[float, float, float]) -> float:
    return polarity[2] - polarity[0]
