"""A report as it is kept: its tables stand in columns, and what the article's text says is not said twice.

Every list of objects with the same keys becomes one object: `#` is how many they were, and under each key stands what
they have there. Of lists of lists, `#n` gives the lengths and `#v` all that is in them. In a table, starts count from
the start before, and ends from their start. `text` is 0 where it is what stands at that place of the article.

`packed` says so. A report that was stored before is plain JSON, without it, and is read as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, islice, pairwise
from operator import add
from typing import Any

from pydantic import TypeAdapter

from models.report import Report
from workers.store.connection import pack, unpack

_MARK = b'{"packed":'
_JSON = TypeAdapter(dict[str, Any])  # which is much faster than Python's own
_NESTED = frozenset({dict, list})
_WHOLE = "article"  # which has the text, and is no table


def pack_report(report: Report) -> bytes:
    """Give what the report is kept as."""
    return pack(_JSON.dump_json({"packed": 1, **fold(report.model_dump(mode="json"))}))


def unpack_report(packed: bytes | None, identifier: str) -> Report | None:
    """Give the report back; None when it is missing, or this release can't read it."""
    return unpack(Report, packed, identifier, _open)


def _open(content: bytes) -> bytes:
    """JSON of the report, out of either form."""
    if not content.startswith(_MARK):
        return content
    folded = _JSON.validate_json(content)
    if folded.pop("packed") != 1:
        raise ValueError("packed by another release")
    try:
        return _JSON.dump_json(unfold(folded))
    except (LookupError, TypeError) as error:
        raise ValueError("not what was packed") from error


def fold(report: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a report in JSON says, in fewer words."""
    text = report[_WHOLE]["text"]
    return {name: value if name == _WHOLE else _fold(value, text) for name, value in report.items()}


def unfold(folded: Mapping[str, Any]) -> dict[str, Any]:
    """Give the report in JSON back, as it was before `fold`."""
    text = folded[_WHOLE]["text"]
    return {name: value if name == _WHOLE else _unfold(value, text) for name, value in folded.items()}


def _fold(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        (row,) = _leave_text([value], text)
        return {name: _fold(one, text) for name, one in row.items()}
    if not isinstance(value, list):
        return value
    if len(value) > 1 and all(isinstance(one, dict) and one and [*one] == [*value[0]] for one in value):
        return _fold_table(value, text)
    if len(value) > 1 and all(isinstance(one, list) for one in value):
        return {"#n": [len(one) for one in value], "#v": _fold([each for one in value for each in one], text)}
    return [_fold(one, text) for one in value]


def _fold_table(rows: Sequence[dict[str, Any]], text: str) -> dict[str, Any]:
    rows = _leave_text(rows, text)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    if _is_placed(columns):
        starts, ends = columns["start"], columns["end"]
        columns["start"] = [starts[0], *(after - before for before, after in pairwise(starts))]
        columns["end"] = [end - start for start, end in zip(starts, ends, strict=True)]
    return {"#": len(rows), **{name: _fold(column, text) for name, column in columns.items()}}


def _leave_text(rows: Sequence[dict[str, Any]], text: str) -> Sequence[dict[str, Any]]:
    """The same with 0 for texts, where each is what stands at its place."""
    if all("text" in row and _is_place(row) and row["text"] == text[row["start"] : row["end"]] for row in rows):
        return [row | {"text": 0} for row in rows]
    return rows


def _is_place(row: Mapping[str, Any]) -> bool:
    return all(type(row.get(name)) is int for name in ("start", "end"))


def _is_placed(columns: Mapping[str, Sequence[Any]]) -> bool:
    return all(name in columns and {*map(type, columns[name])} == {int} for name in ("start", "end"))


def _unfold(value: Any, text: str) -> Any:
    if type(value) is list:
        return value if _NESTED.isdisjoint(map(type, value)) else [_unfold(one, text) for one in value]
    if type(value) is not dict:
        return value
    if "#n" in value:
        flat = iter(_unfold(value["#v"], text))
        return [[*islice(flat, count)] for count in value["#n"]]
    if "#" in value:
        return _unfold_table(value, text)
    row = {name: _unfold(one, text) for name, one in value.items()}
    if row.get("text") == 0:
        row["text"] = text[row["start"] : row["end"]]
    return row


def _unfold_table(value: Mapping[str, Any], text: str) -> list[dict[str, Any]]:
    columns = {name: _unfold(column, text) for name, column in value.items() if name != "#"}
    if _is_placed(columns):
        starts = [*accumulate(columns["start"])]
        columns["start"] = starts
        columns["end"] = [*map(add, starts, columns["end"])]
    if "text" in columns and columns["text"][0] == 0:
        columns["text"] = [text[start:end] for start, end in zip(columns["start"], columns["end"], strict=True)]
    names = [*columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
