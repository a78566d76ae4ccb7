"""Numbers as numbers: "12", "twelve" and "a dozen" are one, "about 1,200" and 1,187 may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from ..stems import stem
from . import moments, numerals
from .columns import Word
from .settings import QUANTITIES

Kind = Literal["count", "clock", "date", "weekday", "month", "year", "score", "age", "ordinal"]
Interval = tuple[float, float]

_GRAMMAR = frozenset(QUANTITIES["grammar"])
_HALF_DAY, _DAY = 720, 1440  # minutes
_REACH = 6  # words in which what a number counts says what became of it
_NOUNS = 3  # words after a number that may be what it counts
_SCORED = frozenset(map(stem, QUANTITIES["scored"]))


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
        if not _may_begin(forms[at]):
            at += 1
            continue
        moment = moments.find(words, forms, text, at)
        quantity: Quantity | None
        if moment:
            quantity = _make(moment.kind, moment.value, words, at, moment.last, exact=moment.exact)
        else:
            quantity = _count(words, forms, text, at)
        if quantity:
            found.append(quantity)
            at = max(at + 1, quantity.last)
        else:
            at += 1
    return _pair_scores([_with_role(quantity, forms) for quantity in found], words, forms, text)


@lru_cache(maxsize=50_000)
def _may_begin(form: str) -> bool:
    """May a number or a time begin with this word? Most words are passed over without a closer look."""
    return form[0].isdigit() or form.partition("-")[0].rstrip(".") in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    named = (QUANTITIES[name] for name in ("words", "ordinals", "open", "shares", "scales"))
    calendar = QUANTITIES["calendar"].values()
    words = (phrase.split()[0].partition("-")[0] for group in (*named, *calendar) for phrase in group)
    return frozenset(words) | {"a", "an", "half", "noon", "midday", "midnight", "sept"}


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


def canonical(numbers: Iterable[Quantity]) -> dict[int, str]:
    """Every word of a number by its index, as it is compared: the number's value at its first word, then nothing."""
    forms: dict[int, str] = {}
    for quantity in numbers:
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


def _count(words: Sequence[Word], forms: Sequence[str], text: str, at: int) -> Quantity | None:
    opened = numerals.phrase(forms, at, QUANTITIES["open"])
    if opened:
        low, high = QUANTITIES["open"][" ".join(forms[at : at + opened])]
        return _counted(words, forms, text, at, at + opened, (low, high), exact=False)
    shared = numerals.phrase(forms, at, QUANTITIES["shares"])
    if shared:
        value = QUANTITIES["shares"][" ".join(forms[at : at + shared])]
        return _make("count", value * 0.95, words, at, at + shared, high=value * 1.05, measure="percent", exact=False)
    ordinal = QUANTITIES["ordinals"].get(forms[at]) or numerals.ordinal(forms[at])
    if ordinal and "since" in forms[at:]:
        return None  # the first since then is not the first
    if ordinal:
        unit = _unit(words, forms, text, at + 1)
        return _make("ordinal", ordinal, words, at, at + 1, unit=unit) if unit else None
    value, last = numerals.read(forms, at)
    if value is None or _is_label(words, forms, text, at):
        return None
    if forms[at] == "one" and _is_no_number(forms, at, last):
        return None
    if last + 1 < len(forms) and forms[last] in ("to", "and", "or"):
        upper, end = numerals.read(forms, last + 1)
        between = forms[last] != "and" or (at > 0 and forms[at - 1] == "between")
        if upper is not None and upper > value and between:
            if end > last + 2 and value < 1000 <= upper:  # "2 to 3 million"
                value *= upper / max(1.0, numerals.leading(upper))
            return _counted(words, forms, text, at, end, (value, upper), exact=False)
    return _counted(words, forms, text, at, last, (value, value), exact=True)


def _is_no_number(forms: Sequence[str], at: int, last: int) -> bool:
    """Does "one" stand for somebody, as in "no one" and "one of them"? In "three to one" it counts."""
    if at > 1 and forms[at - 1] == "to" and numerals.read(forms, at - 2)[0] is not None:
        return False
    return last >= len(forms) or forms[last] in _GRAMMAR or (at > 0 and forms[at - 1] in ("no", "the"))


def _is_label(words: Sequence[Word], forms: Sequence[str], text: str, at: int) -> bool:
    """Does the number only name a thing: "Highway 12", "Flight 370"?"""
    if not at or not forms[at][0].isdigit():
        return False
    before = text[words[at - 1].end : words[at].start]
    named = text[words[at - 1].start].isupper() or forms[at - 1] == "number"
    return before in (" ", "-", ". ") and named and forms[at - 1].rstrip(".") in QUANTITIES["labels"]


def _counted(
    words: Sequence[Word], forms: Sequence[str], text: str, at: int, last: int, value: Interval, *, exact: bool
) -> Quantity | None:
    around = QUANTITIES["around"]
    low, high = value
    before, after = " ".join(forms[max(0, at - 3) : at]), " ".join(forms[last : last + 2])
    if numerals.ends(before, around["most"]) or numerals.begins(after, around["most_after"]):
        low, exact = low / around["open_end"], False
    elif (
        numerals.ends(before, around["least"])
        or numerals.begins(after, around["least_after"])
        or _is_open(words, text, last)
    ):
        high, exact = high * around["open_end"], False
    elif numerals.ends(before, around["before"]) or numerals.begins(after, around["after"]):
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
    candidates = [numerals.tail_of(forms[last - 1]), *ahead[:1]]
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
        if forms[place] in _GRAMMAR or numerals.read(forms, place)[0] is not None or forms[place].endswith("ly"):
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


@cache
def _people() -> frozenset[str]:
    return frozenset(map(stem, QUANTITIES["people"]))


@cache
def _roles() -> dict[str, str]:
    return {stem(word): role for role, words in QUANTITIES["roles"].items() for word in words}
