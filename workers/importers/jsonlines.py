"""JSON Lines: an article a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from models.importers.jsonlines import parse
from models.limits import LIMITS
from models.refusals import Invalid
from workers.importers.lines import Line, refuse, reject, validate

# The longest article in its longest spelling (a character as \ud83d\ude00), and some room for keys and targets.
LONGEST_LINE = 12 * (LIMITS.text_characters + 6 * LIMITS.field_characters) + 64 * LIMITS.targets + 65_536


def read(stream: IO[bytes], after: int = 0) -> Iterator[Line]:
    """Every line that holds something, numbered from 1 as an editor does."""
    number = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        whole = raw.endswith(b"\n") or len(raw) < LONGEST_LINE
        while not whole and (rest := stream.readline(LONGEST_LINE)):
            whole = rest.endswith(b"\n")
            raw = b""
        if number <= after:
            continue
        if not raw:
            limit = f"{LONGEST_LINE:,} bytes"
            yield refuse(number, "too_long", f"The line is longer than {limit}, the limit. Send an article a line.")
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            try:
                yield validate(number, parse(raw))
            except Invalid as invalid:
                yield reject(number, invalid.errors)
