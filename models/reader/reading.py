"""From the encoder's judgements by word piece to a `Reading` by the document's own tokens and sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..document import Document, Reading, Syntax, Token
from ..document.neighbours import find_pairs
from . import masks
from .encoder import Encoder, Perceptron, Pieces, get_encoder
from .grammar import RELATIONS, ROOT, UPOS, XPOS, Floats
from .parsing import find_first_pieces

_OWN = ("loaded", "source", "cue", "content", "person", "organization", "place")
# Tags of the English Web Treebank that the Penn Treebank has not.
_PENN = {"HYPH": ":", "NFP": "SYM", "ADD": "NN", "GW": "NN", "AFX": "JJ", "-LRB-": "(", "-RRB-": ")"}
_WHOSE = "WP$"  # is one word alone, which needs no judgement
_TAGGED = 0.7  # how sure the reader must be of a part of speech
_OPINION = 1  # of the head's classes: fact, opinion, quotation, other

Doubles = NDArray[np.float64]
Probabilities = NDArray[np.float32]
Polarity = tuple[float, float, float]  # negative, neutral, positive

_LONGEST = 400  # tokens of a sentence that has a tree: what is longer is none, and its tree costs the square
_DIGITS = 4  # of every probability given out
_SHARE_DIGITS = 6  # finer, so that shares add up
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
    tokens = {head: np.ascontiguousarray(probabilities[:, i]) for i, head in enumerate(encoder.heads)}
    bias, shares = judge_sentences(document, pieces, encoder.intercept)
    answers = answer(document, pieces, encoder)
    reading = Reading(
        **{head: values for head, values in tokens.items() if head in _OWN},
        coded=_pick(tokens, "coded_"),
        devices=_pick(tokens, "device_"),
        bias=_sigmoid(bias),
        shares=shares,
        intercept=encoder.intercept,
        opinion=softmax(answers["opinion"])[:, _OPINION],
        subjective=_sigmoid(answers["subjective"])[:, 0].astype(np.float64),
        answers=answers,
        vectors=average(document, pieces, pieces.vectors),
        syntax=hang(document, pieces, encoder, names),
        polarities=judge_targets(document, pieces, encoder),
        feelings=judge_feelings(document, pieces, encoder),
        pairs=judge_pairs(document, pieces, encoder),
        contexts=_Contexts(pieces),
        masked=frozenset(at for name in names for at in document.tokens_in(name.start, name.end)),
    )
    return document.with_reading(reading, tag(document, pieces))


def tag(document: Document, pieces: Pieces) -> tuple[Token, ...]:
    """The tokens with the parts of speech that the reader sees: each word's, of a hyphenated one its last part's.

    Signs, words of which it sees nothing or only a mask, and those of which it is not sure keep theirs.
    """
    words = [(token.start + token.text.rfind("-", 0, -1) + 1, token.end) for token in document.tokens]
    firsts = find_first_pieces(words, pieces.starts, pieces.ends)
    if not len(pieces.starts):
        return document.tokens
    shares = softmax(pieces.xpos[firsts].astype(np.float64))
    found = shares.argmax(axis=1)
    seen = (firsts >= 0) & (pieces.starts[firsts] >= [start for start, _ in words]) & (shares.max(axis=1) >= _TAGGED)
    return tuple(
        replace(token, tag=_name_tag(token, XPOS[best])) if sees and token.is_tagged and token.tag != _WHOSE else token
        for token, best, sees in zip(document.tokens, found, seen, strict=True)
    )


def hang(document: Document, pieces: Pieces, encoder: Encoder, names: Sequence[masks.Name]) -> Syntax:
    """The trees of all sentences that were read, endless ones aside; a name under its mask is one word with a tail."""
    tokens = document.tokens
    count = len(tokens)
    inner = {at: held[0] for name in names if (held := document.tokens_in(name.start, name.end)) for at in held[1:]}
    words = [(token.start + token.text.rfind("-", 0, -1) + 1, token.end) for token in tokens]
    firsts = find_first_pieces(words, pieces.starts, pieces.ends)
    told = (s for s in document.sentences if s.part != "boilerplate" and s.last - s.first <= _LONGEST)
    read = list(told) if len(pieces.starts) else []
    rows = [[at for at in range(s.first, s.last) if at not in inner] for s in read]
    kept = np.array([at for row in rows for at in row], np.int64)
    ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
    heads, relations, upos = [ROOT] * count, [""] * count, ["X"] * count
    if len(kept):
        at = firsts[kept]
        vectors = pieces.vectors[np.maximum(at, 0)] * (at >= 0)[:, None]
        bounds = list(zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True))
        found, named = encoder.parser.hang(vectors.astype(np.float32), bounds)
        tags = pieces.upos[np.maximum(at, 0)].argmax(axis=1)
        for token, head, relation, tag in zip(
            kept.tolist(), found.tolist(), named.tolist(), tags.tolist(), strict=True
        ):
            heads[token] = int(kept[head]) if head != ROOT else ROOT
            relations[token], upos[token] = RELATIONS[relation], UPOS[tag]
    for token, first in inner.items():
        if relations[first]:
            heads[token], relations[token], upos[token] = first, "flat", upos[first]
    return Syntax(upos, heads, relations)


def _name_tag(token: Token, tag: str) -> str:
    """The tag as the Penn Treebank has it; the inspector general, in small letters, bears no name."""
    known = _PENN.get(tag, tag)
    return known.replace("NNP", "NN") if token.text[0].islower() else known


def _pick(tokens: Mapping[str, Probabilities], prefix: str) -> dict[str, Probabilities]:
    return {head.removeprefix(prefix): values for head, values in tokens.items() if head.startswith(prefix)}


def find_passages(document: Document) -> Iterator[tuple[int, int]]:
    """Paragraphs that hold something to read: context across sentences, none across paragraphs."""
    asked = [*document.targets, *(span for pair in document.pairs for span in pair)]
    for paragraph in document.paragraphs:
        sentences = document.sentences[paragraph.first : paragraph.last]
        told = any(sentence.part != "boilerplate" for sentence in sentences)
        if told or any(start < paragraph.end and paragraph.start < end for start, end in asked):
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


def average(document: Document, pieces: Pieces, rows: Floats) -> Doubles:
    """The mean of `rows` (pieces × columns) by sentence; NaN where a sentence is not judged."""
    means = np.full((len(document.sentences), rows.shape[1]), np.nan)
    for i, sentence in enumerate(document.sentences):
        first, last = np.searchsorted(pieces.starts, (sentence.start, sentence.end), "left")
        if sentence.part != "boilerplate" and first < last and sentence.first < sentence.last:
            means[i] = rows[first:last].mean(axis=0, dtype=np.float64)
    return means


def answer(document: Document, pieces: Pieces, encoder: Encoder) -> dict[str, Doubles]:
    """Logits of each sentence head, sentences × classes; NaN where a sentence is not judged."""
    ends = np.cumsum(list(encoder.answers.values()))[:-1]
    return dict(zip(encoder.answers, np.split(average(document, pieces, pieces.answers), ends, axis=1), strict=True))


def judge_targets(document: Document, pieces: Pieces, encoder: Encoder) -> dict[tuple[int, int], Polarity]:
    """Polarity toward every mention of an entity and every target asked for, in the sentence where it stands."""
    spans = {(mention.start, mention.end) for entity in document.entities for mention in entity.mentions}
    around: dict[tuple[int, int], tuple[int, int]] = {}
    for start, end in sorted(spans | set(document.targets)):
        sentence = document.sentences[document.sentence_at(start)]
        around[start, end] = min(sentence.start, start), max(sentence.end, end)
    return _feel(pieces, encoder.polarity, around)


def judge_feelings(document: Document, pieces: Pieces, encoder: Encoder) -> dict[tuple[int, int], Polarity]:
    """The author's feeling toward somebody in the paragraph around each name."""
    around: dict[tuple[int, int], tuple[int, int]] = {}
    for entity in document.entities:
        for mention in entity.mentions:
            if mention.form == "name":
                sentence = document.sentences[document.sentence_at(mention.start)]
                paragraph = document.paragraphs[sentence.paragraph]
                around[mention.start, mention.end] = paragraph.start, paragraph.end
    return _feel(pieces, encoder.feeling, around)


