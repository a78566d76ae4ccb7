"""Gold grammar as samples: EWT and GUM's sentences, joined to passages as they follow each other in a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from research.corpora import Sample, Word, read_lines

_SUBTYPES = frozenset(("nsubj:pass", "aux:pass", "obl:agent"))
_JOINED = 0.5  # of all sentences follow another in their passage
_LONGEST = 480  # characters of a passage of several sentences


def read_grammar(data: Path) -> Iterator[Sample]:
    """Universal Dependencies English EWT and GUM (Silveira et al. 2014; Zeldes 2017), a sentence a sample."""
    for row in read_lines(data / "grammar" / "train.jsonl.gz"):
        yield Sample("grammar", row["doc"], row["text"], words=tuple(_read_words(row["words"])))


def _read_words(rows: Sequence[Sequence[Any]]) -> Iterator[Word]:
    for start, end, upos, xpos, _, head, relation in rows:
        yield Word(start, end, upos, xpos, head, plain(relation))


def plain(relation: str) -> str:
    """A relation without its subtype, unless it is one of the three that are kept."""
    return relation if relation in _SUBTYPES else relation.split(":", maxsplit=1)[0]


def join_some(samples: Sequence[Sample], random: Random) -> list[Sample]:
    """Sentences of one document joined by chance, so that the reader parses in company as it reads in company."""
    joined: list[Sample] = []
    for sample in samples:
        before = joined[-1] if joined else None
        fits = before and before.group == sample.group and len(before.text) + len(sample.text) < _LONGEST
        if before and fits and random.random() < _JOINED:
            joined[-1] = _append(before, sample)
        else:
            joined.append(sample)
    return joined


def _append(one: Sample, other: Sample) -> Sample:
    at, words = len(one.text) + 1, len(one.words)
    sentence = one.words[-1].sentence + 1
    moved = (
        replace(
            word,
            start=word.start + at,
            end=word.end + at,
            head=-1 if word.head < 0 else word.head + words,
            sentence=sentence,
        )
        for word in other.words
    )
    return replace(one, text=f"{one.text} {other.text}", words=(*one.words, *moved))


def fold_names(sample: Sample) -> Sample:
    """The sample with the words that share one span (a mask's) folded into the one that hangs outside."""
    by_span: dict[tuple[int, int], list[int]] = {}
    for at, word in enumerate(sample.words):
        by_span.setdefault((word.start, word.end), []).append(at)
    keeper = list(range(len(sample.words)))
    for inside in by_span.values():
        top = next((at for at in inside if sample.words[at].head not in inside), inside[0])
        for at in inside:
            keeper[at] = top
    kept = [at for at in range(len(sample.words)) if keeper[at] == at]
    place = {at: new for new, at in enumerate(kept)}
    words = []
    for at in kept:
        word = sample.words[at]
        words.append(replace(word, head=-1 if word.head < 0 else place[keeper[word.head]]))
    return replace(sample, words=tuple(words))
