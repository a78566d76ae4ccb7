"""What is found in one part, as a file of its own: a row a finding (Parquet), and the articles that were none."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from .. import lines, rows
from ..report import Report
from .parts import Part, read

_TYPES = {"int": pa.int64(), "float | None": pa.float64()}
SCHEMA = pa.schema([(field.name, _TYPES.get(str(field.type), pa.string())) for field in fields(rows.Row)])


class Done(BaseModel):
    """What became of a part: articles read, articles that were none, findings."""

    articles: int = 0
    errors: int = 0
    findings: int = 0


def name(number: int) -> str:
    """The file of the findings of this part."""
    return f"findings-{number:06}.parquet"


def look(folder: Path, number: int) -> Done | None:
    """What became of a part that was done before; None where it was not."""
    path = folder / name(number)
    if not path.exists():
        return None
    kept = pq.read_schema(path).metadata or {}
    return Done.model_validate_json(kept[b"parallax"])


def write(part: Part, folder: str, number: int) -> Done:
    """Read a part and write what is found. In a worker: a file that is there is whole, whoever was killed meanwhile."""
    home = Path(folder)
    if done := look(home, number):
        return done
    columns: dict[str, list[Any]] = {column: [] for column in rows.COLUMNS}
    done, wrong = Done(), list[str]()
    for line, is_error in lines.analyze(read(part)):
        if is_error:
            wrong.append(line)
            continue
        done.articles += 1
        for found in rows.list_findings(Report.model_validate_json(line)):
            for column, values in columns.items():
                values.append(getattr(found, column))
    done.errors, done.findings = len(wrong), len(columns["start"])
    if wrong:
        _put(home / f"errors-{number:06}.jsonl", "".join(f"{line}\n" for line in wrong).encode())
    table = pa.table(columns, SCHEMA.with_metadata({"parallax": done.model_dump_json()}))
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    _put(home / name(number), sink.getvalue())
    return done


def _put(path: Path, content: Any) -> None:
    """The whole file or none of it, on the disk before it has its name."""
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
