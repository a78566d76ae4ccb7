"""What a careful reader accepts: which candidates for loaded words stand, by what coders marked and readers judged."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from models.agreement import Mark
from models.analyzers import vocabulary
from models.analyzers.vocabulary import whose
from models.analyzers.vocabulary.candidates import TermCandidate, turn
from models.analyzers.vocabulary.targets import Targets
from models.classifiers import categories, terms
from models.classifiers.categories import CATEGORIES, Kind
from models.classifiers.terms import ACCEPTED, FEATURES, FIRST_CATEGORY, KIND, WORD, Rows
from models.document import Document
from research.corpus.layers import Coded, compare_loaded
from research.corpus.measures import sign
from research.training.camps import names_somebody
from research.training.categories import Marked
from research.training.coded import CodedArticle

_SHRUNK = 3.0  # an entry's own count weighs as much as that of all entries from so many uses on
_FEWEST = 3  # uses from which a word's own count is kept
_REGULARIZED = 0.02
_VECTORS = 0.22  # what a vector's column counts beside a named feature: there are ten times as many
# How far a reader accepts what is not loaded, what a strict editor marks, and what every one does.
_GRADES = (0.0, 0.5, 1.0)


class Weighed(Protocol):
    """The candidates of one article, what is known of each, and how far somebody accepts it: 0 to 1."""

    @property
    def name(self) -> str: ...
    @property
    def described(self) -> Rows: ...
    @property
    def entries(self) -> Sequence[str | None]: ...
    @property
    def heads(self) -> Sequence[str]: ...
    @property
    def accepted(self) -> Sequence[float]: ...


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """One article of which readers judged words that were put before them."""

    name: str
    described: Rows
    entries: Sequence[str | None]
    heads: Sequence[str]
    accepted: Sequence[float]


@dataclass(frozen=True, slots=True)
class CodedCase:
    """One coded article: its candidates and their features, which of them the coder accepts, and the marks."""

    name: str
    candidates: list[TermCandidate]
    spans: list[tuple[int, int]]
    voices: list[str]
    heads: list[str]  # of each candidate, as it stands in the text
    marked: Marked  # what the choice of categories learns from
    described: Rows
    gold: Coded
    accepted: list[bool]
    touched: list[frozenset[int]]  # for each candidate the coder's marks that it meets, by index
    sure: list[bool]  # of the coder's marks

    @property
    def entries(self) -> list[str | None]:
        return [one.hit.entry.id if one.hit else None for one in self.candidates]


def read_case(article: CodedArticle, proposal: terms.Model) -> CodedCase:
    """The article's candidates as the analyzer proposes them, before their categories are judged."""
    document, gold = article.document, article.gold
    candidates = vocabulary.propose(document, Targets(document), proposal)
    spans = [(document.tokens[c.first].start, document.tokens[c.last - 1].end) for c in candidates]
    marks = gold["loaded"]
    touched = [frozenset(_meeting(span, marks)) for span in spans]
    syntax = document.reading.syntax
    described = terms.describe(document, [one.known for one in candidates], proposal)
    return CodedCase(
        name=article.name,
        candidates=candidates,
        spans=spans,
        voices=[one.voice for one in whose.judge(document, candidates, described)],
        heads=[document.folded[syntax.head_of(one.first, one.last)] for one in candidates],
        marked=Marked(
            rows=categories.describe(document, [one.told for one in candidates], {}),
            entries=[one.hit.entry.id if one.hit else None for one in candidates],
            told=[one.category for one in candidates],
            gold=[marks[min(met)]["category"] if met else None for met in touched],
        ),
        described=described,
        gold=gold,
        accepted=[],
        touched=touched,
        sure=[mark["sure"] == 2 for mark in marks],
    )


def read_words(name: str, document: Document, rows: Sequence[Mapping[str, Any]], proposal: terms.Model) -> JudgedCase:
    """Of an article's candidates, in the category that the analyzer gives them, those that readers judged (`rows`)."""
    proposed = vocabulary.settle(document, vocabulary.propose(document, Targets(document), proposal))
    told = {(row["start"], row["end"]): row for row in rows}
    places = [(document.tokens[one.first].start, document.tokens[one.last - 1].end) for one in proposed]
    kept = [(one, told[place]) for one, place in zip(proposed, places, strict=True) if place in told]
    syntax = document.reading.syntax
    return JudgedCase(
        name=name,
        described=terms.describe(document, [one.known for one, _ in kept], proposal),
        entries=[one.hit.entry.id if one.hit else None for one, _ in kept],
        heads=[document.folded[syntax.head_of(one.first, one.last)] for one, _ in kept],
        accepted=[grade(row) for _, row in kept],
    )


def grade(row: Mapping[str, Any]) -> float:
    """How far a reader accepts a word as it was told: not at all where anything of it is wrong."""
    return 0.0 if row["fault"] else _GRADES[row.get("grade", 2)]


def settle(case: CodedCase, kinds: Sequence[Kind]) -> CodedCase:
    """The case with its categories judged, and with what the coder then accepts: words, kind and voice."""
    settled = [turn(one, kind) for one, kind in zip(case.candidates, kinds, strict=True)]
    ours = [
        {"start": start, "end": end, "category": one.category, "voice": voice, "target": None}
        for (start, end), one, voice in zip(case.spans, settled, case.voices, strict=True)
    ]
    accepted = sign("loaded", compare_loaded({"loaded": ours}, case.gold))
    return replace(case, candidates=settled, described=tell_kinds(case.described, settled), accepted=accepted)


