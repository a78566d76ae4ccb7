"""Numbers as numbers: "12", "twelve" and "a dozen" are one, "about 1,200" and 1,187 may be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from models.comparison.columns import Word
from models.comparison.settings import QUANTITIES
from models.comparison.wording import stem

Kind = Literal["count", "clock", "date", "weekday", "month", "year", "score", "age", "ordinal"]
Interval = tuple[float, float]

_DIGITS = re.compile(r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<tail>[a-z/]*)")
_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?P<tail>[ap]m)?")
_ISO = re.compile(r"\s?-\s?(\d\d)\s?-\s?(\d\d)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GRAMMAR = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "with",
        "and",
        "or",
        "were",
        "was",
        "are",
        "is",
        "be",
        "been",
        "have",
        "has",
        "had",
        "will",
        "would",
        "who",
        "that",
        "which",
        "as",
        "after",
        "before",
        "when",
        "while",
        "per",
        "each",
        "out",
        "into",
        "not",
        "than",
        "more",
        "other",
        "own",
        "new",
    ]
)
_HALF_DAY, _DAY = 720, 1440  # minutes
_REACH = 6  # words in which what a number counts says what became of it
_NOUNS = 3  # words after a number that may be what it counts
_MOST_PHRASE = 4
_SCORED = frozenset(map(stem, ("vote", "win", "lose", "beat", "defeat", "lead", "draw", "tie", "rule", "score")))


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a sentence: between what it may lie, and what it counts."""

    kind: Kind
    low: float
    high: float
    start: int
    end: int
    first: int  # index of its first word
    last: int  # one past that of its last
    measure: str | None = None  # "length", "dollar"
    unit: frozenset[str] = frozenset()  # what it counts: "civilian"
    written: str = ""  # the unit as written, where it is measured
    role: str | None = None  # what became of them: "dead"
    exact: bool = True  # it says of itself that it is no round number, and no bound


def find(words: Sequence[Word], text: str) -> list[Quantity]:
    """Which numbers does a sentence name, and of what?"""
    forms = [word.form for word in words]
    found: list[Quantity] = []
    at = 0
    while at < len(words):
        quantity = _calendar(words, forms, text, at) or _clock(words, forms, at) or _count(words, forms, text, at)
        if quantity:
            found.append(quantity)
            at = max(at + 1, quantity.last)
        else:
            at += 1
    return _pair_scores([_with_role(quantity, forms) for quantity in found], words, forms, text)


def agree(one: Quantity, other: Quantity) -> bool:
    """May both be the same number?"""
    if one.kind == "clock":
        apart = abs(one.low - other.low) % (_DAY if one.exact and other.exact else _HALF_DAY)
        return min(apart, (_DAY if one.exact and other.exact else _HALF_DAY) - apart) < 1
    slack = 0.0
    if one.kind == "count":
        slack = QUANTITIES["around"]["rounded"] if _round_alike(one, other) else 0.0
        if one.written != other.written:
            slack = max(slack, QUANTITIES["around"]["converted"])
    return one.low * (1 - slack) <= other.high and other.low <= one.high * (1 + slack)


def people(unit: frozenset[str]) -> bool:
    """Are people counted, by any name?"""
    return bool(unit & _people())


def canonical(words: Sequence[Word], text: str) -> dict[int, str]:
    """Every word of a number by its index, as it is compared: the number's value at its first word, then nothing."""
    forms: dict[int, str] = {}
    for quantity in find(words, text):
        if quantity.low == quantity.high and quantity.kind in ("count", "clock", "date", "age"):
            value = f"#{quantity.kind}{quantity.low:g}"
            forms |= dict.fromkeys(range(quantity.first, quantity.last), "") | {quantity.first: value}
    return forms


def _round_alike(one: Quantity, other: Quantity) -> bool:
    rough, fine = sorted((one.low, other.low), key=_digits)
    return (
        (rough >= 100 or fine != int(fine))
        and _digits(rough) < _digits(fine)
        and float(f"{fine:.{max(0, _digits(rough) - 1)}e}") == rough
    )


