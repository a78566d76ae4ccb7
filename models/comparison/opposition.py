"""In what do two sentences about the same thing differ so that both can't be right?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations
from typing import NamedTuple

from ..comparison_report.events import ContradictionKind
from ..report import Span
from ..stems import stem
from . import quantities, speech, wording
from .claims import Claim, Reading
from .naming import Figure
from .quantities import Quantity
from .settings import SETTINGS

Places = tuple[int, int]  # of words: the first, and one past the last
_TIMES = frozenset(("date", "weekday", "month", "year"))
_WHICH = _TIMES | {"ordinal"}  # these say of which one the rest is told: the first floor, the fine of 2021


class Difference(NamedTuple):
    """The words of one sentence and those of the other, in what they differ."""

    kind: ContradictionKind
    mine: Places
    theirs: Places
    says_which: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sentences that differ in one way: the words that do, of each; and whether one voice says both."""

    kind: ContradictionKind
    one: Reading
    other: Reading
    words: tuple[tuple[Span, ...], tuple[Span, ...]]
    disputed: bool  # two people say it, each on their own

    @property
    def readings(self) -> tuple[Reading, Reading]:
        """Both sentences."""
        return self.one, self.other


def oppose(one: Reading, other: Reading, figures: Sequence[Figure]) -> Iterator[Clash]:
    """In what do two sentences about the same thing differ so that both can't be right?"""
    found: dict[ContradictionKind, list[tuple[tuple[int, int], tuple[int, int]]]] = {}
    numbers = list(_numbers(one, other))
    sides = list(_sides(one, other))
    which = [number for number in numbers if number.says_which]
    if (sides or len(which) < len(numbers)) and (which or _another(one, other)):
        return  # of another time, of another one
    for kind, mine, theirs, _ in [*numbers, *sides]:
        found.setdefault(kind, []).append((mine, theirs))
    for kind, places in found.items():
        words = tuple(
            tuple(
                reading.column.span(reading.words[first].start, reading.words[last - 1].end)
                for first, last in sorted({pair[at] for pair in places})
            )
            for at, reading in enumerate((one, other))
        )
        spoken = [speech.differ(one, mine[0], other, theirs[0], figures) for mine, theirs in places]
        yield Clash(kind, one, other, (words[0], words[1]), all(spoken))


def name_kinds(readings: Sequence[Reading], figures: Sequence[Figure]) -> list[ContradictionKind]:
    """In what are sentences that tell one fact opposed, by whomever: number, negation, outcome?"""
    kinds = {
        kind
        for one, other in combinations(readings, 2)
        for kind in (*(clash.kind for clash in oppose(one, other, figures)), *_unlike(one, other))
    }
    return sorted(kinds)


def _unlike(one: Reading, other: Reading) -> Iterator[ContradictionKind]:
    """In what do two sentences that hardly differ in words differ all the same, were it only in a wish?"""
    matcher = SequenceMatcher(None, one.stems, other.stems, autojunk=False)
    if matcher.ratio() < SETTINGS["contradictions"]["hardly"]:
        return
    for tag, *ends in matcher.get_opcodes():
        a, b, c, d = ends
        if tag == "equal" or max(b - a, d - c) > SETTINGS["contradictions"]["slightly"]:
            continue
        negated = [sum(first <= n.first < last for n in r.negations) for r, first, last in ((one, a, b), (other, c, d))]
        if sum(negated) % 2:
            yield "negation"
        mine = [number for number in one.numbers if a <= number.first < b]
        theirs = [number for number in other.numbers if c <= number.first < d]
        if any(n.kind == m.kind and not quantities.agree(n, m) for n in mine for m in theirs):
            yield "number"
        if any(claim.bare != counter.bare for claim, counter in _outcomes(one, a, b, other, c, d)):
            yield "outcome"


def _outcomes(one: Reading, a: int, b: int, other: Reading, c: int, d: int) -> Iterator[tuple[Claim, Claim]]:
    """Words of one outcome in both stretches."""
    for about in one.claims.keys() & other.claims.keys():
        for claim in one.claims[about]:
            for counter in other.claims[about]:
                if claim.outcome and a <= claim.first < b and c <= counter.first < d:
                    yield claim, counter


