"""The sandbox: whatever a parser does in it, the worker goes on and the reason is clear."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from workers.extraction import sandbox
from workers.extraction.extract import Extract
from workers.extraction.refusal import Refused, refuse


def find_text() -> Extract:
    return Extract(text="Found “this” text.", tool="test", title="A title")


def refuse_it() -> Extract:
    raise refuse("file", "macros")


def stumble() -> Extract:
    raise ValueError("a text that nobody may see")


def crash() -> Extract:
    os.kill(os.getpid(), signal.SIGSEGV)
    return find_text()


def recurse(depth: int = 0) -> Extract:
    return recurse(depth + 1)


def burn() -> Extract:
    while True:
        pass


def sleep() -> Extract:
    time.sleep(600)
    return find_text()


def ignore_everything() -> Extract:
    for number in (signal.SIGTERM, signal.SIGXCPU, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    return burn()


def hoard() -> Extract:
    held = [bytearray(50_000_000) for _ in range(40)]
    return Extract(text=str(len(held)), tool="test")


def tell_too_much() -> Extract:
    return Extract(text="x" * 200_001, tool="test")


def chatter() -> Extract:
    print("words of an article", file=sys.stderr, flush=True)
    os.write(1, b"words of an article")
    return find_text()


def write_file(path: Path) -> Extract:
    path.write_text("words of an article")
    return find_text()


def count_open_files() -> Extract:
    return Extract(text=str(len(os.listdir("/proc/self/fd"))), tool="test")  # noqa: PTH208


def test_what_was_found_comes_out() -> None:
    assert sandbox.read("file", find_text) == find_text()


@pytest.mark.parametrize("kind", ["page", "file"])
@pytest.mark.parametrize(
    ("parse", "name"),
    [
        (stumble, "broken"), (crash, "broken"), (recurse, "broken"),
        (burn, "too_slow"), (sleep, "too_slow"), (ignore_everything, "too_slow"), (tell_too_much, "too_long"),
    ],
)  # fmt: skip
def test_whatever_goes_wrong_has_a_reason(choose: Any, kind: str, parse: Callable[[], Extract], name: str) -> None:
    choose(PARALLAX_PARSE_SECONDS="0.5")
    with pytest.raises(Refused) as found:
        sandbox.read(kind, parse)
    assert found.value.code == f"{kind}_{name}"
    assert "nobody may see" not in found.value.reason


@pytest.mark.skipif(sys.platform != "linux", reason="other systems don't limit a process's memory")
@pytest.mark.parametrize("kind", ["page", "file"])
def test_a_parser_that_takes_all_memory(kind: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused) as found:
        sandbox.read(kind, hoard)
    assert found.value.code == f"{kind}_too_heavy"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_a_parser_s_own_refusal_comes_out() -> None:
    with pytest.raises(Refused) as found:
        sandbox.read("file", refuse_it)
    assert (found.value.code, found.value.reason) == ("file_macros", refuse("file", "macros").reason)


def test_nothing_that_is_printed_comes_out(capfd: pytest.CaptureFixture[str]) -> None:
    assert sandbox.read("file", chatter) == find_text()
    assert capfd.readouterr() == ("", "")


def test_nothing_is_written_to_disk(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        sandbox.read("file", write_file, tmp_path / "left")
    assert (tmp_path / "left").read_text() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="counts by /proc")
def test_the_worker_s_connections_stay_outside() -> None:
    held = [Path(__file__).open() for _ in range(20)]  # noqa: SIM115
    assert int(sandbox.read("file", count_open_files).text) < 10
    for one in held:
        one.close()


def test_no_child_is_left_behind(choose: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(PARALLAX_PARSE_SECONDS="0.3")
    children: list[int] = []
    fork = os.fork

    def note() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", note)
    for parse in (sleep, find_text, crash):
        with suppress(Refused):
            sandbox.read("file", parse)
    assert len(children) == 3
    for child in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)
