"""Which kind of file is it, and what are its lines?"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from models.importers import spreadsheets
from workers.importers import archives, jsonlines
from workers.importers.lines import Line, enter
from workers.store import Form

Columns = Callable[[dict[str, str], list[str]], None]


class _Pieces(io.RawIOBase):
    """Pieces of a file, read like a file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray) -> int:  # type: ignore[override] # a reader's buffer is one
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(into), len(self._rest))
        into[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


@contextmanager
def open_file(pieces: Iterable[bytes], form: Form, note_columns: Columns, after: int = 0) -> Iterator[Iterator[Line]]:
    """The lines of a batch that come after a number, in order. Raises BodyRefused where nothing can be made of it."""
    stream: IO[bytes] = io.BufferedReader(cast(io.RawIOBase, _Pieces(pieces)), 1 << 20)
    if form == "jsonl":
        yield jsonlines.read(stream, after)
    elif form == "csv":
        yield map(enter, spreadsheets.read(stream, note_columns, after))
    else:
        with tempfile.TemporaryFile() as file:  # a zip's list of files stands at its end
            shutil.copyfileobj(stream, file)
            yield archives.read(file, after)
