"""The pair model of attribution: which source and which content belong to a cue, learned from annotated articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.analyzers.attribution import decide, features, grammar, propose
from models.document.parts import Document

Places = Sequence[tuple[int, int]]  # characters [start, end)


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated attribution, in characters."""

    source: Places
    cue: Places
    content: Places


@dataclass(frozen=True, slots=True)
class Example:
    """Features of one pair, and whether annotators joined it."""

    features: dict[str, float]
    together: bool


def collect(document: Document, annotated: Sequence[Annotated]) -> tuple[list[Example], list[Example]]:
    """Every pair (cue, source) and (cue, content) that the decoder would look at in this document, judged."""
    scene = _lay_out(document)

    def judge(candidate: features.PairCandidate, kind: str) -> Example:
        cue = _characters(document, scene.marked.cues[candidate.cue])
        span = _characters(document, candidate.span)
        near = (one for one in annotated if any(_shared(cue, place) for place in one.cue))
        places = (place for one in near for place in (one.source if kind == "source" else one.content))
        together = any(2 * _shared(span, place) >= min(span[1] - span[0], place[1] - place[0]) for place in places)
        return Example(candidate.features, together)

    return (
        [judge(candidate, "source") for candidate in features.source_candidates(scene)],
        [judge(candidate, "content") for candidate in features.content_candidates(scene)],
    )


def collect_items(document: Document, annotated: Sequence[Annotated], model: decide.PairModel) -> list[Example]:
    """Every item that the pairs make, judged: do its cue and its content meet those of one annotated attribution?"""

    def is_true(draft: grammar.Draft) -> bool:
        cue = _characters(document, draft.cue or (0, 1))
        content = [_characters(document, part) for part in draft.content]
        return any(
            any(_shared(cue, place) for place in one.cue)
            and any(_shared(part, place) for part in content for place in one.content)
            for one in annotated
        )

    return [Example(found, is_true(draft)) for draft, found in decide.join(_lay_out(document), model)]


def _lay_out(document: Document) -> features.Scene:
    lines = grammar.lay_out(document)
    reading = propose.coded(document.reading)
    marked = propose.mark(document, lines, reading)
    return features.set_scene(lines, reading, marked)


def _characters(document: Document, part: tuple[int, int]) -> tuple[int, int]:
    return document.tokens[part[0]].start, document.tokens[part[1] - 1].end


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def fit(
    examples: Iterable[Example], regularized: float = 1.0, counted: Sequence[float] | None = None
) -> dict[str, float]:
    """Weights of a logistic regression by feature name; `regularized`: scikit-learn's C; `counted`: what each example
    weighs, all alike without it."""
    kept = list(examples)
    names = sorted({name for example in kept for name in example.features})
    at = {name: i for i, name in enumerate(names)}
    rows = np.zeros((len(kept), len(names)), np.float32)
    for i, example in enumerate(kept):
        for name, value in example.features.items():
            rows[i, at[name]] = value
    model = LogisticRegression(C=regularized, max_iter=3000)
    model.fit(rows, [example.together for example in kept], sample_weight=counted)
    weights = {name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=True)}
    return {"intercept": round(float(model.intercept_[0]), 4)} | weights


def train(
    read: Callable[[], Iterable[tuple[Document, Sequence[Annotated]]]], about: dict[str, Any], path: Path = decide.PATH
) -> None:
    """Learn all three decisions and write them, with what they were learned from, as one JSON file.

    `read` yields the documents, each read by a reader that has not learned from it, as often as it is called.
    """
    source: list[Example] = []
    content: list[Example] = []
    for document, annotated in read():
        of_source, of_content = collect(document, annotated)
        source += of_source
        content += of_content
    model = decide.PairModel(fit(source), fit(content), {})
    item = [example for document, annotated in read() for example in collect_items(document, annotated, model)]
    card = {
        "question": "Does this source, or this content, belong to this cue, and is the item that they make one?",
        "about": about | {"source_pairs": len(source), "content_pairs": len(content), "items": len(item)},
        "source": model.source,
        "content": model.content,
        "item": fit(item),
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
