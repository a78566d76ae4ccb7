"""A zip's list of its files, mended: one entry that nobody can read must not spoil the others.

Python's zipfile gives up on the whole list where one name is no UTF-8, one extra field is broken, or one entry asks for
a program of the future. Such entries are named here, and their bytes in the list made readable.
"""

from __future__ import annotations

import os
import struct
from typing import IO

_END, _ENTRY = b"PK\x05\x06", b"PK\x01\x02"
_END_BYTES, _LONGEST_END = 22, 22 + 0xFFFF
# Signature, versions, flags … lengths of name, extra and comment … (APPNOTE 6.3.10, 4.3.12)
_FIXED = struct.Struct("<4s4B4H3L5H2L")
_FLAGS_AT, _VERSION_AT = 8, 6
_UTF_8 = 0x800
_LATEST = 63  # the version of the format, times ten, that is known here
_PLAIN_LATEST = 20


def mend(file: IO[bytes]) -> frozenset[int]:
    """Which entries, counted from 0, can't be taken as they are? Their bytes in the file's list are made readable.

    A file that is no zip, or has more than four gigabytes, is left as it is.
    """
    odd: set[int] = set()
    at, end = _find(file)
    number = 0
    while at + _FIXED.size <= end:
        file.seek(at)
        fixed = _FIXED.unpack(file.read(_FIXED.size))
        if fixed[0] != _ENTRY:
            break
        version, flags, name_length, extra_length, comment_length = fixed[3], fixed[5], *fixed[12:15]
        name, extra = file.read(name_length), file.read(extra_length)
        if flags & _UTF_8 and not _is_utf8(name):
            _write(file, at + _FLAGS_AT, struct.pack("<H", flags & ~_UTF_8))
            odd.add(number)
        if version > _LATEST:
            _write(file, at + _VERSION_AT, bytes([_PLAIN_LATEST]))
            odd.add(number)
        if not _is_whole(extra):
            _write(file, at + _FIXED.size + name_length, bytes(extra_length))
            odd.add(number)
        at += _FIXED.size + name_length + extra_length + comment_length
        number += 1
    return frozenset(odd)


def _find(file: IO[bytes]) -> tuple[int, int]:
    """Where the list begins and ends; twice the same place where there is none."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _LONGEST_END)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        return 0, 0
    (length,) = struct.unpack_from("<L", tail, at + 12)
    return max(0, start + at - length), start + at


def _write(file: IO[bytes], at: int, content: bytes) -> None:
    file.seek(at)
    file.write(content)


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_whole(extra: bytes) -> bool:
    """Do its fields fill it, as zipfile wants?"""
    at = 0
    while len(extra) - at >= 4:
        kind, length = struct.unpack_from("<HH", extra, at)
        at += 4 + length
        if at > len(extra) or (kind == 1 and length < 8):
            return False
    return True
