"""Numbers as texts write them: digits, words, scales, and how exact they say they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from .settings import QUANTITIES

_DIGITS = re.compile(r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<tail>[a-z/]*)")
_MOST_PHRASE = 4


def read(forms: Sequence[str], at: int) -> tuple[float | None, int]:
    """The number that begins with forms[at], and one past its last word; None where none does."""
    scales: Mapping[str, float] = QUANTITIES["scales"]
    total, part, last = 0.0, None, at
    while last < len(forms):
        form = forms[last]
        digits = _DIGITS.fullmatch(form)
        if digits and part is None and digits["tail"] in ("", "s", "m", "mn", "bn", "tn", "k", *tails()):
            part = float(digits["number"].replace(",", "")) * scales.get(digits["tail"], 1)
        elif (small := _small(form)) is not None and (
            part is None or part % 100 == 0 or (part % 10 == 0 and small < 10)
        ):
            part = (part or 0) + small
        elif form in ("a", "an", "half") and part is None and last + 1 < len(forms):
            ahead = forms[last + 1 : last + 3]
            if form == "half":
                ahead = ahead[1:] if ahead[:1] in (["a"], ["an"]) else ahead
                if not ahead or ahead[0] not in scales:
                    break
                last += forms[last + 1] in ("a", "an")
                part = 0.5
            elif ahead[0] in scales and len(ahead[0]) > 2:
                part = 1.0
            else:
                break
        elif form in scales and part is not None and len(form) > 2 - bool(forms[last - 1][-1].isdigit()):
            if scales[form] == 100 or form == "dozen":
                part *= scales[form]
            else:
                total, part = total + part * scales[form], 0.0
        elif form == "and" and part is not None and (total or part % 100 == 0) and last + 1 < len(forms):
            if _small(forms[last + 1]) is None or part + total < 100:
                break
        else:
            break
        last += 1
    return (None, at) if part is None else (total + part, last)


def _small(form: str) -> float | None:
    known: Mapping[str, float] = QUANTITIES["words"]
    if form in known:
        return known[form]
    tens, _, ones = form.partition("-")
    if ones in known and tens in known and known[tens] >= 20 and known[ones] < 10:
        return known[tens] + known[ones]
    return None


def ordinal(form: str) -> int | None:
    """The number of an ordinal in digits (3rd: 3); None where it is none."""
    match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", form)
    return int(match.group(1)) if match else None


def leading(value: float) -> float:
    """A positive number brought below 1,000 by thousands: 4,200,000 is 4.2."""
    while value >= 1000:
        value /= 1000
    return value


def phrase(forms: Sequence[str], at: int, known: Mapping[str, object]) -> int:
    """How many words from `at` on are a known phrase, the longest; 0: none."""
    sizes = range(min(_MOST_PHRASE, len(forms) - at), 0, -1)
    return next((size for size in sizes if " ".join(forms[at : at + size]) in known), 0)


def ends(before: str, phrases: Sequence[str]) -> bool:
    """Does the text before end with one of these phrases, whole words?"""
    return any(before == phrase or before.endswith(f" {phrase}") for phrase in phrases)


def begins(after: str, phrases: Sequence[str]) -> bool:
    """Does the text after begin with one of these phrases, whole words?"""
    return any(after == phrase or after.startswith(f"{phrase} ") for phrase in phrases)


@cache
def modifiers() -> frozenset[str]:
    """Words that say how exact a number is, and nothing of what it counts."""
    around = QUANTITIES["around"]
    phrases = (
        phrase for name in ("before", "after", "least", "least_after", "most", "most_after") for phrase in around[name]
    )
    return frozenset(word for phrase in phrases for word in phrase.split())


def tail_of(form: str) -> str:
    """What is written onto a number: "m" of "5m", "" of "5"."""
    match = _DIGITS.fullmatch(form)
    return match["tail"] if match else ""


@cache
def tails() -> frozenset[str]:
    """Units that may be written onto a number."""
    return frozenset(word for units in QUANTITIES["units"].values() for word in units)
