"""From samples to batches: passages of several lengths, tokenized, labelled, packed by length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from models.reader.grammar import RELATIONS, UPOS, XPOS
from models.reader.parsing import find_first_pieces
from research.corpora import Sample, Span, Word, cut, find_paragraphs, find_sentences, join
from research.training.exchange import exchange
from research.training.recipe import TOKEN_HEADS, Recipe

Polarity = tuple[float, float, float]  # how likely negative, neutral, positive
_CERTAIN: tuple[Polarity, ...] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
_LONG_CORPORA = ("ptc", "polnear", "basil", "structure", "coded")
_THINNED = ("ptc", "basil")  # of whose passages without a span some are left out
_JOINED = ("babe", "newsmtsc", "opinion", "subjectivity")
_MOST_WORDS = 120  # of a sentence that is parsed
_MOST_REPEATED = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A tokenized passage. `known` is 1 where a head is annotated; ranges are of word pieces."""

    corpus: str
    ids: NDArray[np.int64]
    labels: NDArray[np.float32]  # pieces × heads
    known: NDArray[np.float32]  # heads
    judged: tuple[tuple[int, int, float, int], ...]  # first, last, bias (-1 unknown), opinion (-1 unknown)
    targets: tuple[tuple[int, int, int, int, Polarity], ...]  # first, last, sentence first, sentence last, polarity
    feelings: tuple[tuple[int, int, int], ...] = ()  # first, last, class; the passage is around it
    answers: tuple[tuple[str, int, int, tuple[float, ...]], ...] = ()  # head, first, last, shares of classes
    pairs: tuple[tuple[int, int, int, int, int, int, int], ...] = ()  # of p, q and their sentence; label
    trees: tuple[NDArray[np.int64], ...] = ()  # a sentence: words × (piece, upos, xpos, head from 1, relation)


def segment(sample: Sample, random: Random, window: int) -> list[Sample]:
    """Cut an article into sentences, paragraphs or runs of paragraphs, as chance will have it."""
    way = random.random()
    if way < 0.25:
        spans = find_sentences(sample.text)
    else:
        spans = find_paragraphs(sample.text)
        if way > 0.65:
            spans = _merge(spans, random, window * 3)  # three characters a piece at the least
    return [cut(sample, start, end) for start, end in spans]


def _merge(spans: Sequence[Span], random: Random, most: int) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and random.random() < 0.7 and end - merged[-1][0] <= most:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _pieces_in(encoding: Encoding, start: int, end: int) -> tuple[int, int]:
    inside = [i for i, (s, e) in enumerate(encoding.offsets) if s < end and start < e and s < e]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def tokenize(sample: Sample, encoding: Encoding, window: int) -> Passage:
    """Turn a passage and its encoding into arrays; pieces beyond the window are dropped with their labels."""
    offsets = np.array(encoding.offsets[:window])
    labels = np.zeros((len(offsets), len(TOKEN_HEADS)), np.float32)
    known = np.zeros(len(TOKEN_HEADS), np.float32)
    for label, spans in sample.spans.items():
        head = TOKEN_HEADS.index(label)
        known[head] = 1
        for start, end in spans:
            labels[(offsets[:, 0] < end) & (start < offsets[:, 1]) & (offsets[:, 0] < offsets[:, 1]), head] = 1
    units, judged, targets = [], [], []
    for item in sample.judged:
        first, last = _pieces_in(encoding, item.start, item.end)
        if first < last <= len(offsets):
            units.append((item, first, last))
            if item.bias is not None:
                judged.append((first, last, float(item.bias), -1 if item.opinion is None else item.opinion))
    for target in sample.targets:
        first, last = _pieces_in(encoding, target.start, target.end)
        for item, unit_first, unit_last in units:
            if first < last and item.start <= target.start and target.end <= item.end:
                targets.append((first, last, unit_first, unit_last, _CERTAIN[target.polarity + 1]))
    ids = np.array(encoding.ids[:window], np.int64)

    def place(span: Span) -> tuple[int, int] | None:
        first, last = _pieces_in(encoding, *span)
        return (first, last) if first < last <= len(offsets) else None

    feelings = ((*at, t.polarity + 1) for t in sample.feelings if (at := place((t.start, t.end))))
    answers = ((a.head, *at, a.values) for a in sample.answers if (at := place((a.start, a.end))))
    pairs = (
        (*p, *q, *at, pair.label)
        for pair in sample.pairs
        if (p := place(pair.p)) and (q := place(pair.q)) and (at := place((pair.start, pair.end)))
    )
    return Passage(
        sample.corpus,
        ids,
        labels,
        known,
        tuple(judged),
        tuple(targets),
        tuple(feelings),
        tuple(answers),
        tuple(pairs),
        tuple(_plant(sample.words, offsets)),
    )


