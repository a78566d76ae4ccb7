"""Where one item's content ends or begins: not with whom it was told to, not in the next speaker's clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.analyzers.attribution import cues, grammar
from models.analyzers.attribution.grammar import Lines, Words
from models.analyzers.attribution.rules import Draft

_ADDRESSED = 8  # tokens of the longest addressee: "the chairman of the foreign affairs committee"


def draw(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts whose contents keep to their own clauses."""
    beginning: dict[int, list[Draft]] = {}  # by the first token of their cue
    for draft in drafts:
        if draft.cue is not None and draft.source:
            beginning.setdefault(draft.cue[0], []).append(draft)
    return [_leave(lines, _skip_addressee(lines, draft), beginning) for draft in drafts]


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
