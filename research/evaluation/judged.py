"""What reports and grammar are worth beside treebanks, and beside people who judged sentences, pairs and persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from models.article import Article
from models.pipeline import analyze
from models.reader.parsing import parse
from models.report import EntityFinding, PairSentiment, Report
from research import judgements
from research.corpora import Sample, find_part, read_lines
from research.scoring import Tallies, confuse, macro_f1, ratio
from research.treebank import read_grammar

_ROLES = ("main", "consequence", "cause", "context", "history", "anecdote", "evaluation", "expectation", "none")
_LABELS = ("none", "p_for_q", "q_for_p", "p_against_q", "q_against_p")
_GENERIC = {  # the codebook's frames and what Narrative Frames calls them
    "conflict": "conflict",
    "economic": "economic",
    "human_interest": "human_interest",
    "morality": "morality",
    "responsibility": "resolution",
}
_PORTRAYED = 0.25  # a portrayal beyond this is a feeling
_SUBJECTIVE = 0.5  # a sentence is called subjective from this probability on


def count_judged(
    data: Path, tallies: Tallies, limit: int | None, part: str = "measure", only: Container[str] | None = None
) -> None:
    """Count every measure of these corpora that `data` holds; `limit`: samples a corpus; `only`: of these corpora."""
    counts: dict[str, tuple[Callable[[Path], Iterator[Any]], Callable[[Any, Tallies], None]]] = {
        "grammar": (read_grammar, _count_grammar),
        "opinion": (judgements.read_opinion, _count_opinion),
        "subjectivity": (judgements.read_subjectivity, _count_subjectivity),
        "structure": (judgements.read_structure, _count_roles),
        "directed": (judgements.read_directed, _count_pairs),
    }
    for name, (read, count) in counts.items():
        if (data / name).exists() and (only is None or name in only):
            for sample in _some(read(data), limit, part):
                count(sample, tallies)
    whole = {
        "narrative": ("id", _count_frames),
        "persent": ("id", _count_persent),
        "seesaw": ("event", _count_seesaw),
    }
    for name, (group, count_row) in whole.items():
        if only is None or name in only:
            for row, sample in _rows(data, name, group, limit, part):
                count_row(row, sample, tallies)


def _some(samples: Iterator[Sample], limit: int | None, part: str) -> Iterator[Sample]:
    """Samples of a part; of opinion, whose 36 articles are few, all that nothing was learned from or tuned on."""
    taken = 0
    for sample in samples:
        ours = find_part(sample)
        if (ours == part or (sample.corpus == "opinion" and ours != "train")) and (limit is None or taken < limit):
            taken += 1
            yield sample


def _rows(
    data: Path, name: str, group: str, limit: int | None, part: str
) -> Iterator[tuple[Mapping[str, Any], Sample]]:
    path, taken = data / name / "train.jsonl", 0
    for row in read_lines(path) if path.exists() else ():
        text = "\n".join(row["sentences"]) if "sentences" in row else row["text"]
        sample = Sample(name, row[group], text, about={"title": row.get("title", "")})
        if find_part(sample) == part and (limit is None or taken < limit):
            taken += 1
            yield row, sample


def _count_grammar(sample: Sample, tallies: Tallies) -> None:
    tree = parse(sample.text, [(word.start, word.end) for word in sample.words])
    heads = sum(found == word.head for found, word in zip(tree.heads, sample.words, strict=True))
    both = sum(
        (head, relation) == (word.head, word.relation)
        for head, relation, word in zip(tree.heads, tree.relations, sample.words, strict=True)
    )
    upos = sum(found == word.upos for found, word in zip(tree.upos, sample.words, strict=True))
    words = len(sample.words)
    for name, right in (("las", both), ("uas", heads), ("upos", upos)):
        tallies.add(f"grammar.{name}", ratio, "words", sample.group, [right, words], words)


def _count_opinion(sample: Sample, tallies: Tallies) -> None:
    fact, opinion, *others = sample.answers[0].values
    if fact != opinion and max(fact, opinion) > max(others):
        found = max((s.opinion for s in _read(sample).sentences if s.opinion is not None), default=0.0)
        tallies.draw("opinion.auc", area, "sentences", sample.group, [(found, opinion > fact)])


def _count_subjectivity(sample: Sample, tallies: Tallies) -> None:
    found = max(s.subjectivity for s in _read(sample).sentences)
    subjective = sample.answers[0].values[0] > 0
    tallies.draw("subjectivity.auc", area, "sentences", sample.group, [(found, subjective)])
    cells = confuse(int(subjective), int(found >= _SUBJECTIVE), 2)
    tallies.add("subjectivity.macro_f1", macro_f1, "sentences", sample.group, cells)


def area(judged: Sequence[tuple[float, bool]]) -> float:
    """Area under the ROC curve of (score, is it so?); NaN where all are alike."""
    truths = [truth for _, truth in judged]
    return float(roc_auc_score(truths, [score for score, _ in judged])) if len(set(truths)) > 1 else float("nan")


def _count_roles(sample: Sample, tallies: Tallies) -> None:
    report = _read(sample)
    shift = len(report.article.text) - len(sample.text)
    for answer in sample.answers:
        found = Counter[str]()
        for sentence in report.sentences:
            shared = min(sentence.end, answer.end + shift) - max(sentence.start, answer.start + shift)
            found[sentence.role or "none"] += max(0, shared)
        role = found.most_common(1)[0][0] if found else "none"
        cells = confuse(int(np.argmax(answer.values)), _ROLES.index(role), len(_ROLES))
        tallies.add("structure.macro_f1", macro_f1, "sentences", sample.group, cells)


def _count_pairs(sample: Sample, tallies: Tallies) -> None:
    pair = sample.pairs[0]
    report = analyze(Article(text=sample.text, pairs=[(pair.p, pair.q)]))
    found: PairSentiment = report.sentiment.pairs[0]
    cells = confuse(pair.label, _LABELS.index(found.label), len(_LABELS))
    tallies.add("directed.macro_f1", macro_f1, "pairs", sample.group, cells)


def _count_frames(row: Mapping[str, Any], sample: Sample, tallies: Tallies) -> None:
    """How sure the report is of the five generic frames: the mean over them of the areas under the curve."""
    framing = _read(sample).framing
    sure = {frame.name: frame.probability for frame in framing.frames} if framing else {}
    rows = [(ours, sure.get(ours, 0.0), theirs in row["frames"]) for ours, theirs in _GENERIC.items()]  # type: ignore[call-overload]
    tallies.draw("frames.auc", mean_area, "articles", sample.group, rows)


def mean_area(judged: Sequence[tuple[str, float, bool]]) -> float:
    """The mean over kinds of the area under the curve of (kind, score, is it so?), of kinds that are not all alike."""
    areas = [
        area([(score, truth) for kind, score, truth in judged if kind == one]) for one in {k for k, _, _ in judged}
    ]
    return float(np.nanmean(areas)) if not np.isnan(areas).all() else float("nan")


def _count_persent(row: Mapping[str, Any], sample: Sample, tallies: Tallies) -> None:
    feeling = portrayal_of(row["target"], _read(sample))
    cells = confuse(row["feeling"] + 1, 0 if feeling < -_PORTRAYED else 2 if feeling > _PORTRAYED else 1, 3)
    tallies.add("persent.macro_f1", macro_f1, "articles", sample.group, cells)
    tallies.draw("persent.spearman", rank, "articles", sample.group, [(feeling, row["feeling"])])


def _count_seesaw(row: Mapping[str, Any], sample: Sample, tallies: Tallies) -> None:
    report = _read(sample)
    main = {entity["name"] for entity in row["entities"] if "Main" in entity["salience"]}
    for name, votes in row["feelings"].items():
        if name in main:
            feeling = portrayal_of(name, report)
            known = [judgements.SEESAW_VOTES[vote] for vote in votes if vote in judgements.SEESAW_VOTES]
            mean = float(np.mean(known)) if known else 0.0
            tallies.draw("seesaw.spearman", rank, "entities", sample.group, [(feeling, mean)])


def rank(values: Sequence[tuple[float, float]]) -> float:
    """Spearman's rank correlation of pairs."""
    return float(spearmanr([a for a, _ in values], [b for _, b in values]).statistic)


def portrayal_of(name: str, report: Report) -> float:
    """How the report portrays who bears this name, or its last word; 0 for whom it has no portrayal of."""
    found = find_entity(name, report.entities)
    return found.portrayal or 0.0 if found else 0.0


def find_entity(name: str, entities: Sequence[EntityFinding]) -> EntityFinding | None:
    """The entity of this name, else the most mentioned one that shares the name's last word."""
    wanted = name.casefold()
    by_mentions = sorted(entities, key=lambda entity: -len(entity.mentions))
    for entity in by_mentions:
        if entity.name.casefold() == wanted:
            return entity
    last = wanted.split()[-1]
    for entity in by_mentions:
        if last in entity.name.casefold().split() or any(m.text.casefold() == wanted for m in entity.mentions):
            return entity
    return None


def _read(sample: Sample) -> Report:
    return analyze(Article(title=sample.about.get("title") or None, text=sample.text))
