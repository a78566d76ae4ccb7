"""Whose quotation is it? His who is named beside it, and what goes on after it is his too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .grammar import Lines, Words
from .rules import Draft

_Rank = tuple[int, int]  # sentences, then tokens, between a cue and its quotation


def settle(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """A quotation belongs to one cue: of several outside it, the one in its own sentence, then the nearest.

    Cues of one sentence may share a quotation in parts: only the same words are nobody else's.
    """
    best: dict[int, tuple[_Rank, Draft]] = {}
    same: dict[Words, tuple[_Rank, Draft]] = {}
    for draft in drafts:
        if (number := _claimed(lines, draft)) is None or draft.cue is None:
            continue
        rank = _rank(lines, draft.cue, draft.content[0])
        if number not in best or rank < best[number][0]:
            best[number] = rank, draft
        if draft.content[0] not in same or rank < same[draft.content[0]][0]:
            same[draft.content[0]] = rank, draft
    kept = []
    for draft in drafts:
        number = _claimed(lines, draft)
        if number is not None and draft.cue is not None:
            rank = _rank(lines, draft.cue, draft.content[0])
            if same[draft.content[0]][1] != draft or (rank[0] and not best[number][0][0]):
                continue
        kept.append(draft)
    return kept


def follow(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """“It is over,” Ortiz said, the Post reported. “We lost.”: Ortiz goes on, not the paper."""
    led: dict[int, Draft] = {}  # the draft whose quotation stands before its cue, by the sentence of the cue
    for draft in drafts:
        if _claimed(lines, draft) is not None and draft.cue and draft.source and draft.content[0][1] <= draft.cue[0]:
            led.setdefault(lines.tokens[draft.cue[0]].sentence, draft)
    return [_go_on(lines, draft, led) for draft in drafts]


def _go_on(lines: Lines, draft: Draft, led: Mapping[int, Draft]) -> Draft:
    number = _claimed(lines, draft)
    leader = led.get(lines.tokens[draft.cue[0]].sentence) if draft.cue else None
    if number is None or not draft.cue or not leader or not leader.cue or leader.cue[0] >= draft.cue[0]:
        return draft
    first = lines.spans[number][0]
    opens = first == draft.content[0][0] >= draft.cue[1]
    later = lines.tokens[first].sentence > lines.tokens[draft.cue[0]].sentence
    return replace(leader, content=draft.content) if opens and later else draft


def _claimed(lines: Lines, draft: Draft) -> int | None:
    """The quotation that a content begins in, as seen from a cue outside it."""
    if draft.cue is None:
        return None
    number = lines.quoted[draft.content[0][0]]
    return number if number >= 0 and lines.quoted[draft.cue[0]] != number else None


def _rank(lines: Lines, cue: Words, content: Words) -> _Rank:
    sentence = lines.tokens[cue[0]].sentence
    begun, ended = lines.tokens[content[0]].sentence, lines.tokens[content[1] - 1].sentence
    return min(abs(sentence - begun), abs(sentence - ended)), min(abs(cue[0] - content[1]), abs(content[0] - cue[1]))
