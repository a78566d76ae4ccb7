"""As what does a source speak, and for whose word would a fair reader wait? Two decisions over named figures.

Roles: multinomial logistic regression over flags such as "a word of its title is listed for officials"; one that no
word shows is given only where the kind of source can tell it. Unheard: logistic regression over what the text does with
somebody who has no word in it. Both learned from the casts that coders wrote down (`research.training.cast`); numbers
and card in cast.json.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..report import CastRole

Doubles = NDArray[np.float64]

FILE = Path(__file__).parent / "cast.json"

# Roles that no word need show: of whoever bears no name, of a body by its name, and with these flags "media".
_UNTOLD = ("anonymous", "vague", "other")
_MEDIA = frozenset(("tweets", "type.media", "type.state_media", "verb.report", "verb.write"))

# Of somebody who has no word in the text.
UNHEARD = (
    "accused",  # places where a verb or a noun accuses it, three at most
    "is_accused",
    "mentions",  # logarithm
    "often",  # three mentions and more
    "share",  # of all mentions
    "first_three",  # is it among the three most mentioned?
    "first_six",
    "negative",  # share of its mentions toward which the text feels badly
    "first",  # where it is first mentioned, 0 to 1
    "headline",
    "words",  # negative loaded words about it, three at most
    "person",
    "refused",  # it gave no answer
    "acted_on",  # shares of mentions
    "acts",
    "portrayal",
    "told_of",  # share of its mentions in what others say
    "quoted",
)


def judge(flags: Iterable[str]) -> CastRole:
    """The likeliest role of a source of which these flags hold; flags that it never met say nothing."""
    model = _load()
    held = frozenset(flags)
    known = [at for flag, at in model.flags.items() if flag in held]
    logits = model.weights[known].sum(axis=0) + model.intercept
    untold: tuple[str, ...] = ("other",) if "kind.person" in held else _UNTOLD
    if "type.official" in held or not held & {"kind.nobody", "kind.person"}:
        untold = (*untold, "official")
    untold = (*untold, "media") if held & _MEDIA else untold
    told = [role in untold or f"any.{role}" in held for role in model.roles]
    return model.roles[int(np.where(told, logits, -np.inf).argmax())]


def waits(figures: Mapping[str, float]) -> bool:
    """Would a fair reader wait for the word of somebody of whom these figures (`UNHEARD`) hold?"""
    model = _load().unheard
    logit = sum(weight * figures[name] for name, weight in model["weights"].items()) + model["intercept"]
    return bool(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) >= model["from"])


@dataclass(frozen=True, slots=True)
class _Model:
    roles: tuple[CastRole, ...]
    flags: dict[str, int]
    weights: Doubles
    intercept: Doubles
    unheard: dict[str, Any]


@cache
def _load() -> _Model:
    model: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    if tuple(model["unheard"]["weights"]) != UNHEARD:
        raise ValueError(f"{FILE.name} was trained for other figures; train it again")
    flags = {flag: at for at, flag in enumerate(model["flags"])}
    weights, intercept = np.array(model["weights"]), np.array(model["intercept"])
    return _Model(tuple(model["roles"]), flags, weights, intercept, model["unheard"])
