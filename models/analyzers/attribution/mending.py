"""Grammar has the last word on items that the reader saw in pieces: whole sources, whole contents, none forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from . import cues, grammar
from .grammar import Lines, Words
from .rules import SPEECH, Draft

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
        cue, content = _cue(lines, _reach_verb(lines, draft), twin)
        whole = _finish(lines, _bridge(lines, content, taken), twin, taken, certain)
        found.append(Draft(cue, _source(lines, draft, twin), whole))
    found = [draft for draft in found if not _says_nothing(lines, draft)]
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


def _reach_verb(lines: Lines, draft: Draft) -> Draft:
    """had [estimated]: a cue that is only an auxiliary takes the verb that it helps, out of the content if need be."""
    if draft.cue is None or not _helps_only(lines, draft.cue):
        return draft
    first, at = draft.cue
    begin, end = draft.content[0]
    while at < len(lines.tokens) and lines.tokens[at].tag.startswith("RB"):
        at += 1
    if not at < min(end, len(lines.tokens)) or not lines.tokens[at].tag.startswith("VB"):
        return draft
    reached = cues.load().at(lines.words, at, len(lines.words))
    last = reached[0] if reached else at + 1
    if begin < draft.cue[0] or last >= end:
        return draft
    return Draft((first, last), draft.source, ((max(begin, last), end), *draft.content[1:]))


def _helps_only(lines: Lines, cue: Words) -> bool:
    return all(lines.words[at] in grammar.AUXILIARIES or lines.tokens[at].tag.startswith("RB") for at in range(*cue))


def _says_nothing(lines: Lines, draft: Draft) -> bool:
    """Is the cue a mere auxiliary, no verb or a mere colon of nobody, or a verb in another sense (added jobs)?"""
    if draft.cue is None:
        return False
    entry = cues.load().within(lines.words, *draft.cue)
    if entry is None:
        words = [at for at in range(*draft.cue) if lines.tokens[at].is_word]
        verbless = bool(words) and not any(lines.tokens[at].tag.startswith("VB") for at in words)
        return _helps_only(lines, draft.cue) or ((verbless or not words) and not draft.source)
    begin, end = draft.content[0]
    if entry.lemma not in grammar.NEVER_OBJECT or draft.cue[1] != begin or lines.quoted[begin] >= 0:
        return False
    counted = lines.tokens[begin].tag.startswith(("DT", "CD", "$", "JJ"))
    return counted and not grammar.begins_clause(lines, begin, end)


def _source(lines: Lines, draft: Draft, twin: Draft | None) -> tuple[Words, ...]:
    """The reader's source; where it saw none, or only a piece of an apposition, the subject that the rules see."""
    if twin is None or not twin.source or draft.cue is None:
        return draft.source
    whole = twin.source[0]
    if draft.source:
        first, last = draft.source[0]
        head = next((at for at in range(whole[0], min(whole[1], first)) if lines.words[at] == ","), whole[1])
        apposed = whole[1] <= draft.cue[0] and head < first and last <= draft.cue[0] and lines.words[head] == ","
        finite = lines.words[draft.cue[0] - 1] == "," and lines.tokens[draft.cue[0]].tag not in ("VBG", "VBN")
        return (whole,) if apposed and finite else draft.source
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
    """A content to both ends of the clause that the rules see, unless the reader is sure that it is no part of it."""
    if twin is None or not twin.content or len(parts) != 1:
        return parts
    (first, last), (begin, end) = parts[0], twin.content[-1]
    if not begin <= last - 1 or not first < end or lines.tokens[last - 1].sentence != lines.tokens[end - 1].sentence:
        return parts

    def belongs(start: int, stop: int) -> bool:
        return sum(certain[start:stop]) >= _REST * (stop - start) and not any(taken[start:stop])

    if last < end and belongs(last, end):
        last = end
    told = twin.cue is not None and cues.judge(lines.words, *twin.cue)[0].split()[-1] in grammar.TELLING
    if begin < first and not told and lines.quoted[begin] == lines.quoted[first] and belongs(begin, first):
        first = begin
    return ((first, last),)


def _is_missed(lines: Lines, draft: Draft, taken: Sequence[bool]) -> bool:
    """Did the reader overlook a plain verb of saying, a quotation, or that many believe something?"""
    if draft.cue is None or any(taken[at] for at in range(*draft.cue)):
        return False
    vague = any(last - first == 1 and lines.words[first] in grammar.QUANTIFIERS for first, last in draft.source)
    quoted = any(lines.quoted[first] >= 0 > lines.quoted[draft.cue[0]] for first, _ in draft.content)
    return vague or quoted or (bool(draft.source) and not SPEECH.isdisjoint(lines.words[slice(*draft.cue)]))
