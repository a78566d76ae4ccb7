"""Where one item's content ends or begins: not with whom it was told to, not in the next speaker's clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from . import cues, grammar, passives, phrases
from .grammar import Lines, Words
from .rules import Draft

_TOLD = ("me", "us", "you", "him", "her", "them")
_SUBJECT = ("DT", "PRP", "NNP", "NNS", "EX")  # what begins the clause behind one of them
_CUT = 2  # tokens at a mark that a piece may have lost: the mark and a word
_PIECES = 6  # of a content; a longer list is no sentence
_ADDRESSED = 8  # tokens of the longest addressee: "the chairman of the foreign affairs committee"


def draw(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts whose contents keep to their own clauses."""
    drafts = [passives.turn(lines, phrases.end_sources(lines, draft)) for draft in drafts]
    drafts = [_open(lines, draft) for draft in drafts]
    beginning: dict[int, list[Draft]] = {}  # by the first token of their cue
    for draft in drafts:
        if draft.cue is not None and draft.source:
            beginning.setdefault(draft.cue[0], []).append(draft)
    speaking = {draft.source[0][0]: draft for group in beginning.values() for draft in group}
    return [_enclose(lines, _leave(lines, _skip_addressee(lines, draft), beginning), speaking) for draft in drafts]


def _skip_addressee(lines: Lines, draft: Draft) -> Draft:
    """told [Senator Brann] that the vote was legal: the content begins with "that"."""
    if draft.cue is None or not draft.content:
        return draft
    first, last = draft.content[0]
    lemma, _ = cues.judge(lines.words, *draft.cue)
    if draft.cue[1] != first:
        return draft
    if (
        lines.words[first] == "to" and not _acts(lines, first + 1) and (opened := _quotation(lines, first, last))
    ):  # declared [to the world], “…”
        return replace(draft, content=((opened, last), *draft.content[1:]))
    if lemma.split()[-1] not in grammar.TELLING:
        return draft
    if lines.words[first] in _TOLD and first + 1 < last and lines.tokens[first + 1].tag.startswith(_SUBJECT):
        return replace(draft, content=((first + 1, last), *draft.content[1:]))  # told [them] the bridge would hold
    for at in range(first, min(last - 1, first + _ADDRESSED)):
        if lines.words[at] in ("that", "to") and at > first:
            return replace(draft, content=((at, last), *draft.content[1:]))
        if not lines.tokens[at].tag.startswith(("NN", "DT", "JJ", "PRP", "POS", "CC", "IN")):
            break
    return draft


def _acts(lines: Lines, at: int) -> bool:
    return at < len(lines.tokens) and lines.tokens[at].tag.startswith("VB")


def _open(lines: Lines, draft: Draft) -> Draft:
    """said the clerk, “or [none]”: pieces that have lost a mark of their quotation, and a word at it, hold both."""
    parts: list[Words] = []
    for (first, last), following in zip_longest(draft.content, draft.content[1:]):
        number = lines.quoted[first]
        if number < 0 or (draft.cue is not None and lines.quoted[draft.cue[0]] == number):
            parts.append((first, last))
            continue
        begin, end = lines.spans[number]
        opens = first <= begin + _CUT and not (parts and begin < parts[-1][1])
        closes = opens and last < end <= last + 1 + _CUT and not (following and following[0] < end)
        parts.append((begin if opens else first, end if closes else last))
    return replace(draft, content=tuple(parts))


def _quotation(lines: Lines, first: int, last: int) -> int:
    """The quotation that begins after the addressee and a comma; else 0."""
    for at in range(first + 1, min(last, first + _ADDRESSED)):
        if lines.quoted[at] >= 0 > lines.quoted[at - 1]:
            return at if lines.words[at - 1] in (",", ":") else 0
    return 0


def _enclose(lines: Lines, draft: Draft, speaking: Mapping[int, Draft]) -> Draft:
    """[The mayor said the port would close], the Post reported: who speaks in a content stands in it whole."""
    if draft.cue is None or len(draft.content) > _PIECES:
        return draft
    parts: list[Words] = []
    for first, last in draft.content:
        end = _inner_end(lines, (first, last), draft.cue, speaking)
        if parts and first < parts[-1][1]:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
        else:
            parts.append((first, end))
    return replace(draft, content=tuple(parts))


def _inner_end(lines: Lines, part: Words, cue: Words, speaking: Mapping[int, Draft]) -> int:
    """Where a part ends that somebody begins to speak in, or right behind, before the outer cue."""
    first, end = part
    for at in range(max(first, end - grammar.REACH), min(cue[0], end + 2)):
        inner = speaking.get(at)
        if inner is None or inner.cue is None:
            continue
        begin, stop = inner.content[0]
        follows = inner.source[0][1] <= inner.cue[0] <= end + _PIECES and 0 <= begin - inner.cue[1] <= 1
        if follows and end < stop <= cue[0] and lines.tokens[stop - 1].sentence == lines.tokens[first].sentence:
            end = stop
    return end


def _leave(lines: Lines, draft: Draft, beginning: Mapping[int, Sequence[Draft]]) -> Draft:
    """the plan will fail, but [the mayor insists it is sound]: what the next one says is no further part of it."""
    if draft.cue is None or not draft.content:
        return draft
    (begin, end), *further = draft.content
    for other in beginning.get(end, ()):
        source = other.source[0]
        if draft.cue[0] < begin < source[0] and source[1] <= end:
            border = _connector(lines, begin, source[0])
            if border > begin:
                kept = (part for part in further if not _within(part, other.content))
                return replace(draft, content=((begin, border), *kept))
    return draft


def _connector(lines: Lines, begin: int, at: int) -> int:
    """Where the clause before `at` ends: its "but" or "and" and the comma before it left out; `begin` if none."""
    if at - 1 <= begin or not (lines.tokens[at - 1].tag == "CC" or lines.words[at - 1] in (";", ",", "while")):
        return begin
    at -= 1
    return at - 1 if at - 1 > begin and lines.words[at - 1] in (",", ";") else at


def _within(part: Words, contents: Sequence[Words]) -> bool:
    return any(first <= part[0] and part[1] <= last for first, last in contents)
