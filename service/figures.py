"""How numbers are shown: with their sign, their unit and their drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from models.classifiers import reference
from models.outlets.records import name_key
from models.report import CastRole, Report, Voice
from service.texts import TEXTS, say

WORDS_A_MINUTE = 238  # silent reading of English non-fiction (Brysbaert 2019)
BINS = 14
CHANCE = 0.025  # below the interval of 95 % in which a count may lie
FEWEST_WORDS = 100  # below, no rate or share is told: a single word would move it by a point
STEPS: dict[Voice, float] = {"outlet": 2.5, "quoted": 5.0}  # loaded words per 1,000; the last bin holds the rest


@dataclass(frozen=True, slots=True)
class Bin:
    """How many of the reference's articles have a rate in this range, and does this article?"""

    label: str
    articles: int
    here: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of the article beside the reference's."""

    part: str
    name: str
    here: str
    reference: str


def percent(share: float) -> str:
    """0.412 → 41 %."""
    return f"{share * 100:.0f}\u00a0%" if share >= 0.01 or share == 0 else "under 1\u00a0%"


def count(number: int, noun: str) -> str:
    """1 → 1 word; 1200 → 1,200 words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def minutes(words: int) -> str:
    """How long it takes to read, at a pace for news: 520 words → 2 min."""
    return f"{max(1, round(words / WORDS_A_MINUTE))} min"


def signed(value: float) -> str:
    """0.3 → +0.30; −0.3 → −0.30."""
    return "0.00" if abs(value) < 0.005 else f"{value:+.2f}".replace("-", "−")


def rate(value: float) -> str:
    """15.812 → 15.8."""
    return f"{value:.1f}"


def day(published: str) -> str:
    """2018-06-04T10:00:00Z → 4 June 2018."""
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return published
    return f"{when.day} {when:%B %Y}"


def month(name: str) -> str:
    """2026-05 → May 2026."""
    return f"{datetime.fromisoformat(f'{name}-01'):%B %Y}"


def compared(report: Report) -> reference.Group | None:
    """The articles that its rates were measured against; None where the reference is another one by now."""
    known, rates, genre = reference.load(), report.vocabulary.rates, report.article.genre
    return known.group(genre) if known and rates and known.tell(genre) == rates.reference else None


def surely_fewer(report: Report) -> float | None:
    """How many of 100 such articles have fewer loaded words of their own, at the least that chance leaves (95 %)?

    A short text with one of them may have come by it by chance. None where nothing was compared.
    """
    group, rates = compared(report), report.vocabulary.rates
    if group is None or rates is None or not rates.outlet.words:
        return None
    from scipy.special import gammaincinv  # only for a report: it takes a third of what the web takes to start

    least = float(gammaincinv(rates.outlet.count, CHANCE)) if rates.outlet.count else 0.0
    return group.percentile("outlet", 1000 * least / rates.outlet.words)


def name_compared(report: Report) -> str:
    """What these articles are called: "US political news articles of 2012–2020"."""
    known, genre = reference.load(), report.article.genre
    told = genre if known and genre in known.genres and compared(report) else "whole"
    return say("glance.reference", articles=say(f"reference_articles.{told}"))


def spread(report: Report) -> dict[Voice, list[Bin]]:
    """Where does the article stand among those that its rates were measured against? By voice."""
    group, rates = compared(report), report.vocabulary.rates
    if group is None or rates is None:
        return {}
    mine = {"outlet": rates.outlet, "quoted": rates.quoted}
    return {
        voice: _count(group.rates[voice], STEPS[voice], mine[voice].per_1000)
        for voice in STEPS
        if mine[voice].percentile is not None
    }


def set_beside(report: Report) -> Iterator[Beside]:
    """Frames and devices found in the article, and the roles that speak in it, beside the same articles."""
    group, rates, framing = compared(report), report.vocabulary.rates, report.framing
    if group is None or rates is None or framing is None:
        return
    for frame in sorted(framing.frames, key=lambda frame: -frame.level):
        if frame.level:
            shown = say(f"against_reference.level_{frame.level}")
            yield Beside("frames", TEXTS["frame"][frame.name], shown, percent(group.frame(frame.name)))
    words = rates.outlet.words or 0
    devices = Counter(device.kind for device in framing.devices if device.shown and device.voice == "outlet")
    for kind, number in devices.most_common() if words >= FEWEST_WORDS else ():
        if kind in group.devices:  # a kind that was shown nowhere was not looked for
            yield Beside(
                "devices", TEXTS["device"][kind]["name"], rate(1000 * number / words), rate(group.device(kind))
            )
    roles: Counter[CastRole] = Counter()
    for member in report.attribution.cast:
        roles[member.role] += member.words
    given = sum(source.words for source in report.attribution.sources)
    for role, number in roles.most_common() if given >= FEWEST_WORDS else ():
        yield Beside("roles", TEXTS["cast"][role], percent(number / given), percent(group.role(role)))


def _count(articles: Mapping[str, int], step: float, mine: float) -> list[Bin]:
    counts = [0] * BINS
    for value, count in articles.items():
        counts[_bin(float(value), step)] += count
    return [
        Bin(
            f"{at * step:g}–{(at + 1) * step:g}" if at < BINS - 1 else f"{at * step:g} or more",
            counts[at],
            at == _bin(mine, step),
        )
        for at in range(BINS)
    ]


def _bin(value: float, step: float) -> int:
    return min(int(value // step), BINS - 1)


def register(app: Flask) -> None:
    """Make these available in templates."""
    app.jinja_env.filters.update(
        outlet_key=name_key,
        percent=percent,
        signed=signed,
        rate=rate,
        day=day,
        month=month,
        counted=count,
        minutes=minutes,
    )
    shorten = app.jinja_env.filters["truncate"]
    app.jinja_env.filters["truncate"] = lambda text, *how: shorten(app.jinja_env, text, *how, end="…")
