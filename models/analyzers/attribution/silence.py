"""Silence: what looks like a statement and is none, because nobody makes it.

"Harlan was condemned for it", "she is told", "a victory is expected", "to summarize", "in case you wonder", "nobody
would say so": no act of speech that the article tells of. What is widely believed or reported stays, said by nobody.
"""

from __future__ import annotations

from . import cues, grammar
from .grammar import Lines, Words
from .rules import Draft

_NOMINAL = ("NN", "PRP", "CD", "DT", "WP", "WDT", "EX", "POS", "FW", "$", "VBG")


def is_silent(lines: Lines, draft: Draft) -> bool:
    """Does nobody say anything here?"""
    if draft.cue is None:
        return False
    if draft.source and _is_nobody(lines, draft.source[0]):
        return True
    if _is_direct(lines, draft):
        return False
    entry = cues.load().within(lines.words, *draft.cue)
    if entry is not None and entry.lemma in grammar.SEEMING:
        return True
    if draft.source:
        return not any(_is_somebody(lines, at) for at in range(*draft.source[0]))
    if entry is None:
        return True
    return "adverb" not in entry.takes and not _is_told_by_nobody(lines, draft)


def _is_nobody(lines: Lines, source: Words) -> bool:
    """Nobody says it, or a "you" that means everybody."""
    first, last = source
    return lines.words[first] in grammar.NOBODY or " ".join(lines.words[first:last]) in ("no one", "not one", "no man")


def _is_somebody(lines: Lines, at: int) -> bool:
    return lines.tokens[at].tag.startswith(_NOMINAL) or lines.words[at] in grammar.BARE | grammar.QUANTIFIERS


def _is_direct(lines: Lines, draft: Draft) -> bool:
    """Does the content stand in quotation marks that the cue stands outside of?"""
    outer = lines.quoted[draft.cue[0]] if draft.cue else -1
    return any(lines.quoted[first] not in (-1, outer) for first, _ in draft.content)


def _is_told_by_nobody(lines: Lines, draft: Draft) -> bool:
    """Is it believed, feared, reported, or a claim that …, without a name?"""
    assert draft.cue is not None  # noqa: S101  # the caller asked
    verbs = [at for at in range(*draft.cue) if lines.tokens[at].tag.startswith("VB")]
    if not verbs:
        return lines.words[draft.content[0][0]] == "that" or lines.words[draft.cue[1] - 1] == "that"
    by = any(lines.words[at] == "by" for first, last in draft.content for at in range(first, last))
    return lines.words[verbs[-1]] in grammar.BELIEVED or by  # was accused by the very same people