def judge_pairs(
    document: Document, pieces: Pieces, encoder: Encoder
) -> dict[tuple[tuple[int, int], tuple[int, int]], tuple[float, ...]]:
    """None, p for q, q for p, p against q, q against p: for each pair asked about, and of neighbours."""
    judged = {}
    contexts = _Contexts(pieces)
    for p, q in dict.fromkeys([*document.pairs, *find_pairs(document)]):
        start, end = min(p[0], q[0]), max(p[1], q[1])
        first, last = (document.sentences[document.sentence_at(place)] for place in (start, end - 1))
        parts = [contexts.mean(*p), contexts.mean(*q), contexts.mean(min(first.start, start), max(last.end, end))]
        judged[p, q] = _weigh(encoder.pair, parts) or (0.2,) * 5
    return judged


class _Contexts:
    """Mean vectors of stretches of text, each worked out once: a sentence may hold thousands of names."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._known: dict[tuple[int, int], Floats | None] = {}

    def mean(self, start: int, end: int) -> Floats | None:
        """The mean vector of the word pieces in [start, end); None where there is none."""
        if (start, end) not in self._known:
            first = int(np.searchsorted(self._pieces.ends, start, "right"))
            last = int(np.searchsorted(self._pieces.starts, end, "left"))
            mean = self._pieces.vectors[first:last].mean(axis=0) if first < last else None
            self._known[start, end] = mean
        return self._known[start, end]


def _feel(
    pieces: Pieces, perceptron: Perceptron, around: Mapping[tuple[int, int], tuple[int, int]]
) -> dict[tuple[int, int], Polarity]:
    contexts = _Contexts(pieces)
    judged: dict[tuple[int, int], Polarity] = {}
    for span, context in around.items():
        found = _weigh(perceptron, [contexts.mean(*span), contexts.mean(*context)])
        judged[span] = (found[0], found[1], found[2]) if found else _UNREAD
    return judged


def _weigh(perceptron: Perceptron, parts: Iterable[Floats | None]) -> tuple[float, ...] | None:
    known = [part for part in parts if part is not None]
    if sum(map(len, known)) != len(perceptron.inner):
        return None
    return tuple(np.round(softmax(perceptron.judge(np.concatenate(known)).astype(np.float64)), _DIGITS).tolist())


def softmax(logits: Doubles) -> Doubles:
    """Shares that add up to 1 along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Doubles = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _sigmoid(logits: Doubles) -> Probabilities:
    return np.round(1 / (1 + np.exp(-np.clip(logits, -30, 30))), _DIGITS).astype(np.float32)
