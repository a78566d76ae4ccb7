"""Dash speech: — We will stay, — said Hale. — Nobody asked us."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from ..name_lists import lists
from .layout import NAME, Layout, Place, ends_sentence, speaks_of_itself, words

_DASH = r"(?:[—–―]|--|-(?=\s))"
_OPENING = re.compile(rf"{_DASH}\s?(?=\S)")
_RESUMING = re.compile(rf"[.,;!?…]\s?{_DASH}\s?(?=[\w“])")
_ROLE = rf"(?:the|a|an|his|her|their|my|our)\s[\w’'-]+(?:\s[\w’'-]+)?(?:,\s{NAME}(?=[.,]|$))?"  # the farmer, Bo Brink
_SOMEBODY = rf"(?:{NAME}|he|she|they|I|we|{_ROLE})"
_LONG_DASHES = "—―"
_DASHES = "—―–"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What interrupts speech between dashes, and behind a comma: said Hale; Hale said."""
    verbs = "|".join(sorted(map(re.escape, lists().speech | words("leads"))))
    cue = rf"(?:(?:{verbs})\s(?P<who>{_SOMEBODY})|(?P<whom>{_SOMEBODY})\s(?:{verbs})\b)"
    return re.compile(rf"(?P<stop>[,.!?…]?)\s?{_DASH}\s?{cue}"), re.compile(rf"(?P<stop>[,!?…])\s{cue}")


def find(layout: Layout, taken: Container[int]) -> Iterator[tuple[int, tuple[Place, ...], Place | None]]:
    """The paragraphs that are speech after a dash: the number of each, what is said in it, and who says it.

    Beside one that says who speaks, others that begin with a dash and are whole sentences are speech too.
    """
    spoken: dict[int, tuple[tuple[Place, ...], Place | None]] = {}
    dashed = [at for at in layout.numbers() if at not in taken and _OPENING.match(layout[at])]
    for at in dashed:
        if found := _read(layout, at):
            spoken[at] = found
    for step, order in ((-1, dashed), (1, dashed[::-1])):
        for at in order:
            if at not in spoken and at + step in spoken and layout[at][0] in _DASHES and ends_sentence(layout[at]):
                start, end = layout.paragraphs[at]
                opening = _OPENING.match(layout[at])
                spoken[at] = ((start + (opening.end() if opening else 0), end),), None
    for at in sorted(spoken):
        yield at, *spoken[at]


def _read(layout: Layout, at: int) -> tuple[tuple[Place, ...], Place | None] | None:
    """What is said in a paragraph after a dash, told apart from who says it; None where nobody does."""
    start, end = layout.paragraphs[at]
    opening = _OPENING.match(layout.text, start, end)
    between, behind = _patterns()
    begin = opening.end() if opening else start
    parts: list[Place] = []
    signer: Place | None = None
    while begin < end:
        told = between.search(layout.text, begin, end)
        # – We will stay, said Hale: a short dash opens lists too.
        spoken = layout.text[start] in _LONG_DASHES or speaks_of_itself(layout.text[begin:end])
        if told is None and spoken and signer is None:
            told = behind.search(layout.text, begin, end)
        if told is None:
            if parts:
                parts.append((begin, end))
            break
        first, last = told.span("who" if told["who"] else "whom")
        signer = signer or (first, first + len(layout.text[first:last].rstrip(".")))
        parts.append((begin, told.end("stop")))
        resumed = _RESUMING.search(layout.text, told.end() - 1, end)
        begin = resumed.end() if resumed else end
    return (tuple(part for part in parts if part[0] < part[1]), signer) if parts else None
