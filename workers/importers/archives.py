"""A zip of files: an article a file."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from models.importers import BodyRefused
from workers import settings
from workers.extraction.filetypes import recognise
from workers.extraction.refusal import Refused
from workers.extraction.source import File
from workers.importers.lines import Line, refuse

_LONGEST_NAME = 200
_LONGEST_ID = 1_000
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


def read(file: IO[bytes], after: int = 0) -> Iterator[Line]:
    """Every file in the order of the zip, numbered from 1. Raises BodyRefused for what is no zip, or too large."""
    chosen = settings.current()
    try:
        bag = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BodyRefused("The file is not a zip, or it is broken. Pack the files again, or send JSON Lines.") from None
    with bag:
        entries = [entry for entry in bag.infolist() if not _is_left_out(entry)]
        if len(entries) > chosen.batch_articles:
            raise BodyRefused(f"The zip holds {len(entries):,} files; at most {chosen.batch_articles:,} are accepted.")
        total = sum(entry.file_size for entry in entries)
        if total > chosen.batch_unpacked_bytes:
            raise BodyRefused(
                f"The files are {total:,} bytes when unpacked; at most {chosen.batch_unpacked_bytes:,} are accepted."
            )
        for number, entry in enumerate(entries, 1):
            if number > after:
                yield _read_file(bag, number, entry)


def _is_left_out(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what systems put beside files."""
    parts = PurePosixPath(entry.filename).parts
    return entry.is_dir() or any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _read_file(bag: zipfile.ZipFile, number: int, entry: zipfile.ZipInfo) -> Line:
    name = entry.filename
    if entry.flag_bits & 0x1:
        return refuse(number, "encrypted", "The file is encrypted. Pack it without a password.", name)
    most = settings.current().file_bytes
    if entry.file_size > most:
        return refuse(
            number, "file_too_large", f"The file is larger than {most:,} bytes, the limit for one file.", name
        )
    try:
        with bag.open(entry) as packed:
            content = packed.read(most + 1)
        recognise(name, content)
    except _BROKEN as error:
        return refuse(number, "broken_file", f"The file can’t be unpacked ({type(error).__name__}).", name)
    except Refused as refused:
        return refuse(number, refused.code, refused.reason, name)
    short = PurePosixPath(name).name[-_LONGEST_NAME:]
    return Line(number, File(name=short, content=content, id=name[-_LONGEST_ID:]))