def _digits(value: float) -> int:
    """Significant digits of a number as texts write it."""
    return len(f"{value:.10g}".replace(".", "").strip("0")) or 1


def _calendar(words: Sequence[Word], forms: Sequence[str], text: str, at: int) -> Quantity | None:
    form, written = forms[at], text[words[at].start]
    if form in _weekdays() and written.isupper():
        return _make("weekday", _weekdays()[form], words, at, at + 1)
    month = _months().get(form.rstrip("."))
    if month is not None and written.isupper():
        day = _day(forms, at + 1)
        if day:
            return _make("date", month * 100 + day, words, at, at + 2)
        if at and forms[at - 1] in ("in", "of", "by", "since", "until", "last", "next", "early", "late", "mid", "this"):
            return _make("month", month, words, at, at + 1)
        return None
    day = _day(forms, at)
    if day:
        then = at + 2 if at + 1 < len(forms) and forms[at + 1] == "of" else at + 1
        month = _months().get(forms[then].rstrip(".")) if then < len(forms) else None
        if month is not None and text[words[then].start].isupper():
            return _make("date", month * 100 + day, words, at, then + 1)
    if _YEAR.fullmatch(form) and text[words[at].start - 1 : words[at].start] not in QUANTITIES["signs"]:
        iso = _ISO.match(text, words[at].end)
        if iso:
            last = next((i for i in range(at, len(words)) if words[i].start >= iso.end()), len(words))
            return _make("date", (int(iso.group(1)) - 1) * 100 + int(iso.group(2)), words, at, last)
        counted = at + 1 < len(forms) and (stem(forms[at + 1]) in _people() or forms[at + 1] in _unit_words())
        return None if counted else _make("year", int(form), words, at, at + 1)
    return None


def _day(forms: Sequence[str], at: int) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", forms[at]) if at < len(forms) else None
    return int(match.group(1)) if match and 0 < int(match.group(1)) <= 31 else None


def _clock(words: Sequence[Word], forms: Sequence[str], at: int) -> Quantity | None:
    if forms[at] in ("noon", "midday", "midnight"):
        return _make("clock", 0 if forms[at] == "midnight" else _HALF_DAY, words, at, at + 1)
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
    return _make("clock", hour * 60 + minute, words, at, last, exact=known)


def _count(words: Sequence[Word], forms: Sequence[str], text: str, at: int) -> Quantity | None:
    opened = _phrase(forms, at, QUANTITIES["open"])
    if opened:
        low, high = QUANTITIES["open"][" ".join(forms[at : at + opened])]
        return _counted(words, forms, text, at, at + opened, (low, high), exact=False)
    shared = _phrase(forms, at, QUANTITIES["shares"])
    if shared:
        value = QUANTITIES["shares"][" ".join(forms[at : at + shared])]
        return _make("count", value * 0.95, words, at, at + shared, high=value * 1.05, measure="percent", exact=False)
    ordinal = QUANTITIES["ordinals"].get(forms[at]) or _ordinal(forms[at])
    if ordinal and "since" in forms[at:]:
        return None  # the first since then is not the first
    if ordinal:
        unit = _unit(words, forms, text, at + 1)
        return _make("ordinal", ordinal, words, at, at + 1, unit=unit) if unit else None
    value, last = read(forms, at)
    if value is None or _is_label(words, forms, text, at):
        return None
    if forms[at] == "one" and (
        last >= len(forms) or forms[last] in _GRAMMAR or (at and forms[at - 1] in ("no", "the"))
    ):
        return None
    if last + 1 < len(forms) and forms[last] in ("to", "and", "or"):
        upper, end = read(forms, last + 1)
        between = forms[last] != "and" or (at > 0 and forms[at - 1] == "between")
        if upper is not None and upper > value and between:
            if end > last + 2 and value < 1000 <= upper:  # "2 to 3 million"
                value *= upper / max(1.0, _leading(upper))
            return _counted(words, forms, text, at, end, (value, upper), exact=False)
    return _counted(words, forms, text, at, last, (value, value), exact=True)


def _leading(value: float) -> float:
    while value >= 1000:
        value /= 1000
    return value


