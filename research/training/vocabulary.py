"""Training the decision whether a word or phrase is loaded: `models/classifiers/terms.json`.

Trained on the articles and sentences that the reader's thresholds were chosen on (part "tune"), never on those that
the reader itself learned from, where it is surer than it ever will be again; measured on part "measure".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import sklearn
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from models import lexicon, reader
from models.analyzers import vocabulary
from models.classifiers import terms
from models.document import Document, read
from research.corpora import Part, Sample, find_part, read_corpora
from research.scoring import Measure, Tallies, count_hits, f1, find_tokens, mark_tokens, per_thousand, ratio
from research.training.decisions import add_decision
from research.training.tuning import to_article

Flags = NDArray[np.bool_]

_LABELS = {"ptc": "loaded_ptc", "babe": "loaded_babe", "basil": "loaded_basil"}
_OVERLAP = 0.5  # share of a candidate's words that experts marked, from which on it counts as loaded
_SEED, _REACH = 0.22, 0.18  # wider ones (0.18/0.10, 0.10/0.06) lose more token F1 on BABE than they win on PTC
_GRID = [round(0.16 + 0.02 * i, 2) for i in range(10)]  # below, an editor would strike more than one term in five
_DOUBTS = (0.1, 0.2, 0.3, 0.4)
_LISTED = [round(-2.4 + 0.2 * i, 1) for i in range(15)]
_RECALL = 0.1  # little: BASIL's tune part gave the lexicon words, so recall there flatters
_STRENGTHS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_SIGNED = 0.84  # logit of 0.7


@dataclass(frozen=True, slots=True)
class Case:
    """One text with its candidates: what is known of each, its tokens, and what experts marked."""

    corpus: str
    group: str
    expected: Flags
    described: list[list[float]]
    covered: list[Flags]
    spans: list[tuple[int, int]]
    gold: tuple[tuple[int, int], ...]
    words: int


def train_terms(data: Path) -> dict[str, object]:
    """Fit the decision and its thresholds, write terms.json, and return its card."""
    proposal = terms.Model(
        features=terms.FEATURES, weights=(0.0,) * len(terms.FEATURES), intercept=0.0,
        seed=_SEED, reach=_REACH, doubt=0.0, listed_from=-99.0, found_from=0.0, card={},
    )  # fmt: skip
    samples = [sample for sample in read_corpora(data) if sample.corpus in _LABELS]
    tuned = list(prepare(samples, "tune", proposal))
    held = list(prepare(samples, "measure", proposal))
    model = fit(tuned, proposal)
    about = json.loads((Path(__file__).parent / "terms_text.json").read_text(encoding="utf-8"))
    card: dict[str, object] = about | {
        "libraries": {"scikit-learn": sklearn.__version__},
        "lexicon_entries": len(lexicon.load().entries),
        "tuned_on": _size(tuned) | score(tuned, model),
        "measured_on": _size(held) | score(held, model),
        "measures": [asdict(measure) for measure in take_measures(held, model)],
        "thresholds": {corpus: tabulate(held, corpus, model) for corpus in ("ptc", "babe")},
    }
    model = model.model_copy(update={"card": card})
    terms.FILE.write_text(json.dumps(model.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    terms.load.cache_clear()
    return card


def _size(cases: Sequence[Case]) -> dict[str, float]:
    return {"texts": len(cases), "candidates": sum(len(case.described) for case in cases)}


def prepare(samples: Sequence[Sample], part: Part, proposal: terms.Model) -> Iterator[Case]:
    """Read every text of one part and propose candidates as the analyzer would."""
    for sample in samples:
        if find_part(sample) == part:
            document = reader.read(read(to_article(sample)))
            yield _case(sample, document, proposal)


def _case(sample: Sample, document: Document, proposal: terms.Model) -> Case:
    gold = sample.spans[_LABELS[sample.corpus]]
    tokens = find_tokens(document.text)
    candidates = vocabulary.propose(document, model=proposal)
    spans = [(document.tokens[c.first].start, document.tokens[c.last - 1].end) for c in candidates]
    return Case(
        corpus=sample.corpus,
        group=sample.group,
        expected=mark_tokens(tokens, gold),
        described=terms.describe(document, [candidate.facts for candidate in candidates]),
        covered=[mark_tokens(tokens, [span]) for span in spans],
        spans=spans,
        gold=gold,
        words=document.words,
    )


def fit(cases: Sequence[Case], proposal: terms.Model) -> terms.Model:
    """Weights by logistic regression, each corpus weighing the same; thresholds where the mean token F1 is best."""
    rows, loaded, weights = [], [], []
    sizes = {corpus: sum(len(c.described) for c in cases if c.corpus == corpus) for corpus in _LABELS}
    for case in cases:
        for described, covered in zip(case.described, case.covered, strict=True):
            rows.append(described)
            loaded.append(case.expected[covered].mean() >= _OVERLAP)
            weights.append(1 / max(1, sizes[case.corpus]))
    share = np.asarray(weights) / np.mean(weights)
    learned = LogisticRegression(C=0.3, max_iter=5000).fit(np.asarray(rows), np.asarray(loaded), sample_weight=share)
    model = proposal.model_copy(
        update={
            "weights": tuple(round(float(w), 5) for w in learned.coef_[0]),
            "intercept": round(float(learned.intercept_[0]), 5),
        }
    )
    tried = [
        model.model_copy(update={"doubt": doubt, "listed_from": listed, "found_from": found})
        for doubt in _DOUBTS
        for listed in _LISTED
        if listed <= _SIGNED - doubt * 6  # a term that an editor calls loaded seven times in ten stands
        for found in _GRID
    ]
    return max(tried, key=lambda one: _worth(score(cases, one)))


def _worth(scores: dict[str, float]) -> float:
    """Both token F1s and a share of recall on plain news, less a fine for more than 18 terms in 1,000 words there."""
    fine = max(0.0, scores["basil.terms_per_1000"] - 18) / 10
    return scores["ptc.loaded_f1"] + scores["babe.word_f1"] + _RECALL * scores["basil.lexical_recall"] - fine


def score(cases: Sequence[Case], model: terms.Model) -> dict[str, float]:
    """The measures of the design on prepared cases."""
    result: dict[str, float] = {}
    for corpus, name in (("ptc", "ptc.loaded_f1"), ("babe", "babe.word_f1")):
        hits = wrong = missed = 0
        for case in cases:
            if case.corpus == corpus:
                decisions = terms.decide(case.described, model)
                found = _cover(case, [at for at, decision in enumerate(decisions) if decision.holds])
                hits += int((case.expected & found).sum())
                wrong += int((~case.expected & found).sum())
                missed += int((case.expected & ~found).sum())
        result[name] = round(2 * hits / max(1, 2 * hits + wrong + missed), 4)
        result[f"{corpus}.precision"] = round(hits / max(1, hits + wrong), 4)
    touched = total = count = words = 0
    for case in cases:
        if case.corpus == "basil":
            kept = [
                span
                for span, decision in zip(case.spans, terms.decide(case.described, model), strict=True)
                if decision.holds
            ]
            total += len(case.gold)
            touched += sum(any(a < end and start < b for a, b in kept) for start, end in case.gold)
            count, words = count + len(kept), words + case.words
    result["basil.lexical_recall"] = round(touched / max(1, total), 4)
    result["basil.terms_per_1000"] = round(1000 * count / max(1, words), 2)
    return result


def take_measures(cases: Sequence[Case], model: terms.Model) -> list[Measure]:
    """The measures of `score`, each with its 95 % interval."""
    tallies = Tallies()
    for case in cases:
        decisions = terms.decide(case.described, model)
        kept = [at for at, decision in enumerate(decisions) if decision.holds]
        if case.corpus == "basil":
            touched = sum(any(case.spans[at][0] < e and s < case.spans[at][1] for at in kept) for s, e in case.gold)
            spans = len(case.gold)
            tallies.add("basil.lexical_recall", ratio, "spans", case.group, [touched, spans], spans)
            tallies.add("basil.terms_per_1000", per_thousand, "words", case.group, [len(kept), case.words], case.words)
        else:
            name = "ptc.loaded_f1" if case.corpus == "ptc" else "babe.word_f1"
            hits = count_hits(case.expected, _cover(case, kept))
            tallies.add(name, f1, "tokens", case.group, hits, len(case.expected))
    return tallies.measures()


def tabulate(cases: Sequence[Case], corpus: str, model: terms.Model) -> list[dict[str, object]]:
    """Precision, recall and false-positive rate, by token, for terms of at least each strength."""
    table: list[dict[str, object]] = []
    for strength in _STRENGTHS:
        tallies = Tallies()
        for case in cases:
            if case.corpus == corpus:
                decisions = terms.decide(case.described, model)
                kept = [at for at, one in enumerate(decisions) if one.holds and one.strength >= strength]
                found = _cover(case, kept)
                for is_found in (True, False):
                    for is_true in (True, False):
                        n = float(((found == is_found) & (case.expected == is_true)).sum())
                        if n:
                            add_decision(tallies, case.group, found=is_found, true=is_true, n=n)
        table.append({"strength": strength} | {measure.name: asdict(measure) for measure in tallies.measures()})
    return table


def _cover(case: Case, kept: Sequence[int]) -> Flags:
    found = np.zeros(len(case.expected), bool)
    for at in kept:
        found |= case.covered[at]
    return found
