"""Statements after a colon that stand in no marks: In a letter she wrote: We will stay."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from .layout import NAME, Layout, Place, any_of, ends_sentence, fold, speaks_of_itself, words

_COLON = re.compile(r":\s+(?=[A-Z])")
_END = re.compile(r"[.!?…][\"'”’»)]*(?=\s|$)")
_ITEM = re.compile(r"(?:[-–—*•·▪‣◦>]|\(?\d{1,3}[.)])\s")
_CLAUSE = re.compile(
    r"\b(?:that|is|are|was|were|be|been|has|have|had|will|would|could|can|may|might|must|should|do|did|not)\b"
)
_OWNED = re.compile(r"(?:['’]s?|\b(?:his|her|their|its))(?:\s\w+)?\s$", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:I|[Ww]e)\b")
_GREETING = re.compile(r"(?:Dear|Hi|Hello|Good (?:morning|evening))\b[^.:]{0,60}[,!]$")
_NAMED = re.compile(rf"(?:(?P<from>From (?:the )?)|(?:The )?{NAME}['’]s? )?(?P<name>{NAME})")
_LEAD = 200  # characters before a colon that lead in
_TAIL = 8  # words between a verb of speech and its colon: said in a statement on Monday:
_WORDS = 4  # fewer are no statement
_LONGEST = 6  # paragraphs of one statement


def find(layout: Layout, taken: Container[int]) -> Iterator[tuple[tuple[Place, ...], Place, tuple[int, ...]]]:
    """Which words follow a colon as somebody's own? Each with the words that lead in, and its paragraphs."""
    for at in layout.numbers():
        if at in taken or layout.is_boilerplate(at):
            continue
        if layout[at].endswith(":"):
            if numbers := _below(layout, at, taken):
                lead = (_sentence_start(layout.text, *layout.paragraphs[at]), layout.paragraphs[at][1])
                yield tuple(layout.paragraphs[number] for number in numbers), lead, tuple(numbers)
        elif found := _behind(layout, at):
            yield (found[0],), found[1], (at,)


def leads_in(lead: str) -> bool:
    """Does this lead somebody's words in: a verb or noun of speech before the colon, and nothing counted off?"""
    if any_of("counts").search(lead) or fold(lead) in words("never") or fold(lead) in words("spoken"):
        return False
    verbs = [match.end() for match in any_of("leads").finditer(lead)]
    verbs = verbs or [match.end() for match in any_of("spoken").finditer(lead) if _OWNED.search(lead, 0, match.start())]
    tail = lead[verbs[-1] :] if verbs else ""
    return bool(verbs) and len(tail.split()) <= _TAIL and not _CLAUSE.search(tail)


def _below(layout: Layout, at: int, taken: Container[int]) -> list[int]:
    """The paragraphs below a line that leads them in."""
    start = _sentence_start(layout.text, *layout.paragraphs[at])
    lead = layout.text[start : layout.paragraphs[at][1] - 1]
    first = at + 1
    greeted = first < len(layout.paragraphs) and first not in taken and bool(_GREETING.match(layout[first]))
    if not (leads_in(lead) or _names(layout, lead)) or not (greeted or _may_be_said(layout, first, taken)):
        return []
    if _OWN.search(lead) and not _addresses(layout[first]):
        return []
    numbers = [first]
    personal = greeted or _addresses(layout[first])  # else the "I" below it is the outlet's own
    while (
        personal
        and len(numbers) < _LONGEST
        and _may_be_said(layout, numbers[-1] + 1, taken)
        and speaks_of_itself(layout[numbers[-1] + 1])
    ):
        numbers.append(numbers[-1] + 1)
    return numbers


def _names(layout: Layout, lead: str) -> bool:
    """Does this lead name whose words follow, and nothing else? From the Harrow Post: The Post's Ann Lee:"""
    match = _NAMED.fullmatch(lead)
    if match is None or fold(match["name"]) in words("never"):
        return False
    return bool(match["from"]) or _is_full_name(layout, match["name"])


def _is_full_name(layout: Layout, name: str) -> bool:
    return len(name.split()) > 1 and layout.names_somebody(name)


def _may_be_said(layout: Layout, at: int, taken: Container[int]) -> bool:
    if at >= len(layout.paragraphs) or at in taken or at in layout.whole or layout.is_boilerplate(at):
        return False
    said = layout[at]
    plain = not _ITEM.match(said) and said[0] not in "\"“«„‘'" and not said.endswith(":")
    return plain and len(said.split()) >= _WORDS and ends_sentence(said)


def _addresses(said: str) -> bool:
    return speaks_of_itself(said) or _YOU.search(said) is not None


def _behind(layout: Layout, at: int) -> tuple[Place, Place] | None:
    """What stands behind the colon of a sentence, up to where the first person ends; and what leads it in."""
    start, end = layout.paragraphs[at]
    for colon in _COLON.finditer(layout.text, start, end):
        begin = _sentence_start(layout.text, start, colon.start())
        lead = layout.text[begin : colon.start()]
        if len(lead) > _LEAD or not leads_in(lead) or any(mark in lead for mark in '“”"'):
            continue
        stop = colon.end()
        first = _END.search(layout.text, stop, end)
        if first is None or len(layout.text[stop : first.end()].split()) < _WORDS:
            continue
        if not any_of("written").search(lead) and not _addresses(layout.text[stop : first.end()]):
            continue  # People say: Questions remain. The outlet sums up.
        stop = first.end()
        while (following := _END.search(layout.text, stop, end)) and _addresses(layout.text[stop : following.end()]):
            stop = following.end()
        return (colon.end(), stop), (begin, colon.start() + 1)
    return None


def _sentence_start(text: str, start: int, end: int) -> int:
    last = start
    for match in _END.finditer(text, start, end - 1):
        last = match.end()
    while last < end and text[last].isspace():
        last += 1
    return last
