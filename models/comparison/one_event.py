"""Do all the articles of a comparison tell one event, and what speaks for it, in plain words?"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

from ..comparison_report.events import Event, PairSimilarity, Version
from .events import USUAL_DAYS, judge, measure, share_numbers, verdict
from .outline import Outline, sign
from .settings import EVENTS, SETTINGS

_ALIKE = 0.3  # of what the shorter text tells
_SHOWN = 3  # words, numbers or names given as a reason


def compare(outlines: Sequence[Outline], pairs: Sequence[PairSimilarity], versions: list[Version]) -> Event:
    """Do all of them tell one event? As likely as the two that have least to do with each other."""
    least = min(pairs, key=lambda pair: pair.same)
    return Event(
        same=least.same,
        verdict=verdict(least.same),
        why=explain(outlines[least.a], outlines[least.b]),
        versions=versions,
    )


def explain(one: Outline, other: Outline) -> list[str]:
    """What speaks for one event, or for two, the side that wins first?"""
    found, texts = measure(one, other), EVENTS["why"]
    together = judge(one, other) >= SETTINGS["events"]["same"]
    said: list[tuple[bool, str]] = []

    def say(name: str, alike: bool, **facts: object) -> None:
        said.append((alike, texts[name][not alike].format(**facts)))

    deeds, words = _heaviest(one.deeds, other.deeds), _heaviest(one.lead, other.lead)
    say("told", found["told"] >= _ALIKE, percent=round(100 * found["told"]))
    if together or not deeds:  # a pair of words in common is no reason for two events
        say("deeds", bool(deeds), deeds=_list(_quote(one, deed) for deed in deeds))
    if (len(words) > 1) == together:
        say("lead", together, words=_list(_quote(one, word) for word in words))
    if found["places"]:
        both = one.places & other.places
        say("places", bool(both), places=_name(both), one=_name(one.places), other=_name(other.places))
    if found["times"]:
        mine, theirs = ({outline.written[sign(time)] for time in outline.times} for outline in (one, other))
        if mine & theirs or found["times"] < 0:
            say("times", found["times"] > 0, times=_list(mine & theirs), one=_list(mine), other=_list(theirs))
    if shared := share_numbers(one.numbers, other.numbers):
        say("numbers", True, numbers=_list(one.written[sign(number)] for number in shared))
    if one.day is not None and other.day is not None:
        days = abs(one.day - other.day)
        say("late", days <= USUAL_DAYS, days=max(USUAL_DAYS, days))
    names = _heaviest(one.names, other.names)
    if names and not together:
        say("names", False, names=_name(names))
    return [text for _, text in sorted(said, key=lambda row: row[0] != together)]


def _quote(outline: Outline, stems: str) -> str:
    return f"“{' … '.join(outline.written.get(stem, stem) for stem in stems.split())}”"


def _name(names: Iterable[str]) -> str:
    return _list(name.title() for name in names)


def _heaviest(one: Mapping[str, float], other: Mapping[str, float]) -> list[str]:
    shared = {term: weight * other[term] for term, weight in one.items() if term in other}
    return heapq.nlargest(_SHOWN, shared, key=lambda term: (shared[term], term))


def _list(words: Iterable[str]) -> str:
    found = sorted(words)[:_SHOWN]
    return " and ".join((", ".join(found[:-1]), found[-1])) if len(found) > 1 else "".join(found)
