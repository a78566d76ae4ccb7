"""Who was asked and gave no answer (lexicons/unsaid.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ...document.parts import Document
from . import grammar, unsaid
from .grammar import Draft, Lines
from .unsaid import CLAUSE_SIGNS, GAP, REACH, Refusal


def find(document: Document, lines: Lines) -> Iterator[Draft]:
    """Who gave no answer, in the outlet's own telling? Drafts whose cue is the refusal, and whose content too."""
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            continue
        at = sentence.first
        while at < sentence.last:
            end = _end_of_refusal(lines, at, sentence.first, sentence.last) if lines.quoted[at] < 0 else 0
            if end:
                group = grammar.verb_group(lines, at, sentence.first)
                source = grammar.subject(lines, lines.syntax.head_of(at, end))
                draft = Draft((group, end), (source,) if source else (), ((group, end),))
                if not unsaid.is_condition(lines, draft, sentence.first) and not unsaid.is_own(lines, draft):
                    yield draft
            at = max(end, at + 1)


def _end_of_refusal(lines: Lines, at: int, start: int, end: int) -> int:
    """Where the refusal that begins at this token ends; 0 where none does."""
    for opening, refusal in _by_opening().get(lines.words[at], ()):
        begin = _read(lines, at, end, opening)
        for gap in range(GAP + 1 if opening[-1] == "~" else 1):
            for phrase in refusal.then:
                stop = begin + gap + len(phrase.split())
                if not begin or stop > end or tuple(lines.words[begin + gap : stop]) != tuple(phrase.split()):
                    continue
                if refusal.of and not any(word in refusal.of for word in lines.words[max(start, at - 2 * REACH) : at]):
                    continue
                if not refusal.about:
                    return stop
                last = _about(lines, stop, end, refusal.about)
                if last:
                    return last
    return 0


@cache
def _by_opening() -> dict[str, list[tuple[tuple[str, ...], Refusal]]]:
    found: dict[str, list[tuple[tuple[str, ...], Refusal]]] = {}
    for refusal in unsaid.load().no_reply:
        for words in refusal.words:
            opening = tuple(words.split())
            found.setdefault(opening[0], []).append((opening, refusal))
    return found


def _read(lines: Lines, at: int, end: int, opening: Sequence[str]) -> int:
    """Where an opening ends that begins here, "~" within it standing for a few words; 0 where it does not."""
    for number, word in enumerate(opening):
        if word == "~":
            if number == len(opening) - 1:
                return at
            following = opening[number + 1]
            at = next((k for k in range(at, min(end, at + GAP + 1)) if lines.words[k] == following), end)
        elif at < end and lines.words[at] == word:
            at += 1
        else:
            return 0
    return at


def _about(lines: Lines, first: int, end: int, about: Sequence[str]) -> int:
    """Where the clause says that it is about a request; its first token where nothing follows; 0 where it is not."""
    if first >= end or lines.words[first] in CLAUSE_SIGNS or lines.words[first] in ("and", "but"):
        return first
    for at in range(first, min(end, first + REACH)):
        if lines.words[at] in about:
            return at + 1
        if lines.words[at] in CLAUSE_SIGNS:
            break
    return 0
