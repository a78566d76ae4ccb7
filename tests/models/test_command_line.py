"""`python -m models`: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Command, answers

ARTICLES = [{"id": f"a{n}", "text": f"The tyrant said on day {n} that he would stay."} for n in range(5)]


def test_a_report_a_line_in_order(command: Command) -> None:
    done = command("analyze", lines=ARTICLES)
    assert done.returncode == 0
    reports = answers(done)
    assert [report["article"]["id"] for report in reports] == ["a0", "a1", "a2", "a3", "a4"]
    assert all("tyrant" in [term["text"] for term in report["vocabulary"]["terms"]] for report in reports)


def test_a_bad_line_is_answered_in_its_place(command: Command) -> None:
    bad = [{"id": 7, "headline": "x"}, "not json", '{"id": NaN, "text": "x"}', "[" * 100_000]
    done = command("analyze", lines=[ARTICLES[0], *bad, ARTICLES[1]])
    assert done.returncode == 1
    told = answers(done)
    assert [answer.get("error", {}).get("code") for answer in told] == [
        None, "missing", "invalid_json", "invalid_json", "invalid_json", None,
    ]  # fmt: skip
    assert told[1] == {
        "id": 7,
        "error": {"code": "missing", "message": "is missing. Send the article’s text in it.", "field": "text"},
    }
    assert told[-1]["article"]["id"] == "a1"


def test_targets_get_their_sentiment(command: Command) -> None:
    text = "Moore praised the brilliant work of Lee."
    [report] = answers(command("analyze", lines=[{"text": text, "targets": [[36, 39], [0, 5]]}]))
    assert [(t["start"], t["end"], t["text"]) for t in report["sentiment"]["targets"]] == [
        (36, 39, "Lee"),
        (0, 5, "Moore"),
    ]
    for target in report["sentiment"]["targets"]:
        assert abs(sum(target["probabilities"].values()) - 1) < 0.001


def test_reports_become_a_comparison(command: Command) -> None:
    reports = answers(command("analyze", lines=ARTICLES[:2]))
    done = command("compare", lines=reports)
    assert done.returncode == 0
    [comparison] = answers(done)
    assert [article["id"] for article in comparison["articles"]] == [report["id"] for report in reports]


def test_what_is_no_report_is_refused(command: Command) -> None:
    done = command("compare", lines=[{"text": "x"}])
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a report" in done.stderr


@pytest.mark.parametrize("name", ["analyze", "compare", "lint", "evaluate", "train", "lexicon"])
def test_help(command: Command, name: str) -> None:
    done = command(name, "--help")
    assert done.returncode == 0
    assert name in done.stdout


def test_lexicon_is_counted(command: Command) -> None:
    assert "verdict" in command("lexicon", "stats").stdout


def test_candidates_are_words_that_experts_marked_and_the_lexicon_lacks(command: Command, tmp_path: Path) -> None:
    (tmp_path / "babe").mkdir()
    rows = [
        {"text": f"The flibber plan of the tyrant {n} failed.", "biased": True, "biased_words": ["flibber", "tyrant"],
         "opinion": None, "outlet": "x", "leaning": "left", "topic": "y"}
        for n in range(40)
    ]  # fmt: skip
    (tmp_path / "babe" / "train.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    done = command("lexicon", "candidates", str(tmp_path))
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["flibber"]


def test_a_folder_that_is_not_there(command: Command) -> None:
    done = command("evaluate", "no-such-folder")
    assert done.returncode == 1
    assert "no-such-folder" in done.stderr
