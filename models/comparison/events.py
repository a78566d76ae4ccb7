"""Do two articles tell one event? By deeds, words, places, dates and numbers, not only by whom they name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from .outline import Outline, sign
from .quantities import Quantity
from .settings import SETTINGS

PATH = Path(__file__).parent.parent / "classifiers" / "events.json"
FEATURES = (
    "text",
    "words",
    "lead",
    "headline",
    "deeds",
    "told",
    "runs",
    "names",
    "others",
    "places",
    "times",
    "numbers",
    "late",
    "undated",
    "size",
    "text_size",
    "words_size",
    "lead_size",
    "headline_size",
    "deeds_size",
    "told_size",
    "names_size",
)

USUAL_DAYS = 2  # between two articles on one event
_MOST_DAYS = 30
_LEAST_SIZE, _USUAL_SIZE = 20, 5.0  # words; the logarithm of about 150
_SIZED = ("text", "words", "lead", "headline", "deeds", "told", "names")  # what tells more in longer texts
_RETOLD = 0.6  # of what the shorter text tells: it is the other's, told again
_TELLING_NUMBER = 13  # smaller ones stand everywhere


class Decision(BaseModel):
    """The learnt weights by feature."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    card: dict[str, Any]
    weights: dict[str, float]
    intercept: float


@cache
def load() -> Decision:
    """The committed decision, read once a process. Raises ValueError where it was learnt for other features."""
    decision = Decision.model_validate_json(PATH.read_text(encoding="utf-8"))
    if tuple(decision.weights) != FEATURES:
        raise ValueError(f"{PATH.name} was learnt for other features; run research.training.events again")
    return decision


def measure(one: Outline, other: Outline) -> dict[str, float]:
    """How near are two articles, feature by feature? Square roots of cosines, shares and agreements (-1..1).

    `late` is log(1 + the days between them beyond two), the less the more one tells of the other: a copy may be old;
    `…_size` is how much more a feature tells in longer texts,
    where the same names are less likely to be all that two events share.
    """
    days = 0 if one.day is None or other.day is None else abs(one.day - other.day)
    size = math.log(max(_LEAST_SIZE, min(one.size, other.size))) - _USUAL_SIZE
    told = _told(one, other)
    found = {
        "text": math.sqrt(cosine(one.text, other.text)),
        "words": math.sqrt(cosine(one.words, other.words)),
        "lead": math.sqrt(cosine(one.lead, other.lead)),
        "headline": _headlines(one, other),
        "deeds": math.sqrt(cosine(one.deeds, other.deeds)),
        "told": told,
        "runs": math.log1p(len(one.runs & other.runs)),
        "names": math.sqrt(cosine(one.names, other.names)),
        "others": math.sqrt(cosine(one.others, other.others)),
        "places": _agree(bool(one.places & other.places), bool(one.places and other.places)),
        "times": _times(one.times, other.times),
        "numbers": math.log1p(len(share_numbers(one.numbers, other.numbers))),
        "late": math.log1p(min(_MOST_DAYS, max(0, days - USUAL_DAYS))) * (1 - told),
        "undated": float(one.day is None or other.day is None),
        "size": size,
    }
    return found | {f"{name}_size": found[name] * size for name in _SIZED}


def judge(one: Outline, other: Outline, decision: Decision | None = None) -> float:
    """How likely do two articles tell one event (0..1)? By the committed decision, or another one.

    Of articles whose dates are apart it is never called sure, unless one mostly tells what the other does.
    """
    decision = decision or load()
    found = measure(one, other)
    logit = decision.intercept + sum(decision.weights[name] * value for name, value in found.items())
    apart = found["late"] > 0 and found["told"] < _RETOLD
    return min(1 / (1 + math.exp(-logit)), SETTINGS["events"]["most_if_apart"] if apart else 1.0)


def may_be_one(same: float) -> bool:
    """Is it worth while to look for contradictions?"""
    return same >= float(SETTINGS["events"]["surely_two"])


def verdict(same: float) -> Literal["same", "probably_same", "probably_different", "different"]:
    """The probability in words."""
    choice = SETTINGS["events"]
    if same >= choice["same"]:
        return "same" if same >= choice["sure"] else "probably_same"
    return "different" if same < choice["surely_two"] else "probably_different"


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Cosine of two bags of length 1 (0..1)."""
    return min(1.0, sum(weight * other[term] for term, weight in one.items() if term in other))


def _told(one: Outline, other: Outline) -> float:
    """The share of the shorter article's sentences that have their like in the other."""
    short, long = sorted((one.sentences, other.sentences), key=len)
    best = []
    for bag in short:
        own = sum(bag.values())
        if own:
            shares = (sum(w for term, w in bag.items() if term in there) / own for there in long)
            best.append(max(shares, default=0.0))
    return sum(best) / len(best) if best else 0.0


def _headlines(one: Outline, other: Outline) -> float:
    """The share of what each headline says that stands first in the other text: the mean of both."""
    shares = [
        sum(weight for stem, weight in mine.headline.items() if stem in theirs.top) / sum(mine.headline.values())
        for mine, theirs in ((one, other), (other, one))
        if mine.headline
    ]
    return sum(shares) / len(shares) if shares else 0.0


def _agree(alike: bool, known: bool) -> float:
    return (1.0 if alike else -1.0) if known else 0.0


def _times(one: Sequence[Quantity], other: Sequence[Quantity]) -> float:
    kinds = {time.kind for time in one} & {time.kind for time in other}
    alike = any(a.kind == b.kind and a.low == b.low for a in one for b in other)
    return _agree(alike, bool(kinds))


def share_numbers(one: Sequence[Quantity], other: Sequence[Quantity]) -> list[Quantity]:
    """Which telling numbers do both give?"""
    theirs = {sign(number) for number in other}
    return [
        number
        for signed, number in {sign(number): number for number in one}.items()
        if signed in theirs and (number.low >= _TELLING_NUMBER or number.measure or number.kind != "count")
    ]
