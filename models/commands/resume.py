"""What an earlier run has left, however it ended: the part of its work that stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..importers import Record


class NotThePast(Exception):
    """The file holds something else than reports on these articles; the message says where."""


def read(output: Path, records: Iterator[Record]) -> Iterator[tuple[str, bool]]:
    """Every finished line, and whether it is an error; takes its record from `records`, so that the next is new.

    A line that was never finished, as `kill -9` leaves it, is cut off. Raises NotThePast.
    """
    if not output.exists():
        return
    with output.open("r+b") as file:
        end = 0
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                break
            record = next(records, None)
            if record is None or not _answers(line, record):
                raise NotThePast(
                    f"{output}, line {number}, is no report on article {number} of these: was it made from other "
                    "articles? Name another --output, or leave --resume out and delete it."
                )
            end += len(line)
            yield line.decode("utf-8").rstrip("\n"), record.article is None
        file.truncate(end)


def _answers(line: bytes, record: Record) -> bool:
    """Was this line made from this record?"""
    try:
        row: Any = json.loads(line)
        if record.article is None:
            return bool(row["id"] == record.name and row["error"])
        sha256 = hashlib.sha256(record.article.full_text.encode()).hexdigest()
        return bool(row["article"]["sha256"] == sha256 and row["article"]["id"] == record.article.id)
    except (ValueError, KeyError, TypeError):
        return False
