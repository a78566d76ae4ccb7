"""Grammar has the last word on items that the reader saw in pieces: whole sources, whole contents, none forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from models.analyzers.attribution import grammar
from models.analyzers.attribution.grammar import Lines, Words
from models.analyzers.attribution.rules import Draft

_BRIDGED = 6  # tokens between two pieces of one content
_REST = 0.25  # mean probability from which the rest of a clause belongs to the content that it begins with


def mend(lines: Lines, drafts: Sequence[Draft], ruled: Sequence[Draft], certain: Sequence[float]) -> list[Draft]:
    """Drafts of the reader, completed by those of the rules; `certain`: how likely each token is some content's."""
    taken = [False] * (len(lines.tokens) + 1)
    for draft in drafts:
        for first, last in (*draft.source, *((draft.cue,) if draft.cue else ())):
            taken[first:last] = [True] * (last - first)
    by_token = {at: draft for draft in ruled if draft.cue for at in range(*draft.cue)}
    found = []
    for draft in drafts:
        twin = next((by_token[at] for at in range(*draft.cue) if at in by_token), None) if draft.cue else None
        cue, content = _cue(lines, draft, twin)
        found.append(
            Draft(cue, _source(draft, twin), _finish(lines, _bridge(lines, content, taken), twin, taken, certain))
        )
    return found + [draft for draft in ruled if _is_missed(lines, draft, taken)]


def _cue(lines: Lines, draft: Draft, twin: Draft | None) -> tuple[Words | None, tuple[Words, ...]]:
    """The cue without its subject, and without the "to" that opens its content."""
    if twin is None or twin.cue is None or draft.cue is None:
        return draft.cue, draft.content
    (first, last), content = draft.cue, draft.content
    if first < twin.cue[0] and all(
        lines.tokens[at].tag.startswith(("NN", "DT", "PRP")) for at in range(first, twin.cue[0])
    ):
        first = twin.cue[0]
    if last - 1 == twin.cue[1] and lines.words[last - 1] == "to" and content and content[0][0] == last:
        last -= 1
        content = ((last, content[0][1]), *content[1:])
    return (first, last), content


def _source(draft: Draft, twin: Draft | None) -> tuple[Words, ...]:
    """The reader's source; where it saw none, the subject that the rules see."""
    if draft.source or twin is None or not twin.source:
        return draft.source
    whole = twin.source[0]
    return () if any(whole[0] < last and first < whole[1] for first, last in draft.content) else twin.source


def _bridge(lines: Lines, parts: Sequence[Words], taken: Sequence[bool]) -> tuple[Words, ...]:
    """Join pieces of a content that only a few words part, none of them anybody's cue or source."""
    joined: list[Words] = []
    for first, last in parts:
        if joined:
            begin, end = joined[-1]
            same = lines.tokens[end - 1].sentence == lines.tokens[first].sentence
            if same and 0 <= first - end <= _BRIDGED and not any(taken[end:first]):
                joined[-1] = (begin, last)
                continue
        joined.append((first, last))
    return tuple(grammar.trim(lines, *part) for part in joined)


def _finish(
    lines: Lines, parts: tuple[Words, ...], twin: Draft | None, taken: Sequence[bool], certain: Sequence[float]
) -> tuple[Words, ...]:
    """A content to the end of the clause that the rules see, unless the reader is sure that it ends before."""
    if twin is None or not twin.content or len(parts) != 1:
        return parts
    (first, last), (begin, end) = parts[0], twin.content[-1]
    if not begin < last < end or lines.tokens[last - 1].sentence != lines.tokens[end - 1].sentence:
        return parts
    belongs = sum(certain[last:end]) >= _REST * (end - last) and not any(taken[last:end])
    return ((first, end),) if belongs else parts


def _is_missed(lines: Lines, draft: Draft, taken: Sequence[bool]) -> bool:
    """Did the reader overlook a quotation, or that many believe something?"""
    if draft.cue is None or any(taken[at] for at in range(*draft.cue)):
        return False
    vague = any(last - first == 1 and lines.words[first] in grammar.QUANTIFIERS for first, last in draft.source)
    quoted = any(lines.quoted[first] >= 0 > lines.quoted[draft.cue[0]] for first, _ in draft.content)
    return vague or quoted
