"""An outlet's figures: rates and shares over its articles, with 95 % intervals.

Bootstrap over articles (Efron 1979), percentile intervals: articles differ in topic far more than chance among words
would have it. Where nothing was counted, resampling can only give zero; there the upper end is the exact Poisson bound
(Garwood 1936), 3.7 at 97.5 %. Two outlets are told apart by MOVER (Zou & Donner 2008), from their intervals alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from ..classifiers import reference
from ..report import Category, SourceType, Stance, Voice
from .draws import Draws
from .records import FEWEST_ARTICLES, Apart, Compared, Counts, Interval, OutletFigures, Speaker, Verb, distinct

VOICES: tuple[Voice, ...] = ("outlet", "quoted")
_MOST_NAMED = 20


def measure(counted: Sequence[Counts]) -> OutletFigures | None:
    """What do these articles of one outlet come to together, the same text once? None below ten: too little to say."""
    articles = distinct(counted)
    if len(articles) < FEWEST_ARTICLES:
        return None
    draws = Draws(len(articles))
    words = {voice: [article.words.get(voice, 0) for article in articles] for voice in VOICES}
    categories: list[Category] = sorted({category for article in articles for category in article.terms})
    cues = [sum(sum(verbs.values()) for verbs in article.verbs.values()) for article in articles]
    given = [sum(heard.words for heard in article.sources.values()) for article in articles]
    stances: list[Stance] = sorted({stance for article in articles for stance in article.verbs})
    kinds: list[SourceType] = sorted({kind for article in articles for kind in article.sources})

    def rate(category: Category | None, voice: Voice) -> Compared:
        counts = [
            sum(found[voice] for name, found in article.terms.items() if category in (None, name))
            for article in articles
        ]
        expected = expect(articles, words[voice], lambda group: group.loaded(voice, category))
        return set_against(draws.measure(counts, words[voice], 1000.0), expected)

    return OutletFigures(
        words={voice: sum(words[voice]) for voice in VOICES},
        total={voice: rate(None, voice) for voice in VOICES},
        by_category={category: {voice: rate(category, voice) for voice in VOICES} for category in categories},
        stances={
            stance: draws.measure([sum(a.verbs.get(stance, {}).values()) for a in articles], cues) for stance in stances
        },
        verbs=_list_verbs(articles),
        sources={
            kind: draws.measure([a.sources[kind].words if kind in a.sources else 0 for a in articles], given)
            for kind in kinds
        },
        speakers=_list_speakers(articles),
    )


def tell_apart(one: Interval, other: Interval) -> Apart:
    """Has the first more than the second, beyond chance? By the 95 % interval of their difference (MOVER)."""
    difference = one.value - other.value
    low = difference - math.hypot(one.value - one.low, other.high - other.value)
    high = difference + math.hypot(one.high - one.value, other.value - other.low)
    return "more" if low > 0 else "less" if high < 0 else "no_difference"


def set_against(measured: Interval, expected: float | None) -> Compared:
    """A figure beside what the reference has; its own interval is small beside an outlet's and left out."""
    apart: Apart | None = None
    if expected is not None:
        apart = "more" if measured.low > expected else "less" if measured.high < expected else "no_difference"
    return Compared(**measured.model_dump(), reference=expected, against_reference=apart)


def expect(articles: Sequence[Counts], bases: Sequence[int], read: Callable[[reference.Group], float]) -> float | None:
    """What would articles of the same genres in the reference have? A mean, weighted by what each figure rests on.

    `bases`: of each article, the words or articles that the figure is a share of. None without a reference.
    """
    known = reference.load()
    if known is None or not sum(bases):
        return None
    values = (read(known.group(one.genre)) for one in articles)
    return round(sum(value * base for value, base in zip(values, bases, strict=True)) / sum(bases), 4)


def _list_verbs(articles: Sequence[Counts]) -> list[Verb]:
    counts: Counter[tuple[str, Stance]] = Counter()
    for article in articles:
        for stance, verbs in article.verbs.items():
            counts.update({(lemma, stance): number for lemma, number in verbs.items()})
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_NAMED]
    return [Verb(lemma=lemma, stance=stance, count=number) for (lemma, stance), number in ranked]


def _list_speakers(articles: Sequence[Counts]) -> list[Speaker]:
    heard: Counter[str] = Counter(name for article in articles for name in article.speakers)
    words: Counter[str] = Counter()
    for article in articles:
        words.update(article.speakers)
    ranked = sorted(heard, key=lambda name: (-heard[name], -words[name], name))[:_MOST_NAMED]
    return [Speaker(name=name, articles=heard[name], words=words[name]) for name in ranked]
