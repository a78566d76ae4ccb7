"""Settings: read once, refused with a message, and documented to the last row."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from models.article import Article
from tests.conftest import find_port, finish
from tests.workers.parts import Worker
from workers import settings
from workers.queue.celery import configure
from workers.settings import HOUSE, Settings, describe, read
from workers.settings.rows import LEAST_WORKER_MEMORY
from workers.store.server import Server


def test_every_setting_is_documented_as_it_is() -> None:
    documented = (HOUSE / "docs/settings.md").read_text(encoding="utf-8")
    assert describe() in documented


def test_code_reads_no_setting_that_the_table_misses() -> None:
    sources = [path for room in ("models", "workers", "service") for path in (HOUSE / room).rglob("*.py")]
    named = {name for path in sources for name in re.findall(r"\bPARALLAX_[A-Z_]+\b", path.read_text(encoding="utf-8"))}
    named |= set(re.findall(r"\$\{([A-Z_]+)", (HOUSE / "Procfile").read_text(encoding="utf-8")))
    clients = {"PARALLAX_KEY"}  # of whoever asks a service, by `parallax mcp`: docs/assistants.md
    assert named - clients <= set(re.findall(r"\| `([A-Z_]+)` \|", describe()))
    assert "PARALLAX_KEY" in (HOUSE / "docs/assistants.md").read_text(encoding="utf-8")


def test_empty_value_counts_as_unset() -> None:
    assert read({"PORT": "", "REDIS_URL": ""}) == read({})


def test_time_limits_lie_below_the_visibility_timeout() -> None:
    chosen = read({"PARALLAX_TIME_LIMIT": "300"})
    assert chosen.time_limit < chosen.hard_time_limit < chosen.visibility_timeout


def test_celery_ends_what_takes_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_TIME_LIMIT", "300")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1")
    settings.current.cache_clear()
    found = configure()
    monkeypatch.undo()
    settings.current.cache_clear()
    assert (found["task_soft_time_limit"], found["task_time_limit"]) == (300, 315)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("WEB_CONCURRENCY", "0"),
        ("REDIS_URL", "http://nobody:secret@example.org"),
    ],
)
def test_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SystemExit, match=name) as refused:
        read({name: value})
    assert "secret" not in str(refused.value)


def test_data_folder_starts_at_the_house() -> None:
    assert Settings.model_validate({"PARALLAX_DATA_DIR": "data"}).data_dir == HOUSE / "data"


CANNOT_WORK = {
    "PARALLAX_WORKER_MEMORY": ["0", "100", "300", "599", "-1", "1e9"],
    "PARALLAX_PATIENCE": ["0", "0.01", "inf", "nan", "1e9"],
    "PARALLAX_TIME_LIMIT": ["0", "1", "99999999"],
    "PARALLAX_LINK_SECONDS": ["0.001", "inf"],
    "PARALLAX_PARSE_SECONDS": ["0.001", "nan"],
    "PARALLAX_LINK_BYTES": ["1"],
    "PARALLAX_RETENTION_DAYS": ["0", "99999999999"],
    "PARALLAX_MAX_BATCH_BYTES": ["1000000001"],
    "PARALLAX_RATE_LIMIT": ["0 per minute", "5/second; 0/day", "often"],
    "PARALLAX_HOSTS": ["https://press.example", "press.example:8000", "*", "*.press.example", "press.example/", "a b"],
    "PARALLAX_LINK_HOSTS": ["http://press.example", "*", "press.example/news"],
    "PARALLAX_LINK_ALLOWED": ["10.1.0.0/33", "press.example"],
    "PARALLAX_LINK_AGENT": [" ", " Parallax", "Paralläx"],
    "WEB_CONCURRENCY": ["1000"],
    "WORKER_CONCURRENCY": ["100000"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, some in CANNOT_WORK.items() for value in some])
def test_what_cannot_work_is_refused_at_the_start(name: str, value: str) -> None:
    with pytest.raises(SystemExit, match=name):
        read({name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARALLAX_WORKER_MEMORY", str(LEAST_WORKER_MEMORY)),
        ("PARALLAX_HOSTS", "press.example, 192.0.2.7, 2001:db8::1, a_b.example, localhost"),
        ("PARALLAX_LINK_HOSTS", "press.example,xn--zeitung-abc.example"),
        ("PARALLAX_RATE_LIMIT", "20/second; 5000/day"),
        ("PARALLAX_MAX_BATCH_BYTES", "200000000"),
        ("HOST", "[::1]"),
    ],
)
def test_what_works_is_taken(name: str, value: str) -> None:
    read({name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARALLAX_MAX_TEXT", "0"),
        ("PARALLAX_MAX_TEXT", "1"),
        ("PARALLAX_MAX_TARGETS", "-1"),
        ("PARALLAX_MAX_HTML", "9" * 30),
        ("PARALLAX_MAX_FIELD", "²"),
    ],
)
def test_limits_that_cannot_work_are_refused_too(name: str, value: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "import models.limits"],
        cwd=HOUSE, env=os.environ | {name: value}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"{name} must be a whole number from ")


def test_the_least_memory_that_may_be_chosen_lets_articles_end(server: Server, tmp_path: Path) -> None:
    environment = os.environ | {
        "REDIS_URL": server.url,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "WORKER_CONCURRENCY": "1",
        "PARALLAX_WORKER_MEMORY": str(LEAST_WORKER_MEMORY),
        "PARALLAX_TEST_FAULTS": str(tmp_path),
    }
    worker = Worker(tmp_path, environment)
    worker.start()
    try:
        text = "The harbour board met on Tuesday. Its chair, Ines Calder, said the boat would sail by June. " * 20
        for number in range(3):
            assert finish(Article(title=f"plain: memory {number}", text=text)).status == "done"
        readers = {(tmp_path / f"memory {number}").read_text().strip() for number in range(3)}
        assert len(readers) == 1  # not a new process for each
    finally:
        worker.stop()


@pytest.mark.parametrize("folder", ["/proc/parallax", "{file}", "{file}/data"])
def test_a_folder_that_cannot_be_written_is_refused_plainly(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("no folder")
    environment = os.environ | {
        "PARALLAX_DATA_DIR": folder.format(file=tmp_path / "file"), "PORT": str(find_port()), "REDIS_URL": "",
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", "workers", "run"],
        cwd=HOUSE, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "PARALLAX_DATA_DIR" in ran.stderr
    assert "Traceback" not in ran.stderr
