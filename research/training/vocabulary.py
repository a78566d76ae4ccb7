"""Training the decision whether a word or phrase is loaded: `models/classifiers/terms.json`.

Weights come from the coded corpus' train part and from words that readers judged: strength is the probability that a
coder marks a finding as it stands. From which strength on it counts is chosen on the tune parts of the coded corpus,
BABE and PTC; what shows is another decision's (`signing`). All is measured on the measure parts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import sklearn
from numpy.typing import NDArray

from models import lexicon, reader
from models.analyzers import vocabulary
from models.classifiers import terms
from models.classifiers.categories import Kind
from models.document import Document, read
from research.corpora import Part, Sample, find_part, read_corpora
from research.corpus import records
from research.corpus.measures import auc
from research.scoring import Measure, Tallies, count_hits, f1, find_tokens, mark_tokens, per_thousand, ratio
from research.training import acceptance, categories, signing
from research.training.acceptance import CodedCase, read_case
from research.training.coded import read_coded, read_judged
from research.training.decisions import add_decision
from research.training.signing import Blind
from research.training.tuning import to_article

Flags = NDArray[np.bool_]

_LABELS = {"ptc": "loaded_ptc", "babe": "loaded_babe", "basil": "loaded_basil"}
_SEED, _REACH = 0.22, 0.18  # wider ones (0.18/0.10, 0.10/0.06) lose more token F1 on BABE than they win on PTC
_GRID = [round(0.10 + 0.02 * i, 2) for i in range(31)]
_SHOWN = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
_STRENGTHS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Case:
    """One text with its candidates: what is known of each, its tokens, and what experts marked."""

    corpus: str
    group: str
    expected: Flags
    described: terms.Rows
    covered: list[Flags]
    spans: list[tuple[int, int]]
    gold: tuple[tuple[int, int], ...]
    words: int


def train_terms(data: Path) -> dict[str, object]:
    """Fit the decision and its thresholds, write terms.json, and return its card."""
    proposal = terms.Model(
        features=terms.FEATURES, weights=(0.0,) * len(terms.FEATURES), phrase=(), head=(), intercept=0.0,
        accepted={}, unmet=0.0, words={}, unmet_word=0.0, seed=_SEED, reach=_REACH, listed_from=0.0, found_from=0.0,
        card={},
    )  # fmt: skip
    read = {part: [read_case(one, proposal) for one in read_coded(data, [part])] for part in ("train", "tune")}
    blind = list(signing.read_blind(data, proposal))
    coded, kinds = judge_kinds(read["train"], read["tune"], blind)
    before = {row["id"] for row in records.read_judged("loaded")}  # of reports that were read whole nothing is learned
    judged = [acceptance.read_words(*one, proposal) for one in read_judged(data, "words") if one[0] not in before]
    model = acceptance.fit(coded["train"], judged, proposal)
    samples = [sample for sample in read_corpora(data) if sample.corpus in _LABELS]
    tuned, held = (list(prepare(samples, part, model)) for part in ("tune", "measure"))
    known = [acceptance.know(case, model) for case in coded["tune"]]
    model = choose(known, tuned, model)
    signing.train(blind, kinds, model, {case.name for case in judged})
    about = json.loads((Path(__file__).parent / "terms_text.json").read_text(encoding="utf-8"))
    card: dict[str, object] = about | {
        "libraries": {"scikit-learn": sklearn.__version__},
        "lexicon_entries": len(lexicon.load().entries),
        "trained_on": {"articles": len(coded["train"]), "candidates": sum(len(c.accepted) for c in coded["train"])},
        "judged": {"articles": len(judged), "candidates": sum(len(c.accepted) for c in judged)},
        "tuned_on": _size(tuned) | score(tuned, model) | score_coded(known, model),
        "measured_on": _size(held) | score(held, model),
        "measures": [asdict(measure) for measure in take_measures(held, known, model)],
        "shown": tabulate_shown(known, model),
        "thresholds": {corpus: tabulate(held, corpus, model) for corpus in ("ptc", "babe")},
    }
    model = model.model_copy(update={"card": card})
    terms.FILE.write_text(json.dumps(model.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    terms.load.cache_clear()
    return card


def judge_kinds(
    train: Sequence[CodedCase], tune: Sequence[CodedCase], blind: Sequence[Blind]
) -> tuple[dict[str, list[CodedCase]], list[list[Kind]]]:
    """Learn the choice of categories, keep it, and judge all parts: of what teaches it, each article by the others."""
    marked = [*(case.marked for case in train), *(one.marked for one in blind)]
    learned = categories.learn(marked)
    apart = categories.judge_apart(marked)
    judged = {
        "train": [acceptance.settle(case, kinds) for case, kinds in zip(train, apart[: len(train)], strict=True)],
        "tune": [acceptance.settle(case, learned.judge(case.marked)) for case in tune],
    }
    right = [
        kind.category == gold
        for case in tune
        for kind, gold in zip(learned.judge(case.marked), case.marked.gold, strict=True)
        if gold
    ]
    about = json.loads((Path(__file__).parent / "categories_text.json").read_text(encoding="utf-8"))
    told = {"candidates": len(right), "right": round(sum(right) / max(1, len(right)), 4)}
    size = {"articles": len(train), "blind": sum(len(one.said) for one in blind)}
    categories.write(learned, about | {"trained_on": size, "tuned_on": told})
    return judged, apart[len(train) :]


def tabulate_shown(cases: Sequence[CodedCase], model: terms.Model) -> list[dict[str, float]]:
    """For each strength: how many candidates have it, how many of them coders marked so, and of sure marks are met."""
    table = []
    for least in _SHOWN:
        found = score_coded(cases, model, least)
        table.append({"strength": least} | {name.removeprefix("coded."): value for name, value in found.items()})
    return table


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
    candidates = vocabulary.settle(document, vocabulary.propose(document, model=proposal))
    spans = [(document.tokens[c.first].start, document.tokens[c.last - 1].end) for c in candidates]
    return Case(
        corpus=sample.corpus,
        group=sample.group,
        expected=mark_tokens(tokens, gold),
        described=terms.describe(document, [one.known for one in candidates], proposal),
        covered=[mark_tokens(tokens, [span]) for span in spans],
        spans=spans,
        gold=gold,
        words=document.words,
    )


def choose(coded: Sequence[CodedCase], cases: Sequence[Case], model: terms.Model) -> terms.Model:
    """From which strength a finding counts, listed or not: where coders' F1 and both corpora's token F1 are best."""
    tried = (
        model.model_copy(update={"listed_from": listed, "found_from": found})
        for listed in _GRID
        for found in _GRID
        if found >= listed
    )
    return max(tried, key=lambda one: _worth(score(cases, one) | score_coded(coded, one)))


def _worth(scores: Mapping[str, float]) -> float:
    return 2 * scores["coded.f1"] + scores["ptc.loaded_f1"] + scores["babe.word_f1"]


def score_coded(cases: Sequence[CodedCase], model: terms.Model, least: float | None = None) -> dict[str, float]:
    """Coders' acceptance: which share of what counts stands, of marks is touched, and what strength tells of it.

    What counts is what is told at all, or has the strength of `least`.
    """
    shown = stand = sure = met = marks = touched = 0
    judged: list[tuple[float, bool]] = []
    for case in cases:
        decisions = terms.decide(case.described, model)
        kept = [at for at, one in enumerate(decisions) if (one.holds if least is None else one.strength >= least)]
        shown += len(kept)
        stand += sum(case.accepted[at] for at in kept)
        seen = frozenset[int]().union(*(case.touched[at] for at in kept))
        sure += sum(case.sure)
        met += sum(case.sure[at] for at in seen)
        marks, touched = marks + len(case.sure), touched + len(seen)
        judged += [(decisions[at].strength, case.accepted[at]) for at in kept]
    precision, recall = stand / max(1, shown), touched / max(1, marks)
    return {
        "coded.signed": round(precision, 4),
        "coded.sure_recall": round(met / max(1, sure), 4),
        "coded.recall": round(recall, 4),
        "coded.f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "coded.strength_auc": round(auc(judged), 4),
        "coded.shown": shown,
    }


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


def take_measures(cases: Sequence[Case], coded: Sequence[CodedCase], model: terms.Model) -> list[Measure]:
    """The measures of `score` and of acceptance, each with its 95 % interval."""
    tallies = Tallies()
    for article in coded:
        judged = [
            (decision.strength, held)
            for decision, held in zip(terms.decide(article.described, model), article.accepted, strict=True)
            if decision.holds
        ]
        stand = [float(sum(held for _, held in judged)), float(len(judged))]
        tallies.add("coded.loaded_signed", ratio, "findings", article.name, stand, len(judged))
        tallies.draw("coded.strength_auc", auc, "findings", article.name, judged)
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
