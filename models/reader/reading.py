"""From the encoder's judgements by word piece to a `Reading` by the document's own tokens and sentences."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from ..document import Document, Reading
from . import masks
from .encoder import Encoder, Floats, Pieces, get_encoder

Doubles = NDArray[np.float64]
Probabilities = NDArray[np.float32]
Polarity = tuple[float, float, float]  # negative, neutral, positive

_DIGITS = 4  # of every probability given out
_SHARE_DIGITS = 6  # finer, so that shares add up
_ROWS = 256  # targets weighed at once: a bound on memory
_UNREAD: Polarity = (1 / 3, 1 / 3, 1 / 3)  # of a target without any word piece


def read(document: Document, encoder: Encoder | None = None) -> Document:
    """The document with what the reader thinks of each token, sentence, mention and target.

    Boilerplate is not read: its tokens have probability 0, its sentences a bias of NaN; only a target that a
    caller asks about is looked at wherever it stands.
    """
    encoder = encoder or get_encoder()
    names = masks.find_names(document)
    pieces = read_pieces(document, encoder, names)
    logits = judge_tokens(document, pieces)
    probabilities = _sigmoid(logits)
    probabilities[np.isnan(logits)] = 0
    bias, shares = judge_sentences(document, pieces, encoder.intercept)
    reading = Reading(
        **{head: np.ascontiguousarray(probabilities[:, i]) for i, head in enumerate(encoder.heads)},
        bias=_sigmoid(bias),
        shares=shares,
        intercept=encoder.intercept,
        polarities=judge_targets(document, pieces, encoder),
        masked=frozenset(at for name in names for at in document.tokens_in(name.start, name.end)),
    )
    return document.with_reading(reading)


def find_passages(document: Document) -> Iterator[tuple[int, int]]:
    """Paragraphs that hold something to read: context across sentences, none across paragraphs."""
    for paragraph in document.paragraphs:
        sentences = document.sentences[paragraph.first : paragraph.last]
        told = any(sentence.part != "boilerplate" for sentence in sentences)
        if told or any(start < paragraph.end and paragraph.start < end for start, end in document.targets):
            yield paragraph.start, paragraph.end


def read_pieces(document: Document, encoder: Encoder, names: Sequence[masks.Name] | None = None) -> Pieces:
    """Every word piece of the document with the network's judgements, in text order; of names it sees the masks."""
    names = masks.find_names(document) if names is None else names
    begin = [name.start for name in names]
    passages = []
    read: dict[str, tuple[NDArray[np.int64], NDArray[np.int64], Floats]] = {}  # lines that stand there again and again
    for start, end in find_passages(document):
        inside = names[bisect_left(begin, start) : bisect_left(begin, end)]
        masked = masks.put_on(document.text[start:end], inside, start)
        if masked.text not in read:
            read[masked.text] = encoder.read(masked.text)
        starts, ends, judged = read[masked.text]
        passages.append((start, *masked.find_back(starts, ends), judged))
    if not passages:
        return encoder.split(*encoder.read(""))
    return encoder.split(
        np.concatenate([starts + at for at, starts, _, _ in passages]),
        np.concatenate([ends + at for at, _, ends, _ in passages]),
        np.concatenate([judged for _, _, _, judged in passages]),
    )


def judge_tokens(document: Document, pieces: Pieces) -> Doubles:
    """Logits, tokens × heads: the mean over a token's word pieces; NaN where there are none, and in boilerplate."""
    starts = np.array([token.start for token in document.tokens], np.int64)
    ends = np.array([token.end for token in document.tokens], np.int64)
    first = np.searchsorted(pieces.ends, starts, "right")
    last = np.searchsorted(pieces.starts, ends, "left")
    count = np.maximum(last - first, 0)
    sums = np.zeros((len(pieces.starts) + 1, pieces.tokens.shape[1]))
    np.cumsum(pieces.tokens, axis=0, dtype=np.float64, out=sums[1:])
    logits: Doubles = (sums[first + count] - sums[first]) / np.maximum(count, 1)[:, None]
    logits[count == 0] = np.nan
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            logits[sentence.first : sentence.last] = np.nan
    return logits


def judge_sentences(
    document: Document, pieces: Pieces, intercept: float
) -> tuple[Doubles, list[list[tuple[int, float]]]]:
    """Bias logits by sentence, and each token's share of them: its pieces' (weight · vector) / pieces of the sentence.

    Shares and the intercept add up to the logit. NaN, and no shares, where a sentence is not judged.
    """
    logits = np.full(len(document.sentences), np.nan)
    shares: list[list[tuple[int, float]]] = [[] for _ in document.sentences]
    token_starts = np.array([token.start for token in document.tokens], np.int64)
    for i, sentence in enumerate(document.sentences):
        first, last = np.searchsorted(pieces.starts, (sentence.start, sentence.end), "left")
        if sentence.part == "boilerplate" or first == last or sentence.first == sentence.last:
            continue
        parts = pieces.share[first:last].astype(np.float64) / (last - first)
        owners = np.searchsorted(token_starts, pieces.starts[first:last], "right") - 1
        owners = np.clip(owners, sentence.first, sentence.last - 1) - sentence.first
        by_token = np.bincount(owners, parts)
        logits[i] = intercept + parts.sum()
        shares[i] = [(sentence.first + int(at), round(float(by_token[at]), _SHARE_DIGITS)) for at in np.unique(owners)]
    return logits, shares


def judge_targets(document: Document, pieces: Pieces, encoder: Encoder) -> dict[tuple[int, int], Polarity]:
    """Polarity toward every mention of an entity and every target asked for, in the sentence where it stands."""
    spans = {(mention.start, mention.end) for entity in document.entities for mention in entity.mentions}
    judged: dict[tuple[int, int], Polarity] = {}
    hidden: dict[tuple[int, int], Doubles] = {}
    contexts: dict[tuple[int, int], Doubles | None] = {}  # a sentence may hold thousands of names
    for start, end in sorted(spans | set(document.targets)):
        sentence = document.sentences[document.sentence_at(start)]
        target = _mean_rows(pieces, pieces.target, start, end)
        around = min(sentence.start, start), max(sentence.end, end)
        if around not in contexts:
            contexts[around] = _mean_rows(pieces, pieces.context, *around)
        context = contexts[around]
        judged[start, end] = _UNREAD
        if target is not None and context is not None:
            hidden[start, end] = target + context
    if hidden:
        judged |= zip(hidden, _weigh(np.stack(list(hidden.values())), encoder), strict=True)
    return judged


def _mean_rows(pieces: Pieces, rows: Floats, start: int, end: int) -> Doubles | None:
    first = int(np.searchsorted(pieces.ends, start, "right"))
    last = int(np.searchsorted(pieces.starts, end, "left"))
    return rows[first:last].mean(axis=0, dtype=np.float64) if first < last else None


def _weigh(hidden: Doubles, encoder: Encoder) -> Iterator[Polarity]:
    """The polarity head's last layer, a row a target: GELU, a product, softmax; no row depends on those beside it."""
    for at in range(0, len(hidden), _ROWS):
        rows = hidden[at : at + _ROWS]
        active = rows * 0.5 * (1 + erf(rows / math.sqrt(2)))
        logits = (active[:, :, None] * encoder.polarity_weight).sum(axis=1) + encoder.polarity_bias
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        for row in np.round(powers / powers.sum(axis=1, keepdims=True), _DIGITS).tolist():
            yield row[0], row[1], row[2]


def _sigmoid(logits: Doubles) -> Probabilities:
    return np.round(1 / (1 + np.exp(-np.clip(logits, -30, 30))), _DIGITS).astype(np.float32)
