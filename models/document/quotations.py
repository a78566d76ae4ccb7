"""Quotation marks of all usual kinds: who speaks at every character?

Straight and curly, double, single and angled, nested, over several paragraphs, unbalanced.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..report import Form

Place = tuple[int, int]

_MARK = re.compile(r"[\"'“”„‟«»‘’‚‹›]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?=\s|$)")
_ROCK_N_ROLL = re.compile(r"['’‘]n['’]", re.IGNORECASE)
_OPENING = frozenset("“„‟«‘‚‹")
_FAMILY = dict.fromkeys('"“”„‟«»', "double") | dict.fromkeys("'‘’‚‹›", "single")
_BEFORE_OPENING = frozenset("([{—–-/\"'“„«‘‚‹:…")
_SPACED = frozenset("“„«‹")  # they open whatever follows; nothing else tells which way a straight mark looks
_DEEPEST = 6  # quotations in quotations; nobody follows more
_FARTHEST_SINGLE = 1_000  # characters; an apostrophe further off closes nothing


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's words, `start` and `end` including their marks, before anybody asks what kind they are."""

    start: int
    end: int
    depth: int
    chain: int
    closed: bool
    form: Form = "marks"
    signer: Place | None = None  # words that name who speaks, where the layout gives them: a label, a signature
    label: Place | None = None  # of a turn: the label with its colon
    lead: Place | None = None  # words before a colon that lead in: In a letter she wrote:


@dataclass(slots=True)
class _Open:
    start: int
    family: str


def find(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[list[Quoted], list[int]]:
    """What stands between quotation marks, and which marks never close?

    A paragraph that ends inside a quotation goes on in the next one when that begins with an opening mark
    (both carry one `chain` number); otherwise the quotation ends with its sentence and its mark is unbalanced.
    """
    found: list[Quoted] = []
    unbalanced: list[int] = []
    chain = 0
    continued = False
    for at, (start, end) in enumerate(paragraphs):
        stack, closed, stray = _scan(text, start, end)
        unbalanced += stray
        for quoted, depth in closed:
            if depth == 0 and not (continued and quoted[0] == start):
                chain += 1
            found.append(Quoted(quoted[0], quoted[1], depth, chain, closed=True))
        continues = bool(stack) and stack[0].family == "double" and _goes_on(text, paragraphs, at)
        for depth, opened in enumerate(stack):
            if depth == 0 and not (continued and opened.start == start):
                chain += 1
            stop = end if continues else _sentence_end(text, opened.start, end)
            found.append(Quoted(opened.start, stop, depth, chain, closed=continues))
            if not continues:
                unbalanced.append(opened.start)
        continued = continues
    return found, sorted(unbalanced)


def nest(found: Sequence[Quoted]) -> list[Quoted]:
    """Sort by place and set each depth by what really encloses it; drop what would only partly overlap.

    Of two that hold the same words, the one that says whose they are stays.
    """
    kept: list[Quoted] = []
    open_ends: list[int] = []
    for quoted in sorted(found, key=lambda q: (q.start, -q.end, q.form == "marks")):
        while open_ends and open_ends[-1] <= quoted.start:
            open_ends.pop()
        if (open_ends and quoted.end > open_ends[-1]) or len(open_ends) >= _DEEPEST:
            continue
        if kept and (kept[-1].start, kept[-1].end) == (quoted.start, quoted.end):
            continue
        kept.append(replace(quoted, depth=len(open_ends)))
        open_ends.append(quoted.end)
    return kept


def _scan(text: str, start: int, end: int) -> tuple[list[_Open], list[tuple[tuple[int, int], int]], list[int]]:
    stack: list[_Open] = []
    closed: list[tuple[tuple[int, int], int]] = []
    stray: list[int] = []
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    single_closings = [at for at in marks if _FAMILY[text[at]] == "single" and _may_close(text, at, end)]
    for at in marks:
        family = _FAMILY[text[at]]
        opens, closes = _may_open(text, at, start, end), _may_close(text, at, end)
        is_open = any(opened.family == family for opened in stack)
        if text[at] == '"' and _stands_alone(text, at, start, end):  # " We will stay , ": they take turns
            opens, closes = not is_open and at != marks[-1], is_open
        if text[at] == "“" and is_open and text[stack[-1].start] == "„":  # German: „…“
            opens, closes = False, True
        if family == "single" and not _is_single_mark(text, at, opens, closes, is_open, single_closings):
            continue
        if closes and is_open and (not opens or text[at] not in _OPENING):
            while stack:
                opened = stack.pop()
                if opened.family == family:
                    closed.append(((opened.start, at + 1), len(stack)))
                    break
                stray.append(opened.start)
        elif opens and not (family == "double" and is_open and stack[-1].family == family):
            stack.append(_Open(at, family))
        elif opens:  # an earlier mark of this kind was never closed: it ended with its sentence
            opened = stack.pop()
            closed.append(((opened.start, _sentence_end(text, opened.start, at)), len(stack)))
            stray.append(opened.start)
            stack.append(_Open(at, family))
        elif family == "double" and not text[at - 1 : at].isdigit():  # 6'2" is a height
            stray.append(at)
    return stack, closed, stray


def _may_open(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if text[at] in "”»›":
        return False
    if after.isspace():  # « We will stay, »
        return text[at] in _SPACED and before.isspace() and bool(text[at + 1 : end].strip())
    return before.isspace() or before in _BEFORE_OPENING or text[at] in "“„«"


def _may_close(text: str, at: int, end: int) -> bool:
    after = text[at + 1] if at + 1 < end else " "
    before = text[at - 1] if at else " "
    if text[at] in "«‘‚‹„":
        return False
    if before.isspace():
        return text[at] in "”»›"
    return not (after.isalnum() and _FAMILY[text[at]] == "single")


def _stands_alone(text: str, at: int, start: int, end: int) -> bool:
    before, after = text[at - 1] if at > start else " ", text[at + 1] if at + 1 < end else " "
    return before.isspace() and after.isspace()


def _is_single_mark(text: str, at: int, opens: bool, closes: bool, is_open: bool, closings: Sequence[int]) -> bool:
    """Is this a quotation mark, not an apostrophe (don’t, ’90s, the states’ rights)?"""
    if _ROCK_N_ROLL.match(text, at) or _ROCK_N_ROLL.match(text, max(0, at - 2), at + 1):
        return False
    nearest = bisect_right(closings, at)
    if is_open and closes:
        plural = text[at - 1 : at] in ("s", "z") and text[at + 1 : at + 3].strip()[:1].islower()
        later = nearest < len(closings) and closings[nearest] - at < _FARTHEST_SINGLE
        return not (plural and later and "s’ " not in text[closings[nearest] - 1 : closings[nearest] + 2])
    if opens and not is_open:
        if text[at] in "'’" and (text[at + 1 : at + 2].isdigit() or text[at] == "’"):
            return False
        return nearest < len(closings) and closings[nearest] - at < _FARTHEST_SINGLE
    return False


def _goes_on(text: str, paragraphs: Sequence[tuple[int, int]], at: int) -> bool:
    if at + 1 == len(paragraphs):
        return False
    return text[paragraphs[at + 1][0]] in '"“„«'


def _sentence_end(text: str, start: int, end: int) -> int:
    match = _SENTENCE_END.search(text, start + 1, end)
    return match.end() if match else len(text[start:end].rstrip()) + start