def _plant(words: Sequence[Word], offsets: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    real = np.flatnonzero(offsets[:, 0] < offsets[:, 1])  # [CLS] and [SEP] are none
    found = find_first_pieces([(word.start, word.end) for word in words], *offsets[real].T)
    firsts = np.where(found < 0, -1, np.append(real, -1)[found])
    by_sentence: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        by_sentence.setdefault(word.sentence, []).append(at)
    for inside in by_sentence.values():
        begin = inside[0]
        if len(inside) <= _MOST_WORDS and (firsts[inside] >= 0).all():
            yield np.array(
                [
                    (
                        firsts[at],
                        UPOS.index(words[at].upos),
                        XPOS.index(words[at].xpos),
                        words[at].head - begin + 1 if words[at].head >= 0 else 0,
                        RELATIONS.index(words[at].relation),
                    )
                    for at in inside
                ],
                np.int64,
            )


def deal_round(samples: Sequence[Sample], number: int, recipe: Recipe) -> list[Sample]:
    """The samples of one round: each corpus' passes spread evenly over all rounds, in passages, names exchanged."""
    random = Random(recipe.seed * 1000 + number)
    dealt: list[Sample] = []
    for corpus, passes in recipe.passes.items():
        pool = [s for s in samples if s.corpus == corpus]
        pool = balance(pool) if corpus == "babe" else pool
        # pass after pass, each in an order of its own, cut into equal rounds
        first, last = (round(len(pool) * passes * n / recipe.rounds) for n in (number, number + 1))
        chosen = []
        for at in range(first, last):
            turn, place = divmod(at, len(pool))
            if at == first or place == 0:
                order = Random(recipe.seed + turn).sample(range(len(pool)), len(pool))
            chosen.append(pool[order[place]])
        if corpus in _LONG_CORPORA:
            pieces = [piece for sample in chosen for piece in segment(sample, random, recipe.window)]
            if corpus in _THINNED:
                pieces = [p for p in pieces if any(p.spans.values()) or random.random() < recipe.plain_share]
        elif corpus in _JOINED:
            pieces = _join_some(chosen, random, recipe.joined)
        else:
            pieces = [_turn(sample) if random.random() < 0.5 else sample for sample in chosen]
        share = recipe.exchanged.get(corpus, 0.0)
        dealt += [exchange(p, random) if random.random() < share else p for p in pieces]
    return dealt


def _turn(sample: Sample) -> Sample:
    """The sample with p and q of each pair in the other order: who comes first must not tell who holds the stance."""
    turned = (replace(pair, p=pair.q, q=pair.p, label=(0, 2, 1, 4, 3)[pair.label]) for pair in sample.pairs)
    return replace(sample, pairs=tuple(turned))


def balance(samples: Sequence[Sample]) -> list[Sample]:
    """BABE's sentences, by repetition as many biased as unbiased ones from outlets of each leaning.

    Else whatever tells an outlet's leaning would tell something of a sentence's bias (reweighing, Kamiran & Calders
    2012): 63 of the 445 sentences of center outlets are biased, 764 of the 1,197 of left and right ones.
    """
    cells: dict[tuple[str, bool], list[Sample]] = {}
    for sample in samples:
        cells.setdefault((sample.about["leaning"], bool(sample.judged[0].bias)), []).append(sample)
    balanced = list(samples)
    for (leaning, bias), cell in cells.items():
        wanted = min(len(cells.get((leaning, not bias), ())), _MOST_REPEATED * len(cell))
        balanced += [cell[at % len(cell)] for at in range(wanted - len(cell))]
    return balanced


def _join_some(samples: Sequence[Sample], random: Random, share: float) -> list[Sample]:
    joined, waiting = [], None
    for sample in samples:
        if waiting is not None:
            joined.append(join([waiting, sample]))
            waiting = None
        elif random.random() < share / (2 - share):  # so that `share` of all sentences end up in a pair
            waiting = sample
        else:
            joined.append(sample)
    return joined if waiting is None else [*joined, waiting]


def pack(passages: Sequence[Passage], random: Random, tokens: int, most: int) -> Iterator[list[Passage]]:
    """Batches of like length from all corpora, in random order."""
    shuffled = random.sample(passages, len(passages))
    batches = []
    for at in range(0, len(shuffled), 50 * most):
        batch: list[Passage] = []
        for passage in sorted(shuffled[at : at + 50 * most], key=lambda p: len(p.ids)):
            if batch and (len(batch) == most or (len(batch) + 1) * len(passage.ids) > tokens):
                batches.append(batch)
                batch = []
            batch.append(passage)
        batches.append(batch)
    random.shuffle(batches)
    return iter(batches)


def read_round(
    samples: Sequence[Sample], lessons: Sequence[Passage], number: int, tokenizer: Tokenizer, recipe: Recipe
) -> list[list[Passage]]:
    """All batches of a round, the teacher's lessons among them; the same for the same recipe."""
    dealt = [s for s in deal_round(samples, number, recipe) if s.text.strip()]
    encodings = tokenizer.encode_batch([s.text for s in dealt])
    passages = [tokenize(s, e, recipe.window) for s, e in zip(dealt, encodings, strict=True)]
    first, last = (round(len(lessons) * recipe.lessons * n / recipe.rounds) for n in (number, number + 1))
    passages += [lessons[at % len(lessons)] for at in range(first, last)]
    random = Random(recipe.seed * 1000 + 500 + number)
    return list(pack(passages, random, recipe.batch_tokens, recipe.batch_passages))
