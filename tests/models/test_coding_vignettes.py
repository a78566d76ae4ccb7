"""What docs/rooms.md shows of a room's tables in pandas and R runs, on the tables of a room."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from models.coding.formats import units
from tests.models.test_coding_formats import PROJECT, SENTENCES, TEXT
from workers.settings import HOUSE


def blocks(language: str) -> list[str]:
    """The examples of the page in this language that read one of the two tables."""
    page = (HOUSE / "docs" / "rooms.md").read_text(encoding="utf-8")
    found = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
    return [block for block in found if "room-units.csv" in block or "room-texts.csv" in block]


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with both tables, where the examples run."""
    (tmp_path / "room-units.csv").write_text(units.write(PROJECT), encoding="utf-8")
    (tmp_path / "room-texts.csv").write_text(units.write_texts(PROJECT), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(block: str) -> tuple[dict[str, Any], Any]:
    """Run an example; gives its names and the value of its last line."""
    *lines, last = block.strip().split("\n")
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)
    return names, eval(last, names)


@pytest.mark.usefixtures("tables")
def test_agreement_in_pandas() -> None:
    names, alpha = run(blocks("python")[0])
    assert names["frames"].to_dict() == {
        "Ada": {("a1", "sentence 1"): "none", ("a1", "sentence 2"): "blame", ("a1", "sentence 3"): "hope"},
        "Ben": {("a1", "sentence 1"): "none", ("a1", "sentence 2"): "none", ("a1", "sentence 3"): "hope"},
        "Parallax": {("a1", "sentence 1"): "none", ("a1", "sentence 2"): "blame", ("a1", "sentence 3"): "none"},
    }
    assert round(alpha, 4) == 0.5455
    told = names["units"]
    assert told[told.variable == "side"].set_index("coder").value.to_dict() == {"Ada": "left", "Ben": "right"}


@pytest.mark.usefixtures("tables")
def test_words_by_code_in_pandas() -> None:
    _, words = run(blocks("python")[1])
    assert words["hope"].to_dict() == {"traders": 1, "hope": 1, "for": 1, "spring": 1, "rain": 1}
    assert set(words["blame"].index) <= {"the", "board", "let", "quay", "rot", "again"}


@pytest.mark.usefixtures("tables")
def test_every_text_stands_once_with_what_each_says_of_it() -> None:
    import pandas  # only now: it takes a second to load, in every process that collects tests

    told = pandas.read_csv("room-texts.csv", index_col="doc_id", keep_default_na=False)
    assert told.columns.tolist()[:3] == ["text", "article", "unit"]  # doc_id and text first: rOpenSci's TIF
    assert told.text.tolist() == [TEXT, *(TEXT[start:end] for start, end in SENTENCES), "Quiet.\x0b"]
    assert told.index.tolist() == ["a1", "a1.1", "a1.2", "a1.3", "a2"]
    assert told.loc["a1", ["side.Ada", "side.Ben", "frames.Ada"]].tolist() == ["left", "right", ""]
    assert told.loc["a1.2", ["side.Ada", "frames.Ada", "frames.Parallax"]].tolist() == ["", "blame", "blame"]


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here")
def test_both_in_r(tables: Path) -> None:
    agreement, words = blocks("r")
    has_quanteda = run_r('cat(requireNamespace("quanteda", quietly = TRUE))', tables) == "TRUE"
    if not has_quanteda:
        words = words.partition("library(quanteda)")[0] + "nrow(sentences)\nsentences$frames.Ada\n"
    assert run_r(agreement, tables).endswith("[1] 0.6666667")
    told = run_r(words, tables)
    assert "hope" in told
    assert "[1] 3" in told or has_quanteda


def run_r(script: str, where: Path) -> str:
    """What R prints."""
    (where / "vignette.R").write_text(script, encoding="utf-8")
    done = subprocess.run(
        ["Rscript", "--vanilla", "vignette.R"], cwd=where, capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
