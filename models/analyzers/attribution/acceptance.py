"""Would a careful reader have this statement as it stands? One calibrated decision over named features.

A logistic regression learned from articles coded by the codebook, its probability set by what blind readers held
(`research.training.statements`); its numbers and its card stand in statements.json.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ...document.parts import Document, Reading
from . import cues, sources, wholeness
from .decide import score
from .features import logit, path
from .grammar import AUXILIARIES, Lines, Words
from .naming import Spoken

PATH = Path(__file__).parents[2] / "classifiers" / "statements.json"
_MODAL = "MD"
_OPENERS = frozenset(("that", "to", "whether", "how", "why", "if", "what", "as", "for", "of", "about"))


@dataclass(frozen=True, slots=True)
class AcceptanceModel:
    """Weights by feature name, and the probability from which on a statement is shown."""

    weights: Mapping[str, float]
    shown: float


@cache
def load() -> AcceptanceModel:
    """Read the model; once a process."""
    raw: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return AcceptanceModel(raw["weights"], raw["shown"])


def judge(document: Document, lines: Lines, reading: Reading, spoken: Sequence[Spoken]) -> list[float]:
    """How likely would a careful reader have each of these statements as it stands? 0..1, in their order."""
    model = load()
    return [score(model.weights, features) for features in describe(document, lines, reading, spoken)]


def describe(document: Document, lines: Lines, reading: Reading, spoken: Sequence[Spoken]) -> list[dict[str, float]]:
    """What speaks for and against each statement."""
    inside = [0] * (len(lines.tokens) + 1)  # in how many contents a token stands
    for one in spoken:
        number = lines.quoted[one.draft.content[0][0]]
        if number >= 0 and lines.quotations[number].form == "block":
            continue  # an extract from another report is told as the article itself
        for first, last in one.draft.content:
            inside[first:last] = [depth + 1 for depth in inside[first:last]]
    return [_describe(document, lines, reading, one, inside) for one in spoken]


def _describe(
    document: Document, lines: Lines, reading: Reading, one: Spoken, inside: Sequence[int]
) -> dict[str, float]:
    draft, syntax = one.draft, reading.syntax
    begin, end = draft.content[0]
    length = sum(last - first for first, last in draft.content)
    number = lines.quoted[begin]
    outer = lines.quoted[draft.cue[0]] if draft.cue else -1
    quoted = sum(lines.quoted[at] not in (-1, outer) for first, last in draft.content for at in range(first, last))
    sentence = document.sentences[lines.tokens[begin].sentence]
    form = lines.quotations[number].form if number >= 0 else "none"
    told = {
        "content": _sure(reading.content, draft.content),
        "content others": _sure(document.reading.content, draft.content),
        "length": math.log1p(min(60, length)),
        "one word": float(length == 1),
        "short": float(length < 4),
        "quoted": quoted / max(1, length),
        "all quoted": float(quoted >= length - 1),
        f"form {form}": float(quoted > 0),
        f"part {sentence.part}": 1.0,
        "parts": float(len(draft.content) > 1),
        "nested": float(inside[begin] > 1),
        "question": float(lines.words[sentence.last - 1] == "?"),
        f"opens {lines.words[begin] if lines.words[begin] in _OPENERS else 'other'}": 1.0,
        f"opens as {lines.tokens[begin].tag[:2]}": 1.0,
    }
    if draft.source:
        first, last = draft.source[0]
        head = syntax.head_of(first, last)
        told |= {
            "source": 1.0,
            "source sure": _sure(reading.source, draft.source),
            f"source is {syntax.upos[head]}": 1.0,
            f"source as {syntax.relations[head]}": 1.0,
            f"speaker {one.speaker.kind if one.speaker else 'none'}": 1.0,
            f"type {sources.classify(lines, draft.source[0], one.speaker)}": 1.0,
            "first person": float(sources.is_first_person(lines, draft.source[0])),
        }
    told |= wholeness.describe(document, lines, one)
    return told | _of_cue(lines, reading, draft.cue, draft.source, syntax.head_of(begin, end)) if draft.cue else told


def _of_cue(lines: Lines, reading: Reading, cue: Words, source: Sequence[Words], content: int) -> dict[str, float]:
    syntax = reading.syntax
    first, last = cue
    head = syntax.head_of(first, last)
    lemma, stance = cues.judge(lines.words, first, last)
    group = [lines.words[at] for at in range(max(0, first - 1), last)]
    return {
        "cue": 1.0,
        "cue mean": _sure(reading.cue, (cue,)),
        "cue best": logit(float(reading.cue[first:last].max())),
        f"lemma {lemma if stance != 'unclassified' else 'unknown'}": 1.0,
        f"stance {stance}": 1.0,
        f"cue tag {lines.tokens[head].tag}": 1.0,
        f"cue as {syntax.relations[head]}": 1.0,
        f"content {path(syntax, content, head)}": 1.0,
        "long cue": float(last - first > 3),
        "to": float("to" in group),
        "modal": float(any(lines.tokens[at].tag == _MODAL for at in range(first, last))),
        "denied": float(any(word in ("not", "n't", "never") for word in group)),
        "perfect": float(any(word in AUXILIARIES for word in group)),
        "cue quoted": float(lines.quoted[first] >= 0),
        "no source": float(not source),
        "subject": float(bool(source) and syntax.subject(head) in range(*source[0])),
    }


def _sure(values: Any, parts: Sequence[Words]) -> float:
    """Logit of the mean probability over these tokens."""
    total = sum(float(values[first:last].sum()) for first, last in parts)
    return logit(total / max(1, sum(last - first for first, last in parts)))