def _ordinal(form: str) -> int | None:
    match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", form)
    return int(match.group(1)) if match else None


def read(forms: Sequence[str], at: int) -> tuple[float | None, int]:
    """The number that begins with forms[at], and one past its last word; None where none does."""
    scales: Mapping[str, float] = QUANTITIES["scales"]
    total, part, last = 0.0, None, at
    while last < len(forms):
        form = forms[last]
        digits = _DIGITS.fullmatch(form)
        if digits and part is None and digits["tail"] in ("", "s", "m", "mn", "bn", "tn", "k", *_unit_words()):
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


def _is_label(words: Sequence[Word], forms: Sequence[str], text: str, at: int) -> bool:
    """Does the number only name a thing: "Highway 12", "Flight 370"?"""
    if not at or not forms[at][0].isdigit():
        return False
    before = text[words[at - 1].end : words[at].start]
    named = text[words[at - 1].start].isupper() or forms[at - 1] == "number"
    return before in (" ", "-", ". ") and named and forms[at - 1].rstrip(".") in QUANTITIES["calendar"]["labels"]


def _counted(
    words: Sequence[Word], forms: Sequence[str], text: str, at: int, last: int, value: Interval, *, exact: bool
) -> Quantity | None:
    around = QUANTITIES["around"]
    low, high = value
    before, after = " ".join(forms[max(0, at - 3) : at]), " ".join(forms[last : last + 2])
    if _ends(before, around["most"]) or _begins(after, around["most_after"]):
        low, exact = low / around["open_end"], False
    elif _ends(before, around["least"]) or _begins(after, around["least_after"]) or _is_open(words, text, last):
        high, exact = high * around["open_end"], False
    elif _ends(before, around["before"]) or _begins(after, around["after"]):
        low, high, exact = low * (1 - around["tolerance"]), high * (1 + around["tolerance"]), False
    age = _age(words, forms, text, at, last)
    if age:
        return _make("age", low, words, at, last, high=high, exact=exact)
    measure, written, factor = _measure(words, forms, text, at, last)
    unit = frozenset() if measure else _unit(words, forms, text, last)
    return _make(
        "count", low * factor, words, at, last,
        high=high * factor, measure=measure, unit=unit, written=written, exact=exact,
    )  # fmt: skip


def _is_open(words: Sequence[Word], text: str, last: int) -> bool:
    return text[words[last - 1].end :][:1] == "+"


def _age(words: Sequence[Word], forms: Sequence[str], text: str, at: int, last: int) -> bool:
    ahead = forms[last : last + 2]
    if ahead[:1] == ["year-old"] or ahead[:1] == ["years-old"] or ahead == ["years", "old"]:
        return True
    if at and forms[at - 1] in ("aged", "age"):
        return True
    opened = text[words[at].start - 2 : words[at].start] in (", ", " (")
    closed = text[words[last - 1].end : words[last - 1].end + 1] in (",", ")", ".")
    named = at > 0 and text[words[at - 1].start].isupper()
    return opened and closed and named and last - at == 1 and text[words[at].start].isdigit()


def _measure(
    words: Sequence[Word], forms: Sequence[str], text: str, at: int, last: int
) -> tuple[str | None, str, float]:
    signs: Mapping[str, str] = QUANTITIES["signs"]
    for sign in (text[words[at].start - 1 : words[at].start], text[words[last - 1].end : words[last - 1].end + 1]):
        if sign in signs:
            return signs[sign], signs[sign], 1.0
    ahead = list(forms[last : last + 2])
    tail = _DIGITS.fullmatch(forms[last - 1])
    candidates = [tail["tail"] if tail else "", *ahead[:1]]
    if ahead == ["per", "cent"]:
        return "percent", "percent", 1.0
    for word in candidates:
        for name, units in QUANTITIES["units"].items():
            if word in units:
                return name, stem(word), float(units[word])
    return None, "", 1.0


