"""Who is heard, by role and by side: words given, with intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .. import chance
from ..chance import Numbers
from ..comparison_report.framing import CastOfArticle, CastShare, ComparedCast, RoleDifference
from ..report import CastMember, CastRole
from .columns import Column
from .settings import NAMES, SETTINGS

_Part = TypeVar("_Part", bound=str)


@dataclass(frozen=True, slots=True)
class Troupe:
    """One article's cast: the words of each statement, and whose they are."""

    members: Sequence[CastMember]
    statements: Sequence[tuple[int, int]]  # index of its member, and words
    picks: NDArray[np.int64] | None  # resamples by statements; None where there are too few

    @property
    def words(self) -> int:
        """Words given to all of them."""
        return sum(member.words for member in self.members)

    def shares(self, members: set[int]) -> Numbers | None:
        """The share of the words that these members have, as resampling draws it."""
        if self.picks is None:
            return None
        words = np.array([count for _, count in self.statements], dtype=np.float64)
        own = np.array([count if who in members else 0 for who, count in self.statements], dtype=np.float64)
        drawn: Numbers = (self.picks @ own) / np.maximum(self.picks @ words, 1.0)
        return drawn


def compare(columns: Sequence[Column]) -> ComparedCast | None:
    """How are the words given to sources shared out? None where fewer than two reports tell their cast."""
    troupes = [_gather(column) for column in columns]
    if sum(troupe is not None for troupe in troupes) < 2:
        return None
    return ComparedCast(
        by_article=[_show(troupe) if troupe else None for troupe in troupes],
        differences=list(_differences(troupes)),
    )


def _gather(column: Column) -> Troupe | None:
    members = column.report.attribution.cast
    if not members:
        return None
    sources = {(one.name, one.speaker): one for one in column.report.attribution.sources}
    statements: list[tuple[int, int]] = []
    for at, member in enumerate(members):
        source = sources.get((member.name, member.speaker))
        parts = [column.report.attribution.items[item] for item in source.items] if source else []
        lengths = [
            len(column.words_in(span.start, span.end)) for item in parts for span in (item.content, *item.content_parts)
        ]
        statements += [(at, length) for length in lengths] or [(at, member.words)]
    enough = len(statements) >= SETTINGS["cast"]["least_statements"]
    picks = chance.resample(len(statements), chance.generator(column.text, 7)) if enough else None
    return Troupe(members, statements, picks)


def _show(troupe: Troupe) -> CastOfArticle:
    roles: dict[CastRole, set[int]] = {}
    sides: dict[str, set[int]] = {}
    spelled: dict[str, str] = {}
    for at, member in enumerate(troupe.members):
        roles.setdefault(member.role, set()).add(at)
        if member.side:
            side = spelled.setdefault(_name_side(member.side).casefold(), _name_side(member.side))
            sides.setdefault(side, set()).add(at)
    return CastOfArticle(words=troupe.words, roles=_sum_up(troupe, roles), sides=_sum_up(troupe, sides))


def _name_side(side: str) -> str:
    """One name for a side: "R-Ky.", "GOP" and "Republicans" are Republican."""
    known: dict[str, str] = NAMES["sides"]
    plain = side.casefold().removeprefix("the ")
    return known.get(plain) or known.get(re.split(r"\W*[-–—]", plain)[0]) or side


def _sum_up(troupe: Troupe, parts: Mapping[_Part, set[int]]) -> dict[_Part, CastShare]:
    found: dict[_Part, CastShare] = {}
    for part, members in parts.items():
        own = sorted(members, key=lambda at: -troupe.members[at].words)
        words = sum(troupe.members[at].words for at in own)
        drawn = troupe.shares(members)
        low, high = (None, None) if drawn is None else chance.interval(drawn, 4)
        found[part] = CastShare(
            sources=[troupe.members[at].name for at in own],
            words=words,
            share=round(words / troupe.words, 4) if troupe.words else 0.0,
            low=low,
            high=high,
        )
    return dict(sorted(found.items(), key=lambda one: -one[1].words))


def _differences(troupes: Sequence[Troupe | None]) -> Iterator[RoleDifference]:
    roles = sorted({member.role for troupe in troupes if troupe for member in troupe.members})
    for role in roles:
        for a, b in combinations(range(len(troupes)), 2):
            one, other = troupes[a], troupes[b]
            if one is None or other is None:
                continue
            mine, theirs = (
                {at for at, member in enumerate(troupe.members) if member.role == role} for troupe in (one, other)
            )
            drawn, against = one.shares(mine), other.shares(theirs)
            if drawn is None or against is None or not mine | theirs:
                continue
            low, high = chance.interval(drawn - against, 4)
            apart = _share(one, mine) - _share(other, theirs)
            yield RoleDifference(
                a=a, b=b, role=role, difference=round(apart, 4), low=low, high=high,
                distinguishable=not low <= 0 <= high,
            )  # fmt: skip


def _share(troupe: Troupe, members: set[int]) -> float:
    return sum(troupe.members[at].words for at in members) / troupe.words if troupe.words else 0.0
