"""Sentences: how does each one read, and which of its words make it so?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..classifiers import roles, sentences
from ..document import Document
from ..report import Because, SentenceFinding, Term

_REASONS = 8  # words named a sentence
_DIGITS = 4
_POINTED = (
    0.45  # strength of a word to point at: blind readers held 136 of 153 sentences with one, of the others 56 of 76
)


def analyze(document: Document, terms: Sequence[Term]) -> list[SentenceFinding]:
    """Where is each sentence, is it biased, and how is its tone?

    `because` names the words with the largest shares of the logit behind `bias`, either way (a linear head on the mean
    of the reader's token vectors: each token's share is exact). All shares and the intercept add up to the logit; those
    of names that it saw only as masks are left out. `strength` and `shown`: would a careful reader mark anything of the
    outlet's own in it? Shown is only what one can point at: a sentence with one of the `terms` in the outlet's voice,
    and one that is nearly as likely loaded as not.
    """
    found = []
    loaded = [term for term in terms if term.voice == "outlet" and term.strength >= _POINTED]
    reading, tasks, marked = document.reading, roles.judge(document), sentences.judge(document)
    for at, sentence in enumerate(document.sentences):
        subjective = _round(reading.subjective[at])
        strength, shown = marked[at] or (None, False)
        found.append(
            SentenceFinding(
                start=sentence.start,
                end=sentence.end,
                part=sentence.part,
                bias=_round(reading.bias[at]),
                polarity=round(sentence.polarity, _DIGITS),
                subjectivity=round(sentence.subjectivity, _DIGITS) if subjective is None else subjective,
                opinion=_round(reading.opinion[at]),
                role=tasks[at],
                strength=strength,
                shown=shown and any(sentence.start <= term.start < sentence.end for term in loaded),
                because=_because(document, at),
            )
        )
    return found


def _round(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), _DIGITS)


def _because(document: Document, at: int) -> list[Because]:
    reading, tokens = document.reading, document.tokens
    # The reader saw that somebody is named, not who: no name is a reason.
    words = [(n, share) for n, share in reading.shares[at] if tokens[n].is_word and n not in reading.masked]
    strongest = sorted(words, key=lambda pair: (-abs(pair[1]), pair[0]))[:_REASONS]
    return [
        Because(
            start=tokens[index].start,
            end=tokens[index].end,
            text=tokens[index].text,
            weight=round(share, _DIGITS),
        )
        for index, share in strongest
    ]
