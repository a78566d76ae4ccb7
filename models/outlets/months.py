"""An outlet over time: loaded words, frames, devices and who is heard, month by month, with 95 % intervals.

Each month is resampled by itself, by article, as the outlet's figures are. A month below ten articles says nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pydantic import Field

from ..report import CastRole, DeviceKind, FrameName
from .draws import Draws
from .figures import expect, set_against
from .records import FEWEST_ARTICLES, Compared, Counts, Interval, Record, distinct, name_key

_MOST_SIDES = 8
MOST_MONTHS = 120


class MonthFigures(Record):
    """What the articles of some time come to together."""

    loaded: Compared = Field(description="Loaded words in the outlet's own voice, per 1,000 words of it.")
    frames: dict[FrameName, Compared] = Field(description="Share (0 to 1) of the articles in which it is present.")
    devices: dict[DeviceKind, Compared] = Field(description="In the outlet's own voice, per 1,000 words of it.")
    roles: dict[CastRole, Compared] = Field(description="Share (0 to 1) of the words given to sources, by role.")
    sides: dict[str, Interval] = Field(description="The same by whom they stand for, as the articles name it.")


class Month(Record):
    """One month of an outlet."""

    month: str = Field(description="Year and month of publication: 2026-05.")
    articles: int = Field(ge=0, description="Articles that count; the same text counts once.")
    figures: MonthFigures | None = Field(description="Null below the fewest articles: too little to say.")


class OverTime(Record):
    """An outlet month by month."""

    fewest: int = Field(default=FEWEST_ARTICLES, ge=1, description="Articles below which a month has no figure.")
    articles: int = Field(ge=0, description="Articles that count, over all months.")
    repeated: int = Field(ge=0, description="Left out: the same text again, or an earlier version of an article.")
    undated: int = Field(ge=0, description="Left out: without a day of publication.")
    whole: MonthFigures | None = Field(description="All months together; null below the fewest articles.")
    months: list[Month] = Field(description="The earliest first, 120 at most; without those that have no article.")


def follow(counted: Sequence[Counts]) -> OverTime:
    """How do frames, devices and cast of these articles of one outlet change from month to month?"""
    articles = distinct(counted)
    dated: defaultdict[str, list[Counts]] = defaultdict(list)
    for one in articles:
        if one.published:
            dated[one.published[:7]].append(one)
    months = sorted(dated)[-MOST_MONTHS:]
    kept = [one for month in months for one in dated[month]]
    shown = _find_kinds(kept)
    return OverTime(
        articles=len(kept),
        repeated=len(counted) - len(articles),
        undated=sum(one.published is None for one in articles),
        whole=_measure(kept, shown),
        months=[
            Month(month=month, articles=len(dated[month]), figures=_measure(dated[month], shown)) for month in months
        ],
    )


class _Kinds(Record):
    """What is found at all: every month tells of the same kinds."""

    frames: list[FrameName]
    devices: list[DeviceKind]
    roles: list[CastRole]
    sides: dict[str, str]  # by the key under which spellings of one meet


def _find_kinds(articles: Sequence[Counts]) -> _Kinds:
    frames = Counter(name for one in articles for name in one.frames or ())
    devices: Counter[DeviceKind] = Counter()
    roles: Counter[CastRole] = Counter()
    sides: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for one in articles:
        devices.update(one.devices or {})
        for source in one.voiced or ():
            if source.role:
                roles[source.role] += source.words
            if source.side:
                sides[name_key(source.side)] += source.words
                spelled[name_key(source.side)] = source.side
    most = [side for side, _ in sides.most_common(_MOST_SIDES)]
    return _Kinds(
        frames=[name for name, _ in frames.most_common()],
        devices=[kind for kind, _ in devices.most_common()],
        roles=[role for role, words in roles.most_common() if words],
        sides={side: spelled[side] for side in most},
    )


def _measure(articles: Sequence[Counts], kinds: _Kinds) -> MonthFigures | None:
    if len(articles) < FEWEST_ARTICLES:
        return None
    draws = Draws(len(articles))
    words = [one.words.get("outlet", 0) for one in articles]
    terms = [sum(by_voice.get("outlet", 0) for by_voice in one.terms.values()) for one in articles]
    read = [int(one.frames is not None) for one in articles]
    looked = [of if one.devices is not None else 0 for one, of in zip(articles, words, strict=True)]
    given = [sum(source.words for source in one.voiced or ()) for one in articles]

    def hear(role: CastRole | None, side: str | None) -> Interval:
        heard = [
            sum(
                source.words
                for source in one.voiced or ()
                if (role and source.role == role) or (side and name_key(source.side or "") == side)
            )
            for one in articles
        ]
        return draws.share(heard, given)

    def frame(name: FrameName) -> Compared:
        found = draws.share([int(name in (one.frames or ())) for one in articles], read)
        return set_against(found, expect(articles, read, lambda group: group.frame(name)))

    def device(kind: DeviceKind) -> Compared:
        found = draws.measure([(one.devices or {}).get(kind, 0) for one in articles], looked, 1000.0)
        return set_against(found, expect(articles, looked, lambda group: group.device(kind)))

    def role(name: CastRole) -> Compared:
        return set_against(hear(name, None), expect(articles, given, lambda group: group.role(name)))

    loaded = draws.measure(terms, words, 1000.0)
    return MonthFigures(
        loaded=set_against(loaded, expect(articles, words, lambda group: group.loaded("outlet"))),
        frames={name: frame(name) for name in kinds.frames},
        devices={kind: device(kind) for kind in kinds.devices},
        roles={name: role(name) for name in kinds.roles},
        sides={shown: hear(None, side) for side, shown in kinds.sides.items()},
    )
