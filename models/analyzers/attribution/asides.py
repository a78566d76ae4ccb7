"""Where the outlet goes on behind what somebody says: with what it explains, sets beside it, or begins anew.

She touted the ferry, | which cost a million; 22% say it is late, | and 46% that it is not; it was safe, | although days
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...document.syntax import SUBJECTS
from ...document.word_classes import CLASSES
from . import grammar
from .grammar import Lines, Words

_DASHES = frozenset(("-", "–", "—", "--"))
_OPENING = frozenset((",", ";", *_DASHES, "while", "although", "though", "but", "whereas"))
_OUTSIDE = frozenset(("mark", "cc", *SUBJECTS))  # as what words open a clause
_SHARES = CLASSES["shares"]
_INCLUDING = frozenset(("including", "or"))
_DANGLING = 12  # tokens of a clause that has lost its verb
_SUBJECT = 6  # tokens before the noun of a subject that counts


def ends(lines: Lines, cue: Words, source: Sequence[Words], part: Words) -> Iterator[int]:
    """Where in a part behind its cue the outlet's own words begin."""
    counted = any(
        is_share(lines, at) for first, last in source[:1] for at in range(first, min(last + 1, len(lines.words)))
    )
    for at in range(part[0] + 2, part[1] - 1):
        plain = lines.quoted[at] < 0 and lines.quoted[cue[0]] < 0
        if (plain and (_explains(lines, at, part[1]) or _mocks(lines, at))) or (
            counted and _compares(lines, at, part[1])
        ):
            yield at - (lines.words[at - 1] == ",")


def is_share(lines: Lines, at: int) -> bool:
    """Does this word tell how many of those asked: 22%, two thirds?"""
    word = lines.words[at]
    return word == "%" or word in _SHARES


def _explains(lines: Lines, at: int, stop: int) -> bool:
    """Does a clause with "which" begin here, that goes to the end: the ferry, [which cost a million]?

    Where somebody is quoted in it, it is his: a storm, which “nobody saw”; but not: which he admits was “a joke”.
    """
    syntax = lines.syntax
    if lines.words[at] != "which" or lines.words[at - 1] not in (",", *_DASHES):
        return False
    top = at
    while at <= syntax.heads[top] < stop:
        top = syntax.heads[top]
    below = set(syntax.subtree(top))
    whole = all(one in below for one in range(at, stop) if lines.tokens[one].is_word)
    plain = all(lines.quoted[one] == lines.quoted[at] for one in range(at, stop))
    told = any(lines.syntax.relations[one] == "nsubj" and one != at for one in range(at + 1, min(at + _SUBJECT, stop)))
    return whole and (plain or told)


def _mocks(lines: Lines, at: int) -> bool:
    """Never called him, [as if] he ever answered."""
    return (lines.words[at - 1], lines.words[at], lines.words[at + 1]) == (",", "as", "if")


def _compares(lines: Lines, at: int, stop: int) -> bool:
    """Do those who count it set something beside it: – the most of all groups; compared with 4%; and 46% say no?"""
    word = lines.words[at]
    before = next((lines.words[one] for one in range(at - 1, 0, -1) if lines.words[one] not in grammar.MARKS), "")
    if word in _DASHES:
        return lines.tokens[at].start > lines.tokens[at - 1].end
    if before == "," and word == "compared":
        return True
    if (before not in (",", ";") and word not in ("and", "while")) or word in _INCLUDING:
        return False
    return any(is_share(lines, one) for one in range(at, min(at + _SUBJECT, stop)))


def without_dangling(lines: Lines, cue: Words, part: Words) -> Words:
    """The part without a clause whose verb stands behind it: late |, while the largest share [holds]; late, | but not
    [all agree]."""
    syntax = lines.syntax
    first, last = part
    if first < cue[1]:
        return part
    end = last
    for at in range(last - 1, max(first, last - _DANGLING), -1):
        if lines.words[at] not in _OPENING or lines.quoted[at] != lines.quoted[cue[0]]:
            continue
        loose = [one for one in range(at, last) if lines.tokens[one].is_word and not at <= syntax.heads[one] < last]
        if not loose or any(syntax.heads[one] < last for one in loose):
            continue
        verb = syntax.heads[loose[-1]]
        opens = not _OUTSIDE.isdisjoint(syntax.relations[one] for one in loose)
        same = lines.tokens[verb].sentence == lines.tokens[last - 1].sentence
        if opens and same and lines.quoted[verb] == lines.quoted[last - 1]:
            end = at
    if end < last and lines.tokens[end - 1].tag == "CC":
        end -= 1  # the room was full and |, like Reik, he
    return grammar.trim(lines, first, end) if first < end < last else part
