"""In which frames is a story told? A level for each of the codebook's nine, and the sentences that show it.

Every sentence gets a score for each frame, from its vector and its words; the article's comes from the highest, the
three highest and the mean of these, from headline and lead, from all its words and from the mean and the peaks of its
vectors. All of it is linear and learned by `research.training.frames` from articles coded by the codebook; how sure a
frame is present leans on Narrative Frames, too. Names are never among the words. Numbers in frames.npz, card in
frames.json.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from ..report import FrameName

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]

FILE = Path(__file__).parent / "frames.json"
NUMBERS = FILE.with_suffix(".npz")
FRAMES: tuple[FrameName, ...] = get_args(FrameName)
GENERIC: tuple[FrameName, ...] = ("conflict", "economic", "human_interest", "morality", "responsibility")
_TOP = 3  # sentences that may show a frame
_NEAR = 0.6  # share of the best sentence's score that another needs
_LEAST = 0.2  # how sure a frame must be to be called present
_MOST = 400  # sentences of an article that are looked at


@dataclass(frozen=True, slots=True)
class Told:
    """An article's judged sentences: which they are, unit vectors, words that are no names, which open the article."""

    sentences: list[int]
    vectors: Floats
    words: list[list[str]]
    opens: list[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """One frame of an article: level 0 to 2, how sure it is present, and the sentences that show it best."""

    name: FrameName
    level: int
    probability: float
    sentences: list[int]


def judge(document: Document) -> list[Judged]:
    """All nine frames; empty where the reader judges no sentence, or no frame is present."""
    told = describe(document)
    if not told.sentences:
        return []
    model = _load()
    by_sentence = model.score_sentences(told)
    scores = model.score(told, by_sentence)
    probabilities = model.weigh(scores)
    levels = (scores[: len(FRAMES)] >= model.cuts.T).sum(axis=0) * (probabilities >= _LEAST)
    if not levels.any():
        return []
    return [
        Judged(name, int(level), round(float(sure), 4), _best(by_sentence[:, at], told.sentences) if level else [])
        for at, (name, level, sure) in enumerate(zip(FRAMES, levels, probabilities, strict=True))
    ]


def _best(scores: Floats, sentences: Sequence[int]) -> list[int]:
    """The sentence of the highest score, and up to two more that come near it; in text order."""
    order = np.argsort(-scores)[:_TOP]
    least = _NEAR * scores[order[0]]
    return sorted(sentences[at] for rank, at in enumerate(order) if rank == 0 or scores[at] >= max(least, 0.0))


def describe(document: Document) -> Told:
    """What the decision sees of an article."""
    reading = document.reading
    told = [at for at, row in enumerate(reading.vectors) if not np.isnan(row[0])][:_MOST]
    if not told:
        return Told([], np.zeros((0, 0), np.float32), [], [])
    rows = reading.vectors[told]
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    words = [words_of(document, at, reading.masked) for at in told]
    opens = [at for at, sentence in enumerate(told) if document.sentences[sentence].part in ("headline", "lead")]
    return Told(told, vectors, words, opens or [0])


def words_of(document: Document, sentence: int, masked: frozenset[int]) -> list[str]:
    """A sentence's words but for names that the reader does not see."""
    place = document.sentences[sentence]
    return [
        document.folded[at]
        for at in range(place.first, place.last)
        if at not in masked and document.tokens[at].is_word and not document.folded[at].isnumeric()
    ]


def pool(told: Told) -> Doubles:
    """Mean vector, that of headline and lead, and the highest value of each column."""
    parts = [told.vectors.mean(axis=0), told.vectors[told.opens].mean(axis=0), told.vectors.max(axis=0)]
    return np.concatenate(parts).astype(np.float64)


def gather(by_sentence: NDArray[Any], opens: Sequence[int]) -> Doubles:
    """Of sentences' scores: highest, mean of the three highest, mean, and mean of what opens the article."""
    ordered = np.sort(by_sentence, axis=0)[::-1]
    parts = [ordered[0], ordered[:_TOP].mean(axis=0), by_sentence.mean(axis=0), by_sentence[list(opens)].mean(axis=0)]
    return np.concatenate(parts).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Model:
    """The numbers: words × scores, columns of vectors × scores. The last scores are those of Narrative Frames."""

    vocabulary: dict[str, int]
    rarity: Floats  # inverse document frequency
    sentence_words: Floats
    sentence_vectors: Floats
    sentence_intercept: Floats
    words: Floats
    pooled: Floats
    gathered: Floats
    intercept: Floats
    cuts: Doubles  # frames × 2: from which score it is present, and from which it leads
    sure: Doubles  # frames × 3: weight of the score, of Narrative Frames' score, intercept

    def weigh_words(self, words: Sequence[str]) -> tuple[list[int], Floats]:
        """TF-IDF (logarithm of counts, length 1) of the known ones among some words: their rows and weights."""
        counts = Counter(self.vocabulary[word] for word in words if word in self.vocabulary)
        rows = list(counts)
        weights = (1 + np.log(np.array(list(counts.values()), np.float32))) * self.rarity[rows]
        length = float(np.linalg.norm(weights))
        return rows, (weights / length if length else weights).astype(np.float32)

    def score_sentences(self, told: Told) -> Floats:
        """Sentences × frames."""
        scores: Floats = told.vectors @ self.sentence_vectors + self.sentence_intercept
        for at, words in enumerate(told.words):
            rows, weights = self.weigh_words(words)
            if rows:
                scores[at] += weights @ self.sentence_words[rows]
        return scores

    def score(self, told: Told, by_sentence: Floats) -> Doubles:
        """One score a frame, then one for each of the generic frames by Narrative Frames."""
        scores = pool(told) @ self.pooled + gather(by_sentence, told.opens) @ self.gathered + self.intercept
        rows, weights = self.weigh_words([word for words in told.words for word in words])
        return np.asarray(scores + weights @ self.words[rows] if rows else scores, np.float64)

    def weigh(self, scores: Doubles) -> Doubles:
        """How sure each frame is present at all."""
        other = np.zeros(len(FRAMES))
        for at, name in enumerate(GENERIC):
            other[FRAMES.index(name)] = scores[len(FRAMES) + at]
        logits = self.sure[:, 0] * scores[: len(FRAMES)] + self.sure[:, 1] * other + self.sure[:, 2]
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))


@cache
def _load() -> Model:
    about: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    if hashlib.sha256(NUMBERS.read_bytes()).hexdigest() != about["card"]["sha256"]:
        raise ValueError(f"{NUMBERS.name} is not the file that {FILE.name} tells of; train it again")
    with np.load(NUMBERS, allow_pickle=False) as numbers:
        held = {name: numbers[name].astype(np.float32) for name in numbers.files if name not in ("cuts", "sure")}
        cuts, sure = numbers["cuts"].astype(np.float64), numbers["sure"].astype(np.float64)
    vocabulary = {word: at for at, word in enumerate(about["vocabulary"])}
    return Model(vocabulary=vocabulary, cuts=cuts, sure=sure, **held)
