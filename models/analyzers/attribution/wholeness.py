"""Is a statement whole? What the tree, and the words beside them, say of where its source and its content end."""

from __future__ import annotations

from ...document.parts import Document
from ...document.syntax import SUBJECTS
from .grammar import Draft, Lines
from .naming import Spoken

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_MOST = 4  # loose ends beyond this say no more
_FAR = 12  # and words between the parts


def describe(document: Document, lines: Lines, one: Spoken) -> dict[str, float]:
    """What speaks for and against it, by name: counts as shares of the most that says something, and flags."""
    draft, syntax = one.draft, lines.syntax
    begin, end = draft.content[0][0], draft.content[-1][1]
    content = {at for first, last in draft.content for at in range(first, last)}
    beside = {at for first, last in (*draft.source, *((draft.cue,) if draft.cue else ())) for at in range(first, last)}
    first = document.sentences[lines.tokens[begin].sentence].first
    last = document.sentences[lines.tokens[end - 1].sentence].last
    left = [at for at in range(first, last) if lines.tokens[at].is_word and at not in content and at not in beside]
    roots = [at for at in content if lines.tokens[at].is_word and syntax.heads[at] not in content]
    head = syntax.head_of(*draft.content[0])
    subject = next(iter(syntax.children(head, SUBJECTS)), None)
    following = lines.words[end] if end < last else ""
    told = {
        "words left of its content": min(_MOST, sum(syntax.heads[at] in content for at in left)) / _MOST,
        "heads of its content": min(_MOST, len(roots)) / _MOST,
        "subject inside": float(subject in content),
        "subject outside": float(subject is not None and subject not in content),
        "plain clause": float(any(lines.quoted[at] < 0 and lines.tokens[at].tag in _FINITE for at in content)),
        "a word follows": float(following.isalpha()),
        "a stop follows": float(following in (".", "")),
    }
    return told | _of_cue(lines, draft, content) | _of_source(lines, one, left)


def _of_cue(lines: Lines, draft: Draft, content: set[int]) -> dict[str, float]:
    """How far the content is from its cue, on which side, and whether it hangs from it."""
    if draft.cue is None:
        return {}
    first, last = draft.cue
    begin, end = draft.content[0][0], draft.content[-1][1]
    before = last <= begin
    gap = begin - last if before else first - end
    head = lines.syntax.head_of(first, last)
    return {
        "cue before": float(before),
        "cue behind": float(first >= end),
        "from cue to content": min(_FAR, max(0, gap)) / _FAR,
        "hangs from the cue": float(any(lines.syntax.heads[at] == head for at in content)),
    }


def _of_source(lines: Lines, one: Spoken, left: list[int]) -> dict[str, float]:
    """How far the source is from the cue, what of it was left out, and is it a pronoun of nobody?"""
    draft, syntax = one.draft, lines.syntax
    if not draft.source:
        return {}
    first, last = draft.source[0]
    head = syntax.head_of(first, last)
    told = {
        "words left of its source": min(_MOST, sum(first <= syntax.heads[at] < last for at in left)) / _MOST,
        "pronoun of nobody": float(one.speaker is None and last - first == 1 and syntax.upos[head] == "PRON"),
        "name of nobody": float(one.speaker is None and syntax.upos[head] == "PROPN"),
    }
    if draft.cue:
        subject = syntax.subject(syntax.head_of(*draft.cue))
        between = first - draft.cue[1] if first >= draft.cue[1] else draft.cue[0] - last
        told |= {
            "another subject": float(subject is not None and not first <= subject < last),
            "from source to cue": min(_FAR, max(0, between)) / _FAR,
        }
    return told
