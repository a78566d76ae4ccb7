"""A zip of files: an article a file."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from pydantic import ValidationError

from models.importers import BodyRefused
from workers import settings
from workers.extraction.filetypes import recognise
from workers.extraction.refusal import Refused
from workers.extraction.source import File
from workers.importers.directory import mend
from workers.importers.lines import Line, refuse

_LONGEST_NAME = 200
_LONGEST_ID = 1_000
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
    MemoryError, struct.error,
)  # fmt: skip
_LARGEST_DICTIONARY = 1 << 26  # bytes that unpacking by LZMA may keep in mind
_BAD_NAME = "Its name in the zip can’t be read, or holds signs that no name may hold. Give it another name."


def read(file: IO[bytes], after: int = 0) -> Iterator[Line]:
    """Every file in the order of the zip, numbered from 1. Raises BodyRefused for what is no zip, or too large."""
    chosen = settings.current()
    odd = mend(file)
    try:
        bag = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BodyRefused("The file is not a zip, or it is broken. Pack the files again, or send JSON Lines.") from None
    with bag:
        entries = [
            (entry, at in odd) for at, entry in enumerate(bag.infolist()) if at in odd or not _is_left_out(entry)
        ]
        if len(entries) > chosen.batch_articles:
            raise BodyRefused(f"The zip holds {len(entries):,} files; at most {chosen.batch_articles:,} are accepted.")
        total = sum(
            entry.file_size for entry, _ in entries if entry.file_size <= chosen.file_bytes
        )  # the rest stays shut
        if total > chosen.batch_unpacked_bytes:
            raise BodyRefused(
                f"The files are {total:,} bytes when unpacked; at most {chosen.batch_unpacked_bytes:,} are accepted."
            )
        for number, (entry, is_odd) in enumerate(entries, 1):
            if number > after:
                known = refuse(number, "bad_name", _BAD_NAME, entry.filename) if is_odd else None
                yield known or _read_file(bag, number, entry)


def _is_left_out(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what systems put beside files."""
    parts = PurePosixPath(entry.filename).parts
    return entry.filename.endswith("/") or any(part.startswith(".") or part == "__MACOSX" for part in parts)


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
        if _measure_dictionary(bag, entry) > _LARGEST_DICTIONARY:
            return refuse(number, "too_heavy", "Unpacking it takes too much memory. Pack it with “deflate”.", name)
        with bag.open(entry) as packed:
            content = packed.read(most + 1)
        recognise(name, content)
        short = PurePosixPath(name).name[-_LONGEST_NAME:]
        return Line(number, File(name=short, content=content, id=name[-_LONGEST_ID:]))
    except ValidationError:
        return refuse(number, "bad_name", _BAD_NAME, name)
    except _BROKEN:
        return refuse(number, "broken_file", "The file is damaged in the zip. Pack it again.", name)
    except Refused as refused:
        return refuse(number, refused.code, refused.reason, name)


def _measure_dictionary(bag: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Bytes that unpacking the entry takes at once, as it says itself; 0 where it is not packed by LZMA."""
    if entry.compress_type != zipfile.ZIP_LZMA or bag.fp is None:
        return 0
    bag.fp.seek(entry.header_offset + 26)
    name_length, extra_length = struct.unpack("<HH", bag.fp.read(4))
    bag.fp.seek(name_length + extra_length + 5, 1)  # past the version, the length of the properties, and their first
    return int(struct.unpack("<L", bag.fp.read(4))[0])
