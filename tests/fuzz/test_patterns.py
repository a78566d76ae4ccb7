"""No regular expression can be made to explode: none repeats without end what itself repeats without end.

Every pattern that the house compiles while it starts and reads an article is taken apart. What costs the square of a
text's length this does not see; `make bench-growth` does.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

COLLECT = """
import re, sys, json
found, compile = {}, re.compile
def note(pattern, flags=0):
    module = sys._getframe(1).f_globals.get("__name__", "")
    if isinstance(pattern, str) and module.split(".")[0] in ("models", "workers", "service"):
        found[pattern] = module
    return compile(pattern, flags)
re.compile = note
import service, workers.tasks, workers.supervision.launcher
from models import pipeline
service.create_app()
pipeline.warm()
print("\\n" + json.dumps(found))
"""


def is_explosive(pattern: str) -> bool:
    """Is an endless repeat the whole of another one's turn, so that its text can be shared out in many ways?"""
    return any(_is_whole(tree) for tree in _turns(parser.parse(pattern)))


def _turns(tree: Any) -> Iterator[Any]:
    """What each endless repeat repeats."""
    for kind, value in tree:
        if kind in (signs.MAX_REPEAT, signs.MIN_REPEAT):
            if value[1] == signs.MAXREPEAT:
                yield value[2]
            yield from _turns(value[2])
        elif kind is signs.SUBPATTERN:
            yield from _turns(value[-1])
        elif kind is signs.BRANCH:
            for branch in value[1]:
                yield from _turns(branch)
        elif kind in (signs.ASSERT, signs.ASSERT_NOT):
            yield from _turns(value[1])


def _is_whole(turn: Any) -> bool:
    """Can this turn be nothing but an endless repeat, everything beside it being optional?"""
    needed = [(kind, value) for kind, value in turn if not _is_optional(kind, value)]
    if len(needed) != 1:
        return False
    kind, value = needed[0]
    if kind in (signs.MAX_REPEAT, signs.MIN_REPEAT):
        return bool(value[1] == signs.MAXREPEAT)
    if kind is signs.SUBPATTERN:
        return _is_whole(value[-1])
    return kind is signs.BRANCH and any(_is_whole(branch) for branch in value[1])


def _is_optional(kind: Any, value: Any) -> bool:
    repeat = kind in (signs.MAX_REPEAT, signs.MIN_REPEAT)
    return (repeat and value[0] == 0) or kind in (signs.AT, signs.ASSERT, signs.ASSERT_NOT)


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:a*b?|c+)*d", r"(\w+\s?)*$", r"((a+))*", r"(?:\s*a+)+"])
def test_patterns_that_explode_are_told(pattern: str) -> None:
    assert is_explosive(pattern)


@pytest.mark.parametrize("pattern", [r"a+b+", r"(?:a+b)*", r"(?:, \w+)*", r"[^\n]*\S[^\n]*", r"(?:a++)+b"])
def test_patterns_that_do_not_are_not(pattern: str) -> None:
    assert not is_explosive(pattern)


def test_no_pattern_of_the_house_explodes() -> None:
    ran = subprocess.run([sys.executable, "-c", COLLECT], capture_output=True, text=True, timeout=240, check=True)
    found: dict[str, str] = json.loads(ran.stdout.splitlines()[-1])
    assert len(found) > 30
    assert {f"{where}: {pattern}" for pattern, where in found.items() if is_explosive(pattern)} == set()
