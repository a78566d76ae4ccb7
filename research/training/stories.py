"""Learning which reports tell one event, and measuring it: BASIL's events among 500 articles of unlabelled news.

`python -m research.training.stories DATA` measures; `--learn` first learns the decision anew from one half of the
events and of the news and rewrites classifiers/stories.json; `--reports FILE` keeps the reports between runs, outside
the repository. Every group of the other half that the corpus does not know is printed, to be read by eye: the news
holds events of its own. Nothing of the corpora is written anywhere else.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import sklearn
from numpy.typing import NDArray
from pydantic import ValidationError
from sklearn.linear_model import LogisticRegression

from models import chance
from models.article import Article
from models.comparison import columns
from models.pipeline import analyze
from models.report import Report
from models.stories import pairs
from models.stories.pairs import FEATURES, PATH, Decision
from models.stories.profiles import Profile, draw
from research.corpora import read_lines

NEWS = 500
_SEED, _SPLIT_SEED = 20261125, 7
_NEAR_DAYS = 30  # pairs further apart are no lesson: their dates alone tell them apart
_STRENGTH = 10.0  # of the regression, the inverse of its L2 penalty
_ORDERS = 20
_FOLDS = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """One article, as a report tells it; `event` is None in unlabelled news."""

    title: str
    event: str | None
    profile: Profile


def read(data: Path, kept: Path | None) -> list[Told]:
    """The articles of BASIL and a fixed draw of `news/`, analysed, or read from `kept` where that is there."""
    rows = list(_draw_rows(data))
    if kept and kept.exists():
        reports = [Report.model_validate_json(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    else:
        reports = [analyze(article) for article, _ in rows]
        if kept:
            kept.write_text("".join(f"{report.model_dump_json()}\n" for report in reports), encoding="utf-8")
    by_text = {report.article.text: report for report in reports}
    return [
        Told(
            article.title or "",
            event,
            draw(columns.read(0, by_text[article.full_text].model_copy(update={"article": facts}))),
        )
        for article, event in rows
        if (facts := by_text[article.full_text].article.model_copy(update={"published": article.published}))
    ]


def _draw_rows(data: Path) -> Iterator[tuple[Article, str | None]]:
    for row in read_lines(data / "basil" / "dev.jsonl"):
        body = row["text"][row["title_end"] :].lstrip()
        yield _to_article(row["title"], body, row["date"]), row["event"]
    news = list(read_lines(data / "news" / "articles.jsonl.gz"))
    for at in sorted(random.Random(_SEED).sample(range(len(news)), NEWS)):
        title, text = news[at]["title"], news[at]["text"]
        body = text.removeprefix(title).lstrip() if text.startswith(title) else text
        yield _to_article(title, body or text, news[at]["date"]), None


def _to_article(title: str, text: str, date: str) -> Article:
    try:
        return Article(title=title, text=text, published=date)
    except ValidationError:  # a date in another form
        return Article(title=title, text=text)


def split(told: Sequence[Told]) -> tuple[list[Told], list[Told]]:
    """One half of the events and of the news to learn and choose on, the other to measure on."""
    events = sorted({one.event for one in told if one.event})
    random.Random(_SPLIT_SEED).shuffle(events)
    learning = set(events[: len(events) // 2])
    news = [one for one in told if one.event is None]
    halves = (
        [one for one in told if one.event in learning],
        [one for one in told if one.event and one.event not in learning],
    )
    return halves[0] + news[::2], halves[1] + news[1::2]


def learn(half: Sequence[Told]) -> Decision:
    """Learn the weights from every pair of near dates, and choose where to join: the middle of the best stretch.

    Where to join is chosen on probabilities by models that saw neither of the two reports' events.
    """
    model, answers = _fit(half)
    decision = Decision(
        card={
            "question": "Do two reports tell the same event?",
            "data": "13 events of BASIL (Fan et al. 2019) and 250 articles of Article-Bias-Prediction (Baly et al. "
            "2020, taken as events of their own)",
            "licence": "Weights only; no text of the corpora is kept.",
            "pairs": {"same": sum(answers), "different": len(answers) - sum(answers)},
            "libraries": {"scikit-learn": sklearn.__version__},
            "not_for": "Telling whether an outlet failed to cover an event: it sees only what it was given.",
        },
        weights={name: round(float(value), 4) for name, value in zip(FEATURES, model.coef_[0], strict=True)},
        intercept=round(float(model.intercept_[0]), 4),
        joins=0.5,
    )
    sure = _cross_judge(half)
    tried = np.round(np.arange(0.1, 0.9, 0.05), 2)
    orders = _orders(half)
    scores = [float(np.mean([count(half, group(sure, order, at)).f1 for order in orders])) for at in tried]
    print(f"joins: {dict(zip(map(float, tried), np.round(scores, 3).tolist(), strict=True))}")
    best = [at for at, score in zip(tried, scores, strict=True) if score >= max(scores) - 1e-9]
    return decision.model_copy(update={"joins": float(best[len(best) // 2])})


def _fit(told: Sequence[Told]) -> tuple[LogisticRegression, list[bool]]:
    lessons, answers = [], []
    for one, other in combinations(told, 2):
        same = one.event is not None and one.event == other.event
        if same or abs((one.profile.day or 0) - (other.profile.day or 0)) <= _NEAR_DAYS:
            lessons.append(_list_features(one, other))
            answers.append(same)
    return LogisticRegression(C=_STRENGTH, max_iter=2000).fit(np.array(lessons), np.array(answers)), answers


def _list_features(one: Told, other: Told) -> list[float]:
    return list(pairs.measure(one.profile, other.profile).values())


def _cross_judge(told: Sequence[Told]) -> Matrix:
    """The probability of every pair by a model that learnt from neither's fold; an event is never split."""
    events = sorted({one.event for one in told if one.event})
    folds = [(events.index(one.event) if one.event else at) % _FOLDS for at, one in enumerate(told)]
    sure = np.zeros((len(told), len(told)))
    for first in range(_FOLDS):
        for second in range(first, _FOLDS):
            out = {first, second}
            model, _ = _fit([one for one, fold in zip(told, folds, strict=True) if fold not in out])
            where = [(a, b) for a, b in combinations(range(len(told)), 2) if {folds[a], folds[b]} == out]
            values = model.predict_proba(np.array([_list_features(told[a], told[b]) for a, b in where]))[:, 1]
            for (a, b), value in zip(where, values, strict=True):
                sure[a, b] = sure[b, a] = value
    return sure


