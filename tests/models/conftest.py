"""What tests of the analysis share: its command line, in this process, which has the models loaded."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from models.__main__ import main

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`python -m models …`, without seconds of loading: `command("analyze", lines=[{"text": "It rained."}])`.

    That it runs as a process of its own is for `test_command_files.py`: killed, in a pipe, with several jobs.
    """

    def run(*arguments: str, lines: Sequence[Any] = (), said: bytes = b"") -> subprocess.CompletedProcess[str]:
        said += "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said), encoding="utf-8"))
        capsys.readouterr()
        try:
            status = main(list(arguments))
        except SystemExit as ended:
            status = int(ended.code or 0)
        told = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, status, told.out, told.err)

    return run


def answers(done: subprocess.CompletedProcess[str]) -> list[Any]:
    """What a command wrote, line by line."""
    return [json.loads(line) for line in done.stdout.splitlines()]
