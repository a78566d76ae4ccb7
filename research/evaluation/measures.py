"""The measures of the design, taken through the whole pipeline on the parts not trained on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from models.pipeline import analyze
from models.report import AttributionItem, EntityFinding, Report
from research.corpora import Sample, find_part, read_corpora, read_lines
from research.corpus.measures import count_coded
from research.evaluation.fairness import count_leaning, count_nouns, count_sets, highest_bias
from research.evaluation.judged import count_judged
from research.evaluation.statements import ROLES, Spans, count_statements
from research.scoring import (
    Measure,
    Tallies,
    confuse,
    count_hits,
    f1,
    find_tokens,
    macro_f1,
    mark_tokens,
    per_thousand,
    print_measures,
    ratio,
)
from research.training.tuning import to_article

_FEELINGS = {"neg": 0, "neu": 1, "pos": 2}
_PORTRAYED = 0.25  # a portrayal beyond this is a feeling
_PRONOUN = re.compile(
    r"i|me|my|mine|we|us|ours?|yours?|you|he|him|his|she|hers?|its?|they|them|theirs?|who|whom|whose|this|that|"
    r"these|those|(?:him|her|it)self|themselves",
    re.IGNORECASE,
)


def evaluate(data: Path, limit: int | None = None) -> list[Measure]:
    """Print every measure that the corpora in `data` allow, with 95 % intervals; `limit`: samples a corpus."""
    measures = take_measures(data, limit)
    print_measures(measures)
    return measures


def take_measures(data: Path, limit: int | None = None) -> list[Measure]:
    """Analyse the measure part of every corpus in `data`, and count."""
    tallies = Tallies()
    count_texts(data, tallies, limit)
    count_sets(tallies, limit)
    count_judged(data, tallies, limit)
    count_coded(data, tallies, limit)
    return tallies.measures()


def count_texts(data: Path, tallies: Tallies, limit: int | None = None, only: Container[str] | None = None) -> None:
    """Count what the corpora of spans, sentences and targets measure; `only`: of these."""
    taken = Counter[str]()
    feelings = _read_feelings(data)
    for sample in read_corpora(data):
        if (
            (only is None or sample.corpus in only)
            and find_part(sample) == "measure"
            and (limit is None or taken[sample.corpus] < limit)
        ):
            taken[sample.corpus] += 1
            report = analyze(to_article(sample))
            _COUNT[sample.corpus](sample, report, tallies)
            _count_portrayals(sample, report, feelings.get(sample.text, {}), tallies)


def _count_babe(sample: Sample, report: Report, tallies: Tallies) -> None:
    cells = confuse(int(bool(sample.judged[0].bias)), int(highest_bias(report) >= 0.5), 2)
    tallies.add("babe.macro_f1", macro_f1, "sentences", sample.group, cells)
    if leaning := sample.about["leaning"]:
        tallies.add(f"babe.macro_f1, {leaning}", macro_f1, "sentences", sample.group, cells)
    _count_tokens("babe.word_f1", "loaded_babe", sample, _find_terms(report), tallies)
    count_leaning(sample, report, tallies)
    count_nouns(sample, tallies)


def _count_ptc(sample: Sample, report: Report, tallies: Tallies) -> None:
    _count_tokens("ptc.loaded_f1", "loaded_ptc", sample, _find_terms(report), tallies)


def _count_polnear(sample: Sample, report: Report, tallies: Tallies) -> None:
    items = report.attribution.items
    found = {role: [span for item in items for span in _find_pieces(item, role)] for role in ROLES}
    count_statements(sample, found, tallies)
    pairs = [a for a in sample.attributions if a["source"] and a["content"]]
    met = sum(
        any(all(_meet(a[role], _find_pieces(item, role)) for role in ("source", "content")) for item in items)
        for a in pairs
    )
    tallies.add("polnear.who_said_what_recall", ratio, "attributions", sample.group, [met, len(pairs)], len(pairs))
    annotated = [tuple(span) for a in sample.attributions for role in ROLES for span in a[role]]
    true = sum(any(_meet(annotated, _find_pieces(item, role)) for role in ROLES) for item in items)
    tallies.add("polnear.items_touching", ratio, "items", sample.group, [true, len(items)], len(items))


def _count_newsmtsc(sample: Sample, report: Report, tallies: Tallies) -> None:
    found = {(t.start, t.end): t.polarity for t in report.sentiment.targets}
    mentions = [(m.start, m.end) for entity in report.entities for m in entity.mentions]
    for target in sample.targets:
        span = (target.start, target.end)
        cells = confuse(target.polarity + 1, found.get(span, 0) + 1, 3)
        tallies.add("newsmtsc.macro_f1", macro_f1, "targets", sample.group, cells)
        if not _PRONOUN.fullmatch(sample.text[slice(*span)]):
            counts = [float(_meet([span], mentions)), 1.0]
            tallies.add("newsmtsc.targets_found", ratio, "targets", sample.group, counts)


def _count_basil(sample: Sample, report: Report, tallies: Tallies) -> None:
    terms, words = report.vocabulary.terms, report.article.words
    touched = 0
    for (start, end), quoted in zip(sample.spans["loaded_basil"], sample.quoted, strict=True):
        voices = Counter(term.voice for term in terms if term.start < end and start < term.end)
        touched += bool(voices)
        if voices:
            right = (voices.most_common(1)[0][0] == "quoted") == quoted
            tallies.add("basil.voice_accuracy", ratio, "touched spans", sample.group, [float(right), 1.0])
    spans = len(sample.quoted)
    tallies.add("basil.lexical_recall", ratio, "spans", sample.group, [touched, spans], spans)
    tallies.add("basil.terms_per_1000", per_thousand, "words", sample.group, [len(terms), words], words)
    _count_sentences(sample, report, tallies)


def _count_sentences(sample: Sample, report: Report, tallies: Tallies) -> None:
    """F1 of sentences with lexical bias, as Fan et al. 2019 ask: is there a loaded word that is shown in it?"""
    shown = [(term.start, term.end) for term in report.vocabulary.shown]
    for sentence in report.sentences:
        span = [(sentence.start, sentence.end)]
        expected = np.array([_meet(span, list(sample.spans["loaded_basil"]))])
        hits = count_hits(expected, np.array([_meet(span, shown)]))
        tallies.add("basil.lexical_sentence_f1", f1, "sentences", sample.group, hits)


_COUNT: Mapping[str, Callable[[Sample, Report, Tallies], None]] = {
    "babe": _count_babe,
    "ptc": _count_ptc,
    "polnear/dev": _count_polnear,
    "newsmtsc": _count_newsmtsc,
    "basil": _count_basil,
}


def _count_portrayals(sample: Sample, report: Report, feelings: Mapping[str, str], tallies: Tallies) -> None:
    """BASIL's author feeling toward each main person against the report's portrayal; not found is neutral."""
    for name, feeling in feelings.items():
        if name != "main event" and feeling in _FEELINGS:
            entity = _find_entity(name, report.entities)
            portrayal = (entity and entity.portrayal) or 0.0
            found = 0 if portrayal < -_PORTRAYED else 2 if portrayal > _PORTRAYED else 1
            cells = confuse(_FEELINGS[feeling], found, 3)
            tallies.add("basil.portrayal_macro_f1", macro_f1, "people", sample.group, cells)


def _find_terms(report: Report) -> Spans:
    return [(term.start, term.end) for term in report.vocabulary.terms]


def _count_tokens(name: str, label: str, sample: Sample, found: Spans, tallies: Tallies) -> None:
    tokens = find_tokens(sample.text)
    hits = count_hits(mark_tokens(tokens, sample.spans[label]), mark_tokens(tokens, found))
    tallies.add(name, f1, "tokens", sample.group, hits, len(tokens))


def _find_pieces(item: AttributionItem, role: str) -> Spans:
    def spans() -> Iterator[tuple[int, int]]:
        if whole := getattr(item, role):
            yield whole.start, whole.end
        yield from ((part.start, part.end) for part in getattr(item, f"{role}_parts"))

    return list(spans())


def _meet(spans: Iterable[Iterable[int]], others: Spans) -> bool:
    return any(start < e and s < end for start, end in spans for s, e in others)


def _read_feelings(data: Path) -> Mapping[str, Mapping[str, str]]:
    path = data / "basil" / "dev.jsonl"
    return {row["text"]: row["author_feeling"] for row in read_lines(path)} if path.exists() else {}


def _find_entity(name: str, entities: Iterable[EntityFinding]) -> EntityFinding | None:
    """The entity that shares the name's last word; of several, the one most often mentioned."""
    last = name.lower().split()[-1]
    fitting = [entity for entity in entities if last in entity.name.lower().split()]
    return max(fitting, key=lambda entity: len(entity.mentions), default=None)
