"""What does each sentence do around an article's main event? A decision over the reader's vectors and the place.

Multinomial logistic regression over what the reader says of a sentence and its neighbours, its vector, how near it is
to headline and lead, and where it stands: roles of news discourse (van Dijk 1988; Choubey et al. 2020), trained by
`research.training.roles` on NewsDiscourse; numbers and card in roles.json.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from ..report import Role

Doubles = NDArray[np.float64]

FILE = Path(__file__).parent / "roles.json"
ROLES: tuple[Role, ...] = get_args(Role)
_AROUND = (-2, -1, 1, 2)  # sentences whose own judgement counts, too
_NEXT = (-1, 1)  # and whose being opinion, fact or quotation does
_START = 3  # sentences that tell what the story is


def judge(document: Document) -> list[Role | None]:
    """Each sentence's role; None where the reader does not judge."""
    rows, told = describe(document)
    roles: list[Role | None] = [None] * len(document.sentences)
    if len(rows):
        weights, shift = _load()
        for at, chosen in zip(told, (rows @ weights + shift).argmax(axis=1), strict=True):
            roles[at] = ROLES[chosen]
    return roles


def describe(document: Document) -> tuple[Doubles, list[int]]:
    """A row of features for every sentence that the reader judges, and which sentences those are."""
    reading = document.reading
    told = [at for at, row in enumerate(reading.vectors) if not np.isnan(row[0])]
    if not told:
        return np.zeros((0, 0)), []
    vectors, logits = reading.vectors[told], reading.answers["role"][told]
    opinions = reading.answers["opinion"][told]
    size = len(told)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    near = [unit @ unit[at] for at in (0, min(1, size - 1))]
    start = unit @ unit[:_START].mean(axis=0)
    middle = unit @ unit.mean(axis=0)
    place = np.arange(size)
    part = [document.sentences[at].part for at in told]
    quoted = [document.voice_at(document.sentences[at].start) == "quoted" for at in told]
    opens = [document.paragraphs[document.sentences[at].paragraph].first == at for at in told]
    beside = [_shift(logits, step) for step in _AROUND]
    flat = np.column_stack(
        [
            *near,
            start,
            middle,
            (unit * np.roll(unit, 1, axis=0)).sum(axis=1) * (place > 0),
            place / size,
            np.log1p(place),
            np.log1p(size - 1 - place),
            place == 0,
            place == 1,
            [one == "headline" for one in part],
            [one == "lead" for one in part],
            quoted,
            opens,
            np.full(size, np.log(size)),
        ]
    ).astype(np.float64)
    told_beside = [_shift(opinions, step) for step in _NEXT]
    whole = [np.repeat(one.mean(axis=0, keepdims=True), size, axis=0) for one in (logits, opinions)]
    return np.hstack([vectors, logits, *beside, opinions, *told_beside, *whole, flat]), told


def _shift(rows: Doubles, step: int) -> Doubles:
    moved = np.zeros_like(rows)
    if step > 0:
        moved[:-step] = rows[step:]
    else:
        moved[-step:] = rows[:step]
    return moved


@cache
def _load() -> tuple[Doubles, Doubles]:
    model: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return np.array(model["weights"]), np.array(model["intercept"])
