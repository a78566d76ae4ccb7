"""Which words might the lexicon lack? Those that experts marked, and those that one side's outlets use far more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from pathlib import Path

from models import lexicon
from models.document import tokens
from models.document.parts import fold
from research.corpora import find_part, read_corpora, read_lines

_LABELS = {"ptc": "loaded_ptc", "babe": "loaded_babe", "basil": "loaded_basil"}
_FEWEST, _RAREST = 2, 0.2  # marks that a word needs, and the share of its uses that is marked
_FEWEST_ARTICLES = 20
_FEWEST_OUTLETS = 8  # below, it is one house's boilerplate
_TELLING = 3.0  # z from which a phrase counts as one side's
_ONE_SIDED = 2 / 3
_PRIOR = 500.0


@dataclass(frozen=True, slots=True)
class MissingWord:
    """A word or phrase that the lexicon lacks. `marked` of `used`: experts' marks, or one side's articles of both's."""

    text: str
    why: str
    marked: int
    used: int
    weight: float


def find_candidates(data: Path) -> list[MissingWord]:
    """Which words might be missing? Those that experts marked, and those that one side's outlets use; best first.

    Experts' marks come from the parts of BABE, PTC and BASIL that may be learned from (never "measure"). Sides: words
    and pairs of words, log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008) within each topic
    of `news/`, counted once an article and added up over topics (Stouffer).
    """
    known = {" ".join(form) for entry in lexicon.load().entries for form in lexicon.forms(entry)}
    return [*_find_marked(data, known), *_find_sided(data, known)]


def _find_marked(data: Path, known: set[str]) -> list[MissingWord]:
    marked, used = Counter[str](), Counter[str]()
    for sample in read_corpora(data):
        if sample.corpus in _LABELS and find_part(sample) != "measure":
            spans = sample.spans[_LABELS[sample.corpus]]
            for start, end in tokens.split(sample.text, 0, len(sample.text)):
                word = fold(sample.text[start:end])
                used[word] += 1
                marked[word] += any(s <= start < e for s, e in spans)
    return sorted(
        (
            MissingWord(word, "experts", n, used[word], round(n * n / used[word], 2))
            for word, n in marked.items()
            if n >= _FEWEST and n >= _RAREST * used[word] and len(word) > 3 and word not in known
        ),
        key=lambda word: -word.weight,
    )


def _find_sided(data: Path, known: set[str]) -> list[MissingWord]:
    path = data / "news" / "articles.jsonl.gz"
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: {"left": Counter(), "right": Counter()})
    articles, outlets = Counter[str](), defaultdict[str, set[str]](set)
    for row in read_lines(path) if path.exists() else ():
        if row["leaning"] in ("left", "right"):
            text = row["text"]
            words = [fold(text[start:end]) for start, end in tokens.split(text, 0, len(text))]
            terms = {w for w in words if w.isalpha()}
            terms |= {f"{a} {b}" for a, b in pairwise(words) if a.isalpha() and b.isalpha()}
            counts[row["topic"]][row["leaning"]].update(terms)
            articles.update(terms)
            for term in terms:
                outlets[term].add(row["outlet"])
    kept = {
        term
        for term, n in articles.items()
        if n >= _FEWEST_ARTICLES and len(outlets[term]) >= _FEWEST_OUTLETS and term not in known
    }
    scores: dict[str, list[float]] = defaultdict(list)
    for sides in counts.values():
        for term, z in _compare(sides["left"], sides["right"], kept):
            scores[term].append(z)
    found = []
    for term, zs in scores.items():
        z = sum(zs) / sqrt(len(zs))
        side = "left" if z > 0 else "right"
        n = {s: sum(sides[s][term] for sides in counts.values()) for s in ("left", "right")}
        if abs(z) >= _TELLING and n[side] >= _ONE_SIDED * sum(n.values()):
            found.append(MissingWord(term, side, n[side], sum(n.values()), round(abs(z), 2)))
    return sorted(found, key=lambda word: -word.weight)


def _compare(left: Counter[str], right: Counter[str], kept: set[str]) -> Iterator[tuple[str, float]]:
    """z of each term, above 0 where the left uses it more."""
    sizes = left.total(), right.total()
    both = sum(sizes)
    for term in (left.keys() | right.keys()) & kept:
        a, b = left[term], right[term]
        prior = _PRIOR * (a + b) / both
        odds = [log((n + prior) / (size + _PRIOR - n - prior)) for n, size in zip((a, b), sizes, strict=True)]
        yield term, (odds[0] - odds[1]) / sqrt(1 / (a + prior) + 1 / (b + prior))
