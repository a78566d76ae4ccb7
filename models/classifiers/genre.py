"""What kind of text is it? One decision over who speaks in it and how, what it is made of, and what its signs say.

Multinomial logistic regression over the named features below and the reader's vectors, learned from articles coded by
the codebook, and from what blind readers said of others (`research.training.genre`); signs stand in
lexicons/genres.toml, numbers and card in genre.json.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from ..document import Document
from ..report import Genre

Doubles = NDArray[np.float64]

FILE = Path(__file__).parent / "genre.json"
SIGNS = Path(__file__).parents[1] / "lexicons" / "genres.toml"
GENRES: tuple[Genre, ...] = get_args(Genre)

# Of the outlet's own words: how many in a hundred are these.
_WORDS: Mapping[str, frozenset[str]] = {
    "i": frozenset(("i", "me", "my", "mine", "myself")),
    "we": frozenset(("we", "us", "our", "ours", "ourselves")),
    "you": frozenset(("you", "your", "yours", "yourself")),
    "must": frozenset(("must", "should", "ought", "let", "need")),
    "may": frozenset(("may", "might", "could", "perhaps", "maybe", "likely")),
    "but": frozenset(("but", "yet", "however", "indeed", "actually", "really", "simply", "of course")),
    "days": frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")),
    "not": frozenset(("not", "n't", "never", "no", "nothing")),
}
_TAGS = ("VBD", "VBZ", "VBP", "MD", "NNP", "JJ", "RB", "UH", "CD")
_FORMS = ("turn", "signed", "tweet", "block")
_SHORT = 8  # words of a paragraph that may be a heading
_SIGNED = 400  # characters of a paragraph in which a sign is looked for
_ASIDE = 6  # signs of one kind beyond this say no more


class Sign(BaseModel):
    """A pattern that tells a kind of text by its headline, or by how a paragraph begins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str | None = None
    text: str | None = None
    cased: bool = False
    matches: tuple[str, ...]
    ignores: tuple[str, ...]

    def found(self, words: str) -> bool:
        """Does it show in these words, a headline or the start of a paragraph?"""
        return re.match(self.title or self.text or "", words, 0 if self.cased else re.I) is not None


@cache
def signs() -> tuple[Sign, ...]:
    """The signs of genres.toml; once a process."""
    tables = tomllib.loads(SIGNS.read_text(encoding="utf-8"))["sign"]
    return tuple(Sign.model_validate(table) for table in tables)


def judge(document: Document) -> tuple[Genre, float] | None:
    """The likeliest genre with its probability; None where the reader judges no sentence."""
    row = describe(document)
    if row is None:
        return None
    model = _load()
    logits = row @ model.weights + model.intercept
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    best = int(shares.argmax())
    return model.genres[best], round(float(shares[best]), 4)


def describe(document: Document) -> Doubles | None:
    """The features, named ones first (`names`), then the mean vector of its sentences; None where none is judged."""
    reading = document.reading
    told = [at for at, row in enumerate(reading.vectors) if not np.isnan(row[0])]
    if not told:
        return None
    unit = reading.vectors[told] / np.linalg.norm(reading.vectors[told], axis=1, keepdims=True)
    mine = [document.voice_at(document.sentences[at].start) == "outlet" for at in told]
    own = [at for at, is_mine in zip(told, mine, strict=True) if is_mine] or told
    named = [*_tell_voices(document, told, own), *_tell_judgements(document, told, own), *_tell_signs(document)]
    return np.concatenate([named, unit.mean(axis=0)])


