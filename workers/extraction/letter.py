"""The letter: its text without what mail programs put around it."""

from __future__ import annotations

import re

from workers.extraction.notices import is_prose

_QUOTED = re.compile(r">+")
_SEPARATOR = "-- "  # RFC 3676, 4.3
_LINE = re.compile(r"(?:-{2,}|_{2,}|—|={3,}|\*{3,})[ \t]*")
_LONGEST_SIGNATURE = 15  # lines


def unflow(text: str, delete_space: bool = False) -> str:
    """The paragraphs of a text in format=flowed (RFC 3676): a line that ends in a space goes on in the next."""
    paragraphs: list[tuple[int, str]] = []
    goes_on = False
    for line in text.split("\n"):
        quoted = _QUOTED.match(line)
        depth = len(quoted[0]) if quoted else 0
        bare = line[depth:].removeprefix(" ")
        if goes_on and paragraphs[-1][0] == depth and bare != _SEPARATOR:
            paragraphs[-1] = (depth, paragraphs[-1][1] + bare)
        else:
            paragraphs.append((depth, bare))
        goes_on = bare.endswith(" ") and bare != _SEPARATOR
        if goes_on and delete_space:
            paragraphs[-1] = (depth, paragraphs[-1][1][:-1])
    return "\n".join(f"{'>' * depth} {line}".lstrip() if depth else line for depth, line in paragraphs)


def leave_signature_out(text: str) -> str:
    """The text without its signature: what follows the separator, or a line of signs with no prose below it."""
    lines = text.rstrip().split("\n")
    for at in range(len(lines) - 1, max(0, len(lines) - 1 - _LONGEST_SIGNATURE), -1):
        if not _LINE.fullmatch(lines[at]):
            continue
        if lines[at] == _SEPARATOR or not any(map(is_prose, lines[at + 1 :])):
            return "\n".join(lines[:at]).rstrip()
    return text
