"""The benchmark page: papers' metrics are counted as the papers count them, and one command makes all of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from research.__main__ import main
from research.corpora import Sample
from research.evaluation.statements import Spans, count_statements
from research.evaluation.tools import TOOLS
from research.scoring import Tallies

TEXT = "The mayor said that the bridge would stay shut. Critics doubt it."


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.mark.parametrize(
    ("found", "exact", "overlap"),
    [
        ([span("The mayor"), span("Critics")], 1.0, 1.0),
        ([span("The mayor")], 2 / 3, 0.5),
        ([span("mayor"), span("Critics")], 0.5, 0.75),
        ([span("The mayor"), span("Critics"), span("bridge")], 4 / 5, 2 / 3),
        ([span("said that")], 0.0, 0.0),
        ([], 0.0, 0.0),
    ],
)
def test_whole_spans_are_scored_as_cofenet_scores_them(found: Spans, exact: float, overlap: float) -> None:
    sources = [span("The mayor"), span("Critics")]
    sample = Sample(
        "polnear/dev",
        "a",
        TEXT,
        spans={"source": tuple(sources), "cue": (), "content": ()},
        attributions=tuple({"source": [one], "cue": [], "content": []} for one in sources),
    )
    tallies = Tallies()
    count_statements(sample, {"cue": [], "content": [], "source": found}, tallies)
    measured = {measure.name: measure.value for measure in tallies.measures()}
    assert measured["polnear.source_exact_f1"] == pytest.approx(exact, abs=1e-4)
    assert measured["polnear.source_overlap"] == pytest.approx(overlap, abs=1e-4)


def write_corpus(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def test_one_command_writes_the_page(tmp_path: Path) -> None:
    texts = [f"Hale is a disgrace to town {number}." for number in range(60)]  # a twelfth of them is measured on
    rows = [{"text": text, "start": 0, "end": 4, "mention": "Hale", "polarity": -1} for text in texts]
    write_corpus(tmp_path / "data/newsmtsc/train.jsonl", rows)
    said = {"source": [span("The mayor")], "cue": [span("said")], "content": [span("that the bridge would stay shut")]}
    articles = [{"id": f"a{n}", "publisher": "p", "text": TEXT, "attributions": [said]} for n in range(6)]
    write_corpus(tmp_path / "data/polnear/dev.jsonl", articles)
    (tmp_path / "data/polnear/train.jsonl").write_text("")
    page = tmp_path / "page.md"
    assert main(["benchmarks", str(tmp_path / "data"), "--page", str(page)]) == 0
    written = page.read_text("utf-8")
    row = next(line for line in written.splitlines() if line.startswith("| NewsMTSC"))
    assert " targets |" in row  # ours, with how many
    assert "GRU-TSC, as they come 0.831 (Hamborg & Donnay 2021" in row
    assert "TextBlob 0." in row
    cue = next(line for line in written.splitlines() if "cue of a statement, exactly" in line)
    assert "| 0.667 [0.667, 0.667]" in cue  # “doubt” is found too
    basil = next(line for line in written.splitlines() if line.startswith("| BASIL"))
    assert basil.endswith("|  |  |  |")  # no corpus, no figure
    for tool in TOOLS:
        assert f"- **{tool.name}**: {'measured as' if tool.here else '**not installed'}" in written
    assert written.count("| Parallax | the whole report |") == 1
