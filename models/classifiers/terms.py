"""Would a careful reader accept this word as loaded, as it stands? One calibrated decision over named features.

A logistic regression learned from articles coded by the codebook and from words that readers judged
(`research.training.vocabulary`), over the features named here and the reader's mean vectors of the words and of their
head; its numbers and its card stand in terms.json.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from ..report import Category
from . import background, stored
from .categories import CATEGORIES, PARTS, RELATIONS

FILE = Path(__file__).parent / "terms.json"

_TAGS = ("NN", "VB", "JJ")

# What is known of a candidate. "listed": a lexicon has it; the others are logits of probabilities, lengths or flags.
FEATURES = (
    "listed",
    "prior",  # the lexicon's own strength; 0 where no list has it
    "reader_mean",  # over the span's words
    "reader_max",
    "reader_listed",  # the mean once more, for listed terms alone: the list and the reader correct each other
    "coded_mean",  # the same two by the head that learned from articles coded by the codebook
    "coded_max",
    "neighbours",  # highest logit of the reader among the three words on either side
    "bias",  # of the sentence
    "length",  # logarithm of the number of words
    "quoted",
    "headline",
    "name",  # the reader's highest probability of being part of a name
    "common",  # logarithm of the uses of its rarest word in a million words of news
    "accepted",  # how often coders accepted the entry in other articles: log-odds, shrunk toward those of all entries
    "noun",  # what its last word is
    "verb",
    "adjective",
    *CATEGORIES,
    "kind",  # how sure its category is
    "word",  # how often coders accepted its head in other articles, whatever the list says
    "opinion",  # of the sentence
    "subjective",
    "place",  # of the sentence in the article, 0..1
    "size",  # logarithm of the article's words
    "density",  # share of the article's words that the reader feels
    "article_opinion",  # means over the article's sentences
    "article_subjective",
    "article_bias",
    "content",  # what the reader takes it for: words said, a word of saying, a source
    "cue",
    "source",
    "uses",  # logarithm of the uses of its head in the article
    "whole",  # is every word of it felt?
    "head",
    "opened",  # quotation marks before and behind it
    "closed",
    *(f"as_{relation}" for relation in RELATIONS),
    *(f"is_{part}" for part in PARTS),
)
LISTED, ACCEPTED, KIND, WORD = (FEATURES.index(name) for name in ("listed", "accepted", "kind", "word"))
FIRST_CATEGORY = FEATURES.index(CATEGORIES[0])
_LENGTH = FEATURES.index("length")
_WORD, _PHRASE = math.log(0.7 / 0.3), math.log(0.6 / 0.4) - 1e-6  # logits
_EDGE = 6.0  # logits beyond this say no more
_FELT = 0.4  # reader probability from which a word counts toward an article's density
_SHORT, _LONG = 250, 2500  # words of an article, and the share of felt ones, beyond which nothing was learned
_SPARSE, _DENSE = 0.004, 0.04
Rows = NDArray[np.float64]  # candidates × what is known of them
_MARKS = frozenset("\"'“”‘’„«»")


class Model(stored.Stored):
    """The numbers of the decision, with where they come from."""

    weights: tuple[float, ...]
    phrase: tuple[float, ...]  # over the reader's mean vector of the words
    head: tuple[float, ...]  # and of their head
    intercept: float
    accepted: dict[str, float]  # the feature of that name, by entry that coders have met
    unmet: float  # and of all others
    words: dict[str, float]  # the same of a phrase's head, as it stands in the text
    unmet_word: float
    seed: float  # reader probability from which an unlisted word starts a term
    reach: float  # and from which its neighbours belong to it
    listed_from: float  # strength from which a term of the lexicon counts
    found_from: float  # and one that the reader alone found


@dataclass(frozen=True, slots=True)
class Known:
    """A candidate before it is weighed: tokens [first, last), and what a list says where one has it."""

    first: int
    last: int
    category: Category
    entry: str | None = None  # id in the lexicon
    prior: float | None = None  # and its strength there
    sure: float = 0.5  # how sure its category is


@dataclass(frozen=True, slots=True)
class Decision:
    """`strength` is the calibrated probability; `holds` says whether it is enough to be told."""

    strength: float
    holds: bool


@cache
def load() -> Model:
    """Read the model; refuses one whose features are not those of this code."""
    return stored.load(Model, FILE, FEATURES)


def describe(document: Document, candidates: Sequence[Known], model: Model | None = None) -> Rows:
    """What is known of each candidate: rows of FEATURES, the words' mean vector and their head's."""
    model = model or load()
    reading = document.reading
    coded = _logits(reading.coded.get("loaded", reading.loaded))
    loaded = _logits(reading.loaded)
    felt = [max(pair) for pair in zip(coded, loaded, strict=True)]
    biases = _logits(np.nan_to_num(reading.bias, nan=0.5))
    opinions, subjective = (_logits(np.nan_to_num(values, nan=0.5)) for values in (reading.opinion, reading.subjective))
    content, cue, source = (_logits(values) for values in (reading.content, reading.cue, reading.source))
    named = np.maximum(np.maximum(reading.person, reading.organization), reading.place).tolist()
    article = _about(document, felt)
    uses = Counter(document.folded)
    tokens, syntax = document.tokens, reading.syntax
    rows: list[list[float]] = []
    vectors: list[Rows] = []
    for known in candidates:
        first, last, prior = known.first, known.last, known.prior
        at = tokens[first].sentence
        sentence = document.sentences[at]
        inside = loaded[first:last]
        around = loaded[max(sentence.first, first - 3) : first] + loaded[last : min(sentence.last, last + 3)]
        mean = sum(inside) / len(inside)
        listed = prior is not None
        tag = tokens[last - 1].tag
        head = syntax.head_of(first, last)
        rows.append(
            [
                float(listed),
                _logits(np.array([prior]))[0] if listed else 0.0,
                mean,
                max(inside),
                mean if listed else 0.0,
                sum(coded[first:last]) / (last - first),
                max(coded[first:last]),
                max(around, default=-_EDGE),
                biases[at],
                math.log(last - first),
                float(document.voice_at(tokens[first].start) == "quoted"),
                float(sentence.part == "headline"),
                max(named[first:last]),
                min(_commonness(token.text) for token in tokens[first:last] if token.is_word),
                model.accepted.get(known.entry, model.unmet) if known.entry else 0.0,
                *(float(tag.startswith(kind)) for kind in _TAGS),
                *(float(known.category == category) for category in CATEGORIES),
                known.sure,
                model.words.get(document.folded[head], model.unmet_word),
                opinions[at],
                subjective[at],
                at / len(document.sentences),
                *article,
                sum(content[first:last]) / (last - first),
                max(cue[first:last]),
                max(source[first:last]),
                math.log(uses[document.folded[head]]),
                float(min(felt[first:last]) > -1.0),
                felt[head],
                float(first > 0 and tokens[first - 1].text in _MARKS),
                float(last < len(tokens) and tokens[last].text in _MARKS),
                *(float(syntax.relations[head] == relation) for relation in RELATIONS),
                *(float(syntax.upos[head] == part) for part in PARTS),
            ]
        )
        places = ((tokens[first].start, tokens[last - 1].end), (tokens[head].start, tokens[head].end))
        vectors.append(np.concatenate([reading.mean(*place) for place in places]))
    if not rows:
        return np.zeros((0, len(FEATURES) + 2 * reading.vectors.shape[1]))
    return np.hstack([rows, vectors])


def _about(document: Document, felt: Sequence[float]) -> list[float]:
    """What is the same for all of an article: size, density, opinion, subjectivity, bias."""
    reading = document.reading
    judged = np.isfinite(reading.opinion)
    means = [
        float(np.nan_to_num(values[judged], nan=0.5).mean()) if judged.any() else 0.5
        for values in (reading.opinion, reading.subjective, reading.bias)
    ]
    border = math.log(_FELT / (1 - _FELT))
    density = sum(value >= border for value in felt) / max(1, len(felt))
    size = min(max(len(felt), _SHORT), _LONG)  # of a few words one is no more than it is in an article
    return [math.log(size), *_logits(np.array([min(max(density, _SPARSE), _DENSE), *means]))]


def decide(described: Rows, model: Model | None = None) -> list[Decision]:
    """How likely would a careful reader accept each candidate as it stands, and is that enough to say so?"""
    model = model or load()
    named, vectors = described[:, : len(FEATURES)], described[:, len(FEATURES) :]
    logits = named @ np.array(model.weights) + model.intercept
    weights = np.array((*model.phrase, *model.head))
    if vectors.shape[1] == len(weights):  # else nothing was read: what is named stands
        logits += vectors @ weights
    strengths = 1 / (1 + np.exp(-logits))
    return [
        Decision(round(float(p), 4), _holds(float(p), row, model))
        for p, row in zip(strengths, named.tolist(), strict=True)
    ]


def _holds(strength: float, row: Sequence[float], model: Model) -> bool:
    """Is it sure enough? What its entry calls loaded seven times in ten stands, and a phrase six times in ten."""
    listed, prior = row[:2]
    if listed and prior >= (_PHRASE if row[_LENGTH] > 0 else _WORD):
        return True
    return strength >= (model.listed_from if listed else model.found_from)


def _commonness(word: str) -> float:
    return math.log(1e6 * background.load().share(word.casefold().replace("’", "'")))


def _logits(probabilities: NDArray[np.floating]) -> list[float]:
    p = np.clip(probabilities.astype(np.float64), 1e-9, 1 - 1e-9)
    logits: list[float] = np.clip(np.log(p / (1 - p)), -_EDGE, _EDGE).tolist()
    return logits