def _tell_voices(document: Document, told: Sequence[int], own: Sequence[int]) -> list[float]:
    """Whose words they are, and of which kind the outlet's own are."""
    everything = [k for at in told for k in range(document.sentences[at].first, document.sentences[at].last)]
    words = [k for k in everything if document.tokens[k].is_tagged]
    mine = [k for k in words if document.voice_at(document.tokens[k].start) == "outlet"]
    size, base = max(len(words), 1), max(len(mine), 1)
    spoken = document.spoken()
    forms = [sum(q.end - q.start for q in spoken if q.form == form) / max(len(document.text), 1) for form in _FORMS]
    asked = [
        document.text[s.start : s.end].rstrip("\"'”’)").endswith("?") for s in (document.sentences[at] for at in own)
    ]
    lengths = [document.sentences[at].last - document.sentences[at].first for at in told]
    paragraphs = [p for p in document.paragraphs if p.end > document.title_end]
    short = [_is_short(document.text[p.start : p.end]) for p in paragraphs]
    return [
        *(100 * sum(document.folded[k] in group for k in mine) / base for group in _WORDS.values()),
        *(100 * sum(document.tokens[k].tag.startswith(tag) for k in mine) / base for tag in _TAGS),
        1 - base / size,
        *forms,
        float(document.reading.content[words].mean()) if words else 0.0,
        float(document.reading.cue[words].mean()) * 10 if words else 0.0,
        sum(asked) / len(asked),
        float(document.text[: document.title_end].rstrip().endswith("?")),
        float(np.log(size)),
        float(np.mean(lengths)),
        len(told) / max(len(paragraphs), 1),
        sum(short) / max(len(short), 1),
    ]


def _is_short(words: str) -> bool:
    return len(words.split()) <= _SHORT and not words.rstrip().endswith((".", "!", "”", '"'))


def _tell_judgements(document: Document, told: Sequence[int], own: Sequence[int]) -> list[float]:
    """What the reader says of its sentences: opinion, feeling, bias, and their roles around a main event."""
    reading = document.reading
    opinion = reading.opinion[own]
    start = [at for at in own if document.sentences[at].part != "headline"][:3] or list(own[:3])
    roles, kinds = (_share(reading.answers[head][told]).mean(axis=0) for head in ("role", "opinion"))
    return [
        float(opinion.mean()),
        float(np.median(opinion)),
        float((opinion > 0.5).mean()),
        float(reading.opinion[start].mean()),
        float(reading.opinion[own[-3:]].mean()),
        float(reading.subjective[own].mean()),
        float(reading.subjective[start].mean()),
        float(np.nan_to_num(reading.bias[own]).mean()),
        *roles.tolist(),
        *kinds.tolist(),
    ]


def _share(logits: Doubles) -> Doubles:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Doubles = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _tell_signs(document: Document) -> list[float]:
    title = document.text[: document.title_end]
    starts = [document.text[p.start : min(p.end, p.start + _SIGNED)] for p in document.paragraphs]
    below = [words for p, words in zip(document.paragraphs, starts, strict=True) if p.start >= document.title_end]
    told = []
    for sign in signs():
        found = float(sign.found(title)) if sign.title else float(np.log1p(min(_ASIDE, sum(map(sign.found, below)))))
        told.append(found)
    return told


def names() -> list[str]:
    """The named features in their order; the vector's follow."""
    judged = (
        "opinion",
        "opinion_middle",
        "opinions",
        "opinion_first",
        "opinion_last",
        "subjective",
        "subjective_first",
    )
    return [
        *_WORDS,
        *_TAGS,
        "quoted",
        *_FORMS,
        "content",
        "cues",
        "questions",
        "title_asks",
        "length",
        "sentence_length",
        "paragraph_length",
        "headings",
        *judged,
        "bias",
        *(f"role_{at}" for at in range(9)),
        *(f"kind_{at}" for at in range(4)),
        *(sign.id for sign in signs()),
    ]


@dataclass(frozen=True, slots=True)
class _Model:
    genres: tuple[Genre, ...]
    weights: Doubles
    intercept: Doubles


@cache
def _load() -> _Model:
    model: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    if model["features"] != names():
        raise ValueError(f"{FILE.name} was trained for other features; train it again")
    return _Model(tuple(model["genres"]), np.array(model["weights"]), np.array(model["intercept"]))
