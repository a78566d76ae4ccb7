"""Where one item's content ends or begins: not with whom it was told to, not in the next speaker's clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.analyzers.attribution import cues, grammar
from models.analyzers.attribution.grammar import Lines, Words
from models.analyzers.attribution.rules import Draft

_ADDRESSED = 8  # tokens of the longest addressee: "the chairman of the foreign affairs committee"


def draw(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts whose contents keep to their own clauses."""
    return [_leave(lines, _skip_addressee(lines, draft), drafts) for draft in drafts]


def _skip_addressee(lines: Lines, draft: Draft) -> Draft:
    """told [Senator Brann] that the vote was legal: the content begins with "that"."""
    if draft.cue is None or not draft.content:
        return draft
    first, last = draft.content[0]
    lemma, _ = cues.judge(lines.words, *draft.cue)
    if draft.cue[1] != first or lemma.split()[-1] not in grammar.TELLING:
        return draft
    for at in range(first, min(last - 1, first + _ADDRESSED)):
        if lines.words[at] in ("that", "to") and at > first:
            return replace(draft, content=((at, last), *draft.content[1:]))
        if not lines.tokens[at].tag.startswith(("NN", "DT", "JJ", "PRP", "POS", "CC", "IN")):
            break
    return draft


def _leave(lines: Lines, draft: Draft, others: Sequence[Draft]) -> Draft:
    """the plan will fail, but [the mayor insists it is sound]: what the next one says is no further part of it."""
    parts = draft.content
    for other in others:
        if other is draft or other.cue is None or not other.source or draft.cue is None:
            continue
        (begin, end), source = parts[0], other.source[0]
        if draft.cue[0] < begin < source[0] and source[1] <= end == other.cue[0]:
            border = _connector(lines, begin, source[0])
            if border > begin:
                theirs = set(other.content)
                parts = ((begin, border), *(part for part in parts[1:] if not _within(part, theirs)))
    return replace(draft, content=parts)


def _connector(lines: Lines, begin: int, at: int) -> int:
    """Where the clause before `at` ends: its "but" or "and" and the comma before it left out; `begin` if none."""
    if at - 1 <= begin or not (lines.tokens[at - 1].tag == "CC" or lines.words[at - 1] in (";", ",", "while")):
        return begin
    at -= 1
    return at - 1 if at - 1 > begin and lines.words[at - 1] in (",", ";") else at


def _within(part: Words, contents: set[Words]) -> bool:
    return any(first <= part[0] and part[1] <= last for first, last in contents)
