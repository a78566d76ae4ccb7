"""A corpus in parts, on a real Dask cluster: nothing is lost and nothing read twice, whoever is killed meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from models import rows
from models.__main__ import main
from models.commands import corpus
from models.corpora import findings, parts
from models.importers import BodyRefused
from tests.conftest import find_port, wait_until
from workers.parent import die_with_parent
from workers.settings import HOUSE

WORDS = ["tyrant", "regime", "thug"]


def articles(count: int) -> list[dict[str, Any]]:
    return [{"id": f"a{n}", "text": f"The {WORDS[n % 3]} said on day {n} that he would stay."} for n in range(count)]


def write_lines(path: Path, some: list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in some]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


pytestmark = pytest.mark.timeout(900)  # processes of Dask take their time to start


def read_findings(folder: Path) -> list[dict[str, Any]]:
    found = [row for path in sorted(folder.glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    return found


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(
    lines=st.lists(st.text("aé\U0001f30a\u2028\x85 \t", max_size=12), max_size=9),
    size=st.integers(1, 40),
)
def test_every_line_is_in_one_part(lines: list[str], size: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("lines")
    told = [{"id": str(at), "text": f"x{line}"} for at, line in enumerate(lines)]
    write_lines(folder / "a.jsonl", told or [""])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "BYTES", size)
        planned = parts.plan(folder, "engine")
    found = [record.name for part in planned.parts for record in parts.read(part)]
    assert found == [one["id"] for one in told]


def test_every_row_is_in_one_part_whatever_the_groups_and_the_columns_names(tmp_path: Path) -> None:
    count = 2 * parts.ARTICLES + 7
    table = pa.table(
        {
            "article_id": list(range(count)),
            "headline": [None] * count,
            "body": [f"It rained on day {n}." for n in range(count)],
            "date": [date(2026, 3, 14)] * count,
            "length": [1.5] * count,
        }
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=parts.ARTICLES + 50)
    planned = parts.plan(tmp_path, "engine")
    assert [(part.group, part.first, part.last) for part in planned.parts] == [
        (0, 0, 200), (0, 200, 250), (1, 0, 157),
    ]  # fmt: skip
    records = [record for part in planned.parts for record in parts.read(part)]
    assert [record.name for record in records] == list(range(count))
    assert {record.article.published for record in records if record.article} == {"2026-03-14"}
    assert records[-1].place.endswith("row 157 of row group 2")


def test_a_part_holds_every_finding_and_says_what_was_no_article(tmp_path: Path) -> None:
    write_lines(tmp_path / "in/a.jsonl", [*articles(2), "no json", {"id": "bad", "text": ""}])
    (part,) = parts.plan(tmp_path / "in", "engine").parts
    done = findings.write(part, str(tmp_path), 0)
    expected = [row for one in articles(2) for row in rows.list_findings(models.analyze(one["text"]))]
    found = read_findings(tmp_path)
    assert [(row["kind"], row["text"], row["start"], row["strength"]) for row in found] == [
        (row.kind, row.text, row.start, row.strength) for row in expected
    ]
    assert {row["article"] for row in found} == {"a0", "a1"}
    assert (done.articles, done.errors, done.findings) == (2, 2, len(expected))
    wrong = [json.loads(line) for line in (tmp_path / "errors-000000.jsonl").read_text("utf-8").splitlines()]
    assert [(one["id"], one["error"]["code"]) for one in wrong] == [(None, "invalid_json"), ("bad", "empty")]
    assert "line 3" in wrong[0]["error"]["message"]
    assert findings.look(tmp_path, 0) == done
    assert tuple(findings.SCHEMA.names) == rows.COLUMNS


def test_a_part_that_was_done_is_not_read_again(tmp_path: Path) -> None:
    write_lines(tmp_path / "in/a.jsonl", articles(1))
    (part,) = parts.plan(tmp_path / "in", "engine").parts
    done = findings.write(part, str(tmp_path), 0)
    (tmp_path / "in/a.jsonl").unlink()
    assert findings.write(part, str(tmp_path), 0) == done


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler and two workers, each a process of its own, started as people start them."""
    folder, address = tmp_path_factory.mktemp("dask"), f"tcp://127.0.0.1:{find_port()}"
    environment = os.environ | {"PYTHONPATH": str(HOUSE)}

    def start(*command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(Path(sys.executable).with_name("dask")), *command],
            cwd=folder, env=environment, stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - it calls one function of C
        )  # fmt: skip

    from distributed import Client  # only now: it takes a second to load, in every process that collects tests

    started = [start("scheduler", "--host", address, "--no-dashboard", "--no-show")]
    workers = [start("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(2)]
    with Client(address, timeout=280) as client:
        wait_until(lambda: len(client.nthreads()) == 2)
    yield address, workers
    for process in [*workers, *started]:
        process.kill()
        process.wait()


def test_a_worker_is_killed_and_nothing_is_lost(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    from models.corpora import cluster

    address, workers = scheduler
    monkeypatch.setattr(parts, "BYTES", 700)  # some eight articles a part
    write_lines(tmp_path / "in/a.jsonl", articles(60))
    write_lines(tmp_path / "in/more/b.ndjson", [{"id": "bad"}, *articles(3)])
    command = ["analyze", str(tmp_path / "in"), "--scheduler", address, "--output", str(tmp_path / "out")]

    taken = iter(
        cluster.run(cluster.prepare(tmp_path / "in", tmp_path / "out", resume=False), tmp_path / "out", address, 1)
    )
    next(taken)  # one part is done, others are in the workers' hands
    workers[0].kill()
    left = list(taken)
    assert not [done for _, done in left if isinstance(done, Exception)]
    found = read_findings(tmp_path / "out")
    named = [row["article"] for row in found if row["kind"] == "term"]
    assert sorted(named) == sorted([*(f"a{n}" for n in range(60)), *(f"a{n}" for n in range(3))])
    made = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.parquet")}
    assert len(made) == len(left) + 1

    (tmp_path / "out" / findings.name(3)).unlink()  # as if the run had been stopped before that part
    assert main([*command, "--resume"]) == 1  # one article was none
    assert "63 articles, 1 errors" in capsys.readouterr().err
    again = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.parquet")}
    assert {name for name in made if made[name] != again[name]} == {findings.name(3)}
    assert sorted(row["article"] for row in read_findings(tmp_path / "out") if row["kind"] == "term") == sorted(named)


def test_what_cannot_be_done_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = write_lines(tmp_path / "in/a.jsonl", articles(1))
    pq.write_table(pa.table({"words": ["x"]}), tmp_path / "b.parquet")
    (tmp_path / "table").mkdir()
    (tmp_path / "b.parquet").rename(tmp_path / "table" / "b.parquet")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "c.parquet").write_bytes(b"no parquet at all")
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "other.txt").write_text("x")
    nobody, out = f"tcp://127.0.0.1:{find_port()}", str(tmp_path / "out")
    for said, paths, more in (
        ("reads one folder", [lines], ["--output", out]),
        ("reads one folder", [], ["--output", out]),
        ("needs --output FOLDER", [tmp_path / "in"], []),
        ("takes no --csv", [tmp_path / "in"], ["--output", out, "--csv", "x.csv"]),
        ("holds no .parquet", [tmp_path / "empty"], ["--output", out]),
        ("no column holds the text (words)", [tmp_path / "table"], ["--output", out]),
        ("can't be read as Parquet", [tmp_path / "broken"], ["--output", out]),
        ("holds something else", [tmp_path / "in"], ["--output", str(tmp_path / "full")]),
    ):
        assert main(["analyze", *map(str, paths), "--scheduler", nobody, *more]) == 1
        assert said in capsys.readouterr().err


def test_another_runs_work_is_not_taken_for_ones_own(tmp_path: Path) -> None:
    from models.corpora import cluster

    lines = write_lines(tmp_path / "in/a.jsonl", articles(1))
    planned = cluster.prepare(tmp_path / "in", tmp_path / "out", resume=False)
    with pytest.raises(BodyRefused, match="go on with it by --resume"):
        cluster.prepare(tmp_path / "in", tmp_path / "out", resume=False)
    assert cluster.prepare(tmp_path / "in", tmp_path / "out", resume=True) == planned
    write_lines(lines, articles(2))
    with pytest.raises(BodyRefused, match="other files, or by another engine"):
        cluster.prepare(tmp_path / "in", tmp_path / "out", resume=True)


def test_without_dask_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(corpus, "find_spec", lambda name: None if name == "distributed" else find_spec(name))
    assert main(["analyze", str(tmp_path), "--scheduler", "local"]) == 1
    assert "pip install 'parallax[corpora]'" in capsys.readouterr().err
