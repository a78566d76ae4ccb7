"""What the reader alone reaches on the measure part: every head at its threshold, no rules, no lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from models.document import Reading
from models.reader.encoder import Encoder
from models.reader.reading import read
from research.corpora import HELD_OUT_OUTLET, HELD_OUT_TOPIC, Sample
from research.scoring import (
    Measure,
    Tallies,
    confuse,
    count_hits,
    f1,
    find_tokens,
    macro_f1,
    mark_tokens,
    per_thousand,
    ratio,
)
from research.training.tuning import Read

Thresholds = Mapping[str, float]

_TOKEN_MEASURES: Mapping[str, Mapping[str, tuple[str, str]]] = {  # corpus: label: (head, measure)
    "babe": {"loaded_babe": ("loaded", "babe.word_f1")},
    "ptc": {"loaded_ptc": ("loaded", "ptc.loaded_f1")},
    "polnear/dev": {
        "cue": ("cue", "polnear.cue_f1"),
        "source": ("source", "polnear.source_f1"),
        "content": ("content", "polnear.content_f1"),
        "person": ("person", "silver.person_f1"),
        "organization": ("organization", "silver.organization_f1"),
        "place": ("place", "silver.place_f1"),
    },
}


def measure(reads: Sequence[Read], encoder: Encoder, thresholds: Thresholds) -> list[Measure]:
    """All measures of one encoder over documents that it was not trained on."""
    tallies = Tallies()
    for r in reads:
        reading = read(r.document, encoder).reading
        for label, (head, name) in _TOKEN_MEASURES.get(r.sample.corpus, {}).items():
            if label in r.sample.spans:
                _count_tokens(r, list(_find_spans(r, reading, head, thresholds)), label, name, tallies)
        if r.sample.corpus == "babe":
            _count_bias(r, reading, thresholds, tallies)
        if r.sample.corpus == "basil":
            _count_lexical(r, reading, thresholds, tallies)
        for target in r.sample.targets:
            found = int(np.argmax(reading.polarities[target.start, target.end]))
            cells = confuse(target.polarity + 1, found, 3)
            tallies.add("newsmtsc.macro_f1", macro_f1, "targets", r.sample.group, cells)
    return tallies.measures()


def _find_spans(read: Read, reading: Reading, head: str, thresholds: Thresholds) -> Iterator[tuple[int, int]]:
    for at in np.flatnonzero(getattr(reading, head) >= thresholds[head]):
        yield read.document.tokens[at].start, read.document.tokens[at].end


def _count_tokens(read: Read, found: Sequence[tuple[int, int]], label: str, name: str, tallies: Tallies) -> None:
    tokens = find_tokens(read.document.text)
    hits = count_hits(mark_tokens(tokens, read.sample.spans[label]), mark_tokens(tokens, found))
    tallies.add(name, f1, "tokens", read.sample.group, hits, len(tokens))


def _count_bias(read: Read, reading: Reading, thresholds: Thresholds, tallies: Tallies) -> None:
    highest = float(np.nan_to_num(reading.bias).max(initial=0))
    count_bias(read.sample, highest >= thresholds["bias"], tallies)


def count_bias(sample: Sample, found: bool, tallies: Tallies, by: str = "") -> None:
    """One sentence of BABE as judged by the reader, or `by` something else: over all, and by part."""
    cells = confuse(int(bool(sample.judged[0].bias)), int(found), 2)
    about = sample.about
    outlet, topic = about["outlet"] == HELD_OUT_OUTLET, about["topic"] == HELD_OUT_TOPIC
    names = {
        "babe.macro_f1": True,
        "babe.macro_f1, held-out outlet": outlet,
        "babe.macro_f1, held-out topic": topic,
        "babe.macro_f1, outlets and topics seen": not outlet and not topic,
        f"babe.macro_f1, {about['leaning']}": bool(about["leaning"]),
    }
    for name, counts in names.items():
        if counts:
            tallies.add(name + by, macro_f1, "sentences", sample.group, cells)


def _count_lexical(read: Read, reading: Reading, thresholds: Thresholds, tallies: Tallies) -> None:
    found = list(_find_spans(read, reading, "loaded", thresholds))
    spans = read.sample.spans["loaded_basil"]
    touched = sum(any(s < end and start < e for start, end in found) for s, e in spans)
    tallies.add("basil.lexical_recall", ratio, "spans", read.sample.group, [touched, len(spans)], len(spans))
    marked = np.concatenate([[False], reading.loaded >= thresholds["loaded"]])
    runs = int((marked[1:] & ~marked[:-1]).sum())
    words = read.document.words
    tallies.add("basil.terms_per_1000", per_thousand, "words", read.sample.group, [runs, words], words)
