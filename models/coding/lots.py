"""Who codes what, and which articles: drawn by lot, the same again from the same seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

_T = TypeVar("_T")


def draw(items: Sequence[_T], count: int, stratum: Callable[[_T], str], seed: int) -> list[_T]:
    """Draw `count` of the items by lot, as many from each stratum as it can give; all where there are fewer."""
    lot = random.Random(seed)  # noqa: S311 - a lot that can be drawn again, no secret
    strata: dict[str, list[_T]] = {}
    for item in items:
        strata.setdefault(stratum(item), []).append(item)
    for members in strata.values():
        lot.shuffle(members)
    drawn: list[_T] = []
    waiting = [strata[name] for name in sorted(strata)]
    while waiting and len(drawn) < count:
        lot.shuffle(waiting)  # who gives one more when the last round is not for all
        drawn += [members.pop() for members in waiting[: count - len(drawn)]]
        waiting = [members for members in waiting if members]
    return drawn


def assign(
    articles: Sequence[str], people: Sequence[str], each: int, seed: int, kept: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Give each article to `each` people, all about as much to do; who has one already (`kept`) keeps it."""
    lot = random.Random(seed)  # noqa: S311 - as above
    load = Counter(person for article in articles for person in kept.get(article, ()))
    given: dict[str, list[str]] = {}
    for article in lot.sample(articles, len(articles)):
        have = list(kept.get(article, ()))
        free = [person for person in people if person not in have]
        lot.shuffle(free)
        chosen = sorted(free, key=lambda person: load[person])[: max(0, each - len(have))]
        load.update(chosen)
        given[article] = have + chosen
    return {article: given[article] for article in articles}
