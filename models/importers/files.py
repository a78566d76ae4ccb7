"""Files and folders: tables, JSON Lines and plain texts, told apart by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from . import jsonlines, spreadsheets
from .records import BodyRefused, Record, refuse, validate

_TABLES = (".csv", ".tsv")
_LINES = (".jsonl", ".ndjson", ".json")
_TEXTS = (".txt", ".text")
KNOWN = (*_TABLES, *_LINES, *_TEXTS)

Columns = Callable[[Path, dict[str, str], list[str]], None]


def read(paths: Iterable[Path], note_columns: Columns) -> Iterator[Record]:
    """Every article of these files, in order, a folder gives each text file in it.

    `note_columns` is told of every table which columns were taken as which fields, and which were left out.
    Raises BodyRefused for a file that can't be taken at all.
    """
    for path in paths:
        if path.is_dir():
            for file in _list_texts(path):
                yield replace(_read_text(file, file.relative_to(path).as_posix()), place=str(file))
            continue
        for record in _read_file(path, note_columns):
            yield replace(record, place=f"{path}, line {record.number}")


def check(paths: Iterable[Path]) -> None:
    """Raises BodyRefused for the first path that can't be read, before any work is done."""
    for path in paths:
        if path.is_dir():
            if next(_list_texts(path), None) is None:
                raise BodyRefused(f"{path} holds no {' or '.join(_TEXTS)} file.")
        elif not path.exists():
            raise BodyRefused(f"{path} is not there.")
        elif path.suffix.lower() not in KNOWN:
            raise BodyRefused(f"{path} is none of the files read here: {', '.join(KNOWN)}, or a folder of texts.")
        else:
            try:
                path.open("rb").close()
            except OSError as error:
                raise BodyRefused(f"{path} can't be read: {error.strerror}.") from None


def _read_file(path: Path, note_columns: Columns) -> Iterator[Record]:
    kind = path.suffix.lower()
    if kind in _TEXTS:
        yield _read_text(path, path.name)
    elif kind in _TABLES:
        with path.open("rb") as table:
            try:
                yield from spreadsheets.read(table, lambda taken, rest: note_columns(path, taken, rest))
            except BodyRefused as refused:
                raise BodyRefused(f"{path}: {refused}") from None
    else:
        with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
            yield from jsonlines.read(lines)


def _list_texts(folder: Path) -> Iterator[Path]:
    """The text files in a folder and those below it, by name; hidden ones left out."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in _TEXTS and path.is_file() and not hidden:
            yield path


def _read_text(file: Path, name: str) -> Record:
    try:
        return validate(1, {"id": name, "text": file.read_bytes().decode("utf-8-sig")})
    except UnicodeDecodeError as error:
        return refuse(1, "invalid_utf8", f"byte {error.start} is not UTF-8", name)
    except OSError as error:
        return refuse(1, "unreadable", f"can't be read: {error.strerror}", name)
