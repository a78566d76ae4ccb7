"""CSV: an article a row, its columns named by the first row, whatever a spreadsheet or a corpus calls them."""

from __future__ import annotations

import codecs
import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from ..article import Article
from ..limits import LIMITS
from .records import BodyRefused, Record, refuse, validate

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 2 * LIMITS.text_characters  # a cell with markup in it may be refused for its own reason
_LONGEST_HEADER = 65_536

SYNONYMS: dict[str, str] = {
    name: field
    for field, names in tomllib.loads(Path(__file__).with_name("columns.toml").read_text("utf-8")).items()
    for name in (field, *names)
}
_SWITCH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_FIELDS = set(Article.model_fields) - {"targets", "callback_url"}


def read(
    stream: IO[bytes], note_columns: Callable[[dict[str, str], list[str]], None], after: int = 0
) -> Iterator[Record]:
    """Every row that holds something, numbered by the line on which it begins. Says first how it took the columns.

    Raises BodyRefused where the header is endless, or no column holds a text.
    """
    text = _decode(stream)
    header = text.readline(_LONGEST_HEADER)
    delimiter, names = _find_columns(header)
    fields = map_columns(names)
    if "text" not in fields.values():
        known = ", ".join(name for name, field in SYNONYMS.items() if field == "text")
        raise BodyRefused(
            f"The first row names no column with the text ({', '.join(names)[:200] or 'it is empty'}). "
            f"Call that column one of: {known}."
        )
    note_columns(
        {names[at]: field for at, field in fields.items()}, [n for at, n in enumerate(names) if at not in fields]
    )
    named = {field: names[at] for at, field in fields.items()}
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(text, delimiter=delimiter)
    while True:
        number = rows.line_num + 2  # the header is line 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            # Where a quotation mark is missing, one cell swallows the rest of the file.
            limit = f"A cell holds more than {_LONGEST_CELL:,} characters"
            yield refuse(number, "broken_csv", f"{limit}: is a quotation mark missing? Nothing after it was read.")
            return
        if number > after and any(cell.strip() for cell in row):
            yield _read_row(number, row, fields, named, len(names))


def _decode(stream: IO[bytes]) -> io.TextIOWrapper:
    """The file as text: UTF-16 where its first bytes say so, else UTF-8; what is not is found cell by cell."""
    start = stream.peek(4)[:4] if isinstance(stream, io.BufferedReader) else b""
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return io.TextIOWrapper(stream, "utf-16" if wide else "utf-8-sig", errors="surrogateescape", newline="")


def _find_columns(header: str) -> tuple[str, list[str]]:
    """What parts the cells, and the columns' names: the sign under which most columns are understood."""

    def split(delimiter: str) -> list[str]:
        return [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]

    best = max(_DELIMITERS, key=lambda delimiter: len(map_columns(split(delimiter))))
    return best, split(best)


def map_columns(names: list[str]) -> dict[int, str]:
    """Which field is each column? The exact name of a field wins over a synonym, the first synonym over the next."""
    plain = [re.sub(r"[\s.\-]+", "_", name.strip().casefold()) for name in names]
    found = {at: name for at, name in enumerate(plain) if name in _FIELDS and name not in plain[:at]}
    for at, name in enumerate(plain):
        field = SYNONYMS.get(name)
        if at not in found and field and field not in found.values():
            found[at] = field
    return found


def _read_row(number: int, row: list[str], fields: dict[int, str], named: dict[str, str], width: int) -> Record:
    if len(row) > width:
        found = f"The row has {len(row)} cells, the first row has {width}"
        return refuse(number, "too_many_cells", f"{found}. Put a cell that holds the separator in quotation marks.")
    cells = {field: row[at] for at, field in fields.items() if at < len(row) and (row[at].strip() or field == "text")}
    for field, cell in cells.items():
        if re.search("[\udc80-\udcff]", cell):
            return refuse(number, "invalid_utf8", f"{named[field]} is not UTF-8. Save the file as “CSV UTF-8”.")
    switched = {
        field: _SWITCH.get(cells[field].strip().casefold()) for field in ("private", "retain") if field in cells
    }
    known = {field: value for field, value in switched.items() if value is not None}
    return validate(number, cells | known, columns=named)
