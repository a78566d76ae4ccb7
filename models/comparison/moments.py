"""When: dates, weekdays, months, years and times of day, as texts write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from ..stems import stem
from . import numerals
from .columns import Word
from .settings import QUANTITIES

Kind = Literal["clock", "date", "weekday", "month", "year"]

_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?P<tail>[ap]m)?")
_ISO = re.compile(r"\s?-\s?(\d\d)\s?-\s?(\d\d)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOON = 720  # minutes


class Moment(NamedTuple):
    """A time that a text names: `value` is a weekday, month, year, 100 × month + day, or minutes since midnight."""

    kind: Kind
    value: int
    last: int  # one past its last word
    exact: bool = True  # a time of day that says whether it is before noon


def find(words: Sequence[Word], forms: Sequence[str], text: str, at: int) -> Moment | None:
    """Which time begins with a word, if any?"""
    return _calendar(words, forms, text, at) or _clock(forms, at)


def _calendar(words: Sequence[Word], forms: Sequence[str], text: str, at: int) -> Moment | None:
    form, written = forms[at], text[words[at].start]
    if form in _weekdays() and written.isupper():
        return Moment("weekday", _weekdays()[form], at + 1)
    month = _months().get(form.rstrip("."))
    if month is not None and written.isupper():
        day = _day(forms, at + 1)
        if day:
            return Moment("date", month * 100 + day, at + 2)
        if at and forms[at - 1] in ("in", "of", "by", "since", "until", "last", "next", "early", "late", "mid", "this"):
            return Moment("month", month, at + 1)
        return None
    day = _day(forms, at)
    if day:
        then = at + 2 if at + 1 < len(forms) and forms[at + 1] == "of" else at + 1
        month = _months().get(forms[then].rstrip(".")) if then < len(forms) else None
        if month is not None and text[words[then].start].isupper():
            return Moment("date", month * 100 + day, then + 1)
    if _YEAR.fullmatch(form) and text[words[at].start - 1 : words[at].start] not in QUANTITIES["signs"]:
        iso = _ISO.match(text, words[at].end)
        if iso:
            last = next((i for i in range(at, len(words)) if words[i].start >= iso.end()), len(words))
            return Moment("date", (int(iso.group(1)) - 1) * 100 + int(iso.group(2)), last)
        counted = at + 1 < len(forms) and _is_counted(forms[at + 1])
        return None if counted else Moment("year", int(form), at + 1)
    return None


def _is_counted(form: str) -> bool:
    """Does 2,000 before this word count something, and name no year?"""
    return stem(form) in _people() or form in numerals.tails()


def _day(forms: Sequence[str], at: int) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", forms[at]) if at < len(forms) else None
    return int(match.group(1)) if match and 0 < int(match.group(1)) <= 31 else None


def _clock(forms: Sequence[str], at: int) -> Moment | None:
    if forms[at] in ("noon", "midday", "midnight"):
        return Moment("clock", 0 if forms[at] == "midnight" else _NOON, at + 1)
    following = forms[at + 1].replace(".", "") if at + 1 < len(forms) else ""
    half = following if following in ("am", "pm") else ""
    match = _CLOCK.fullmatch(forms[at])
    if match and (":" in forms[at] or match["tail"] or half or (at and forms[at - 1] == "at")):
        hour, minute, half = int(match["hour"]), int(match["minute"]), match["tail"] or half
    elif match := re.fullmatch(r"(1[0-2]|[1-9])([ap]m)?", forms[at]):
        half = match.group(2) or half
        if not half and following not in ("o'clock", "oclock"):
            return None
        hour, minute = int(match.group(1)), 0
    elif forms[at] in QUANTITIES["words"] and (half or following in ("o'clock", "oclock")):
        hour, minute = QUANTITIES["words"][forms[at]], 0
    else:
        return None
    last = at + 1 + (following in ("am", "pm", "o'clock", "oclock"))
    known = bool(half) or hour > 12 or forms[at].startswith("0")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return Moment("clock", hour * 60 + minute, last, known)


@cache
def _weekdays() -> dict[str, int]:
    return {name: at for at, name in enumerate(QUANTITIES["calendar"]["weekdays"])}


@cache
def _months() -> dict[str, int]:
    calendar = QUANTITIES["calendar"]
    names = {name: at for at, name in enumerate(calendar["months"])}
    return names | {name: at for at, name in enumerate(calendar["short"])} | {"sept": 8}


@cache
def _people() -> frozenset[str]:
    return frozenset(map(stem, QUANTITIES["people"]))
