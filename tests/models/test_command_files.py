"""`python -m models` on files and folders: tables, progress, and going on after a kill."""

from __future__ import annotations

import csv
import json
import os
import pty
import signal
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from models import rows
from models.__main__ import main
from tests.conftest import wait_until

COMMAND = [sys.executable, "-m", "models", "analyze"]


def write(path: Path, *articles: Any) -> Path:
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path


def read(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def articles(count: int) -> list[dict[str, Any]]:
    return [{"id": f"a{n}", "text": f"The tyrant said on day {n} that he would stay."} for n in range(count)]


def test_a_table_gives_a_report_a_row_and_says_how_it_took_the_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "articles.csv"
    table.write_text(
        "Headline,Body,Source,Shares\n"
        'Bridge shut,"The tyrant laughed,\nand the crowd went home.",The Quay,12\n'
        "No text,,The Quay,3\n",
        encoding="utf-8-sig",
    )
    assert main(["analyze", str(table)]) == 1
    told = capsys.readouterr()
    report, error = map(json.loads, told.out.splitlines())
    assert report["article"]["text"] == "Bridge shut\n\nThe tyrant laughed,\nand the crowd went home."
    assert report["article"]["outlet"] == "The Quay"
    assert error == {
        "id": None,
        "error": {"code": "empty", "field": "Body", "message": f"{table}, line 4: is empty. Paste the article’s text."},
    }
    assert "Headline as title, Body as text, Source as outlet; not known and left out: Shares." in told.err
    assert "1 report, 1 error" in told.err


def test_a_folder_gives_a_report_a_text_with_its_path_as_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "may").mkdir()
    (tmp_path / ".drafts").mkdir()
    for name, text in {
        "b.txt": "The ferry left.",
        "may/a.txt": "The ferry came.",
        "photo.jpg": "",
        ".drafts/c.txt": "x",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    assert main(["analyze", str(tmp_path)]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(a["article"]["id"], a["article"]["text"]) for a in answers if "article" in a] == [
        ("b.txt", "The ferry left."),
        ("may/a.txt", "The ferry came."),
    ]
    assert [(a["id"], a["error"]["code"]) for a in answers if "error" in a] == [("latin.txt", "invalid_utf8")]


def test_several_files_are_read_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write(tmp_path / "first.jsonl", *articles(2))
    second = tmp_path / "second.txt"
    second.write_text("The ferry left.", encoding="utf-8")
    assert main(["analyze", str(second), str(first)]) == 0
    names = [json.loads(line)["article"]["id"] for line in capsys.readouterr().out.splitlines()]
    assert names == ["second.txt", "a0", "a1"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.csv", None, "is not there"),
        ("page.pdf", b"%PDF", "none of the files read here: .csv"),
        ("table.csv", b"title,shares\nA,1\n", "no column with the text (title, shares)"),
        ("empty/", None, "holds no .txt"),
    ],
)
def test_what_can_not_be_read_is_said_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if name.endswith("/"):
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    assert main(["analyze", str(path)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert path.name in told.err


def test_findings_as_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "articles.jsonl", *articles(2), {"id": 7})
    assert main(["analyze", str(source), "--csv", str(tmp_path / "findings.csv")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "line 3: is missing" in told.err
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as table:
        found = list(csv.DictReader(table))
    assert tuple(found[0]) == rows.COLUMNS
    assert [(row["article"], row["text"]) for row in found if row["kind"] == "term"] == [
        ("a0", "tyrant"),
        ("a1", "tyrant"),
    ]


@pytest.mark.parametrize("torn", [b"", b'{"id": "cut off in the mid', "“".encode()[:2]])
def test_resume_goes_on_where_the_output_stopped(tmp_path: Path, torn: bytes) -> None:
    source = write(tmp_path / "articles.jsonl", articles(1)[0], {"id": 7}, *articles(4)[1:])
    whole, cut, table = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl", tmp_path / "findings.csv"
    assert main(["analyze", str(source), "--output", str(whole)]) == 1
    lines = whole.read_bytes().splitlines(keepends=True)
    marked = lines[0].replace(b'"milliseconds":', b'"milliseconds":1')
    cut.write_bytes(marked + lines[1] + lines[2] + torn)
    assert main(["analyze", str(source), "--output", str(cut), "--resume", "--csv", str(table)]) == 1
    resumed = cut.read_bytes().splitlines(keepends=True)
    assert resumed[:3] == [marked, *lines[1:3]]
    assert [strip(line) for line in resumed[3:]] == [strip(line) for line in lines[3:]]
    with table.open(encoding="utf-8", newline="") as findings:
        assert [row["article"] for row in csv.DictReader(findings) if row["kind"] == "term"] == ["a0", "a1", "a2", "a3"]


def strip(line: bytes) -> Any:
    """A report without what differs from run to run."""
    report = json.loads(line)
    del report["provenance"]
    return report


def test_resume_refuses_the_output_of_other_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write(tmp_path / "first.jsonl", *articles(2))
    other = write(tmp_path / "other.jsonl", *reversed(articles(2)))
    output = tmp_path / "reports.jsonl"
    assert main(["analyze", str(first), "--output", str(output)]) == 0
    before = output.read_bytes()
    assert main(["analyze", str(other), "--output", str(output), "--resume"]) == 1
    assert "line 1, is no report on article 1" in capsys.readouterr().err
    assert main(["analyze", str(first), "--output", str(output)]) == 1
    assert "--resume" in capsys.readouterr().err
    assert main(["analyze", str(first), "--resume"]) == 1
    assert "--resume needs --output" in capsys.readouterr().err
    assert output.read_bytes() == before


def test_nothing_is_lost_or_read_twice_after_a_kill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "articles.jsonl", *articles(30))
    output = tmp_path / "reports.jsonl"
    command = [*COMMAND, str(source), "--output", str(output), "--jobs", "2"]
    killed = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    wait_until(lambda: (output.exists() and output.stat().st_size > 1_000) or killed.poll() is not None)
    assert killed.poll() is None
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    kept = output.read_bytes().rpartition(b"\n")[0]
    assert main(["analyze", str(source), "--output", str(output), "--resume"]) == 0
    assert output.read_bytes().startswith(kept)
    assert [report["article"]["id"] for report in read(output)] == [f"a{n}" for n in range(30)]
    assert "30 reports, 0 errors." in capsys.readouterr().err


def read_terminal(master: int) -> str:
    """All that was written to a terminal that nobody has open any more: it comes in pieces, then Linux says EIO."""
    pieces = []
    with suppress(OSError):
        while piece := os.read(master, 100_000):
            pieces.append(piece)
    os.close(master)
    return b"".join(pieces).decode()


def test_progress_is_shown_on_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "articles.jsonl", *articles(3))
    assert main(["analyze", str(source)]) == 0
    quiet = capsys.readouterr()
    assert quiet.err == "3 reports, 0 errors.\n"
    master, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 100))
    with os.fdopen(terminal, "w") as errors, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", errors)
        assert main(["analyze", str(source)]) == 0
    assert "3/3" in read_terminal(master)
    assert len(capsys.readouterr().out.splitlines()) == len(quiet.out.splitlines()) == 3


def test_reading_stops_quietly_when_nobody_listens(tmp_path: Path) -> None:
    source = write(tmp_path / "articles.jsonl", *articles(300))
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m models analyze "{source}" | head -n 1'],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["article"]["id"] == "a0"
    assert done.stderr == ""


def test_compare_takes_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "articles.jsonl", *articles(3))
    reports = tmp_path / "reports.jsonl"
    assert main(["analyze", str(source), "--output", str(reports)]) == 0
    pair, single = tmp_path / "pair.jsonl", tmp_path / "single.json"
    first, second, third = read(reports)
    write(pair, first, second)
    single.write_text(json.dumps(third, indent=1), encoding="utf-8")
    output = tmp_path / "comparison.json"
    assert main(["compare", str(pair), str(single), "--output", str(output)]) == 0
    assert [article["id"] for article in json.loads(output.read_text())["articles"]] == [
        report["id"] for report in (first, second, third)
    ]
    capsys.readouterr()
    assert main(["compare", str(source)]) == 1
    assert "not a report" in capsys.readouterr().err
    assert main(["compare", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl: No such file" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["-1", "two", "1.5"])
def test_jobs_is_a_whole_number(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["analyze", "--jobs", value])
    assert "whole number" in capsys.readouterr().err
