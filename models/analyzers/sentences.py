"""Sentences: how does each one read, and which of its words make it so?"""

from __future__ import annotations

import math

from models.document import Document
from models.report import Because, SentenceFinding

_REASONS = 8  # words named a sentence
_DIGITS = 4


def analyze(document: Document) -> list[SentenceFinding]:
    """Where is each sentence, is it biased, and how is its tone?

    `because` names the words with the largest shares of the logit behind `bias`, either way (a linear head on the mean
    of the reader's token vectors: each token's share is exact). All shares and the intercept add up to the logit.
    """
    found = []
    for at, sentence in enumerate(document.sentences):
        found.append(
            SentenceFinding(
                start=sentence.start,
                end=sentence.end,
                part=sentence.part,
                bias=_bias(document, at),
                polarity=round(sentence.polarity, _DIGITS),
                subjectivity=round(sentence.subjectivity, _DIGITS),
                because=_because(document, at),
            )
        )
    return found


def _bias(document: Document, at: int) -> float | None:
    if document.reading is None or math.isnan(document.reading.bias[at]):
        return None
    return round(float(document.reading.bias[at]), _DIGITS)


def _because(document: Document, at: int) -> list[Because]:
    if document.reading is None:
        return []
    words = [(index, share) for index, share in document.reading.shares[at] if document.tokens[index].is_word]
    strongest = sorted(words, key=lambda pair: (-abs(pair[1]), pair[0]))[:_REASONS]
    return [
        Because(
            start=document.tokens[index].start,
            end=document.tokens[index].end,
            text=document.tokens[index].text,
            weight=round(share, _DIGITS),
        )
        for index, share in strongest
    ]
