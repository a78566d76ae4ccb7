"""Samples as the reader will see their texts: with masks on their names, every label moved along."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TypeVar

from models.document import read
from models.reader.masks import Choose, Masked, find_names, put_on
from research.corpora import Answer, Judged, Pair, Sample, Target, Word
from research.training.tuning import to_article

Item = TypeVar("Item", Judged, Target, Answer, Word, Pair)


def mask(sample: Sample, random: Random) -> Sample:
    """The sample with masks on; which mask a name gets is chance, so that none means anything of its own."""
    return carry(sample, put_on(sample.text, find_names(read(to_article(sample))), choose=by_chance(random)))


def by_chance(random: Random) -> Choose:
    """Masks given out in an order of chance."""
    return lambda masks: random.sample(masks, len(masks))


def carry(sample: Sample, masked: Masked) -> Sample:
    """The sample over another text of itself: its labels, sentences and targets where they stand there."""
    if not masked.places:
        return sample

    def move(offset: int, *, is_end: bool) -> int:
        shift = 0
        for start, end, was_start, was_end in masked.places:
            if offset >= was_end:
                shift = end - was_end
            elif offset > was_start:  # inside a name: its edge
                return end if is_end else start
            else:
                break
        return offset + shift

    def move_span(start: int, end: int) -> tuple[int, int]:
        return move(start, is_end=False), move(end, is_end=True)

    def put(item: Item) -> Item:
        start, end = move_span(item.start, item.end)
        return replace(item, start=start, end=end)

    return replace(
        sample,
        text=masked.text,
        spans={label: tuple(move_span(s, e) for s, e in spans) for label, spans in sample.spans.items()},
        judged=tuple(put(j) for j in sample.judged),
        targets=tuple(put(t) for t in sample.targets),
        feelings=tuple(put(t) for t in sample.feelings),
        answers=tuple(put(a) for a in sample.answers),
        words=tuple(put(w) for w in sample.words),
        pairs=tuple(replace(put(p), p=move_span(*p.p), q=move_span(*p.q)) for p in sample.pairs),
    )
