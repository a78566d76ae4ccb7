"""A report's profile: the few words and names that tell its event from others, and its day."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from ..classifiers import background
from ..comparison import naming
from ..comparison.columns import Column
from ..report import EntityFinding

Weights = dict[str, float]

_BODY_TERMS, _LEAD_TERMS, _TITLE_TERMS, _NAMES = 100, 40, 20, 30  # kept, heaviest first
_LEAD_SENTENCES = 4  # the headline among them
_IN_LEAD = 1.5  # weight of a name that stands there
_KEY_TERMS, _KEY_NAMES = 16, 8
_LONGEST_TERM = 60  # characters; what is longer is no word, and no name to find others by
_MOST_NEWS = 0.1  # share of news articles above which a word finds too many reports to find any


class Profile(BaseModel):
    """What tells this report's event from others. Weights of a bag have length 1."""

    model_config = ConfigDict(frozen=True)

    day: int | None
    """Day of publication, counted from 1 January of year 1; None when not given."""
    title: Weights
    lead: Weights
    body: Weights
    names: Weights
    """People by surname, organizations and places by their whole name."""


def draw(column: Column) -> Profile:
    """Which words and names, weighted by how rare they are in news, tell this report's event?

    TF-IDF with logarithmic counts (Salton & Buckley 1988) and the idf of news in general.
    """
    report, title_end = column.report, column.report.article.title_end
    lead_end = max([title_end, *(sentence.end for sentence in column.sentences[:_LEAD_SENTENCES])])
    return Profile(
        day=count_day(report.article.published),
        title=weigh((word.form for word in column.words if word.start < title_end), _TITLE_TERMS),
        lead=weigh((word.form for word in column.words if word.start < lead_end), _LEAD_TERMS),
        body=weigh((word.form for word in column.words), _BODY_TERMS),
        names=_weigh_names(report.entities, lead_end),
    )


def count_day(published: str | None) -> int | None:
    """Which day is this date or time, counted from 1 January of year 1? None for what is no date."""
    try:
        return datetime.fromisoformat(published or "").date().toordinal()
    except ValueError:
        return None


def find_keys(profile: Profile) -> list[str]:
    """Under which words and names would a report of the same event be found? The rarest and heaviest, 24 at most."""
    known = background.load()
    least = math.log(1 / _MOST_NEWS)
    rare = {term: weight for term, weight in profile.body.items() if known.idf(term) > least}
    found = heapq.nlargest(_KEY_TERMS, rare, key=lambda term: (rare[term] + profile.lead.get(term, 0.0), term))
    names = heapq.nlargest(_KEY_NAMES, profile.names, key=lambda name: (profile.names[name], name))
    return list(dict.fromkeys([*found, *names]))


def weigh(forms: Iterable[str], most: int) -> Weights:
    """How much does each of these words tell? The heaviest, as a bag of length 1."""
    known = background.load()
    counts = Counter(form for form in forms if 1 < len(form) <= _LONGEST_TERM)
    return _cut({form: (1 + math.log(count)) * known.idf(form) for form, count in counts.items()}, most)


def _weigh_names(entities: Iterable[EntityFinding], lead_end: int) -> Weights:
    known = background.load()
    weights: Weights = {}
    for entity in entities:
        named = [mention for mention in entity.mentions if naming.is_name(mention.text)]
        words = naming.key(entity.name, entity.kind)
        if not named or not words:
            continue
        name = words[-1] if entity.kind == "person" else " ".join(words)
        if len(name) > _LONGEST_TERM:
            continue
        rarity = known.idf(words[-1]) if entity.kind == "person" else max(map(known.idf, words))
        lift = _IN_LEAD if any(mention.start < lead_end for mention in named) else 1.0
        weight = (1 + math.log(len(entity.mentions))) * rarity * lift
        weights[name] = max(weight, weights.get(name, 0.0))
    return _cut(weights, _NAMES)


def _cut(weights: Mapping[str, float], most: int) -> Weights:
    """The heaviest, scaled to length 1."""
    kept = heapq.nlargest(most, weights.items(), key=lambda item: (item[1], item[0]))
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {term: round(weight / length, 4) for term, weight in kept if weight > 0}
