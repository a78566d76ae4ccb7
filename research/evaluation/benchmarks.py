"""The benchmark page: our figures in the papers' metrics, what the papers report, and other tools on the same parts.

`python -m research benchmarks DATA --page docs/benchmarks.md`
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

import models
from models import version
from models.article import Article
from models.pipeline import analyze
from research import judgements
from research.corpora import Sample, find_part, read_babe, read_corpora, read_lines
from research.evaluation.judged import count_judged
from research.evaluation.measures import count_texts
from research.evaluation.statements import count_statements
from research.evaluation.tools import TOOLS, Tool
from research.scoring import Measure, Tallies, confuse, macro_f1
from research.training.baselines import build_linear

_HOME = Path(__file__).parent
_LINEAR = "TF-IDF with logistic regression"
_FOLDS = 5
_CLOCKED = 20  # articles that every tool reads by the clock
_WEIGHTS = ("reader/weights", "classifiers")  # what was learned, under models/
_TEXTS = ("babe", "polnear/dev", "newsmtsc", "basil")
_JUDGED = ("subjectivity", "structure", "directed", "persent")


def write(data: Path, page: Path, limit: int | None = None, jobs: int = 1) -> None:
    """Measure all of it on the corpora in `data`, at most `limit` samples of each, and write the page."""
    tallies = Tallies()
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for counted in pool.map(partial(count, data, limit), list_lots()):
            tallies.join(counted)
        folds = pool.submit(fold, data, limit).result()
    page.write_text(render(tallies, folds, clock(data, limit)), encoding="utf-8")


def list_lots() -> list[str]:
    """What can be counted apart from the rest: a corpus, or all that a tool answers."""
    return [*_TEXTS, *_JUDGED, *(tool.name for tool in TOOLS if tool.here)]


def count(data: Path, limit: int | None, lot: str) -> Tallies:
    """Count one of the lots."""
    tallies = Tallies()
    if lot in _TEXTS:
        count_texts(data, tallies, limit, only={lot})
    elif lot in _JUDGED:
        count_judged(data, tallies, limit, only={lot})
    else:
        count_tool(next(tool for tool in TOOLS if tool.name == lot), data, tallies, limit)
    return tallies


def render(tallies: Tallies, folds: Sequence[float], clocked: Sequence[str]) -> str:
    """The page, in Markdown."""
    measures = {measure.name: measure for measure in tallies.measures()}
    rows = [*_compare(measures, folds), "", *_say_how(), "", *clocked]
    text = (_HOME / "benchmarks.md").read_text("utf-8")
    return text.format(engine=version.engine(), table="\n".join(rows))


def count_tool(tool: Tool, data: Path, tallies: Tallies, limit: int | None = None) -> None:
    """Count a tool's answers on the measure parts, under measures that bear its name before ours."""
    who = f"{tool.name}: "
    for sample in _unseen(read_corpora(data), limit):
        if tool.statements and sample.corpus == "polnear/dev":
            count_statements(sample, tool.statements(sample.text), tallies, who)
        if tool.polarity and sample.corpus == "newsmtsc":
            felt = tool.polarity(sample.text)
            for target in sample.targets:
                cells = confuse(target.polarity + 1, felt + 1, 3)
                tallies.add(f"{who}newsmtsc.macro_f1", macro_f1, "targets", sample.group, cells)
        if tool.subjective and sample.corpus == "babe":
            cells = confuse(int(bool(sample.judged[0].bias)), int(tool.subjective(sample.text)), 2)
            tallies.add(f"{who}babe.macro_f1", macro_f1, "sentences", sample.group, cells)
    if tool.subjective and (data / "subjectivity").exists():
        for sample in _unseen(judgements.read_subjectivity(data), limit):
            cells = confuse(int(sample.answers[0].values[0] > 0), int(tool.subjective(sample.text)), 2)
            tallies.add(f"{who}subjectivity.macro_f1", macro_f1, "sentences", sample.group, cells)
    path = data / "persent" / "train.jsonl"
    for row in read_lines(path) if tool.polarity and path.exists() else ():
        if find_part(Sample("persent", row["id"], row["text"])) == "measure":
            cells = confuse(row["feeling"] + 1, tool.polarity(row["text"]) + 1, 3)  # type: ignore[misc]  # asked above
            tallies.add(f"{who}persent.macro_f1", macro_f1, "articles", row["id"], cells)


def _unseen(samples: Iterator[Sample] | Sequence[Sample], limit: int | None) -> Iterator[Sample]:
    """The measure part, at most so many of each corpus."""
    taken: dict[str, int] = {}
    for sample in samples:
        if find_part(sample) == "measure" and (limit is None or taken.get(sample.corpus, 0) < limit):
            taken[sample.corpus] = taken.get(sample.corpus, 0) + 1
            yield sample


