"""The flow of a text: which line breaks end a paragraph, and which are mere white space?

Mail, old archives and text saved from a terminal break every line at some width. There a single break inside running
text is a space. Lists, verse, addresses, and texts that set one paragraph a line, keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Place = tuple[int, int]

_LINE = re.compile(r"[^\n\r\u2028\u2029]*\S[^\n\r\u2028\u2029]*")
_BREAK = re.compile(r"(?:\r\n|[\n\r\u2028])(?![\n\r\u2028\u2029])")  # one, and no blank line
_WORD = re.compile(r"\S+")
_QUOTING = re.compile(r"[>\s]*")  # what mail sets before a line that it quotes
_ITEM = re.compile(
    r"(?:[-–—*•·▪‣◦>#|+]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s|[—–]\w|[•·▪‣◦>]|[A-Z][\w.’' ]{0,30}:\s"
)  # a list, a dash before speech, a speaker before a colon: these begin lines of their own
_STOP = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_NARROWEST, _WIDEST = 28, 120  # characters a line; nobody wraps text narrower or wider
_WIDE = 45  # from here on it is neither verse nor an address
_SHORT = 0.75  # of the width: a shorter line that ends with a stop ends its paragraph
_FILLED, _RAGGED = 0.9, 0.6  # share of the breaks inside sentences at which the next word had no room: any, wide lines
_BROKEN = 0.25  # share of all breaks that stand inside a sentence, from which on lines are wrapped


def paragraphs(text: str) -> list[Place]:
    """Where does each paragraph stand, white space around it left out? A paragraph may run over several lines."""
    found: list[Place] = []
    blocks = list(_blocks(text))
    widths = [_width(text, block) for block in blocks]
    width = max(widths, default=0)
    flowed = any(
        _is_flowed(text, line) and _is_inside(text, line, after) for b in blocks for line, after in pairwise(b)
    )
    for block, own in zip(blocks, widths, strict=True):
        for at, line in enumerate(block):
            if at and _goes_on(text, block[at - 1], line, own or width, wrapped=own > 0, flowed=flowed):
                found[-1] = (found[-1][0], line[1])
            else:
                found.append(line)
    return found


def _blocks(text: str) -> Iterator[list[Place]]:
    """Lines with no blank line between them, white space around each left out."""
    block: list[Place] = []
    for match in _LINE.finditer(text):
        line = match.group()
        start, end = match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip())
        if block and not _is_single_break(text, block[-1][1], start):
            yield block
            block = []
        block.append((start, end))
    if block:
        yield block


def _is_single_break(text: str, end: int, start: int) -> bool:
    between = text[end:start].strip(" \t\u00a0")
    return bool(_BREAK.fullmatch(between))


def _width(text: str, block: Sequence[Place]) -> int:
    """At how many characters are the lines of this block wrapped? 0 where they are not."""
    inside = [(line, following) for line, following in pairwise(block) if _is_inside(text, line, following)]
    if not inside or len(inside) < _BROKEN * (len(block) - 1):
        return 0
    width = max(_length(line) for line, _ in inside)
    if not (_WIDE if len(inside) == 1 else _NARROWEST) <= width <= _WIDEST:
        return 0
    filled = sum(_is_filled(text, line, following, width) for line, following in inside)
    return width if filled >= (_RAGGED if width >= _WIDE else _FILLED) * len(inside) else 0


def _is_inside(text: str, line: Place, following: Place) -> bool:
    """Does the sentence go on in the next line, as a small letter there says?"""
    return text[_begin(text, following)].islower() and not _ends(text, line)


def _goes_on(text: str, line: Place, following: Place, width: int, *, wrapped: bool, flowed: bool) -> bool:
    """Is the break between these lines white space? `width`: of their block, or of others where it shows none."""
    if _quoting(text, line) != _quoting(text, following):
        return False
    ends, filled = _ends(text, line), _length(line) <= width and _is_filled(text, line, following, width)
    if _ITEM.match(text, _begin(text, following)) and (ends or not filled):
        return False
    if flowed and _is_flowed(text, line):
        return True
    if wrapped and not filled:
        return not ends or _length(line) >= _SHORT * width
    return filled


def _ends(text: str, line: Place) -> bool:
    return bool(_STOP.search(text, max(line[0], line[1] - 4), line[1]))


def _is_flowed(text: str, line: Place) -> bool:
    """RFC 3676: one space before the break says that the line goes on; two are Markdown's for a break that stays."""
    end = line[1]
    return _length(line) <= _WIDEST and text[end : end + 2] in (" \n", " \r") and text[line[0] : end] != "--"


def _is_filled(text: str, line: Place, following: Place, width: int) -> bool:
    """Had the first word of the next line no room on this one?"""
    word = _WORD.match(text, _begin(text, following), following[1])
    return _length(line) + 1 + (len(word.group()) if word else 0) > width


def _length(line: Place) -> int:
    return line[1] - line[0]


def _quoting(text: str, line: Place) -> int:
    """How deep is this line quoted, as mail does it with > before it?"""
    return text.count(">", line[0], _begin(text, line))


def _begin(text: str, line: Place) -> int:
    match = _QUOTING.match(text, *line)
    return min(match.end() if match else line[0], line[1] - 1)