def tell_kinds(described: Rows, settled: Sequence[TermCandidate]) -> Rows:
    """The rows with the categories of these candidates, and how sure each is."""
    rows = described.copy()
    for row, one in zip(rows, settled, strict=True):
        row[FIRST_CATEGORY : FIRST_CATEGORY + len(CATEGORIES)] = [one.category == name for name in CATEGORIES]
        row[KIND] = one.sure
    return rows


def _meeting(span: tuple[int, int], marks: Sequence[Mark]) -> Iterator[int]:
    return (at for at, mark in enumerate(marks) if mark["start"] < span[1] and span[0] < mark["end"])


Case = TypeVar("Case", CodedCase, JudgedCase)


class Acceptance:
    """How often coders accept a name (an entry, a word): log-odds, shrunk toward those of all."""

    def __init__(self, cases: Sequence[Weighed], names: Callable[[Weighed], Sequence[str | None]]) -> None:
        self._names = names
        self.met, self.accepted = Counter[str](), defaultdict[str, float](float)
        for case in cases:
            met, accepted = self._count(case)
            self.met.update(met)
            for name, held in accepted.items():
                self.accepted[name] += held
        self._share = sum(self.accepted.values()) / max(1, sum(self.met.values()))

    def _count(self, case: Weighed) -> tuple[Counter[str], dict[str, float]]:
        found = [(name, held) for name, held in zip(self._names(case), case.accepted, strict=True) if name]
        accepted = defaultdict[str, float](float)
        for name, held in found:
            accepted[name] += held
        return Counter(name for name, _ in found), accepted

    @property
    def unmet(self) -> float:
        return round(self._odds(0, 0), 4)

    def known(self, fewest: int) -> dict[str, float]:
        """Of each that was met so often."""
        met = sorted(name for name, uses in self.met.items() if uses >= fewest)
        return {name: round(self._odds(self.accepted[name], self.met[name]), 4) for name in met}

    def elsewhere(self, case: Weighed, fewest: int) -> list[float]:
        """Of each of a case's names by all other articles; 0 where there is no name."""
        met, accepted = self._count(case)
        found = []
        for name in self._names(case):
            rest = self.met[name] - met[name] if name else 0
            odds = self._odds(self.accepted[name] - accepted[name], rest) if name and rest >= fewest else self.unmet
            found.append(odds if name else 0.0)
        return found

    def _odds(self, accepted: float, met: int) -> float:
        share = self._share
        return math.log((accepted + _SHRUNK * share) / (met - accepted + _SHRUNK * (1 - share)))


def fit(coded: Sequence[CodedCase], judged: Sequence[JudgedCase], proposal: terms.Model) -> terms.Model:
    """Weights by logistic regression; each article's entries and words are counted on all other articles.

    What is accepted by halves counts half on either side. Who is asked is readier to nod than who marks by himself: a
    column tells them apart, and the decision is the coders'.
    """
    cases: list[Weighed] = [*coded, *judged]
    by_entry, by_word = Acceptance(cases, lambda case: case.entries), Acceptance(cases, lambda case: case.heads)
    rows, held = [], []
    for at, case in enumerate(cases):
        found = _put(case.described, by_entry.elsewhere(case, 1), by_word.elsewhere(case, _FEWEST))
        rows.append(np.column_stack([found, np.full(len(found), float(at >= len(coded)))]))
        held += [float(one) for one in case.accepted]
    table, shares = np.concatenate(rows), np.asarray(held)
    scaler = StandardScaler().fit(table)
    size = table.shape[1] - 1
    counted = np.where((np.arange(size + 1) < len(FEATURES)) | (np.arange(size + 1) == size), 1.0, _VECTORS)
    learned = LogisticRegression(C=_REGULARIZED, max_iter=5000).fit(
        np.vstack([scaler.transform(table) * counted] * 2),
        np.repeat([True, False], len(table)),
        sample_weight=np.concatenate([shares, 1 - shares]),
    )
    weights = learned.coef_[0] * counted / scaler.scale_
    told = [round(float(w), 5) for w in weights[:size]]
    middle = (len(FEATURES) + size) // 2
    return proposal.model_copy(
        update={
            "weights": tuple(told[: len(FEATURES)]),
            "phrase": tuple(told[len(FEATURES) : middle]),
            "head": tuple(told[middle:]),
            "intercept": round(float(learned.intercept_[0] - scaler.mean_ @ weights), 5),
            "accepted": by_entry.known(1),
            "unmet": by_entry.unmet,
            "words": {word: odds for word, odds in by_word.known(_FEWEST).items() if not names_somebody(word)},
            "unmet_word": by_word.unmet,
        }
    )


def know(case: Case, model: terms.Model) -> Case:
    """The case with what the model knows of its entries and words in the features."""
    accepted = [model.accepted.get(entry, model.unmet) if entry else 0.0 for entry in case.entries]
    return replace(
        case,
        described=_put(case.described, accepted, [model.words.get(word, model.unmet_word) for word in case.heads]),
    )


def _put(described: Rows, accepted: Sequence[float], words: Sequence[float]) -> Rows:
    changed = described.copy()
    changed[:, ACCEPTED], changed[:, WORD] = accepted, words
    return changed
