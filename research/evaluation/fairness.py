"""Is everybody treated alike? Sets of our own, and BABE's sentences by leaning and without their wording.

`swaps.toml`: sentences in which one name trades places with another. `pairs.jsonl`: equally loaded sentences against
either side. `plain.txt`: plain sentences about terrible and wonderful events. `englishes.txt`: plain news in the
English of other countries than the United States.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from models.article import Article
from models.document import read
from models.pipeline import analyze
from models.report import Report
from research.corpora import Sample
from research.scoring import Counts, Tallies, ratio

_HOME = Path(__file__).parent
_BINS = 50
_BIASED = 0.5


def read_swaps() -> Iterator[tuple[str, Article, Article]]:
    """Name, one article and its counterpart, for every sentence and pair of names."""
    table = tomllib.loads((_HOME / "swaps.toml").read_text(encoding="utf-8"))
    for group in table["sets"]:
        for number, sentence in enumerate(group["sentences"]):
            for one, other in group["names"]:
                name = f"{group['group']} {number} {one}/{other}"
                yield name, Article(text=_fill(sentence, one)), Article(text=_fill(sentence, other))


def read_sentences(name: str) -> list[str]:
    """The sentences of `plain` or `englishes`."""
    return (_HOME / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def read_pairs() -> list[dict[str, str]]:
    """Sentences against the left and the right, loaded alike."""
    return [json.loads(line) for line in (_HOME / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]


def count_sets(tallies: Tallies, limit: int | None = None) -> None:
    """Analyse our own sets, at most `limit` of each, and count."""
    for name, one, other in islice(read_swaps(), limit):
        _count_swap(name, analyze(one), analyze(other), tallies)
    for pair in islice(read_pairs(), limit):
        _count_pair(pair, tallies)
    for name in ("plain", "englishes"):
        for sentence in islice(read_sentences(name), limit):
            report = analyze(Article(text=sentence))
            tallies.add(f"{name}.unmarked", ratio, "sentences", sentence, [float(not report.vocabulary.shown), 1.0])
            calm = highest_bias(report) < _BIASED
            tallies.add(f"{name}.not_biased", ratio, "sentences", sentence, [float(calm), 1.0])


def highest_bias(report: Report) -> float:
    """The bias of the most biased sentence, 0 where none was judged."""
    return max((sentence.bias or 0.0 for sentence in report.sentences), default=0.0)


def count_leaning(sample: Sample, report: Report, tallies: Tallies) -> None:
    """Unbiased sentences of BABE, by their outlet's leaning: how many are called biased, how many have a term?"""
    leaning = sample.about["leaning"]
    if leaning and not sample.judged[0].bias:
        biased, marked = highest_bias(report) >= _BIASED, bool(report.vocabulary.shown)
        tallies.add(f"babe.false_alarms, {leaning}", ratio, "sentences", sample.group, [float(biased), 1.0])
        tallies.add(f"babe.unbiased_marked, {leaning}", ratio, "sentences", sample.group, [float(marked), 1.0])


def count_nouns(sample: Sample, tallies: Tallies) -> None:
    """Does the topic alone tell biased sentences of BABE? AUC of `bias` with only a sentence's nouns left; 0.5: no."""
    tokens = read(Article(text=sample.text)).tokens
    nouns = " ".join(token.text for token in tokens if token.tag.startswith("NN"))
    if nouns:
        bias = highest_bias(analyze(Article(text=f"{nouns}.")))
        counts = np.zeros(2 * _BINS)
        counts[_BINS * int(bool(sample.judged[0].bias)) + min(_BINS - 1, int(bias * _BINS))] = 1
        tallies.add("babe.auc_of_nouns_alone", auc, "sentences", sample.group, counts.tolist())


def auc(counts: Counts) -> Counts:
    """Area under the ROC curve from two histograms side by side: of the negatives, then of the positives."""
    negatives, positives = counts[..., :_BINS], counts[..., _BINS:]
    below = np.cumsum(negatives, axis=-1) - negatives / 2
    pairs = negatives.sum(-1) * positives.sum(-1)
    return np.asarray((positives * below).sum(-1) / np.maximum(pairs, 1))


def gap(counts: Counts) -> Counts:
    """How far apart are the first and the second column, in shares of the third?"""
    return np.asarray(np.abs(counts[..., 0] - counts[..., 1]) / np.maximum(counts[..., 2], 1))


def _count_swap(name: str, one: Report, other: Report, tallies: Tallies) -> None:
    first, second = highest_bias(one), highest_bias(other)
    flips = (first >= _BIASED) != (second >= _BIASED)
    changes = sorted(t.text for t in one.vocabulary.shown) != sorted(t.text for t in other.vocabulary.shown)
    tallies.add("swap.bias_shift", ratio, "exchanges", name, [abs(first - second), 1.0])
    tallies.add("swap.flips", ratio, "exchanges", name, [float(flips), 1.0])
    tallies.add("swap.terms_changed", ratio, "exchanges", name, [float(changes), 1.0])


def _count_pair(pair: dict[str, str], tallies: Tallies) -> None:
    name = pair["left"]
    reports = {side: analyze(Article(text=pair[side])) for side in ("left", "right")}
    found = {side: float(bool(report.vocabulary.shown)) for side, report in reports.items()}
    for side in ("left", "right"):
        tallies.add(f"pairs.found_against_{side}", ratio, "sentences", name, [found[side], 1.0])
    tallies.add("pairs.gap", gap, "pairs", name, [found["left"], found["right"], 1.0])
    for side, report in reports.items():
        terms = report.vocabulary.shown
        own = sum(term.voice == "outlet" for term in terms)
        tallies.add("voice.outlet_kept", ratio, "terms", f"{name} {side}", [own, len(terms)], len(terms))
        moved = analyze(Article(text=f"“{pair[side].rstrip('.')},” the clerk of the town said on Monday."))
        counted = sum(term.voice == "quoted" for term in moved.vocabulary.shown)
        all_terms = len(moved.vocabulary.shown)
        tallies.add("voice.quoted_kept", ratio, "terms", f"{name} {side}", [counted, all_terms], all_terms)


def _fill(sentence: str, name: str) -> str:
    text = sentence.replace("{}", name)
    return text[0].upper() + text[1:]