def judge_all(told: Sequence[Told], decision: Decision) -> Matrix:
    """The probability of every pair."""
    sure = np.zeros((len(told), len(told)))
    for a, b in combinations(range(len(told)), 2):
        sure[a, b] = sure[b, a] = pairs.judge(told[a].profile, told[b].profile, decision)
    return sure


def group(sure: Matrix, order: Sequence[int], joins: float) -> list[int]:
    """The story of each report when they come in this order: what linkage does, over known probabilities."""
    sums, sizes = np.zeros(sure.shape), np.zeros(len(sure))
    owner = np.full(len(sure), -1)

    def put(one: int, story: int) -> None:
        if owner[one] >= 0:  # it was alone in a story of its own
            sums[:, owner[one]], sizes[owner[one]] = 0.0, 0.0
        sums[:, story] += sure[one]
        sizes[story] += 1
        owner[one] = story

    for one in order:
        means = sums[one] / np.maximum(sizes, 1)
        best = int(means.argmax())
        if means[best] < joins:
            best = one  # a story is named after its first report
        put(one, best)
        while True:
            alone = (owner >= 0) & (owner != best) & (sizes[owner] == 1)
            pulls = np.where(alone, sums[:, best] / sizes[best], 0.0)
            nearest = int(pulls.argmax())
            if pulls[nearest] < joins:
                break
            put(nearest, best)
    return [int(story) for story in owner]


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of reports put together rightly, put together only by us, and missed."""

    right: int
    only: int
    missed: int

    @property
    def f1(self) -> float:
        """Pairwise F1."""
        return 2 * self.right / max(1, 2 * self.right + self.only + self.missed)


def count(told: Sequence[Told], owners: Sequence[int]) -> Score:
    """Which pairs are put together, against those that the corpus files under one event?"""
    found = np.equal.outer(owners, owners)
    names = [one.event or f"news {at}" for at, one in enumerate(told)]
    true = np.equal.outer(np.array(names), np.array(names))
    upper = np.triu_indices(len(told), 1)
    found, true = found[upper], true[upper]
    return Score(int((found & true).sum()), int((found & ~true).sum()), int((~found & true).sum()))


def _orders(told: Sequence[Told]) -> list[list[int]]:
    """In order of their dates, and shuffled."""
    dated = sorted(range(len(told)), key=lambda at: told[at].profile.day or 0)
    shuffled = [random.Random(seed).sample(dated, len(dated)) for seed in range(_ORDERS)]
    return [dated, *shuffled]


def report(name: str, told: Sequence[Told], decision: Decision) -> dict[str, float]:
    """Print what grouping gets right, in order of date and in others, and every pair that it gets wrong.

    Gives the figures for the card.
    """
    sure, orders = judge_all(told, decision), _orders(told)
    scores = [count(told, group(sure, order, decision.joins)) for order in orders]
    dated, mean = scores[0], float(np.mean([score.f1 for score in scores[1:]]))
    print(
        f"{name}: {len(told)} articles, pairwise F1 {dated.f1:.3f} in order of date ({dated.right} pairs right, "
        f"{dated.only} only found, {dated.missed} missed); {mean:.3f} mean of {_ORDERS} other orders"
    )
    owners = group(sure, orders[0], decision.joins)
    for a, b in combinations(range(len(told)), 2):
        same = told[a].event is not None and told[a].event == told[b].event
        if (owners[a] == owners[b]) != same:
            print(f"  {'missed' if same else 'found '} {sure[a, b]:.2f}  {told[a].title[:70]} | {told[b].title[:70]}")
    low, high = _bootstrap(told, owners)
    return {"pairwise_f1": round(dated.f1, 3), "low": low, "high": high, "mean_of_other_orders": round(mean, 3)}


def _bootstrap(told: Sequence[Told], owners: Sequence[int]) -> tuple[float, float]:
    """95 % percentile interval of pairwise F1 over events; pairs found among unlabelled news are kept as they are."""
    names = sorted({one.event for one in told if one.event})
    by_event = [
        count([told[at] for at in found], [owners[at] for at in found])
        for name in names
        if (found := [at for at, one in enumerate(told) if one.event == name])
    ]
    only = count(told, owners).only
    picks = chance.resample(len(names), np.random.default_rng(_SEED))
    right, missed = (picks @ np.array([getattr(score, name) for score in by_event]) for name in ("right", "missed"))
    return chance.interval(2 * right / (2 * right + only + missed), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--learn", action="store_true")
    options = parser.parse_args()
    told = read(options.data, options.reports)
    learning, measuring = split(told)
    if options.learn:
        decision = learn(learning)
        report("learning half", learning, decision)
        measures = report("measuring half", measuring, decision)
        told_by = {"part": "13 other events and 250 other articles", **measures}
        decision = decision.model_copy(update={"card": decision.card | {"measures": told_by}})
        PATH.write_text(decision.model_dump_json(indent=1) + "\n", encoding="utf-8")
        return
    report("measuring half", measuring, pairs.load())


if __name__ == "__main__":
    main()
