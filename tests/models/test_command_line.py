"""`python -m models`: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def run(*arguments: str, lines: list[Any] | None = None) -> tuple[int, list[Any], str]:
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in lines or [])
    done = subprocess.run(
        [sys.executable, "-m", "models", *arguments],
        input=text,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")], done.stderr


ARTICLES = [{"id": f"a{n}", "text": f"The tyrant said on day {n} that he would stay."} for n in range(5)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_report_a_line_in_order(jobs: str) -> None:
    status, reports, _ = run("analyze", "--jobs", jobs, lines=ARTICLES)
    assert status == 0
    assert [report["article"]["id"] for report in reports] == ["a0", "a1", "a2", "a3", "a4"]
    assert all("tyrant" in [term["text"] for term in report["vocabulary"]["terms"]] for report in reports)


def test_a_bad_line_is_answered_in_its_place() -> None:
    bad = [{"id": 7, "headline": "x"}, "not json", '{"id": NaN, "text": "x"}', "[" * 100_000]
    status, answers, _ = run("analyze", lines=[ARTICLES[0], *bad, ARTICLES[1]])
    assert status == 1
    assert [answer.get("error", {}).get("code") for answer in answers] == [
        None, "missing", "invalid_json", "invalid_json", "invalid_json", None,
    ]  # fmt: skip
    assert answers[1] == {
        "id": 7,
        "error": {"code": "missing", "message": "is missing. Send the article’s text in it.", "field": "text"},
    }
    assert answers[-1]["article"]["id"] == "a1"


def test_targets_get_their_sentiment() -> None:
    text = "Moore praised the brilliant work of Lee."
    _, [report], _ = run("analyze", lines=[{"text": text, "targets": [[36, 39], [0, 5]]}])
    assert [(t["start"], t["end"], t["text"]) for t in report["sentiment"]["targets"]] == [
        (36, 39, "Lee"),
        (0, 5, "Moore"),
    ]
    for target in report["sentiment"]["targets"]:
        assert abs(sum(target["probabilities"].values()) - 1) < 0.001


def test_reports_become_a_comparison() -> None:
    _, reports, _ = run("analyze", lines=ARTICLES[:2])
    status, [comparison], _ = run("compare", lines=reports)
    assert status == 0
    assert [article["id"] for article in comparison["articles"]] == [report["id"] for report in reports]


def test_what_is_no_report_is_refused() -> None:
    status, answers, complaint = run("compare", lines=[{"text": "x"}])
    assert (status, answers) == (1, [])
    assert "not a report" in complaint


@pytest.mark.parametrize("command", ["analyze", "compare", "lint", "evaluate", "train", "lexicon"])
def test_help(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "models", command, "--help"], capture_output=True, text=True, check=True
    )
    assert command in done.stdout


def test_lexicon_is_checked_and_counted() -> None:
    for action, said in (("check", "Every example holds."), ("stats", "verdict")):
        done = subprocess.run(
            [sys.executable, "-m", "models", "lexicon", action], capture_output=True, text=True, check=True
        )
        assert said in done.stdout


def test_candidates_are_words_that_experts_marked_and_the_lexicon_lacks(tmp_path: Path) -> None:
    (tmp_path / "babe").mkdir()
    rows = [
        {"text": f"The flibber plan of the tyrant {n} failed.", "biased": True, "biased_words": ["flibber", "tyrant"],
         "opinion": None, "outlet": "x", "leaning": "left", "topic": "y"}
        for n in range(40)
    ]  # fmt: skip
    (tmp_path / "babe" / "train.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "models", "lexicon", "candidates", str(tmp_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["flibber"]


def test_a_folder_that_is_not_there() -> None:
    status, _, complaint = run("evaluate", "no-such-folder")
    assert status == 1
    assert "no-such-folder" in complaint