def fold(data: Path, limit: int | None = None) -> list[float]:
    """Macro-F1 of a linear model of words on BABE in five folds, as the paper divides it; empty with too little."""
    samples = list(islice(read_babe(data), limit)) if (data / "babe").exists() else []
    if len({sample.group for sample in samples}) < _FOLDS:
        return []
    texts = np.array([sample.text for sample in samples], object)
    truths = np.array([int(bool(sample.judged[0].bias)) for sample in samples])
    groups = [sample.group for sample in samples]
    found = []
    for train, held in GroupKFold(_FOLDS, shuffle=True, random_state=0).split(texts, truths, groups):
        model = build_linear().fit(texts[train], truths[train])
        found.append(float(f1_score(truths[held], model.predict(texts[held]), average="macro")))
    return found


def _compare(measures: Mapping[str, Measure], folds: Sequence[float]) -> Iterator[str]:
    yield "| corpus | asks | metric | Parallax | papers report | tools measured here, same part |"
    yield "|---|---|---|---|---|---|"
    notes = []
    for about in tomllib.loads((_HOME / "papers.toml").read_text("utf-8"))["corpus"]:
        ours = measures.get(about["ours"])
        told = f"{ours.value:.3f} [{ours.low:.3f}, {ours.high:.3f}], {ours.n:,} {ours.unit}" if ours else ""
        by_tool = ((tool.name, measures.get(f"{tool.name}: {about['ours']}")) for tool in TOOLS)
        beside = [f"{name} {found.value:.3f}" for name, found in by_tool if found]
        if about["ours"] == "babe.macro_f1" and folds:
            each = ", ".join(f"{value:.3f}" for value in folds)
            beside.append(f"{_LINEAR}, {len(folds)} folds of all that we have: {np.mean(folds):.3f} ({each})")
        if "differs" in about:
            notes.append(f"- **{about['name']}.** {' '.join(about['differs'].split())}")
        reported = "; ".join(_cite(one) for one in about["reported"])
        cells = (about["name"], about["asks"], about["metric"], told, reported, "; ".join(beside))
        yield f"| {' | '.join(cells)} |"
    yield from ("", "What differs between theirs and ours:", "", *notes)


def _cite(one: Mapping[str, Any]) -> str:
    size = f", {one['size']}" if "size" in one else ""
    return f"{one['who']} {one['value']:.3f}{size} ({one['source']})"


def _say_how() -> Iterator[str]:
    for tool in TOOLS:
        had = f"measured as {tool.versions}" if tool.here else "**not installed where this page was made**"
        yield f"- **{tool.name}**: {had}; `{tool.install}`."


def clock(data: Path, limit: int | None = None) -> list[str]:
    """A table of processor time on the same articles, one after the other, so that a busy machine slows all alike."""
    here = [tool for tool in TOOLS if tool.here]
    texts = [sample.text for sample in _unseen(read_corpora(data), limit) if sample.corpus == "polnear/dev"][:_CLOCKED]
    readers: dict[str, Callable[[str], object]] = {"Parallax": lambda text: analyze(Article(text=text))}
    readers |= {tool.name: tool.answer for tool in here}
    spent = dict.fromkeys(readers, 0.0)
    for turn, text in enumerate(texts[:1] + texts):  # the first once more: it loads what is loaded once
        for name, reader in readers.items():
            began = time.process_time()
            reader(text)
            spent[name] += time.process_time() - began if turn else 0.0
    words = sum(len(text.split()) for text in texts)
    sizes = {tool.name: tool.bytes for tool in here}
    sizes["Parallax"] = sum(path.stat().st_size for path in _find_weights())
    rows = [
        f"| reads {len(texts)} articles, {words:,} words | does | size | processor milliseconds for 1,000 words |",
        "|---|---|---|---|",
    ]
    does = {tool.name: _say_does(tool) for tool in here} | {"Parallax": "the whole report"}
    for name, seconds in spent.items():
        cost = f"{1_000_000 * seconds / words:.1f}" if words else ""
        rows.append(f"| {name} | {does[name]} | {sizes[name] / 1e6:.1f} MB | {cost} |")
    return rows


def _say_does(tool: Tool) -> str:
    asked = {"polarity": tool.polarity, "subjectivity": tool.subjective, "quotations": tool.statements}
    return ", ".join(name for name, question in asked.items() if question)


def _find_weights() -> Iterator[Path]:
    home = Path(models.__file__).parent
    for folder in _WEIGHTS:
        yield from (path for path in (home / folder).iterdir() if path.suffix in (".onnx", ".npz", ".json", ".txt"))
