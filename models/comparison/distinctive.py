"""Distinctive words: weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008).

The prior holds each word's share of news in general, weighted like the text it is set against, so that "the" has to
do more than "wall" to stand out. Names are counted by whom they name, apart from words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from ..classifiers import background
from ..comparison_report.wording import DistinctiveTerm, TermInArticle
from ..report import Span
from .columns import Column, Word
from .naming import Figure, is_name, is_pronoun, titles
from .settings import SETTINGS

Kind = Literal["word", "name"]
Places = dict[tuple[Kind, str], list[tuple[int, int]]]
_LEAST_LETTERS = 3


def compare(columns: Sequence[Column], figures: Sequence[Figure]) -> list[DistinctiveTerm]:
    """Which words and names does one article use more than the others, beyond |z| > 1.96?"""
    places = [_places(column, figures) for column in columns]
    counts = [Counter({term: len(spans) for term, spans in found.items()}) for found in places]
    sizes = [len(column.words) for column in columns]
    pooled: Counter[tuple[Kind, str]] = sum(counts, Counter())
    rows = []
    for term, count in pooled.items():
        if count < SETTINGS["distinctive"]["least_count"]:
            continue
        prior = _prior(term, sum(sizes))
        scores = [
            log_odds(own[term], size, count - own[term], sum(sizes) - size, prior, sum(sizes))
            for own, size in zip(counts, sizes, strict=True)
        ]
        best = max(range(len(scores)), key=lambda at: (scores[at], -at))
        if scores[best] > SETTINGS["distinctive"]["z"]:
            rows.append(_show(columns, places, term, scores, best))
    return sorted(rows, key=lambda row: (row.article, -row.z, row.term))


def log_odds(count: int, size: int, others: int, others_size: int, prior: float, prior_size: float) -> float:
    """How many standard deviations is a word's log-odds in one text above that in the others? (equations 16, 22)"""
    if not size or not others_size:
        return 0.0
    own = math.log((count + prior) / (size + prior_size - count - prior))
    rest = math.log((others + prior) / (others_size + prior_size - others - prior))
    return (own - rest) / math.sqrt(1 / (count + prior) + 1 / (others + prior))


def _prior(term: tuple[Kind, str], size: int) -> float:
    kind, text = term
    # A name as a whole stands in no list of words; its prior is that of a word seldom seen.
    share = background.load().share(text if kind == "word" else "")
    weight: float = size * SETTINGS["distinctive"]["prior_share"]
    least: float = SETTINGS["distinctive"]["least_prior"]
    return max(share * weight, least)


def _places(column: Column, figures: Sequence[Figure]) -> Places:
    found: Places = {}
    named: set[int] = set()
    for figure in figures:
        for entity in figure.members[column.index]:
            for mention in entity.mentions:
                covered = column.words_in(mention.start, mention.end)
                if not covered or not is_name(mention.text):
                    continue
                named.update(word.start for word in covered)
                found.setdefault(("name", figure.name), []).append((mention.start, mention.end))
    for word in column.words:
        if word.start not in named and _tells(column, word):
            found.setdefault(("word", word.form), []).append((word.start, word.end))
    return {term: sorted(spans) for term, spans in found.items()}


def _tells(column: Column, word: Word) -> bool:
    return (
        len(word.form) >= _LEAST_LETTERS
        and not word.form[0].isdigit()
        and word.form.rstrip(".") not in titles()
        and not is_pronoun(word.form)
        and background.load().idf(word.form) > SETTINGS["distinctive"]["least_idf"]
        and column.sentences[word.sentence].part != "headline"
    )


def _show(
    columns: Sequence[Column], places: Sequence[Places], term: tuple[Kind, str], scores: Sequence[float], best: int
) -> DistinctiveTerm:
    limit: int = SETTINGS["distinctive"]["places"]
    return DistinctiveTerm(
        term=term[1],
        kind=term[0],
        article=best,
        z=round(scores[best], 2),
        by_article=[
            TermInArticle(count=len(found.get(term, ())), z=round(score, 2), spans=_spans(column, found, term, limit))
            for column, found, score in zip(columns, places, scores, strict=True)
        ],
    )


def _spans(column: Column, found: Places, term: tuple[Kind, str], limit: int) -> list[Span]:
    return [column.span(start, end) for start, end in found.get(term, [])[:limit]]