def _unit(words: Sequence[Word], forms: Sequence[str], text: str, at: int) -> frozenset[str]:
    """What is counted: the next words, up to one of mere grammar or a sign."""
    found: set[str] = set()
    if forms[at : at + 2] in (["of", "the"], ["of", "them"], ["of", "his"], ["of", "her"], ["of", "its"]):
        at += 2
    for place in range(at, min(at + _NOUNS, len(forms))):
        sign = text[words[place - 1].end : words[place].start].strip()
        if sign and sign != "-":
            break
        if forms[place] in ("more", "other", "new"):
            continue
        if forms[place] in _GRAMMAR or read(forms, place)[0] is not None or forms[place].endswith("ly"):
            break
        found.add(stem(forms[place]))
    return frozenset(found)


def _with_role(quantity: Quantity, forms: Sequence[str]) -> Quantity:
    """Who died and who was hurt are counted apart: the nearest word that says so."""
    near: tuple[int, str] | None = None
    for place in range(max(0, quantity.first - _REACH), min(len(forms), quantity.last + _REACH)):
        role = _roles().get(stem(forms[place]))
        apart = quantity.first - place if place < quantity.first else place - quantity.last + 1
        if role and quantity.kind == "count" and (near is None or apart < near[0]):
            near = (apart, role)
    return replace(quantity, role=near[1]) if near else quantity


def _pair_scores(found: Sequence[Quantity], words: Sequence[Word], forms: Sequence[str], text: str) -> list[Quantity]:
    """Two numbers that are one result, "nine to four" or "3-1", as one number of their own kind."""
    joined: list[Quantity] = []
    for quantity in found:
        before = joined[-1] if joined else None
        if before and before.kind == quantity.kind == "count" and before.low == before.high:
            between = text[before.end : quantity.start].strip().casefold()
            result = between in ("to", "-", "–", "votes to", "votes against") and quantity.low == quantity.high
            scored = before.low > quantity.low or any(stem(form) in _SCORED for form in forms)
            if result and scored:
                high, low = max(before.low, quantity.low), min(before.low, quantity.low)
                joined[-1] = _make("score", high * 10_000 + low, words, before.first, quantity.last)
                continue
        joined.append(quantity)
    return joined


def _make(
    kind: Kind, low: float, words: Sequence[Word], first: int, last: int, *, high: float | None = None,
    measure: str | None = None, unit: frozenset[str] = frozenset(), written: str = "", exact: bool = True,
) -> Quantity:  # fmt: skip
    return Quantity(
        kind, low, low if high is None else high, words[first].start, words[last - 1].end, first, last,
        measure, unit, written, None, exact,
    )  # fmt: skip


def _phrase(forms: Sequence[str], at: int, known: Mapping[str, object]) -> int:
    sizes = range(min(_MOST_PHRASE, len(forms) - at), 0, -1)
    return next((size for size in sizes if " ".join(forms[at : at + size]) in known), 0)


def _ends(before: str, phrases: Sequence[str]) -> bool:
    return any(before == phrase or before.endswith(f" {phrase}") for phrase in phrases)


def _begins(after: str, phrases: Sequence[str]) -> bool:
    return any(after == phrase or after.startswith(f"{phrase} ") for phrase in phrases)


@cache
def modifiers() -> frozenset[str]:
    """Words that say how exact a number is, and nothing of what it counts."""
    around = QUANTITIES["around"]
    phrases = (
        phrase for name in ("before", "after", "least", "least_after", "most", "most_after") for phrase in around[name]
    )
    return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def _people() -> frozenset[str]:
    return frozenset(map(stem, QUANTITIES["calendar"]["people"]))


@cache
def _unit_words() -> frozenset[str]:
    return frozenset(word for units in QUANTITIES["units"].values() for word in units)


@cache
def _roles() -> dict[str, str]:
    return {stem(word): role for role, words in QUANTITIES["roles"].items() for word in words}


@cache
def _weekdays() -> dict[str, int]:
    return {name: at for at, name in enumerate(QUANTITIES["calendar"]["weekdays"])}


@cache
def _months() -> dict[str, int]:
    calendar = QUANTITIES["calendar"]
    names = {name: at for at, name in enumerate(calendar["months"])}
    return names | {name: at for at, name in enumerate(calendar["short"])} | {"sept": 8}
