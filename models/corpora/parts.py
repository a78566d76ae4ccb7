"""Into which parts does a folder of articles fall, and what are the articles of one?"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict

from ..importers import BodyRefused, Record, jsonlines, records
from ..importers.spreadsheets import map_columns

ARTICLES = 200  # of Parquet in a part: some twenty seconds of one core
BYTES = 1_000_000  # of JSON Lines in a part, about as many articles
_LINES = (".jsonl", ".ndjson")
_TABLES = (".parquet", ".pq")
KNOWN = (*_TABLES, *_LINES)


class Part(BaseModel):
    """Some neighbouring articles of one file.

    JSON Lines: the lines that begin at bytes `first` to `last`; Parquet: rows `first` to `last` of row group `group`.
    """

    model_config = ConfigDict(frozen=True)

    path: str
    kind: Literal["lines", "table"]
    first: int
    last: int
    group: int = 0


class Plan(BaseModel):
    """What is read, by what: a run goes on only where another with the same plan stopped."""

    engine: str
    files: dict[str, tuple[int, int]]
    """Size and time of change (nanoseconds) of every file."""
    parts: list[Part]


def plan(folder: Path, engine: str) -> Plan:
    """Every file of articles in a folder and below it, by name, in parts. Raises BodyRefused."""
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in KNOWN and path.is_file()]
    if not paths:
        raise BodyRefused(f"{folder} holds no {' or '.join(KNOWN)} file.")
    told = {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}
    return Plan(engine=engine, files=told, parts=[part for path in paths for part in _divide(path)])


def _divide(path: Path) -> Iterator[Part]:
    if path.suffix.lower() in _LINES:
        size = path.stat().st_size
        for first in range(0, size, BYTES):
            yield Part(path=str(path), kind="lines", first=first, last=min(first + BYTES, size))
        return
    try:
        with pq.ParquetFile(path) as table:
            _map(path, table.schema_arrow.names)
            for group in range(table.metadata.num_row_groups):
                rows = table.metadata.row_group(group).num_rows
                for first in range(0, rows, ARTICLES):
                    yield Part(path=str(path), kind="table", first=first, last=min(first + ARTICLES, rows), group=group)
    except (OSError, ValueError) as error:  # what pyarrow raises is one of them
        raise BodyRefused(f"{path} can't be read as Parquet: {error}") from None


def _map(path: Path, names: Sequence[str]) -> dict[str, str]:
    """Which column is which field?"""
    fields = {names[at]: field for at, field in map_columns(list(names)).items()}
    if "text" not in fields.values():
        raise BodyRefused(f"{path}: no column holds the text ({', '.join(names)[:200]}). Call that column text.")
    return fields


def read(part: Part) -> Iterator[Record]:
    """The articles of a part, in order; each says where it stands."""
    if part.kind == "table":
        yield from _read_table(part)
        return
    with Path(part.path).open("rb") as file:
        if part.first:
            file.seek(part.first - 1)
            file.readline()  # the line that began before belongs to the part before
        lines = _take(file, part.last)
        for record in jsonlines.read(lines):
            yield replace(record, place=f"{part.path}, line {record.number} after byte {part.first}")


def _take(file: Any, last: int) -> Iterator[str]:
    while file.tell() < last and (line := file.readline()):
        yield line.decode("utf-8", "surrogateescape")


def _read_table(part: Part) -> Iterator[Record]:
    with pq.ParquetFile(part.path) as table:
        fields = _map(Path(part.path), table.schema_arrow.names)
        named = {field: name for name, field in fields.items()}
        batches = table.iter_batches(ARTICLES, row_groups=[part.group], columns=list(fields))
        batch = next(islice(batches, part.first // ARTICLES, None))
        for number, row in enumerate(batch.to_pylist(), part.first + 1):
            cells = {fields[name]: _write(value) for name, value in row.items() if value is not None}
            place = f"{part.path}, row {number} of row group {part.group + 1}"
            yield replace(records.validate(number, cells, named), place=place)


def _write(value: Any) -> Any:
    """A date or a time as text."""
    return value.isoformat() if isinstance(value, datetime.date) else value
