"""JSON Lines: an article a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..refusals import FieldError, Invalid
from .records import Record, validate


def read(lines: Iterable[str]) -> Iterator[Record]:
    """Every line that holds something, numbered from 1 as an editor does; bytes that are no UTF-8 as surrogates."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield validate(number, parse(line.encode("utf-8", "surrogateescape")))
            except Invalid as invalid:
                yield Record(number, errors=invalid.errors)


def parse(line: bytes) -> Any:
    """What one line holds. Raises Invalid where that is no JSON."""
    try:
        return json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        code, message = "invalid_utf8", f"Byte {error.start} of the line is not UTF-8. Save the file as UTF-8."
    except json.JSONDecodeError as error:
        code, message = "invalid_json", f"Not JSON: {error.msg} at character {error.pos}."
    except RecursionError:
        code, message = "invalid_json", "Nested too deeply."
    except ValueError:
        code, message = "invalid_json", "Not JSON: NaN, Infinity, or a number of thousands of digits."
    raise Invalid([FieldError(field="", code=code, message=message)])


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
