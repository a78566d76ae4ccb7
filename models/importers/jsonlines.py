"""JSON Lines: an article a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .records import Record, refuse, validate


def read(lines: Iterable[str]) -> Iterator[Record]:
    """Every line that holds something, numbered from 1 as an editor does; bytes that are no UTF-8 as surrogates."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _parse(number, line)


def _parse(number: int, line: str) -> Record:
    try:
        row: Any = json.loads(
            line.encode("utf-8", "surrogateescape").decode("utf-8-sig"), parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        return refuse(number, "invalid_utf8", f"byte {error.start} of the line is not UTF-8")
    except json.JSONDecodeError as error:
        return refuse(number, "invalid_json", f"not JSON: {error.msg} at character {error.pos}")
    except RecursionError:
        return refuse(number, "invalid_json", "nested too deeply")
    except ValueError:
        return refuse(number, "invalid_json", "not JSON: NaN, Infinity, or a number of thousands of digits")
    return validate(number, row)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