def _numbers(one: Reading, other: Reading) -> Iterator[Difference]:
    """Numbers of one thing that differ, those aside that have their like in the other sentence."""
    fits = [
        (_fit(one, mine, other, theirs), a, b)
        for a, mine in enumerate(one.numbers)
        for b, theirs in enumerate(other.numbers)
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    agreeing = [fit for fit in fits if fit[0] > 0 and quantities.agree(one.numbers[fit[1]], other.numbers[fit[2]])]
    for _, a, b in sorted(agreeing, reverse=True):
        if a not in taken[0] and b not in taken[1]:
            taken[0].add(a)
            taken[1].add(b)
    for fit, a, b in sorted(fits, reverse=True):
        mine, theirs = one.numbers[a], other.numbers[b]
        if fit >= SETTINGS["contradictions"]["number_fit"] and a not in taken[0] and b not in taken[1]:
            if not _moods_agree(one.mood(mine.first), other.mood(theirs.first)):
                continue
            if not mine.role and _of_others(one, mine.first, other, theirs.first):
                continue
            strict = bool(_estimates() & (set(one.stems) | set(other.stems))) or _far_apart(mine, theirs)
            if not _one_matter(one, (mine.first, mine.last), other, (theirs.first, theirs.last), strict=strict):
                continue
            taken[0].add(a)
            taken[1].add(b)
            places = (mine.first, mine.last), (theirs.first, theirs.last)
            yield Difference("number", *places, says_which=mine.kind in _WHICH)


def _far_apart(mine: Quantity, theirs: Quantity) -> bool:
    """Is one count several times the other? It then rather counts something else."""
    low, high = sorted((abs(mine.low), abs(theirs.low)))
    return mine.kind == "count" and not mine.role and high > SETTINGS["contradictions"]["far_apart"] * low


def _another(one: Reading, other: Reading) -> bool:
    """Is each told of a year, or a number in a row, of its own: fined in 2021, in 2024; the first floor, the third?"""
    pairs = [
        (mine, theirs)
        for mine in one.numbers
        for theirs in other.numbers
        if mine.kind == theirs.kind and (mine.kind == "year" or (mine.kind == "ordinal" and mine.unit & theirs.unit))
    ]
    return bool(pairs) and not any(quantities.agree(mine, theirs) for mine, theirs in pairs)


def _fit(one: Reading, mine: Quantity, other: Reading, theirs: Quantity) -> float:
    """How sure do two numbers count the same thing? 0 where they don't."""
    if mine.kind != theirs.kind or mine.measure != theirs.measure:
        return 0.0
    if mine.role and theirs.role and mine.role != theirs.role:
        return 0.0
    fit = 1.0
    if mine.kind == "count" and not mine.measure:
        if mine.unit & theirs.unit:
            fit = 2.0
        elif mine.unit and theirs.unit and not (quantities.people(mine.unit) and quantities.people(theirs.unit)):
            return 0.0
    elif (
        (mine.kind == "ordinal" and not mine.unit & theirs.unit)
        or (mine.kind in ("weekday", "date") and (speech.is_when(one, mine) or speech.is_when(other, theirs)))
        or (mine.kind == "age" and one.subject(mine.first) != other.subject(theirs.first))
    ):
        return 0.0
    fit += 2.0 * bool(mine.role and mine.role == theirs.role)
    around = one.around(mine.first, mine.last) & other.around(theirs.first, theirs.last)
    shared = around - mine.unit - theirs.unit
    return fit + 0.5 * min(4, len(shared)) if shared or mine.role else 0.0


def _sides(one: Reading, other: Reading) -> Iterator[Difference]:
    """Words that take opposite sides in the two sentences; of those that one negator turns round, the first."""
    found = sorted(
        (
            (claim, counter)
            for about in one.claims.keys() & other.claims.keys()
            for claim in one.claims[about]
            for counter in other.claims[about]
            if _clash(one, claim, other, counter)
        ),
        key=lambda pair: (pair[0].first, pair[1].first, pair[0].outcome is None),
    )
    seen: set[tuple[int, tuple[int, ...] | int]] = set()
    for claim, counter in found:
        keys = {(0, claim.negators or claim.first), (1, counter.negators or counter.first)}
        if claim.negators or counter.negators:
            keys = {key for key in keys if isinstance(key[1], tuple)}
        if not seen & keys:
            turned = claim.turned or counter.turned or _prefixed(one, claim, other, counter)
            negation = bool(claim.negators or counter.negators or turned)
            kind: ContradictionKind = "negation" if negation else "outcome"
            yield Difference(kind, _place(one, claim), _place(other, counter))
        seen |= keys


def _clash(one: Reading, claim: Claim, other: Reading, counter: Claim) -> bool:
    flip = -1 if _exchanged(one, claim, other, counter) else 1
    mine = {(one.stems[c.first], c.side) for c in one.claims[claim.about]}
    theirs = {(other.stems[c.first], c.side * flip) for c in other.claims[counter.about]}
    sides = {side for _, side in mine - theirs}, {side for _, side in theirs - mine}
    if (one.stems[claim.first], claim.side) in theirs or (other.stems[counter.first], counter.side * flip) in mine:
        return False
    if len(sides[0]) > 1 or sides[0] & sides[1] or not _moods_agree(claim.mood, counter.mood):
        return False
    return _same_matter(one, claim, other, counter) and _negates_alone(one, claim, other, counter)


def _moods_agree(mine: str | None, theirs: str | None) -> bool:
    return mine == theirs and not wording.moods().get(mine or "", False)


def _prefixed(one: Reading, claim: Claim, other: Reading, counter: Claim) -> bool:
    """Is one word the other with a prefix: "safe", "unsafe"?"""
    mine, theirs = claim.first, counter.first
    return other.stems[theirs] in wording.turned(one.words[mine].form) or one.stems[mine] in wording.turned(
        other.words[theirs].form
    )


def _place(reading: Reading, claim: Claim) -> tuple[int, int]:
    """The words that differ: the negator with what it negates, where they stand together, else the negator alone."""
    if not claim.negators:
        return claim.first, claim.last
    negation = reading.negations[claim.negators[0]]
    near = claim.last - negation.first <= SETTINGS["contradictions"]["negated_words"]
    return negation.first, claim.last if near else negation.last


def _exchanged(one: Reading, claim: Claim, other: Reading, counter: Claim) -> bool:
    """Has what one does to the other changed its doer: "Holm beat Lund", "Lund lost to Holm"?"""
    if not (claim.outcome and claim.outcome.converse):
        return False
    mine, theirs = one.subject(claim.first), other.subject(counter.first)
    return mine != theirs and mine in other.named(counter.last) and theirs in one.named(claim.last)


def _same_matter(one: Reading, claim: Claim, other: Reading, counter: Claim) -> bool:
    """Is it said of the same thing: nobody else named before it, and words around it in common?"""
    mine, theirs = one.subject(claim.first), other.subject(counter.first)
    if claim.outcome and claim.outcome.converse:
        if mine is None or theirs is None or (mine != theirs and not _exchanged(one, claim, other, counter)):
            return False
    elif (
        _of_others(one, claim.first, other, counter.first) or one.commands(claim.first) or other.commands(counter.first)
    ):
        return False
    same_word = one.stems[claim.first : claim.last] == other.stems[counter.first : counter.last]
    strict = not same_word or (claim.outcome is not None and claim.outcome.alike)
    return _one_matter(one, (claim.first, claim.last), other, (counter.first, counter.last), strict=strict)


def _of_others(one: Reading, at: int, other: Reading, there: int) -> bool:
    """Are two places told of two different people or bodies, or of one that is named and of some "he"?"""
    mine, theirs = one.subject(at), other.subject(there)
    if mine is None or theirs is None:
        return (mine is None) != (theirs is None) and (one.speaks_of_somebody(at) or other.speaks_of_somebody(there))
    return mine not in other.figures or theirs not in one.figures


def _one_matter(one: Reading, mine: tuple[int, int], other: Reading, theirs: tuple[int, int], *, strict: bool) -> bool:
    """Are the clauses around two places about the same? `strict`: most of it, and more than names."""
    own, its = one.clause(*mine), other.clause(*theirs)
    shared = own.keys() & its.keys()
    if not shared or (strict and all(term.startswith("=") for term in shared)):
        return False
    weights = sorted((sum(own.values()), sum(its.values())))
    both = sum(min(own[term], its[term]) for term in shared)
    less, more = SETTINGS["contradictions"]["strict" if strict else "shared"]
    return bool(both >= less * weights[0] and both >= more * weights[1])


def _negates_alone(one: Reading, claim: Claim, other: Reading, counter: Claim) -> bool:
    """Is what differs what the negator is about, and does the other not negate the same elsewhere?"""
    for reading, own, against in ((one, claim, other), (other, counter, one)):
        for at in own.negators:
            negation = reading.negations[at]
            near = [place for place in negation.reach if not reading.words[place].form.endswith("ly")][:1]
            if own.first not in near or own.first - negation.last > SETTINGS["contradictions"]["negated_words"]:
                return False
            negated = {against.term(place) for other_one in against.negations for place in other_one.reach}
            if any(reading.term(place) in negated for place in negation.reach):
                return False
            if any(not other_one.reach for other_one in against.negations):
                return False  # "even where the state does not"
    return True


@cache
def _estimates() -> frozenset[str]:
    return frozenset(map(stem, SETTINGS["contradictions"]["estimates"]))
