"""What an earlier run has left, however it ended: the part of its work that stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.mailbag import Letter


class NotThePast(Exception):
    """The file holds something else than reports on these articles; the message says where."""


def read(output: Path, letters: Iterator[Letter]) -> Iterator[tuple[str, bool]]:
    """Every finished line, and whether it is an error; takes its letter from `letters`, so that the next is new.

    A line that was never finished, as `kill -9` leaves it, is cut off. Raises NotThePast.
    """
    if not output.exists():
        return
    with output.open("r+b") as file:
        end = 0
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                break
            letter = next(letters, None)
            if letter is None or not _answers(line, letter):
                raise NotThePast(
                    f"{output}, line {number}, is no report on article {number} of these: was it made from other "
                    "articles? Name another --output, or leave --resume out and delete it."
                )
            end += len(line)
            yield line.decode("utf-8").rstrip("\n"), letter.article is None
        file.truncate(end)


def _answers(line: bytes, letter: Letter) -> bool:
    """Was this line made from this letter?"""
    try:
        row: Any = json.loads(line)
        if letter.article is None:
            return bool(row["id"] == letter.name and row["error"])
        sha256 = hashlib.sha256(letter.article.full_text.encode()).hexdigest()
        return bool(row["article"]["sha256"] == sha256 and row["article"]["id"] == letter.article.id)
    except (ValueError, KeyError, TypeError):
        return False
