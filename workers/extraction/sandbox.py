"""Strangers' pages, files and feeds are read in a process of their own, with little time and memory.

Each may be made to take both without end, or to bring its reader down. In here it brings down nothing but itself: the
process is a fork of the worker's, so that its libraries are loaded, without its connections, and ends with the one
thing that it reads. Where the system can't limit memory (macOS), time is limited alone.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel

from models.limits import LIMITS
from workers import settings
from workers.extraction.extract import Extract
from workers.extraction.refusal import Refused, refuse
from workers.parent import die_with_parent

_CHUNK = 1 << 16
_MOST_FILES = 1 << 16
_MOST_SAID = 30_000_000  # bytes; what a page, a file or a feed of the largest size says in its longest spelling

_Found = TypeVar("_Found", bound=BaseModel)


def read(kind: str, parse: Callable[..., Extract], *values: Any) -> Extract:
    """What `parse(*values)` makes of a "page" or a "file". Raises Refused: parse's own, or that of a limit."""
    return run(kind, Extract, parse, *values)


def run(kind: str, model: type[_Found], parse: Callable[..., _Found], *values: Any) -> _Found:
    """What `parse(*values)` makes of a "page", a "file" or a "feed", as `model`. Raises Refused like `read`."""
    seconds, megabytes = settings.current().parse_seconds, settings.current().parse_memory
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work(kind, parse, values, writing, seconds, megabytes)
    status = -1
    try:
        os.close(writing)
        answer = _collect(reading, time.monotonic() + seconds)
        if answer is None:
            raise refuse(kind, "too_slow", seconds=seconds)
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    found = _understand(answer)
    if "found" in found:
        return model.model_validate(found["found"])
    if "code" in found:
        raise Refused(found["code"], found["reason"])
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        raise refuse(kind, "too_slow", seconds=seconds)
    if found.get("error") == "MemoryError":
        raise refuse(kind, "too_heavy", megabytes=megabytes)
    raise refuse(kind, "broken")


def _collect(reading: int, deadline: float) -> bytes | None:
    """All that the child says; None when it takes too long."""
    said = bytearray()
    while len(said) <= _MOST_SAID:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return None
        piece = os.read(reading, _CHUNK)
        if not piece:
            break
        said += piece
    return bytes(said)


def _understand(answer: bytes) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _work(
    kind: str, parse: Callable[..., BaseModel], values: tuple[Any, ...], writing: int, seconds: float, megabytes: int
) -> NoReturn:
    """The child's whole life. What it says is one JSON object, and never an error's message: it may quote the text."""
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
            signal.signal(number, signal.SIG_DFL)
        die_with_parent(signal.SIGKILL)
        _leave_behind(writing)
        logging.disable(logging.CRITICAL)
        gc.freeze()
        _limit(seconds, megabytes)
        said = _say(kind, parse, values)
        with os.fdopen(writing, "wb") as out:
            out.write(json.dumps(said).encode())
    finally:
        os._exit(0)


def _say(kind: str, parse: Callable[..., BaseModel], values: tuple[Any, ...]) -> dict[str, Any]:
    try:
        found = parse(*values)
        if isinstance(found, Extract) and len(found.text) > LIMITS.text_characters:
            raise refuse(kind, "too_long", length=len(found.text), limit=LIMITS.text_characters)  # noqa: TRY301 - answered below, like the parser's own
    except Refused as refused:
        return {"code": refused.code, "reason": refused.reason}
    except BaseException as error:  # noqa: BLE001 - a parser of strange files may raise anything
        return {"error": type(error).__name__}
    return {"found": found.model_dump()}


def _leave_behind(writing: int) -> None:
    """Let go of every connection and file of the worker's; what a library prints goes nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.closerange(3, writing)
    os.closerange(writing + 1, _MOST_FILES)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - to the end of the process


def _limit(seconds: float, megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":  # the worker's own pages, its models among them, are not counted again
        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        most = mapped + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
